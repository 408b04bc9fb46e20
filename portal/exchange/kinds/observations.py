"""First notes as sheets: what was seen or heard, to which force it was handed, what became of it."""

import re
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Select, select

from portal.engine import clock
from portal.engine.db import db
from portal.engine.forms import Choice, Form, Line, Optional, Required
from portal.engine.refusal import Misfit, Refused
from portal.engine.text import _l, mark
from portal.exchange.bringing import Bringing
from portal.exchange.kinds.rows import ByCommand, NumberedRows, OfCommune, columns_of
from portal.exchange.kinds.standing import OfAuthor, author_of, refuse_unless_chief
from portal.exchange.moments import Moment
from portal.exchange.references import STILL_TO_COME
from portal.exchange.sheet import Both, Facts, Verdict
from portal.exchange.taking import Taking, code_of
from portal.incidents.forms.observation import ObservationForm
from portal.incidents.models import SOURCE_NAMES, HandOver, Observation, Source
from portal.incidents.workflow import OBSERVATION
from portal.patrols.models import Patrol

STATES = {name: state.label for name, state in OBSERVATION.states.items()}
_PATTERN = re.compile(r"QS-[12][0-9]{3}-[0-9]{3,9}")
_ITS_NUMBER = _l("As QS-2024-014.")


class ObservationRow(OfCommune, OfAuthor, ObservationForm):
    number = Line(_l("Number"), [Required()], length=40, description=_ITS_NUMBER)
    source = Choice(_l("How it became known"), choices=[(one.value, name) for one, name in SOURCE_NAMES.items()])
    patrol_id = Choice(_l("Patrol"), [Optional()], description=_l("The number of the patrol on which it was seen."))
    incident_id = Choice(_l("Incident"), [Optional()], description=_l("The number of the incident that it became."))
    state = Choice(_l("State"), choices=list(STATES.items()), default="received")


class Observations(NumberedRows):
    """On the page their place is asked for as *where*."""

    key, title, record, form = "observations", _l("Observations"), Observation, ObservationRow
    about = _l("First notes of what was seen or heard. They are counted nowhere; the incidents that they became are.")
    columns = ("number", "commune", "happened_on", "happened_at", "village_id", "where", "text", "source", "patrol_id",
               "incident_id", "state", "author")  # fmt: skip
    settled = {"state": "received"}
    named = {"author": "user"}
    sealed, rights = True, {"create": (Observation, "write"), "export": (Observation, "read")}

    def said(self, one: Any, code: Any) -> dict[str, Any]:
        return {**super().said(one, code), "where": one.place, "author": one.created_by_id}

    def found(self, taking: Taking) -> Select[Any]:
        found = select(Observation).where(Observation.voided_at.is_(None), *taking.within(Observation, "read"))
        return found.order_by(code_of(Observation), Observation.number)

    def take(self, facts: Facts, bringing: Bringing) -> Verdict:
        refuse_unless_chief(bringing, "number")
        return super().take(facts, bringing)

    def allowed(self, facts: Facts, bringing: Bringing) -> None:
        self.not_settled(facts)

    def once(self, facts: Facts, bringing: Bringing) -> None:
        if not _PATTERN.fullmatch(str(facts["number"])):
            raise Refused(Misfit("number", mark("A number of an observation looks like QS-2024-014.")))
        super().once(facts, bringing)
        author_of(facts, bringing)
        if against := list(_misfits(facts)):
            raise Refused(*against)

    def write(self, facts: Facts, bringing: Bringing) -> None:
        one = Observation(
            commune_id=bringing.of_commune(facts), created_by_id=author_of(facts, bringing),
            place=facts["where"] or "", **columns_of(Observation, facts, "place"),
        )  # fmt: skip
        db.session.add(one)
        db.session.flush()


def _misfits(facts: Facts) -> Iterator[Misfit]:
    if facts["incident_id"] is not None and facts["state"] != "incident":
        yield Misfit("incident_id", mark("Only what became an incident names one. Leave it empty here."))
    if facts["happened_at"] and clock.at(facts["happened_on"], facts["happened_at"]) > clock.now():
        yield Misfit("happened_at", mark("This hour is still to come."))
    if (facts["patrol_id"] is not None) != (facts["source"] == Source.PATROL):
        yield Misfit("patrol_id", mark("What was seen on a patrol names it, and nothing else does."))
    if facts["patrol_id"] not in (None, STILL_TO_COME):
        patrol = db.session.get_one(Patrol, facts["patrol_id"])
        if facts["happened_on"] not in patrol.span.days:
            told = mark("%(number)s was not out on that day.")
            yield Misfit("happened_on", told, number=patrol.number)


class HandOverRow(OfAuthor, Form):
    observation_id = Line(_l("Observation"), [Required()], description=_ITS_NUMBER)
    from_unit_id = Choice(_l("From which force"), [Optional()])
    unit_id = Choice(_l("To which force"), [Required()])
    at = Moment(_l("Handed over at"), [Required()])
    receipt_by_id = Choice(_l("Receipt confirmed by"), [Optional()])
    receipt_at = Moment(_l("Receipt confirmed at"), [Optional()])


class HandOvers(ByCommand):
    key, title = f"{Observations.key}.handed_over", Both(Observations.title, _l("Handed over"))
    record, form = HandOver, HandOverRow
    about = _l("To which force a note was handed, and who there confirmed it. Only the command takes this in.")
    columns = ("observation_id", "from_unit_id", "unit_id", "at", "receipt_by_id", "receipt_at", "author")
    named = {"author": "user"}
    sealed, rights = True, {"create": (Observation, "hand_over"), "export": (Observation, "read")}

    def said(self, one: Any, code: Any) -> dict[str, Any]:
        return {**super().said(one, code), "author": one.created_by_id}

    def found(self, taking: Taking) -> Select[Any]:
        found = select(HandOver).join(HandOver.observation).where(HandOver.voided_at.is_(None))
        found = found.where(Observation.voided_at.is_(None), *taking.within(Observation, "read"))
        return found.order_by(code_of(Observation), Observation.number, HandOver.at, HandOver.id)

    def take(self, facts: Facts, bringing: Bringing) -> Verdict:
        refuse_unless_chief(bringing, "observation_id")
        return super().take(facts, bringing)

    def there(self, facts: Facts, bringing: Bringing) -> HandOver | None:
        """One that says just the same and that no other row was found to be."""
        of = HandOver.observation_id == facts["observation_id"], HandOver.voided_at.is_(None)
        found = db.session.scalars(select(HandOver).where(*of).order_by(HandOver.id))
        free = (one for one in found if not bringing.is_claimed(self.key, one))
        return next((one for one in free if not self.differing(one, facts, bringing)), None)

    def once(self, facts: Facts, bringing: Bringing) -> None:
        received = facts["receipt_at"]
        if (received is None) != (facts["receipt_by_id"] is None):
            raise Refused(Misfit("receipt_at", mark("A receipt says who confirmed it, and when.")))
        if received and received < facts["at"]:
            raise Refused(Misfit("receipt_at", mark("It cannot be confirmed before it was handed over.")))

    def write(self, facts: Facts, bringing: Bringing) -> None:
        observation = db.session.get_one(Observation, facts["observation_id"])
        one = HandOver(
            observation=observation, commune_id=observation.commune_id, created_by_id=facts["author"],
            **columns_of(HandOver, facts, "observation_id"),
        )  # fmt: skip
        db.session.add(one)
        observation.handed_to_id = facts["unit_id"]
        db.session.flush()
        bringing.claim(self.key, one)
