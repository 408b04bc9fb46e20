"""What a non-custodial reform takes: a share of the income or, from who has no work, work for the community."""

from datetime import date

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.cases.models.case import Case
from portal.engine.db import Money, Record


class IncomeDeduction(Record):
    """What was taken of the income of a month. Where the judgment waives it, nothing is."""

    parent = "case"
    protected = True

    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    deducted_on: Mapped[date]
    income_vnd: Mapped[int] = mapped_column(Money)
    amount_vnd: Mapped[int] = mapped_column(Money)
    waived: Mapped[bool]

    case: Mapped[Case] = relationship(back_populates="deductions")


class WorkDay(Record):
    """A day of work for the community, in whole hours."""

    parent = "case"
    protected = True

    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    worked_on: Mapped[date]
    hours: Mapped[int]

    case: Mapped[Case] = relationship(back_populates="work_days")


class JobLoss(Record):
    """That somebody lost their work, and since when the commune police know it."""

    parent = "case"
    protected = True

    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    known_on: Mapped[date]

    case: Mapped[Case] = relationship(back_populates="job_losses")
