"""What stands at the end of a term: its last day as two people checked it, what holds the certificate back, and what
was left undone when the case was closed."""

import enum
from collections.abc import Sequence
from datetime import date
from typing import Any, ClassVar

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.cases.models.case import Case
from portal.cases.workflow import END_CHECK
from portal.engine.db import Record
from portal.engine.refusal import Plain, Reason
from portal.engine.text import _l, mark
from portal.engine.workflow import Moves
from portal.law.facts import digest_of
from portal.law.kept import PARTED, read_values, written_values
from portal.law.results import Due

MOVED_ON = mark(
    "The facts of the case changed since this was asked for. Refuse it, and let the last day be checked anew."
)
RECKONED_ANEW = mark(
    "Since this was asked for, the last day was worked out anew: %(last)s in place of %(asked)s. Refuse it, and let "
    "the last day be checked anew."
)
CONFIRMED = mark("A second person has confirmed this last day. Where it is wrong, let another one be checked.")
SHOWN = ("rule", "label", "source", "kind", "period", "note", "confirmed")  # of a due, as it stands


class EndGround(enum.StrEnum):
    """Why a last day is certified that is not the computed one. There are no others."""

    PRINTED = "printed"
    COURT = "court"
    START = "start"
    NOT_SERVED = "not_served"


END_GROUND_NAMES = {
    EndGround.PRINTED: _l("The paper of the court or the agency prints another day"),
    EndGround.COURT: _l("A later decision of a court"),
    EndGround.START: _l("The start or the length of the term was entered wrongly"),
    EndGround.NOT_SERVED: _l("Days that do not count as served"),
}


class EndCheck(Record, Moves):
    """The last day of a term, laid before a second person with all of its reasoning before a certificate is proposed.

    *computed_on* and *shown* keep for ever what the law gave when it was asked. Another day than that has a *ground*
    and the paper that says so; once confirmed it is the printed last day of the case.
    """

    parent = "case"
    protected = True
    workflow = END_CHECK
    sensitive = frozenset({"reason", "paper"})
    not_by_owner: ClassVar[bool] = True  # nor does the officer of the case answer

    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    last_on: Mapped[date]
    computed_on: Mapped[date | None]  # None where the law of the portal does not reach back
    ground: Mapped[EndGround | None]
    paper: Mapped[str] = mapped_column(default="")  # its number, and whose it is
    paper_on: Mapped[date | None]
    reason: Mapped[str] = mapped_column(default="")
    facts: Mapped[str]  # by a digest: of the case as it was checked
    shown: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    state: Mapped[str] = mapped_column(default="asked")

    case: Mapped[Case] = relationship(back_populates="end_checks")

    def show(self, due: Due | None) -> None:
        """Keep how the law came to the day."""
        if due is None:
            return
        told = {name: getattr(due, name) for name in SHOWN}
        told |= {name: written_values(getattr(due, name)) for name in PARTED}
        self.shown = {**told, **written_values({"due_on": due.due_on, "holds_from": due.holds_from})}

    @property
    def due(self) -> Due | None:
        """The computed day with its reason, as it was shown."""
        if not self.shown:
            return None
        days = read_values({name: self.shown[name] for name in ("due_on", "holds_from")})
        parted: dict[str, Any] = {name: read_values(self.shown[name]) for name in PARTED}
        return Due(**{name: self.shown[name] for name in SHOWN}, **parted, **days)

    @property
    def counts(self) -> bool:
        return self.state == "confirmed" and self.voided_at is None

    @property
    def waits(self) -> bool:
        return self.state == "asked" and self.voided_at is None

    @property
    def holds(self) -> bool:
        """Whether it was confirmed of the case as it stands now: any later fact asks for another check, and so does a
        rule that is read otherwise since."""
        return self.counts and self.of_these_facts and self.is_running_day

    @property
    def of_these_facts(self) -> bool:
        return self.facts == digest_of(self.case.facts)

    @property
    def is_running_day(self) -> bool:
        """Whether the case still runs to this day or, before a day with a ground is confirmed, whether the law still
        gives the day that it was compared with."""
        compared, today = self._days
        return today is None or compared == today

    @property
    def _days(self) -> tuple[date | None, date | None]:
        """The day that must be the same, as it was and as it is; None today where the law does not reach back."""
        due = self.case.law.last_day
        if self.ground is None or self.counts:
            return self.last_on, due.due_on if due else None
        return self.computed_on, computed_day(due) if due else None

    @property
    def against_confirming(self) -> Sequence[Reason]:
        if not self.case.running:
            return (Plain(mark("The case is not open.")),)
        return self.moved_on

    @property
    def moved_on(self) -> Sequence[Reason]:
        """What was compared with the papers and is another day, or of other facts, now."""
        if not self.of_these_facts:
            return (Plain(MOVED_ON),)
        compared, today = self._days
        return () if self.is_running_day else (Plain(RECKONED_ANEW, last=today, asked=compared),)

    @property
    def against_voiding(self) -> Sequence[Reason]:
        return (Plain(CONFIRMED),) if self.state == "confirmed" else ()

    def moved(self, transition: str, _actor: Any) -> None:
        """A day with a ground becomes that of the case: every day that follows from it moves."""
        if transition == "confirm" and self.ground is not None:
            self.case.printed_ends_on, self.case.printed_paper_on = self.last_on, self.paper_on
            self.facts = digest_of(self.case.facts)


def computed_day(due: Due) -> date:
    """The last day that the law gives without regard to what papers print and to what was kept."""
    told = due.note_values.get("computed")
    return told if isinstance(told, date) else due.due_on


def latest_check(case: Case) -> EndCheck | None:
    """The check that waits or was confirmed last, whether or not the case still runs to its day."""
    return next((one for one in reversed(case.end_checks) if one.waits or one.counts), None)


def confirmed_end(case: Case) -> EndCheck | None:
    """The check of the last day that holds for the case as it stands."""
    return next((one for one in reversed(case.end_checks) if one.holds), None)


class HoldGround(enum.StrEnum):
    """What holds a certificate back (COM-CERT-HOLD)."""

    PROSECUTED = "prosecuted"
    REVOCATION = "revocation"
    ABSENT = "absent"


HOLD_GROUND_NAMES = {
    HoldGround.PROSECUTED: _l("A new criminal case is open"),
    HoldGround.REVOCATION: _l("A procedure to revoke is open"),
    HoldGround.ABSENT: _l("Absent without permission on the last day"),
}


class CertificateHold(Record):
    """Why the certificate is not issued on the last day, from when, and how that ended."""

    parent = "case"
    protected = True
    sensitive = frozenset({"paper", "how_ended"})

    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    ground: Mapped[HoldGround]
    since: Mapped[date]
    paper: Mapped[str] = mapped_column(default="")
    ended_on: Mapped[date | None]
    how_ended: Mapped[str] = mapped_column(default="")

    case: Mapped[Case] = relationship(back_populates="holds")

    @property
    def counts(self) -> bool:
        return self.voided_at is None

    @property
    def runs(self) -> bool:
        return self.counts and self.ended_on is None


class LeftUndone(Record):
    """A duty of the case that stays undone when it is closed, with the reason. No case closes over it unnoticed."""

    parent = "case"
    protected = True
    sensitive = frozenset({"reason"})

    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    rule: Mapped[str]
    key: Mapped[str] = mapped_column(default="")
    due_on: Mapped[date]
    reason: Mapped[str]

    case: Mapped[Case] = relationship(back_populates="left_undone")

    @property
    def counts(self) -> bool:
        return self.voided_at is None
