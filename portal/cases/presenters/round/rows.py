"""The people of a round as a page shows them: what is recorded of each, what is missing, what is suggested."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from flask import url_for
from sqlalchemy import Select
from sqlalchemy.orm import contains_eager, selectinload

from portal.cases.models import RATING_NAMES, Case
from portal.cases.monthly_round import Standing, standings
from portal.cases.queries import by_name
from portal.engine import clock
from portal.engine.access import Actor, ask_ahead, rights_on
from portal.engine.db import db
from portal.engine.presentation import day_in_margin, told
from portal.engine.text import _, ngettext
from portal.engine.vietnamese import fold
from portal.people.models import Person
from portal.people.presenter import called, is_named


@dataclass(frozen=True)
class Row:
    """Somebody of the round. *assesses*: whether the reader keeps the case, and not only stands in for who does."""

    standing: Standing
    name: str
    village: str
    village_id: int
    named: bool
    assesses: bool

    @property
    def id(self) -> int:
        return self.standing.case.id

    @property
    def done(self) -> bool:
        return self.standing.is_done(assessed=self.assesses)

    @property
    def asks_anything(self) -> bool:
        return not self.done

    @property
    def report_overdue(self) -> date | None:
        """The day by which the self-report that is still missing was due, once that is past."""
        due, missing = self.standing.report_due, self.standing.asks_report
        return due.due_on if missing and due and self.standing.report_late(clock.today()) else None

    @cached_property
    def asks_assessment(self) -> bool:
        return self.assesses and self.standing.asks_assessment

    @property
    def url(self) -> str:
        return url_for("cases.show", id=self.id) if self.assesses else ""

    @property
    def about(self) -> str:
        """The kind of case, for whoever keeps it."""
        return str(self.standing.case.type_name) if self.assesses else ""

    @property
    def said(self) -> list[str]:
        """What is recorded already."""
        return [*self._call_said(), *self._report_said(), *self._assessment_said()]

    def _call_said(self) -> list[str]:
        call = self.standing.call
        if call is None:
            return []
        on = day_in_margin(call.held_on)
        if call.present:
            return [_("Present on %(day)s", day=on)]
        why = f": {call.note}" if self.assesses and call.note else ""
        return [_("Absent on %(day)s", day=on) + why]

    def _report_said(self) -> list[str]:
        report, returned = self.standing.report, self.standing.returned
        if report is not None:
            if late := self.standing.report_late(report.received_on):
                told = ngettext(
                    "Self-report handed in on %(day)s, %(num)s day late",
                    "Self-report handed in on %(day)s, %(num)s days late",
                    late,
                    day=day_in_margin(report.received_on),
                )
                return [told]
            return [_("Self-report handed in on %(day)s", day=day_in_margin(report.received_on))]
        return [_("Self-report returned as deficient")] if returned is not None else []

    def _assessment_said(self) -> list[str]:
        written = self.standing.assessment if self.assesses else None
        if written is None:
            return []
        if written.rating is None:
            return [_("Assessed and signed") if written.signed else _("Assessed")]
        rating = RATING_NAMES[written.rating]
        if written.signed:
            return [_("Assessed and signed: %(rating)s", rating=rating)]
        return [_("Assessed: %(rating)s", rating=rating)]

    @cached_property
    def suggested(self) -> str:
        rating = self.standing.suggestion.rating
        return str(RATING_NAMES[rating]) if rating else ""

    @cached_property
    def reasons(self) -> str:
        return " ".join(told(one) for one in self.standing.suggestion.reasons)


def rows_of(user: Actor, cases: Select[Any], month: date, *, coming: bool = False) -> list[Row]:
    """By village, and there by name; those whose name is withheld stand last, with no village."""
    asked = cases.join(Case.person).order_by(*by_name(user))
    loading = contains_eager(Case.person).joinedload(Person.village), selectinload(Case.term_changes)
    found = standings(db.session.scalars(asked.options(*loading)).unique().all(), month, coming=coming)
    ask_ahead(user, [one.case.person for one in found])
    records = rights_on(user, Case, [one.case.id for one in found], ("record",))
    rows = [_row(user, one, assesses=bool(records.get(one.case.id))) for one in found]
    return sorted(rows, key=lambda row: (not row.village, fold(row.village), row.village_id))


def _row(user: Actor, standing: Standing, *, assesses: bool) -> Row:
    person, named = standing.case.person, is_named(user, standing.case.person)
    village = person.village if named else None
    return Row(
        standing, called(user, person), village.title if village else "", village.id if village else 0, named, assesses
    )
