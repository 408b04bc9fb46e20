"""How rows of a workbook name what is kept in cases: 2026-014/2 is the second of its kind in case 2026-014.

The numbers hold in the one file, as those of people do. They follow the order in which a case was written, which is
that of the rows, so that another portal gives the same.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import select

from portal.cases.models import (
    Assessment,
    Assignment,
    Case,
    Death,
    FileHandover,
    Move,
    Reception,
    ReviewMeeting,
    RollCall,
    Summons,
    TermChange,
    Violation,
    WrittenWarning,
)
from portal.engine.db import db
from portal.engine.text import mark
from portal.exchange.reading import Misread
from portal.exchange.references import STILL_TO_COME, Numbered, Reference, Sought
from portal.organisation.models import line_of
from portal.people.models import Person
from portal.proposals.models import Proposal

NO_ROW = mark("The file has no row of this number in this case.")

SHEETS: Mapping[Any, str] = {
    Assignment: "cases.assignments", RollCall: "cases.roll_calls", Assessment: "cases.assessments",
    ReviewMeeting: "cases.reviews", Violation: "cases.violations", WrittenWarning: "cases.warnings",
    Summons: "cases.summonses", Reception: "cases.receptions", TermChange: "cases.term_changes",
    Move: "cases.moves", Death: "cases.deaths", FileHandover: "cases.handovers",
}  # fmt: skip


class NumberedInCase(Reference):
    """A record of a case by the number of that, and its own among those of its kind that are not struck out."""

    def __init__(self, record: type[Any], sheet: str) -> None:
        super().__init__(record, sheet)
        self.cases = Numbered(Case, "cases")

    def _called(self, ids: Collection[int]) -> Mapping[int, str | None]:
        """All of the commune at once; whatever is not among them was struck out."""
        all_of_them = {} if self._names else self._numbers(db.session.get_one(self.record, min(ids)).commune_id)
        return {**dict.fromkeys(ids), **all_of_them}

    def _numbers(self, commune_id: int) -> dict[int, str | None]:
        record = self.record
        found = select(record.id, record.case_id).join(record.case).join(Case.person)
        standing = record.voided_at.is_(None), Case.voided_at.is_(None), Person.voided_at.is_(None)
        found = found.where(record.commune_id.in_(line_of(commune_id)), *standing).order_by(record.id)
        rows = db.session.execute(found).all()
        self.cases.ask(row.case_id for row in rows)
        count: dict[int, int] = defaultdict(int)
        names: dict[int, str | None] = {}
        for row in rows:
            count[row.case_id] += 1
            names[row.id] = f"{self.cases.shown(row.case_id)}/{count[row.case_id]}"
        return names

    def _found(self, typed: str, scope: Sought) -> int:
        if (self.table, typed) in scope.coming:
            return STILL_TO_COME
        raise Misread(NO_ROW)


def numbered_in_cases() -> dict[str, Reference]:
    """How cells name what is kept in cases, and what was decided of them, by the table of these."""
    kept = {one.table: one for one in (NumberedInCase(record, sheet) for record, sheet in SHEETS.items())}
    decided = Numbered(Proposal, "cases.proposals")
    return {**kept, decided.table: decided}
