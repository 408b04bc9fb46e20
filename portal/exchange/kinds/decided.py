"""What was decided on proposals: permits, plans, helpers, transfers, ends, and what was refused or withdrawn.

What waits for a decision does not travel, since it is bound to those who are asked. What was decided does, by the
command alone: days that were permitted are used up, and steps that were taken are done, wherever the case is kept. What
a kind holds, and what was found when it was decided, stands in a cell as data; records of the file by their names in
it. The digest of the decision is made anew with the keys of the new portal, if it was intact in the old one.
"""

import enum
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, time
from functools import cached_property
from typing import Any, cast

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import selectin_polymorphic, selectinload

from portal.cases.models import Assignment, Case, Move, ReviewMeeting
from portal.drugs.models import FineDecision
from portal.engine.db import db
from portal.engine.forms import BooleanField, Choice, Day, Line, Optional, Paragraphs, Required, not_in_the_future
from portal.engine.refusal import Misfit, Refused
from portal.engine.sheets import MOST_LETTERS
from portal.engine.text import _l, mark
from portal.exchange.bringing import Bringing
from portal.exchange.cells import AS_KEPT, NOT_AS_KEPT, in_cell, is_text, of_cell
from portal.exchange.kinds.in_cases import standing
from portal.exchange.kinds.rows import ByCommand, OfCommune
from portal.exchange.kinds.standing import OfAuthor
from portal.exchange.moments import Moment, to_the_minute
from portal.exchange.numbers_in_cases import SHEETS
from portal.exchange.reading import Misread
from portal.exchange.references import STILL_TO_COME, Reference
from portal.exchange.sheet import Both, Facts
from portal.exchange.taking import Taking, code_of
from portal.organisation.models import ROLE_NAMES, Role
from portal.proposals.kinds import KINDS, models
from portal.proposals.models import ENDED, Finding, Proposal
from portal.proposals.models.proposal import DIGEST

STATES = [(name, state.label) for name, state in Proposal.workflow.states.items() if name in ENDED]
ROLES = [("", ""), *((one.value, ROLE_NAMES[one]) for one in Role)]
CHANGED = f"{DIGEST}changed before it came here"  # no digest of anything: its page tells that it is not intact
LINKS: Sequence[tuple[Any, str]] = (
    (Assignment, "proposal_id"), (Move, "proposal_id"), (Move, "transfer_id"), (ReviewMeeting, "proposal_id"),
    (FineDecision, "proposal_id"),
)  # fmt: skip
OF_FINDING = ("result", "about", "message", "rule", "source")
OWN_TABLES = {str(model.__table__.name) for model in models()}  # type: ignore[attr-defined]


def is_decided() -> ColumnElement[bool]:
    return Proposal.state.in_(ENDED)


class ProposalRow(OfCommune, OfAuthor):
    number = Line(_l("Number"), [Required()], length=40)
    case_id = Line(_l("Case"), [Required()])
    kind = Choice(
        _l("What it asks for"), [Required()], choices=[(name, kind.model.label) for name, kind in KINDS.items()]
    )
    state = Choice(_l("State"), [Required()], choices=STATES)
    reason = Paragraphs(_l("Reason"), [Optional()])
    content = Paragraphs(_l("What was decided on"), [Optional()], length=MOST_LETTERS, description=AS_KEPT)
    findings = Paragraphs(_l("What was found on that day"), [Optional()], length=MOST_LETTERS, description=AS_KEPT)
    brought = Paragraphs(_l("What came of it"), [Optional()], length=MOST_LETTERS, description=AS_KEPT)
    endorser_role = Choice(_l("Who endorses"), [Optional()], choices=ROLES)
    decider_role = Choice(_l("Who decides"), [Optional()], choices=ROLES)
    submitted_on = Day(_l("Submitted on"), [Optional(), not_in_the_future])
    decided_on = Day(_l("Decided on"), [Optional(), not_in_the_future])
    decided_by_id = Line(_l("Who decided"), [Optional()])
    timed_out_at = Moment(_l("Time of the law passed at"), [Optional()])
    oral_by_id = Line(_l("Who approved it orally"), [Optional()])
    oral_at = Moment(_l("Approved orally at"), [Optional()])
    oral_how = Line(_l("How it was said"), [Optional()], length=500)
    oral_why = Paragraphs(_l("Why it could not wait"), [Optional()])
    frozen_at = Moment(_l("Bound at"), [Optional()])
    intact = BooleanField(_l("As it was decided"), [Optional()], description=_l("No: somebody changed it afterwards."))
    written_at = Moment(_l("Written down at"), [Optional()])


class Decided(ByCommand):
    key, title, record, form = "cases.proposals", Both(_l("Cases"), _l("Decisions")), Proposal, ProposalRow
    about = _l(
        "What was decided, refused or withdrawn. What waits for a decision stays where it is. Only the command takes "
        "this in."
    )
    columns = ("number", "commune", "case_id", "kind", "state", "reason", "content", "findings",
               "brought", "endorser_role", "decider_role", "submitted_on", "decided_on", "decided_by_id",
               "timed_out_at", "oral_by_id", "oral_at", "oral_how", "oral_why", "frozen_at", "intact", "author",
               "written_at")  # fmt: skip
    named = {"author": "user"}
    sealed = True
    rights = {"export": (Case, "export"), "create": (Case, "record")}
    behind = (*SHEETS.values(), "drug_tests", "drug_fines", "incidents")

    def __init__(self, known: Mapping[str, Reference]) -> None:
        super().__init__(known)
        self.known = known

    def found(self, taking: Taking) -> Select[Any]:
        found = standing(select(Proposal).join(Proposal.case).join(Case.person), taking)
        found = found.where(Proposal.voided_at.is_(None), is_decided())
        loaded = selectin_polymorphic(Proposal, models()), selectinload(Proposal.findings)
        return found.order_by(code_of(Proposal), Proposal.number).options(*loaded)

    def said(self, one: Any, code: Any) -> dict[str, Any]:
        data = {"content": self._content(one), "findings": [_told(found) for found in one.findings],
                "brought": list(self._brought(one))}  # fmt: skip
        told = {name: in_cell(value or None) for name, value in data.items()}
        return {**super().said(one, code), **told, "author": one.created_by_id, "written_at": one.created_at}

    def there(self, facts: Facts, bringing: Bringing) -> Any:
        here = Proposal.commune_id == bringing.of_commune(facts), Proposal.number == facts["number"]
        return db.session.scalar(select(Proposal).where(*here, Proposal.voided_at.is_(None)))

    def _told(self, there: Any, bringing: Bringing) -> Facts:
        return _as_compared(super()._told(there, bringing))

    def _compared(self, facts: Facts) -> Facts:
        return _as_compared(super()._compared(facts))

    def once(self, facts: Facts, bringing: Bringing) -> None:
        bringing.number_once(self.key, facts)
        bringing.expect(Proposal, facts)
        _read(facts)
        if facts["decided_on"] is None and facts["state"] in ("approved", "rejected", "communicated", "carried_out"):
            raise Refused(Misfit("decided_on", mark("What was decided says on which day.")))

    def write(self, facts: Facts, bringing: Bringing) -> None:
        content, findings, brought = _read(facts)
        case = db.session.get_one(Case, facts["case_id"])
        plain = ("number", "kind", "state", "reason", "submitted_on", "decided_on", "decided_by_id", "timed_out_at",
                 "oral_by_id", "oral_at", "oral_how", "oral_why", "frozen_at")  # fmt: skip
        told = {name: facts[name] for name in plain if name != "kind"}
        told |= {name: facts[name] or None for name in ("endorser_role", "decider_role")}
        if facts["written_at"]:
            told["created_at"] = facts["written_at"]
        made = KINDS[facts["kind"]].model(
            case=case, case_id=case.id, commune_id=case.commune_id, created_by_id=facts["author"], **told,
            **self._kept(facts["kind"], content, bringing),
        )  # fmt: skip
        made.findings = [_found(one) for one in findings]
        db.session.add(made)
        db.session.flush()
        for table, column, name in brought:
            linked = db.session.get_one(_class_of(table), self._named(table, name, bringing))
            setattr(linked, column, made.id)
            if isinstance(linked, FineDecision):
                linked.violation_id = getattr(made, "violation_id", None)
        if made.frozen_at is not None:
            made.frozen_digest = made.digest() if facts["intact"] else CHANGED
        db.session.flush()

    # ── what a kind holds ───────────────────────────────────────────────────────────────────────────────────────────
    def _content(self, one: Proposal) -> dict[str, Any]:
        return {name: self._shown(column, getattr(one, name)) for name, column in _columns(one.kind).items()}

    def _shown(self, column: Any, value: Any) -> Any:
        if column.foreign_keys:
            reference = self._reference(column)
            return reference.shown(value) if reference and value is not None else None
        if isinstance(value, date | time):
            return value.isoformat()
        return value.value if isinstance(value, enum.Enum) else value

    def _kept(self, kind: str, content: Mapping[str, Any], bringing: Bringing) -> dict[str, Any]:
        columns = _columns(kind)
        if content.keys() != columns.keys():
            raise Refused(Misfit("content", NOT_AS_KEPT))
        try:
            return {name: self._as_kept(column, content[name], bringing) for name, column in columns.items()}
        except (ValueError, TypeError, KeyError) as error:
            raise Refused(Misfit("content", NOT_AS_KEPT)) from error

    def _as_kept(self, column: Any, value: Any, bringing: Bringing) -> Any:
        if value is None:
            return None
        if column.foreign_keys:
            return self._named(_table(column), value, bringing)
        kind = column.type.python_type
        if issubclass(kind, date | time):
            return kind.fromisoformat(value)
        return kind(value)

    def _reference(self, column: Any) -> Reference | None:
        return self.known.get(_table(column))

    def _named(self, table: str, name: str, bringing: Bringing) -> int:
        """The record that data of a row name. Raises Refused where there is none."""
        try:
            found = self.known[table].found(name, bringing)
        except Misread as misread:
            raise Refused(Misfit("content", misread.message, **misread.numbers)) from misread
        if found == STILL_TO_COME:
            raise Refused(Misfit("content", mark("It names something that stands further down in the file: %(name)s."),
                                 name=name))  # fmt: skip
        return found

    def _brought(self, one: Proposal) -> Iterator[list[str]]:
        """The records that say by which proposal they came."""
        for table, column, number in self._links.get(one.id, ()):
            if name := self.known[table].shown(number):
                yield [table, column, name]

    @cached_property
    def _links(self) -> Mapping[int, Sequence[tuple[str, str, int]]]:
        """The same of all proposals, asked for at once: by the id of each, what came by it."""
        found = defaultdict(list)
        for record, column in LINKS:
            came_by = getattr(record, column)
            asked = select(came_by, record.id).where(came_by.is_not(None), record.voided_at.is_(None))
            for proposal_id, number in db.session.execute(asked.order_by(record.id)):
                found[proposal_id].append((str(record.__tablename__), column, number))
        return found


def _columns(kind: str) -> dict[str, Any]:
    """What a kind keeps beside what all of them do."""
    columns: Any = KINDS[kind].model.__table__.columns
    return {column.name: column for column in columns if column.name != "id"}


def _table(column: Any) -> str:
    """The table under which the record of a column is named: of a kind of proposals that of all."""
    table = str(next(iter(column.foreign_keys)).column.table.name)
    return Proposal.__tablename__ if table in OWN_TABLES else table


def _class_of(table: str) -> Any:
    return next(record for record, _column in LINKS if record.__tablename__ == table)


def _told(found: Finding) -> dict[str, Any]:
    words = {name: getattr(found, name) for name in OF_FINDING}
    holds_from = found.holds_from.isoformat() if found.holds_from else None
    return {**words, "numbers": found.numbers, "confirmed": found.confirmed, "holds_from": holds_from}


def _found(told: Mapping[str, Any]) -> Finding:
    holds_from = date.fromisoformat(told["holds_from"]) if told["holds_from"] else None
    words = {name: told[name] for name in OF_FINDING}
    return Finding(**words, numbers=told["numbers"], confirmed=told["confirmed"], holds_from=holds_from)


def _is_finding(one: Any) -> bool:
    parts = {*OF_FINDING, "numbers", "confirmed", "holds_from"}
    if not isinstance(one, dict) or one.keys() != parts:
        return False
    words = all(is_text(one[name]) for name in OF_FINDING)
    return words and isinstance(one["numbers"], dict) and isinstance(one["confirmed"], bool)


def _are_findings(value: Any) -> bool:
    return isinstance(value, list) and all(map(_is_finding, value))


def _are_links(value: Any) -> bool:
    known = {(str(record.__tablename__), column) for record, column in LINKS}
    whole = isinstance(value, list) and all(isinstance(one, list) and len(one) == 3 for one in value)
    return whole and all(tuple(one[:2]) in known and is_text(one[2]) for one in value)


def _read(facts: Facts) -> tuple[dict[str, Any], list[Any], list[Any]]:
    content = of_cell("content", facts["content"], lambda value: isinstance(value, dict)) or {}
    findings = of_cell("findings", facts["findings"], _are_findings) or []
    return content, findings, cast(list[Any], of_cell("brought", facts["brought"], _are_links) or [])


def _as_compared(told: Facts) -> Facts:
    """As a cell tells it: moments to the minute, data by what they say and not by how they are written."""
    content, findings, brought = _read(told)
    moments = {name: to_the_minute(told[name]) if told[name] else None for name in told if name.endswith("_at")}
    return {**told, **moments, "content": content, "findings": findings, "brought": brought, "written_at": None}
