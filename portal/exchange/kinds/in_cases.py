"""What is kept in cases, a sheet a kind: assignments, self-reports, roll-calls, contacts, assessments, violations,
help, reports of helpers, shortenings, corrections of a birth.

A row names its case by number, and is known by what it says. On a page the law says which months are asked for; here
also what was recorded years ago comes in, and what belongs to a case that is closed by now.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from sqlalchemy import Select, inspect, select

from portal.cases import forms
from portal.cases.models import (
    Assessment,
    Assignment,
    AssignmentKind,
    BirthCorrection,
    Case,
    CheckIn,
    Contact,
    HelperReport,
    Measure,
    RollCall,
    TermChange,
    Violation,
)
from portal.cases.months import spelled
from portal.engine.access import find
from portal.engine.db import Kept, db
from portal.engine.forms import Form, Line, Required
from portal.engine.refusal import Misfit, Refused
from portal.engine.text import _l, mark
from portal.engine.workflow import Moves
from portal.exchange.bringing import Bringing, agreeing, differing, told_by
from portal.exchange.kinds import standing as states
from portal.exchange.kinds.case_forms import (
    AssessmentOfSheet,
    AssignmentOfSheet,
    BirthCorrectionOfSheet,
    CheckInOfSheet,
    HelperReportOfSheet,
    MeasureOfSheet,
    RollCallOfSheet,
)
from portal.exchange.kinds.rows import BY_COMMAND, COMMUNE_FIELD, OfCommune
from portal.exchange.kinds.standing import OfAuthor, author_field, author_of, refuse_unless_chief
from portal.exchange.references import Reference
from portal.exchange.sheet import Both, Facts, Field, Kind, Sheet, Verdict, fields_of
from portal.exchange.taking import Taking, code_of
from portal.people.models import Person

RECEIVED = "case received on"
ENTRY = _l("Case")
_ITS_ENTRY = _l("The number of the case to which the row belongs.")
_TWICE = mark("One of this month is there already.")


def standing(found: Select[Any], taking: Taking) -> Select[Any]:
    """Of a select of cases, or of what joins them and their people: those that leave."""
    return found.where(Case.voided_at.is_(None), Person.voided_at.is_(None), *taking.within(Case))


def expect(bringing: Bringing, facts: Facts) -> None:
    """Keep in mind that the same file brings a case, and when that was received."""
    bringing.expect(Case, facts)
    bringing.remembered[RECEIVED, _named(facts, "number")] = facts["received_on"].toordinal()


def _named(facts: Facts, column: str) -> str:
    """A case by its commune and its number, of which a row tells in a column."""
    return f"{facts['commune'] or ''}/{facts[column]}"


Misfits = Iterator[Misfit]


def _nothing(_kept: Facts) -> Misfits:
    return iter(())


def _of_assignment(kept: Facts) -> Misfits:
    """Days that do not fit the state in which an assignment is."""
    accepted = kept["state"] in ("accepted", "ended")
    if accepted and not kept["since"]:
        yield Misfit("since", mark("What was accepted says on which day."))
    if kept["since"] and (not accepted or kept["since"] < kept["proposed_on"]):
        yield Misfit("since", mark("This day does not fit the others of its row."))
    if (kept["state"] == "ended") != bool(kept["until"]) or (kept["until"] and kept["until"] < kept["proposed_on"]):
        yield Misfit("until", mark("This day does not fit the others of its row."))


def _of_measure(kept: Facts) -> Misfits:
    for name in ("result_3", "result_6"):
        day = kept[f"{name}_on"]
        if bool(day) != bool(kept[f"{name}_months"]):
            yield Misfit(f"{name}_on", mark("What became of it says when that was asked."))
        elif day and day < kept["given_on"]:
            yield Misfit(f"{name}_on", mark("The help was given only later."))


def _of_birth(kept: Facts) -> Misfits:
    if not kept["birth_date"] and not kept["birth_year"]:
        yield Misfit("birth_date", mark("Please give the date or the year of birth."))


@dataclass(frozen=True)
class InCase:
    """A kind of record that is kept in cases.

    *known_by* names the columns by which a row is known, where it is not all of them; *days* those that do not lie
    before the case was received. Of what is *once* written no second one of the same columns counts. *misfits* tells
    what else does not fit together. What follows from a decision alone comes in *by_command* only.
    """

    name: str
    title: Any
    record: Any
    form: type[Form]
    days: tuple[str, ...]
    known_by: tuple[str, ...] = ()
    once: tuple[str, ...] = ()
    counting: tuple[str, ...] = ("received", "recorded", "confirmed", "taking_back")
    misfits: Callable[[Facts], Misfits] = _nothing
    by_command: bool = False
    more: tuple[Field, ...] = field(default_factory=tuple)

    @property
    def key(self) -> str:
        return f"cases.{self.name}"

    @property
    def moves(self) -> bool:
        return issubclass(self.record, Moves)


_HELPER = Field("helper", _l("Helper"), Kind.REFERENCE, _l("The user name of an account."), required=True)

KINDS = (
    InCase(
        "assignments", _l("Assignments"), Assignment, AssignmentOfSheet, (), ("kind", "assignee_id", "proposed_on"),
        misfits=_of_assignment, by_command=True,
    ),
    InCase("check_ins", _l("Self-reports"), CheckIn, CheckInOfSheet, ("received_on",), once=("month",)),
    InCase("roll_calls", _l("Roll-calls"), RollCall, RollCallOfSheet, ("held_on",), once=("month",)),
    InCase("contacts", _l("Contacts"), Contact, forms.ContactForm, ("happened_on",)),
    InCase("assessments", _l("Assessments"), Assessment, AssessmentOfSheet, ("written_on",), once=("month",)),
    InCase("violations", _l("Violations"), Violation, forms.ViolationForm, ("occurred_on", "recorded_on")),
    InCase(
        "measures", _l("Help given"), Measure, MeasureOfSheet, ("given_on",),
        ("kind", "given_on", "given_by", "amount_vnd", "text"), misfits=_of_measure,
    ),
    InCase(
        "helper_reports", _l("Reports of helpers"), HelperReport, HelperReportOfSheet, ("written_on",),
        once=("quarter",), more=(_HELPER,),
    ),
    InCase("term_changes", _l("Shortenings"), TermChange, forms.TermChangeForm, ("decided_on",), once=("decided_on",)),
    InCase(
        "birth_corrections", _l("Corrections of a birth"), BirthCorrection, BirthCorrectionOfSheet, (),
        misfits=_of_birth, by_command=True,
    ),
)  # fmt: skip


def sheets(known: Mapping[str, Reference], title: Any) -> list[Sheet]:
    return [_sheet(kind, known, title) for kind in KINDS]


def _sheet(kind: InCase, known: Mapping[str, Reference], title: Any) -> Sheet:
    asked = tuple(one for one in fields_of(kind.form, kind.record, known) if one.name != _HELPER.name)
    more = tuple(replace(one, reference=known["user"]) for one in kind.more)
    of_state = states.fields_of_state(kind.record.workflow, known) if kind.moves else ()
    answers = states.answers_about_state(kind.record.workflow) if kind.moves else {}
    form: type[Form] = type(f"{kind.form.__name__}InCase", (kind.form, OfCommune, OfAuthor), {
        "entry": Line(ENTRY, [Required()]), **answers,
    })  # fmt: skip
    entry = Field("entry", ENTRY, Kind.TEXT, _ITS_ENTRY, required=True)
    fields = (entry, COMMUNE_FIELD, *asked, *more, *of_state, author_field(known))
    rows = _Rows(kind, asked)
    rights: dict[str, tuple[type[Kept], str]] = {"export": (Case, "export"), "create": (Case, "record")}
    return Sheet(
        kind.key, Both(title, kind.title), form, kind.record, fields, rows.found, rows.told, rows.take, "",
        sealed=True, rights=rights, by_command=kind.by_command,
    )  # fmt: skip


class _Rows:
    """What is kept in cases, as it leaves the portal and as it comes."""

    def __init__(self, kind: InCase, asked: Sequence[Field]) -> None:
        self.kind, self.asked = kind, [one.name for one in asked]
        self.columns = inspect(kind.record).columns

    def found(self, taking: Taking) -> Select[Any]:
        record = self.kind.record
        found = select(record, Case.number, Case.commune_id).join(record.case).join(Case.person)
        found = standing(found, taking).where(record.voided_at.is_(None))
        if self.kind.moves:
            found = states.with_steps(found, record)
        return found.order_by(code_of(Case), Case.number, record.id)

    def told(self, row: Any, taking: Taking) -> Mapping[str, Any]:
        one, number, commune_id, *step = row
        kept = {name: self._shown(name, getattr(one, name)) for name in self.asked}
        if self.kind.more:
            kept[_HELPER.name] = one.assignment.assignee_id
        if self.kind.moves:
            kept |= states.told_of(one, *step)
        return {**kept, "entry": number, "commune": taking.code(commune_id), "author": one.created_by_id}

    @staticmethod
    def _shown(name: str, value: Any) -> Any:
        if name == "month":
            return spelled(value)
        return ("yes" if value else "no") if name == "present" else value

    def _kept(self, facts: Facts) -> Facts:
        kept = {name: facts[name] for name in self.asked}
        if "month" in kept:
            kept["month"] = date.fromisoformat(kept["month"])
        if "present" in kept:
            kept["present"] = kept["present"] == "yes"
        return kept

    def take(self, facts: Facts, bringing: Bringing) -> Verdict:
        refuse_unless_chief(bringing, "entry")
        commune_id, kept = bringing.of_commune(facts), self._kept(facts)
        case = self._case(commune_id, facts, bringing)
        there = self._there(case, kept, bringing) if case is not None else None
        if there is not None:
            said = {**kept, "state": facts["state"]} if self.kind.moves else kept
            return agreeing(told_by(there, said), said)
        author = self._may_come(case, kept, facts, bringing)
        if bringing.writes and case is not None:
            self._write(case, kept, facts, author, bringing)
        return Verdict.NEW

    def _case(self, commune_id: int, facts: Facts, bringing: Bringing) -> Case | None:
        """The case of a row; None for one that the same file brings, as long as it is only looked at."""
        here = Case.commune_id == commune_id, Case.number == facts["entry"], Case.voided_at.is_(None)
        case = db.session.scalar(select(Case).where(*here))
        if case is None and not bringing.is_coming(Case, facts, "entry"):
            raise Refused(Misfit("entry", mark("There is no case of this number.")))
        return case

    def _there(self, case: Case, kept: Facts, bringing: Bringing) -> Any:
        """The record that a row is: one that says the same before one that is only known by the same."""
        record = self.kind.record
        known_by = self.kind.known_by or tuple(kept)
        alike = [
            getattr(record, name).is_(None) if kept[name] is None else getattr(record, name) == kept[name]
            for name in known_by
        ]
        of_case = select(record).where(record.case_id == case.id, record.voided_at.is_(None), *alike)
        free = [
            one for one in db.session.scalars(of_case.order_by(record.id))
            if not bringing.is_claimed(self.kind.key, one)
        ]  # fmt: skip
        found = min(free, key=lambda one: len(differing(told_by(one, kept), kept)), default=None)
        if found is not None:
            bringing.claim(self.kind.key, found)
        return found

    def _may_come(self, case: Case | None, kept: Facts, facts: Facts, bringing: Bringing) -> int | None:
        """Who wrote it down. Raises Refused for what does not fit, and for what is not theirs to bring."""
        author = author_of(facts, bringing)
        if bringing.by is not None and self.kind.by_command:
            raise Refused(Misfit("entry", BY_COMMAND))
        if bringing.by is not None and (case is None or find(bringing.by, "record", Case, case.id) is None):
            raise Refused(Misfit("entry", mark("Your role does not change this entry.")))
        if self.kind.moves:
            states.refuse_what_is_signed(facts, self.kind.record.workflow, bringing)
        stand = {"state": facts["state"]} if self.kind.moves else {}
        known = case.received_on.toordinal() if case else bringing.remembered[RECEIVED, _named(facts, "entry")]
        early = [name for name in self.kind.days if kept[name].toordinal() < known]
        told = mark("The case was received only on %(day)s.")
        against = [Misfit(name, told, day=date.fromordinal(known)) for name in early]
        against += [*self.kind.misfits({**kept, **stand}), *self._twice(case, kept, facts, bringing)]
        if against:
            raise Refused(*against)
        return author

    def _twice(self, case: Case | None, kept: Facts, facts: Facts, bringing: Bringing) -> Misfits:
        """Whether something else of the same month, or day, counts already: in the portal or in the file."""
        if not self.kind.once or (self.kind.moves and facts["state"] not in self.kind.counting):
            return
        record, key = self.kind.record, "/".join(str(kept[name]) for name in self.kind.once)
        again = not bringing.first_time(self.kind.key, f"{_named(facts, 'entry')}/{key}")
        if case is not None and not again:
            same = [getattr(record, name) == kept[name] for name in self.kind.once]
            counts = [record.state.in_(self.kind.counting)] if self.kind.moves else []
            of_case = select(record.id).where(record.case_id == case.id, record.voided_at.is_(None), *same, *counts)
            again = db.session.scalar(of_case.limit(1)) is not None
        if again:
            yield Misfit(self.kind.once[0], _TWICE if self.kind.once == ("month",) else mark("It is there already."))

    def _write(self, case: Case, kept: Facts, facts: Facts, author: int | None, bringing: Bringing) -> None:
        more = {"assignment": self._assignment(case, facts)} if self.kind.more else {}
        if self.kind.record is Assignment:
            more["state"] = facts["state"]
        one = self.kind.record(case=case, commune_id=case.commune_id, created_by_id=author, **kept, **more)
        db.session.add(one)
        db.session.flush()
        if self.kind.moves:
            states.stand(one, facts)
        bringing.claim(self.kind.key, one)

    @staticmethod
    def _assignment(case: Case, facts: Facts) -> Assignment:
        """That of the helper who reported, as it stood on the day of the report."""
        helper = facts[_HELPER.name]
        theirs = [one for one in case.assignments if one.kind == AssignmentKind.HELPER and one.assignee_id == helper]
        before = [one for one in theirs if one.since and one.since <= facts["written_on"]]
        if not theirs:
            raise Refused(Misfit(_HELPER.name, mark("The case was never given to this helper.")))
        return (before or theirs)[-1]
