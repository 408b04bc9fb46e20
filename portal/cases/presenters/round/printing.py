"""The round on paper: rows with numbers, and forms of the self-report with the code of their page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import groupby
from typing import Any

from flask import abort, request, url_for
from sqlalchemy import Select

from portal.cases.monthly_round import is_next
from portal.cases.months import spelled
from portal.cases.presenters.round.page import MINE
from portal.cases.presenters.round.rows import Row, rows_of
from portal.cases.suggested import WINDOW
from portal.documents import issuers
from portal.engine import audit, clock, qr
from portal.engine.access import Actor
from portal.engine.presentation import whole_address
from portal.engine.qr import Code
from portal.engine.text import _
from portal.law.days import add_months
from portal.organisation.models import Unit
from portal.organisation.queries import commune_of

# What the form asks, with how many lines to write on: our own words, until the ministry's form is known.
QUESTIONS = (
    ("Trong tháng, tôi ở đâu, làm việc gì? Có đi khỏi nơi cư trú không, đã xin phép chưa?", 3),
    ("Tôi đã thực hiện các nghĩa vụ và bản cam kết như thế nào?", 4),
    ("Có bị nhắc nhở, vi phạm hay bị xử phạt không? Nguyên nhân và cách sửa chữa:", 3),
    ("Khó khăn, vướng mắc và đề nghị giúp đỡ:", 2),
    ("Tôi tự nhận xét và hứa trong tháng tới:", 2),
)
MOST_FORMS = 120  # pages that a browser prints at once


@dataclass(frozen=True)
class SelfReportForm:
    """A form to be filled in by hand: whose it is, and where it is recorded."""

    name: str
    village: str
    address: str
    code: Code
    about: str  # the month of which the person writes: the one before that in which they hand it in
    first: date
    last: date


@dataclass(frozen=True)
class Printed:
    month: date
    village: str
    whose: str
    commune: Unit
    rows: Sequence[Row]

    @property
    def spelled(self) -> str:
        return spelled(self.month)

    @cached_property
    def villages(self) -> list[tuple[str, int, list[tuple[int, Row]]]]:
        """By village: its title, its id, its rows with their numbers, which begin anew in each."""
        by_village = groupby(self.rows, key=lambda row: (row.village_id, row.village))
        return [
            (title or _("Village not told"), number, list(enumerate(rows, start=1)))
            for (number, title), rows in by_village
        ]

    @cached_property
    def forms(self) -> list[SelfReportForm]:
        return [_form(row, self.month) for row in self.rows]

    @property
    def title(self) -> str:
        """The village where one is chosen."""
        return self.villages[0][0] if self.village and self.villages else self.commune.title

    @property
    def police(self) -> str:
        return f"Công an {issuers.commune_on(self.commune, clock.today()).name}"

    @property
    def back(self) -> str:
        return url_for("cases.monthly_round") if is_next(self.month) else self.url("cases.monthly_round")

    def url(self, endpoint: str, village: str | int | None = None) -> str:
        wanted: dict[str, Any] = {
            "month": f"{self.month:%Y-%m}", "village": village or self.village, "whose": self.whose,
        }  # fmt: skip
        return url_for(endpoint, **{name: value for name, value in wanted.items() if value})


def printed(user: Actor, cases: Select[Any], month: date, *, only_reports: bool = False) -> Printed:
    """The people of the round, or of one village; with *only_reports* those whose self-report is awaited."""
    village, whose = request.args.get("village", ""), request.args.get("whose", "")
    if whose not in ("", MINE, "all"):
        abort(404)
    rows = rows_of(user, cases, month, coming=is_next(month))
    keeps = any(row.assesses for row in rows)
    if whose == MINE or (not whose and keeps):
        rows = [row for row in rows if row.assesses]
    found = [
        row for row in rows
        if village in ("", str(row.village_id)) and (row.standing.asks_report or not only_reports)
    ]  # fmt: skip
    audit.tell("print", user, None, type="case", rows=len(found))
    return Printed(month, village, whose, commune_of(user), found)


def _form(row: Row, month: date) -> SelfReportForm:
    address = whole_address(url_for("cases.check_in", id=row.id, month=f"{month:%Y-%m}"))
    due = row.standing.report_due
    first, last = (due.opens_on or month, due.due_on) if due else (month, month.replace(day=WINDOW))
    about = spelled(add_months(month, -1))
    return SelfReportForm(row.name, row.village, address, qr.code(address), about, first, last)
