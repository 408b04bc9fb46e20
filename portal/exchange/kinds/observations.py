"""First notes as sheets: what was seen or heard, to which force it was handed, what became of it."""

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Select, select

from portal.engine import clock
from portal.engine.db import db
from portal.engine.forms import Choice, Day, Form, Hour, Line, Optional, Required, not_in_the_future
from portal.engine.refusal import Misfit, Refused
from portal.engine.text import _l, mark
from portal.exchange.bringing import Bringing, agreeing, told_by
from portal.exchange.kinds.rows import BY_COMMAND, COMMUNE_FIELD, OfCommune
from portal.exchange.kinds.standing import AUTHOR, author_field, author_of, refuse_unless_chief
from portal.exchange.kinds.story import Story
from portal.exchange.references import STILL_TO_COME, Reference
from portal.exchange.sheet import Both, Facts, Field, Kind, Sheet, Verdict, fields_of
from portal.exchange.taking import Taking, code_of
from portal.incidents.forms.observation import ObservationForm
from portal.incidents.models import SOURCE_NAMES, HandOver, Observation, Source
from portal.incidents.workflow import OBSERVATION
from portal.patrols.models import Patrol

KEY, TITLE = "observations", _l("Observations")
STATES = {name: state.label for name, state in OBSERVATION.states.items()}
_PATTERN = re.compile(r"QS-[12][0-9]{3}-[0-9]{3,9}")
_NUMBER, _OBSERVATION = _l("Number"), _l("Observation")
_ITS_NUMBER = _l("As QS-2024-014.")
_ABOUT = _l("First notes of what was seen or heard. They are counted nowhere; the incidents that they became are.")


class ObservationOfSheet(OfCommune, ObservationForm):
    number = Line(_NUMBER, [Required()], length=40)
    source = Choice(_l("How it became known"), choices=[(one.value, name) for one, name in SOURCE_NAMES.items()])
    patrol_id = Choice(_l("Patrol"), [Optional()], description=_l("The number of the patrol on which it was seen."))
    incident_id = Choice(_l("Incident"), [Optional()], description=_l("The number of the incident that it became."))
    state = Choice(_l("State"), choices=list(STATES.items()), default="received")
    author = Line(AUTHOR, [Optional()])


class HandOverOfSheet(OfCommune, Form):
    entry = Line(_OBSERVATION, [Required()])
    from_unit_id = Choice(_l("From which force"), [Optional()])
    unit_id = Choice(_l("To which force"), [Required()])
    on = Day(_l("Handed over on"), [Required(), not_in_the_future])
    hour = Hour(_l("Hour"), [Required()])
    receipt_by_id = Choice(_l("Receipt confirmed by"), [Optional()])
    receipt_on = Day(_l("Receipt confirmed on"), [Optional(), not_in_the_future])
    receipt_hour = Hour(_l("Hour of the receipt"), [Optional()])
    author = Line(AUTHOR, [Optional()])


def sheets(known: Mapping[str, Reference]) -> list[Sheet]:
    beside = ("number", "commune", "author")
    asked = tuple(one for one in fields_of(ObservationOfSheet, Observation, known) if one.name not in beside)
    number = Field("number", _NUMBER, Kind.TEXT, _ITS_NUMBER, required=True)
    rights = {"create": (Observation, "write"), "export": (Observation, "read")}
    notes = _Notes(asked)
    itself = Sheet(
        KEY, TITLE, ObservationOfSheet, Observation, (number, COMMUNE_FIELD, *asked, author_field(known)), notes.found,
        notes.told, notes.take, _ABOUT, sealed=True, rights=rights,
    )  # fmt: skip
    entry = Field("entry", _OBSERVATION, Kind.TEXT, _ITS_NUMBER, required=True)
    of_hand_over = tuple(
        one for one in fields_of(HandOverOfSheet, HandOver, known) if one.name not in ("entry", "commune", "author")
    )
    rows = _HandOvers([one.name for one in of_hand_over])
    handed = Sheet(
        rows.key, Both(TITLE, _l("Handed over")), HandOverOfSheet, HandOver,
        (entry, COMMUNE_FIELD, *of_hand_over, author_field(known)), rows.found, rows.told, rows.take, "", sealed=True,
        rights={"create": (Observation, "hand_over"), "export": (Observation, "read")},
    )  # fmt: skip
    return [itself, handed, Story(KEY, TITLE, Observation, "read").sheet(known)]


class _Notes:
    """Observations, as they leave the portal and as they come. On the page their place is asked for as *where*."""

    def __init__(self, asked: tuple[Field, ...]) -> None:
        self.asked = [one.name for one in asked]

    def found(self, taking: Taking) -> Select[Any]:
        found = select(Observation).where(Observation.voided_at.is_(None), *taking.within(Observation, "read"))
        return found.order_by(code_of(Observation), Observation.number)

    def told(self, row: Any, taking: Taking) -> Mapping[str, Any]:
        one = row[0]
        return {**self._told(one), "number": one.number, "commune": taking.code(one.commune_id),
                "author": one.created_by_id}  # fmt: skip

    def take(self, facts: Facts, bringing: Bringing) -> Verdict:
        refuse_unless_chief(bringing, "number")
        commune_id, number = bringing.of_commune(facts), str(facts["number"])
        if not _PATTERN.fullmatch(number):
            raise Refused(Misfit("number", mark("A number of an observation looks like QS-2024-014.")))
        said = {name: facts[name] for name in self.asked}
        here = select(Observation).where(Observation.commune_id == commune_id, Observation.number == number)
        there = db.session.scalar(here)
        if there is not None:
            if there.voided_at is not None:
                raise Refused(Misfit("number", mark("The entry of this number is struck out.")))
            return agreeing(self._told(there), said)
        bringing.number_once(KEY, facts)
        author = author_of(facts, bringing)
        if against := list(_misfits(said, bringing)):
            raise Refused(*against)
        bringing.expect(Observation, facts)
        if bringing.writes:
            one = Observation(commune_id=commune_id, number=number, created_by_id=author, **_kept(said))
            db.session.add(one)
            db.session.flush()
        return Verdict.NEW

    def _told(self, one: Observation) -> Facts:
        return {**told_by(one, self.asked), "where": one.place}


def _kept(said: Facts) -> Facts:
    kept = {name: value for name, value in said.items() if name != "where"}
    return {**kept, "place": said["where"] or ""}


def _misfits(kept: Facts, bringing: Bringing) -> Iterator[Misfit]:
    if bringing.by is not None and kept["state"] != "received":
        yield Misfit("state", BY_COMMAND)
    if kept["incident_id"] is not None and kept["state"] != "incident":
        yield Misfit("incident_id", mark("Only what became an incident names one. Leave it empty here."))
    if kept["happened_at"] and clock.at(kept["happened_on"], kept["happened_at"]) > clock.now():
        yield Misfit("happened_at", mark("This hour is still to come."))
    if (kept["patrol_id"] is not None) != (kept["source"] == Source.PATROL):
        yield Misfit("patrol_id", mark("What was seen on a patrol names it, and nothing else does."))
    if kept["patrol_id"] not in (None, STILL_TO_COME):
        patrol = db.session.get_one(Patrol, kept["patrol_id"])
        if kept["happened_on"] not in patrol.span.days:
            told = mark("%(number)s was not out on that day.")
            yield Misfit("happened_on", told, number=patrol.number)


class _HandOvers:
    """That observations were handed over, as it leaves the portal and as it comes: a moment in two columns."""

    key = f"{KEY}.handed_over"

    def __init__(self, asked: list[str]) -> None:
        self.asked = asked

    def found(self, taking: Taking) -> Select[Any]:
        handed: Any = HandOver
        stands = handed.voided_at.is_(None), Observation.voided_at.is_(None)
        return (
            select(handed, Observation.number, Observation.commune_id)
            .join(handed.observation)
            .where(*stands, *taking.within(Observation, "read"))
            .order_by(code_of(Observation), Observation.number, handed.id)
        )

    def told(self, row: Any, taking: Taking) -> Mapping[str, Any]:
        one, number, commune_id = row
        came = _at_minute(one.receipt_at)
        handed = one.at.astimezone(clock.VIETNAM)
        return {
            "entry": number, "commune": taking.code(commune_id), "from_unit_id": one.from_unit_id,
            "unit_id": one.unit_id, "on": handed.date(), "hour": handed.time(), "receipt_by_id": one.receipt_by_id,
            "receipt_on": came.date() if came else None, "receipt_hour": came.time() if came else None,
            "author": one.created_by_id,
        }  # fmt: skip

    def take(self, facts: Facts, bringing: Bringing) -> Verdict:
        refuse_unless_chief(bringing, "entry")
        commune_id, number = bringing.of_commune(facts), str(facts["entry"])
        here = select(Observation).where(Observation.commune_id == commune_id, Observation.number == number)
        observation = db.session.scalar(here.where(Observation.voided_at.is_(None)))
        if observation is None and not bringing.is_coming(Observation, facts, "entry"):
            raise Refused(Misfit("entry", mark("There is no entry of this number.")))
        kept = _hand_over(facts)
        if observation is not None and self._is_there(observation, kept, bringing):
            return Verdict.THERE
        author = author_of(facts, bringing)
        if bringing.by is not None:
            raise Refused(Misfit("unit_id", BY_COMMAND))
        if kept["receipt_at"] and kept["receipt_at"] < kept["at"]:
            raise Refused(Misfit("receipt_on", mark("It cannot be confirmed before it was handed over.")))
        if bringing.writes and observation is not None:
            one = HandOver(observation=observation, commune_id=commune_id, created_by_id=author, **kept)
            db.session.add(one)
            observation.handed_to_id = kept["unit_id"]
            db.session.flush()
            bringing.claim(self.key, one)
        return Verdict.NEW

    def _is_there(self, observation: Observation, kept: Facts, bringing: Bringing) -> bool:
        for one in observation.hand_overs:
            same = all(_same(getattr(one, name), value) for name, value in kept.items())
            if same and not bringing.is_claimed(self.key, one):
                bringing.claim(self.key, one)
                return True
        return False


def _hand_over(facts: Facts) -> Facts:
    received = facts["receipt_on"]
    if bool(received) != bool(facts["receipt_by_id"]) or bool(received) != bool(facts["receipt_hour"]):
        raise Refused(Misfit("receipt_on", mark("A receipt says who confirmed it, on which day, and at which hour.")))
    return {
        "from_unit_id": facts["from_unit_id"], "unit_id": facts["unit_id"],
        "at": clock.at(facts["on"], facts["hour"]), "receipt_by_id": facts["receipt_by_id"],
        "receipt_at": clock.at(received, facts["receipt_hour"]) if received else None,
    }  # fmt: skip


def _same(kept: Any, said: Any) -> bool:
    """Whether two say the same; of moments to the minute, which is what a cell tells."""
    moments = isinstance(kept, datetime) and isinstance(said, datetime)
    return _at_minute(kept) == _at_minute(said) if moments else kept == said


def _at_minute(moment: datetime | None) -> datetime | None:
    return moment.astimezone(clock.VIETNAM).replace(second=0, microsecond=0) if moment else None
