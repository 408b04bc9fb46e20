"""A kind of report that a commune owes: to whom, for which periods, with which sections, signed by whom."""

import enum
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import JSON
from sqlalchemy.orm import Mapped, mapped_column

from portal.engine.db import Record
from portal.engine.text import _, _l
from portal.organisation.models import Role
from portal.reports.periods import Basis, Length


class Body(enum.StrEnum):
    """In whose name a report is written."""

    STEERING_COMMITTEE = "steering_committee"
    COMMITTEE = "committee"
    POLICE = "police"


BODY_NAMES = {
    Body.STEERING_COMMITTEE: _l("Steering committee"),
    Body.COMMITTEE: _l("People's Committee"),
    Body.POLICE: _l("Commune police"),
}
BASIS_NAMES = {
    Basis.CALENDAR: _l("By calendar months"),
    Basis.FOURTEENTH: _l("From the 15th to the 14th"),
    Basis.FREE: _l("Any days"),
}
LENGTH_NAMES = {
    Length.MONTH: _l("Month"),
    Length.QUARTER: _l("Quarter"),
    Length.HALF: _l("Half-year"),
    Length.NINE_MONTHS: _l("Nine months"),
    Length.YEAR: _l("Year"),
    Length.FREE: _l("Any length"),
}
SIGNER_NAMES = {
    Role.COMMUNE_LEADER: _l("The chair, as head of the body"),
    Role.POLICE_CHIEF: _l("The chief of commune police"),
}


class ReportKind(Record):
    """*sections* are the ids of `reports.sections.SECTIONS`, in their order; *recipients* a line each.

    A report is due *due_days* days after the last day of its period; none without them. Periods that ended before
    *since* are not asked for. *table* adds the table of figures as an annex.
    """

    code: Mapped[str]
    title: Mapped[str]  # in the words of its paper, without the period: "Kết quả phong trào …"
    addressee: Mapped[str] = mapped_column(default="")  # "Kính gửi", a line each
    recipients: Mapped[str] = mapped_column(default="")  # "Nơi nhận"
    basis: Mapped[Basis]
    length: Mapped[Length]
    sections: Mapped[list[str]] = mapped_column(JSON, default=list)
    table: Mapped[bool] = mapped_column(default=False)
    due_days: Mapped[int | None]
    body: Mapped[Body]
    signer_role: Mapped[Role]
    since: Mapped[date]
    active: Mapped[bool] = mapped_column(default=True)

    @property
    def is_free(self) -> bool:
        """Whether whoever begins a report names its days."""
        return self.basis == Basis.FREE or self.length == Length.FREE

    def due_on(self, last: date) -> date | None:
        """The day by which a report on a period is to be sent."""
        return None if self.due_days is None else last + timedelta(days=self.due_days)

    @property
    def basis_name(self) -> Any:
        return BASIS_NAMES[self.basis]

    @property
    def length_name(self) -> Any:
        return LENGTH_NAMES[self.length]

    @property
    def period_name(self) -> str:
        """Which periods its reports are about, in one phrase: it tells apart kinds of the same title."""
        if self.is_free:
            return str(self.length_name)
        basis = str(self.basis_name)
        return _("%(length)s, %(basis)s", length=self.length_name, basis=basis[:1].lower() + basis[1:])

    @property
    def body_name(self) -> Any:
        return BODY_NAMES[self.body]

    @property
    def addressees(self) -> Sequence[str]:
        return [line.strip() for line in self.addressee.splitlines() if line.strip()]

    @property
    def sent_to(self) -> Sequence[str]:
        return [line.strip() for line in self.recipients.splitlines() if line.strip()]

    @property
    def facts(self) -> dict[str, Any]:
        """What its form fills in."""
        names = ("title", "addressee", "recipients", "basis", "length", "sections", "table", "due_days", "body",
                 "signer_role", "since", "active")  # fmt: skip
        return {name: getattr(self, name) for name in names}
