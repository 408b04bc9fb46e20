"""What is kept in cases, a sheet a kind: assignments, reports, breaches, help, what stands at the end, and the rest.

A row names its case by number, and is known by what it says. On a page the law says which months are asked for; here
also what was recorded years ago comes in, and what belongs to a case that is closed by now.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import Select, inspect, select

from portal.cases import conduct, owed
from portal.cases.actions.recording import CAME_BEFORE, STILL_MISSING
from portal.cases.models import Assignment, AssignmentKind, Case, CheckIn, Violation
from portal.cases.months import spelled
from portal.engine.access import find
from portal.engine.db import Kept, db
from portal.engine.forms import Form, Line, Number, Optional, Required
from portal.engine.refusal import Misfit, Refused
from portal.engine.text import _l, mark
from portal.exchange.bringing import Bringing, agreeing, differing, told_by
from portal.exchange.cells import in_cell, of_cell
from portal.exchange.kinds import standing as states
from portal.exchange.kinds.case_kinds import HELPER, KINDS, InCase
from portal.exchange.kinds.rows import BY_COMMAND, COMMUNE_FIELD, OfCommune
from portal.exchange.kinds.standing import OfAuthor, author_field, author_of, refuse_unless_chief
from portal.exchange.moments import Moment
from portal.exchange.references import Reference
from portal.exchange.sheet import Both, Facts, Field, Kind, Sheet, Verdict, fields_of
from portal.exchange.taking import Taking, code_of
from portal.people.models import Person

RECEIVED, CAME = "case received on", "self-report came on"
ENTRY = _l("Case")
_ITS_ENTRY = _l("The number of the case to which the row belongs.")
_TWICE = mark("One of this month is there already.")
_NUMBER = _l("Number in the case")
_ITS_NUMBER = _l("1, 2, 3 and so on in each case. By it other sheets of this file name the row; it means nothing else.")
_WRITTEN = _l("Written down at")
_OF_WRITTEN = _l("When it was entered: some days are counted from then. Only the command takes it in.")
_ANSWERS = {"yes": True, "no": False, "": None}  # where a list of answers keeps what is so, is not so, or is unknown
COLUMNS = {"where": "place"}  # a form has something else under that name
_AS_ANSWERED = ("present", "granted", "other_province", "accepted")


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


def sheets(known: Mapping[str, Reference], title: Any) -> list[Sheet]:
    return [_sheet(kind, known, title) for kind in KINDS]


def _sheet(kind: InCase, known: Mapping[str, Reference], title: Any) -> Sheet:
    asked = tuple(one for one in fields_of(kind.form, kind.record, known) if one.name != HELPER.name)
    more = tuple(replace(one, reference=known["user"]) for one in kind.more)
    of_state = states.fields_of_state(kind.record.workflow, known) if kind.moves else ()
    of_state = of_state[:1] if kind.steps else of_state
    answers = states.answers_about_state(kind.record.workflow) if kind.moves else {}
    form: type[Form] = type(f"{kind.form.__name__}InCase", (kind.form, OfCommune, OfAuthor), {
        "entry": Line(ENTRY, [Required()]), "number": Number(_NUMBER, [Optional()], least=1),
        "written_at": Moment(_WRITTEN, [Optional()]), **answers,
    })  # fmt: skip
    entry = Field("entry", ENTRY, Kind.TEXT, _ITS_ENTRY, required=True)
    number = (Field("number", _NUMBER, Kind.NUMBER, _ITS_NUMBER),) if kind.numbered else ()
    written = Field("written_at", _WRITTEN, Kind.MOMENT, _OF_WRITTEN)
    fields = (entry, COMMUNE_FIELD, *number, *asked, *more, *of_state, author_field(known), written)
    rows = _Rows(kind, asked, known.get(str(kind.record.__tablename__)))
    rights: dict[str, tuple[type[Kept], str]] = {"export": (Case, "export"), "create": (Case, "record")}
    return Sheet(
        kind.key, Both(title, kind.title), form, kind.record, fields, rows.found, rows.told, rows.take, "",
        sealed=True, rights=rights, by_command=kind.by_command,
    )  # fmt: skip


class _Rows:
    """What is kept in cases, as it leaves the portal and as it comes."""

    def __init__(self, kind: InCase, asked: Sequence[Field], numbers: Reference | None) -> None:
        self.kind, self.asked = kind, [one.name for one in asked]
        self.columns, self.numbers = inspect(kind.record).columns, numbers
        self.table = str(kind.record.__tablename__)

    def found(self, taking: Taking) -> Select[Any]:
        record = self.kind.record
        found = select(record, Case.number, Case.commune_id).join(record.case).join(Case.person)
        found = standing(found, taking).where(record.voided_at.is_(None))
        if self.kind.moves and not self.kind.steps:
            found = states.with_steps(found, record)
        return found.order_by(code_of(Case), Case.number, record.id)

    def told(self, row: Any, taking: Taking) -> Mapping[str, Any]:
        one, number, commune_id, *step = row
        kept = {name: self._shown(name, getattr(one, COLUMNS.get(name, name))) for name in self.asked}
        if self.kind.more:
            kept[HELPER.name] = one.assignment.assignee_id
        if self.kind.moves:
            kept |= {"state": one.state} if self.kind.steps else states.told_of(one, *step)
        if self.numbers and self.kind.numbered:
            kept["number"] = int((self.numbers.shown(one.id) or "0").rpartition("/")[2])
        return {**kept, "entry": number, "commune": taking.code(commune_id), "author": one.created_by_id,
                "written_at": one.created_at}  # fmt: skip

    def _shown(self, name: str, value: Any) -> Any:
        if name == "month":
            return spelled(value)
        if name in _AS_ANSWERED:
            return next(word for word, meant in _ANSWERS.items() if meant is value)
        data = self.kind.data.get(name)
        return in_cell(data.told(value) or None) if data and value else value

    def _kept(self, facts: Facts) -> Facts:
        kept = {COLUMNS.get(name, name): facts[name] for name in self.asked}
        if "place" in kept:
            kept["place"] = kept["place"] or ""
        if "month" in kept:
            kept["month"] = date.fromisoformat(kept["month"])
        for name in _AS_ANSWERED:
            if name in kept:
                kept[name] = _ANSWERS[kept[name] or ""]
        return kept | {name: of_cell(name, facts[name], one.fits) for name, one in self.kind.data.items()}

    def take(self, facts: Facts, bringing: Bringing) -> Verdict:
        refuse_unless_chief(bringing, "entry")
        commune_id, kept = bringing.of_commune(facts), self._kept(facts)
        case = self._case(commune_id, facts, bringing)
        there = self._there(case, kept, bringing) if case is not None else None
        if there is not None:
            self._name(there, facts, bringing)
            said = {**kept, "state": facts["state"]} if self.kind.moves else kept
            return agreeing(self._told_by(there, said), said)
        author = self._may_come(case, kept, facts, bringing)
        self._name(None, facts, bringing)
        if bringing.writes and case is not None:
            self._name(self._write(case, kept, facts, author, bringing), facts, bringing)
        return Verdict.NEW

    def _name(self, one: Any, facts: Facts, bringing: Bringing) -> None:
        """Let other rows of the file name the record of a row, or what a row brings."""
        if not self.kind.numbered or not facts["number"]:
            return
        code = facts["commune"] or bringing.commune.code
        name = f"{facts['entry']}/{facts['number']}"
        for called in (name, f"{code}/{name}"):
            if one is None:
                bringing.coming.add((self.table, called))
            elif called != name or not facts["commune"]:
                bringing.remembered[self.table, called] = one.id
            else:
                bringing.remembered.setdefault((self.table, called), one.id)

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
        found = min(free, key=lambda one: len(differing(self._told_by(one, kept), kept)), default=None)
        if found is not None:
            bringing.claim(self.kind.key, found)
        return found

    def _told_by(self, one: Any, said: Facts) -> Facts:
        told = told_by(one, said)
        return told | {name: data.told(told[name]) for name, data in self.kind.data.items() if told[name]}

    def _may_come(self, case: Case | None, kept: Facts, facts: Facts, bringing: Bringing) -> int | None:
        """Who wrote it down. Raises Refused for what does not fit, and for what is not theirs to bring."""
        author = author_of(facts, bringing)
        if bringing.by is not None and self.kind.by_command:
            raise Refused(Misfit("entry", BY_COMMAND))
        if bringing.by is not None and facts["written_at"]:
            raise Refused(Misfit("written_at", BY_COMMAND))
        if self.kind.numbered and facts["number"]:
            self._once_in_its_case(facts, bringing)
        if bringing.by is not None and (case is None or find(bringing.by, "record", Case, case.id) is None):
            raise Refused(Misfit("entry", mark("Your role does not change this entry.")))
        if self.kind.moves and not self.kind.steps:
            states.refuse_what_is_signed(facts, self.kind.record.workflow, bringing)
        stand = {"state": facts["state"]} if self.kind.moves else {}
        known = case.received_on.toordinal() if case else bringing.remembered[RECEIVED, _named(facts, "entry")]
        early = [name for name in self.kind.days if kept[name].toordinal() < known]
        told = mark("The case was received only on %(day)s.")
        against = [Misfit(name, told, day=date.fromordinal(known)) for name in early]
        against += [*self.kind.misfits({**kept, **stand}), *self._twice(case, kept, facts, bringing)]
        against += self._against_reports(case, kept, facts, bringing)
        if against:
            raise Refused(*against)
        return author

    def _once_in_its_case(self, facts: Facts, bringing: Bringing) -> None:
        if not bringing.first_time(f"{self.kind.key}, numbers", f"{_named(facts, 'entry')}/{facts['number']}"):
            raise Refused(Misfit("number", mark("This number stands in the file twice.")))

    def _twice(self, case: Case | None, kept: Facts, facts: Facts, bringing: Bringing) -> Iterator[Misfit]:
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

    def _against_reports(self, case: Case | None, kept: Facts, facts: Facts, bringing: Bringing) -> Iterator[Misfit]:
        """Whether a self-report came before a record says that it had not: in the portal or in the file."""
        if self.kind.record is CheckIn and facts["state"] == "received":
            bringing.remembered[CAME, f"{_named(facts, 'entry')}/{kept['month']}"] = kept["received_on"].toordinal()
            said = conduct.told_missing(case, kept["month"]) if case is not None else None
            if said is not None and kept["received_on"] < said.recorded_on:
                month = spelled(kept["month"])
                yield Misfit("received_on", STILL_MISSING, month=month, recorded=said.recorded_on)
        if self.kind.record is Violation and (month := kept["missing_report"]):
            there = owed.by_month(case.check_ins).get(month) if case is not None else None
            known = bringing.remembered.get((CAME, f"{_named(facts, 'entry')}/{month}"))
            came = there.received_on if there else date.fromordinal(known) if known else None
            if came is not None and came < kept["recorded_on"]:
                yield Misfit("missing_report", CAME_BEFORE, month=spelled(month), day=came)

    def _write(self, case: Case, kept: Facts, facts: Facts, author: int | None, bringing: Bringing) -> Any:
        more = {"assignment": self._assignment(case, facts)} if self.kind.more else {}
        if self.kind.record is Assignment or self.kind.steps:
            more["state"] = facts["state"]
        if facts["written_at"]:
            more["created_at"] = facts["written_at"]
        more |= {name: data.made(kept[name]) for name, data in self.kind.data.items() if kept[name]}
        told = {name: value for name, value in kept.items() if name not in self.kind.data}
        one = self.kind.record(case=case, commune_id=case.commune_id, created_by_id=author, **told, **more)
        db.session.add(one)
        db.session.flush()
        if self.kind.moves and not self.kind.steps:
            states.stand(one, facts)
        bringing.claim(self.kind.key, one)
        return one

    @staticmethod
    def _assignment(case: Case, facts: Facts) -> Assignment:
        """That of the helper who reported, as it stood on the day of the report."""
        helper = facts[HELPER.name]
        theirs = [one for one in case.assignments if one.kind == AssignmentKind.HELPER and one.assignee_id == helper]
        before = [one for one in theirs if one.since and one.since <= facts["written_on"]]
        if not theirs:
            raise Refused(Misfit(HELPER.name, mark("The case was never given to this helper.")))
        return (before or theirs)[-1]
