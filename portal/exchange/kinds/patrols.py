"""Patrols with all that was logged and signed.

A log lies in another portal under another key. So it is frozen there anew, if it was intact where it came from.
"""

from typing import Any

from sqlalchemy import Select, select

from portal.engine.access import find
from portal.engine.db import db
from portal.engine.forms import (
    BooleanField,
    Choice,
    Form,
    Line,
    Number,
    Optional,
    Paragraphs,
    Required,
)
from portal.engine.refusal import Misfit, Refused
from portal.engine.text import _l, mark
from portal.exchange.bringing import Bringing
from portal.exchange.kinds.rows import BY_COMMAND, NO_RIGHT, ByCommand, LinesOf, NumberedRows, OfCommune, columns_of
from portal.exchange.moments import Moment
from portal.exchange.references import STILL_TO_COME
from portal.exchange.sheet import Facts, Verdict
from portal.exchange.taking import Taking, code_of
from portal.patrols.models import (
    PATROL_KIND_NAMES,
    Countersignature,
    Outcome,
    Patrol,
    PatrolForce,
    PatrolLog,
    PatrolStop,
)
from portal.patrols.workflow import PATROL

MOST_PEOPLE, MOST_VIOLATIONS, MOST_PLACES = 500, 1000, 1000
PATROL_NUMBER = _l("Patrol")
OUTCOMES = {
    Outcome.LOGGED: _l("Wrote the log"), Outcome.SIGNED: _l("Has countersigned"), Outcome.DISPUTED: _l("Disputed"),
    Outcome.AGREED: _l("Took no part"),
}  # fmt: skip


class PatrolRow(OfCommune):
    number = Line(_l("Number"), [Required()], length=40)
    kind = Choice(_l("Kind"), [Required()], choices=[(one.value, name) for one, name in PATROL_KIND_NAMES.items()])
    plan_id = Line(_l("Coordination plan"), [Optional()])
    planned_start_at = Moment(_l("Planned start"), [Required()], ahead=True)
    planned_end_at = Moment(_l("Planned end"), [Required()], ahead=True)
    started_at = Moment(_l("Started at"), [Optional()])
    ended_at = Moment(_l("Ended at"), [Optional()])
    leading_unit_id = Line(_l("Force that leads it"), [Required()])
    leader = Line(_l("Leader"), [Optional()], length=120)
    means = Line(_l("Means"), [Optional()])
    violations_found = Number(_l("Violations found"), [Optional()], most=MOST_VIOLATIONS)
    conclusion = Paragraphs(_l("Result"), [Optional()], length=2000)
    recommendation = Paragraphs(_l("Recommendation"), [Optional()], length=1000)
    state = Choice(_l("State"), choices=[("", ""), *((name, one.label) for name, one in PATROL.states.items())])
    log_number = Number(_l("Number of the log that stands"), [Optional()], most=MOST_VIOLATIONS)


class Patrols(NumberedRows):
    key, title, record, form, right = "patrols", _l("Patrols"), Patrol, PatrolRow, "plan"
    about = _l("Patrols as they were planned and made. What was logged and signed only the command takes in.")
    columns = ("number", "commune", "kind", "plan_id", "planned_start_at", "planned_end_at", "started_at", "ended_at",
               "leading_unit_id", "leader", "means", "violations_found", "conclusion", "recommendation", "state",
               "log_number")  # fmt: skip
    settled = {"started_at": None, "ended_at": None, "violations_found": 0, "conclusion": "", "recommendation": "",
               "state": "planned", "log_number": 0}  # fmt: skip

    def take(self, facts: Facts, bringing: Bringing) -> Verdict:
        usual = {"state": "planned", "violations_found": 0, "log_number": 0}
        return super().take({**facts, **{name: facts[name] or value for name, value in usual.items()}}, bringing)

    def once(self, facts: Facts, bringing: Bringing) -> None:
        super().once(facts, bringing)
        for first, last in (("planned_start_at", "planned_end_at"), ("started_at", "ended_at")):
            if facts[first] and facts[last] and facts[last] <= facts[first]:
                raise Refused(Misfit(last, mark("The end lies before the start.")))
        if facts["state"] not in ("planned", "cancelled") and facts["started_at"] is None:
            raise Refused(Misfit("started_at", mark("Please say when: the state tells that it happened.")))

    def write(self, facts: Facts, bringing: Bringing) -> None:
        db.session.add(Patrol(commune_id=bringing.of_commune(facts), **columns_of(Patrol, facts)))
        db.session.flush()


class OfPatrol(LinesOf):
    """What belongs to a patrol: a page takes it in only as long as that is still to be made."""

    of = Patrol

    def allowed(self, facts: Facts, bringing: Bringing) -> None:
        """By whoever brought the patrol in or may change it."""
        by: Any = bringing.by
        if facts["patrol_id"] == STILL_TO_COME:
            return
        patrol = db.session.get_one(Patrol, facts["patrol_id"])
        if patrol.created_by_id != by.id and find(by, "edit", Patrol, patrol.id) is None:
            raise Refused(Misfit("patrol_id", NO_RIGHT))
        if patrol.state != "planned":
            raise Refused(Misfit("patrol_id", BY_COMMAND))
        self.not_settled(facts)


class ForceRow(Form):
    patrol_id = Line(PATROL_NUMBER, [Required()])
    unit_id = Line(_l("Force"), [Required()])
    planned_count = Number(_l("How many were planned"), [Optional()], most=MOST_PEOPLE)
    actual_count = Number(_l("How many went"), [Optional()], most=MOST_PEOPLE)
    in_charge = Line(_l("In charge"), [Optional()], length=120)
    joined_on_the_way = BooleanField(_l("Joined on the way"), [Optional()])
    changes = Paragraphs(_l("What changed on the way"), [Optional()])


class Forces(OfPatrol):
    key, title, record, form = "patrols.forces", _l("Patrols - forces"), PatrolForce, ForceRow
    about = _l("Which forces were asked along, and how many of each went.")
    columns = ("patrol_id", "unit_id", "planned_count", "actual_count", "in_charge", "joined_on_the_way", "changes")
    settled = {"actual_count": None, "joined_on_the_way": False, "changes": ""}
    keys, order = ("patrol_id", "unit_id"), (PatrolForce.id,)


class StopRow(Form):
    patrol_id = Line(PATROL_NUMBER, [Required()])
    position = Number(_l("Place in the order"), [Optional()], most=MOST_PLACES)
    landmark_id = Line(_l("Point of the sketch"), [Optional()])
    elsewhere = Line(_l("Another place"), [Optional()])
    planned = BooleanField(_l("Planned"), [Optional()])
    at = Moment(_l("Passed at"), [Optional()])
    text = Paragraphs(_l("What was seen"), [Optional()])
    attention = BooleanField(_l("Wants attention"), [Optional()])


class Stops(OfPatrol):
    key, title, record, form = "patrols.stops", _l("Patrols - points"), PatrolStop, StopRow
    about = _l("The points of the way: planned, or passed at an hour.")
    columns = ("patrol_id", "position", "landmark_id", "elsewhere", "planned", "at", "text", "attention")
    settled = {"at": None, "text": "", "attention": False}
    keys, order = ("patrol_id", "position", "landmark_id", "place"), (PatrolStop.position, PatrolStop.id)

    def take(self, facts: Facts, bringing: Bringing) -> Verdict:
        return super().take({**facts, "position": facts["position"] or 0, "place": facts["elsewhere"] or ""}, bringing)

    def said(self, one: Any, code: Any) -> dict[str, Any]:
        told = {field.name: getattr(one, field.name, None) for field in self.sheet.fields}
        return {**told, "elsewhere": one.place}


class LogRow(Form):
    patrol_id = Line(PATROL_NUMBER, [Required()])
    number = Number(_l("Number of the log"), [Required()], least=1, most=MOST_PLACES)
    started_at = Moment(_l("Started at"), [Required()])
    ended_at = Moment(_l("Ended at"), [Required()])
    leader = Line(_l("Leader"), [Optional()], length=120)
    means = Line(_l("Means"), [Optional()])
    forces = Paragraphs(_l("Forces, as it was written"), [Optional()])
    stops = Paragraphs(_l("Points, as it was written"), [Optional()], length=20_000)
    violations_found = Number(_l("Violations found"), [Optional()], most=MOST_VIOLATIONS)
    conclusion = Paragraphs(_l("Result"), [Optional()], length=2000)
    recommendation = Paragraphs(_l("Recommendation"), [Optional()], length=1000)
    logged_by_id = Line(_l("Written by"), [Required()])
    logged_for_id = Line(_l("For the force"), [Required()])
    logged_at = Moment(_l("Written at"), [Required()])
    intact = BooleanField(_l("As it was frozen"), [Optional()], description=_l("No: somebody changed it afterwards."))


class Logs(ByCommand, OfPatrol):
    key, title, record, form = "patrols.logs", _l("Patrols - logs"), PatrolLog, LogRow
    about = _l("The logs, word for word, those too that were written again. Only the command takes them in.")
    columns = ("patrol_id", "number", "started_at", "ended_at", "leader", "means", "forces", "stops",
               "violations_found", "conclusion", "recommendation", "logged_by_id", "logged_for_id", "logged_at",
               "intact")  # fmt: skip
    keys, order = ("patrol_id", "number"), (PatrolLog.number,)

    def write(self, facts: Facts, bringing: Bringing) -> None:
        log = self.made({**facts, "violations_found": facts["violations_found"] or 0})
        patrol = db.session.get_one(Patrol, log.patrol_id)
        if log.number == patrol.log_number and log.violations_found != patrol.violations_found:
            told = mark("The patrol itself has %(count)s.")
            raise Refused(Misfit("violations_found", told, count=patrol.violations_found))
        db.session.add(log)
        db.session.flush()
        log.frozen_digest = log.digest() if facts["intact"] else ""
        db.session.flush()
        bringing.claim(self.key, log)


class SignatureRow(Form):
    patrol_id = Line(PATROL_NUMBER, [Required()])
    log = Number(_l("Number of the log"), [Required()], least=1, most=MOST_PLACES)
    unit_id = Line(_l("Force"), [Required()])
    outcome = Choice(_l("What it said"), [Required()], choices=[(one.value, name) for one, name in OUTCOMES.items()])
    reason = Paragraphs(_l("Reason"), [Optional()])
    by_id = Line(_l("Signed by"), [Required()])
    on_behalf_of_id = Line(_l("On behalf of"), [Optional()])
    at = Moment(_l("When"), [Required()])


class Signatures(ByCommand):
    key, title, record, form = "patrols.signatures", _l("Patrols - signatures"), Countersignature, SignatureRow
    about = _l("What each force said to a log, once, by somebody of its own. Only the command takes it in.")
    columns = ("patrol_id", "log", "unit_id", "outcome", "reason", "by_id", "on_behalf_of_id", "at")
    named = {"patrol_id": "patrol"}

    def found(self, taking: Taking) -> Select[Any]:
        one = Countersignature
        found = select(one).join(one.log).join(PatrolLog.patrol)
        found = found.where(one.voided_at.is_(None), Patrol.voided_at.is_(None), *taking.within(one))
        return found.order_by(code_of(Patrol), Patrol.number, PatrolLog.number, one.at, one.id)

    def said(self, one: Any, code: Any) -> dict[str, Any]:
        told = {field.name: getattr(one, field.name, None) for field in self.sheet.fields}
        return {**told, "patrol_id": one.log.patrol_id, "log": one.log.number}

    def there(self, facts: Facts, bringing: Bringing) -> Countersignature | None:
        log = _log(facts)
        of = Countersignature.log_id == (log.id if log else 0), Countersignature.unit_id == facts["unit_id"]
        return db.session.scalars(select(Countersignature).where(*of)).first()

    def write(self, facts: Facts, bringing: Bringing) -> None:
        log = _log(facts)
        if log is None:
            raise Refused(Misfit("log", mark("The patrol has no log of this number.")))
        told = columns_of(Countersignature, facts)
        db.session.add(Countersignature(log=log, commune_id=log.commune_id, **told))
        db.session.flush()


def _log(facts: Facts) -> PatrolLog | None:
    of = PatrolLog.patrol_id == facts["patrol_id"], PatrolLog.number == facts["log"]
    return db.session.scalars(select(PatrolLog).where(*of, PatrolLog.voided_at.is_(None))).first()
