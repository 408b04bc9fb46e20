"""Cases as sheets: the files themselves, the steps by which they became what they are, and what is kept in them.

What waits for a decision does not travel, since it is bound to those who are asked. So a file that waits for one leaves
as the draft that it was, and one that is being closed as the open case that it still is.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from sqlalchemy import Select, select

from portal.cases.actions.opening import police_unit, supervising
from portal.cases.forms import CaseForm
from portal.cases.models import ARMY, CLOSING_REASON_NAMES, Case, closed_too_early
from portal.cases.workflow import CASE
from portal.engine.db import db
from portal.engine.forms import Choice, Day, Line, Optional, Required, not_in_the_future
from portal.engine.refusal import Misfit, Refused
from portal.engine.text import _l, mark
from portal.exchange.bringing import Bringing, agreeing, told_by
from portal.exchange.kinds import in_cases
from portal.exchange.kinds.rows import BY_COMMAND, COMMUNE_FIELD, OfCommune
from portal.exchange.kinds.standing import OfAuthor, author_field, author_of, refuse_unless_chief
from portal.exchange.references import STILL_TO_COME, Reference
from portal.exchange.sheet import Facts, Field, Kind, Sheet, Verdict, fields_of
from portal.exchange.taking import Taking, code_of
from portal.organisation.models import Unit, UnitKind
from portal.people.models import Person

KEY, TITLE = "cases", _l("Cases")
LEAVES_AS = {"submitted": "draft", "closing": "open"}
STATES = {name: state.label for name, state in CASE.states.items() if name not in LEAVES_AS}
ENDED = ("closed_on", "closing_reason")
_PATTERN = re.compile(r"[12][0-9]{3}-[0-9]{3,9}")
_ABOUT = _l(
    "One row a file, draft or taken on. What waits for a decision is not in this workbook: a file that waits for one "
    "leaves as a draft, one that is being closed as open. What was decided stands on a sheet of its own."
)
_NUMBER, _STATE = _l("Number"), _l("State")
_ITS_NUMBER = _l("As 2024-014: the year in which the file was received, and its number in that year.")
_OWNER = _l("Officer in charge")


class CaseOfSheet(OfCommune, OfAuthor, CaseForm):
    """The papers of a file as the page asks for them; whom it is about stands on the sheet of people."""

    full_name = sex = birth_date = birth_year = national_id = phone = village_id = address = person_version = None  # type: ignore[assignment]

    number = Line(_NUMBER, [Required()], length=40)
    person_id = Choice(_l("Person"), [Required()])
    supervising_unit_id = Choice(
        _l("Supervised by"), [Optional()],
        description=_l("A unit of the army or the border post, where the decision names it. Empty: commune police."),
    )  # fmt: skip
    owner_id = Choice(_OWNER, [Optional()])
    state = Choice(_STATE, choices=list(STATES.items()), default="draft")
    closed_on = Day(
        _l("Closed on"), [Optional(), not_in_the_future], description=_l("The first day on which it runs no more.")
    )
    printed_paper_on = Day(
        _l("Day of the paper that prints the last day"), [Optional(), not_in_the_future],
        description=_l("Only where shortenings decided by then are in the printed day already."),
    )  # fmt: skip
    handed_over_on = Day(_l("File handed over to the agency on"), [Optional(), not_in_the_future])
    closing_reason = Choice(_l("Why closed"), [Optional()], choices=[("", ""), *CLOSING_REASON_NAMES.items()])

    STEPS = ()


def sheets(known: Mapping[str, Reference]) -> list[Sheet]:
    found = (one for one in fields_of(CaseOfSheet, Case, known) if one.name not in ("number", "commune", "author"))
    asked = tuple(sorted(found, key=lambda one: one.name != "person_id"))
    cases = _Cases(asked)
    number = Field("number", _NUMBER, Kind.TEXT, _ITS_NUMBER, required=True)
    itself = Sheet(
        KEY, TITLE, CaseOfSheet, Case, (number, COMMUNE_FIELD, *asked, author_field(known)), cases.found, cases.told,
        cases.take, _ABOUT, sealed=True, rights={"create": (Case, "draft")},
    )  # fmt: skip
    return [itself, *in_cases.sheets(known, TITLE)]


class _Cases:
    """Cases, as they leave the portal and as they come."""

    def __init__(self, asked: tuple[Field, ...]) -> None:
        self.asked = asked

    def found(self, taking: Taking) -> Select[Any]:
        return in_cases.standing(select(Case).join(Case.person), taking).order_by(code_of(Case), Case.number)

    def told(self, row: Any, taking: Taking) -> Mapping[str, Any]:
        case = row[0]
        kept = {one.name: getattr(case, one.name) for one in self.asked}
        return {**kept, "state": LEAVES_AS.get(case.state, case.state), "number": case.number,
                "commune": taking.code(case.commune_id), "author": case.created_by_id}  # fmt: skip

    def take(self, facts: Facts, bringing: Bringing) -> Verdict:
        refuse_unless_chief(bringing, "number")
        commune_id, number = bringing.of_commune(facts), str(facts["number"])
        if not _PATTERN.fullmatch(number):
            raise Refused(Misfit("number", mark("A number of a case looks like 2024-014.")))
        kept = {one.name: facts[one.name] for one in self.asked}
        there = db.session.scalar(select(Case).where(Case.commune_id == commune_id, Case.number == number))
        kept["supervising_unit_id"] = kept["supervising_unit_id"] or _police(commune_id, kept["received_on"], bringing)
        if there is not None:
            return _agreeing(there, kept)
        bringing.number_once(KEY, facts)
        author = author_of(facts, bringing)
        kept["owner_id"] = _owner(kept["owner_id"], author, bringing)
        if against := [*_misfits(kept), *_signed(kept, bringing)]:
            raise Refused(*against)
        in_cases.expect(bringing, facts)
        if bringing.writes:
            case = Case(commune_id=commune_id, number=number, created_by_id=author, **kept)
            db.session.add(case)
            db.session.flush()
        return Verdict.NEW


def _agreeing(there: Case, kept: Facts) -> Verdict:
    if there.voided_at is not None:
        raise Refused(Misfit("number", mark("The entry of this number is struck out.")))
    same = dict(kept)
    if LEAVES_AS.get(there.state) == kept["state"]:
        del same["state"]
    if kept["owner_id"] is None:
        del same["owner_id"]
    return agreeing(told_by(there, same), same)


def _police(commune_id: int, day: date, bringing: Bringing) -> int:
    """The commune police of a day, who may come with the same file."""
    if not bringing.writes and police_unit(commune_id, day) is None:
        return STILL_TO_COME
    return supervising(commune_id, day)


def _owner(named: int | None, author: int | None, bringing: Bringing) -> int:
    """Who has the case in hand; of what an account brings in, nobody else than its holder."""
    if bringing.by is not None and named not in (None, bringing.by.id):
        raise Refused(Misfit("owner_id", BY_COMMAND))
    owner = named or author
    if owner is None:
        raise Refused(Misfit("owner_id", mark("Please name the account of the officer in charge.")))
    return owner


def _signed(kept: Facts, bringing: Bringing) -> Iterator[Misfit]:
    if bringing.by is not None and kept["state"] != "draft":
        yield Misfit("state", BY_COMMAND)


def _misfits(kept: Facts) -> Iterator[Misfit]:
    """What the papers alone do not tell: how the case ended, who supervises it, of whom it is."""
    closed = kept["state"] == "closed"
    for name in ENDED:
        if closed and not kept[name]:
            yield Misfit(name, mark("A closed case says on which day, and why."))
        if kept[name] and not closed:
            yield Misfit(name, mark("Only a closed case has this. Leave it empty here."))
    if kept["handed_over_on"] and kept["state"] == "draft":
        yield Misfit("handed_over_on", mark("Of a draft no file goes to the agency. Leave it empty here."))
    if kept["closed_on"]:
        yield from closed_too_early(kept["closed_on"], kept["received_on"], "closed_on")
    unit = db.session.get(Unit, kept["supervising_unit_id"])
    if unit is not None and unit.kind not in (UnitKind.POLICE, *ARMY):
        yield Misfit("supervising_unit_id", mark("No case is supervised by a unit of this kind."))
    if kept["person_id"] != STILL_TO_COME and db.session.get_one(Person, kept["person_id"]).voided_at is not None:
        yield Misfit("person_id", mark("What is kept of this person is struck out."))
