"""Certifying that a term is completed: its record, and the closing of the case."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from portal.cases import law_days
from portal.cases.models import COMMUNITY_SENTENCES, DECIDED, Case, CaseType, ClosingReason, closed_too_early
from portal.duties.rules import Wanted
from portal.engine import clock
from portal.engine.access import Actor
from portal.engine.refusal import Plain, Reason
from portal.engine.text import _, _l, mark
from portal.engine.workflow import steps_of
from portal.law.rule import NotInForceError, Refusal
from portal.proposals.kinds.completion import checked, endings, holding, undone
from portal.proposals.kinds.completion.following import following
from portal.proposals.kinds.last_day import of_file
from portal.proposals.models import Condition, Proposal
from portal.proposals.models.conditions import against, by_due

NOT_HANDED_OVER = mark(
    "Completion on %(day)s is decided on that day or later; before it, once the hand-over of the file to the agency is "
    "recorded."
)


class CompletionProposal(Proposal):
    """Certify that the sentence or measure is completed, and close the case."""

    __mapper_args__ = {"polymorphic_identity": "completion"}
    label = _l("Certify completion and close")
    of_types = frozenset(CaseType) - {CaseType.DRUG_USER_MANAGEMENT}  # that ends by a decision of its own
    chain_kind = "completion"
    closes = ends = True
    content = ("completed_on", "closing_reason")

    id: Mapped[int] = mapped_column(ForeignKey("proposal.id"), primary_key=True)
    completed_on: Mapped[date]
    closing_reason: Mapped[ClosingReason]

    @property
    def chain_row(self) -> str:
        """The end of a reintegration is the chair's decision (REI-END)."""
        return "reintegration_end" if self.case.type == CaseType.REINTEGRATION else self.chain_kind

    def titled(self, name: str) -> str:
        if self.case.type in COMMUNITY_SENTENCES:
            return _("Completion of %(name)s", name=name)
        return _("Closing of the file of %(name)s", name=name)

    @classmethod
    def label_of(cls, case: Case) -> Any:
        """Whoever is back from prison, or has not gone yet, completes nothing that would be certified."""
        return cls.label if case.type in COMMUNITY_SENTENCES else _l("Close the file")

    @property
    def certifies(self) -> bool:
        """Whether a certificate follows: of a sentence in the community that was served to its last day."""
        return self.case.type in COMMUNITY_SENTENCES and self.closing_reason == ClosingReason.COMPLETED

    def misfits(self) -> Sequence[Reason]:
        return [*endings.misfits(self.case, self.closing_reason), *self._too_early()]

    def _too_early(self) -> Iterator[Reason]:
        """Nothing ends here before it came; but a term whose last day lies before that is certified for its day."""
        last = self.case.law.last_day
        if last is None or last.due_on != self.completed_on:
            yield from closed_too_early(self.completed_on, self.case.received_on, "completed_on")

    def refusals(self) -> list[Reason]:
        reasons: list[Reason] = [*self.misfits()]
        if not self.case.running:
            reasons.append(Plain(mark("The case is not open.")))
        if self.closing_reason in (ClosingReason.COMPLETED, ClosingReason.RECORD_CLEARED):
            reasons.extend(self._not_the_last_day())
        if self.certifies:
            reasons.extend([*checked.against(self), *holding.against(self.case, self.completed_on)])
        return [*reasons, *undone.against(self.case)]

    def _not_the_last_day(self) -> Iterator[Reason]:
        """Why the day is not that on which the term ends: nobody is certified a day less, or a day more, than served.

        Where the law can be read in two ways either day is possible.
        """
        try:
            due = self.case.last_day
        except NotInForceError:
            return  # the term begins before the law that the portal knows: its last day stands on paper
        days = {"ends": due.due_on, "asked": self.completed_on}
        if self.completed_on < due.due_on:
            told = mark("The term ends on %(ends)s; completion cannot be certified for %(asked)s.")
            yield Refusal(told, days, due.rule, due.source, due.confirmed)
        elif self.closing_reason == ClosingReason.COMPLETED and self.completed_on > due.latest_reading:
            told = mark("The term ends on %(ends)s: that day is certified, also where it is decided later.")
            yield Refusal(told, days, due.rule, due.source, due.confirmed)

    def conditions(self) -> list[Condition]:
        last, reasons = law_days.last_day(self.case), self.refusals()
        if last is None or reasons or self.completed_on < last.due_on:
            return [*against(reasons), *of_file(self.case)]
        found = [by_due("ok", "completed", last, day=self.completed_on, last=last.due_on)]
        if self.certifies:
            found += checked.conditions(self)
        if self.certifies and self.completed_on > clock.today():
            found.append(Condition("note", "ahead", {"day": self.completed_on}))
        return found

    def refusals_of_decision(self) -> list[Reason]:
        """Nobody's case is closed, and nobody's duties end, before the day.

        The certificate is due on that very day: it is asked for ahead, once the agency has the file.
        """
        reasons = self.refusals()
        if self.completed_on > clock.today() and not self.certifies:
            reasons.append(Plain(mark("Completion on %(day)s is decided on that day or later."), day=self.completed_on))
        elif self.completed_on > clock.today() and self.case.handed_over_on is None:
            reasons.append(Plain(NOT_HANDED_OVER, day=self.completed_on))
        return reasons

    def when_approved(self, actor: Actor) -> None:
        """The case is closed on the day of completion, signed ahead or not; assignments end with it."""
        self.take_effect()

    def take_effect(self) -> bool:
        """Close the case, unless its day is still to come; says whether it did."""
        if self.completed_on > clock.today():
            return False
        self.case.close(self.completed_on, self.closing_reason)
        return True

    @property
    def signed_ahead(self) -> bool:
        return self.state in DECIDED and self.decided_on is not None and self.decided_on < self.completed_on

    @property
    def waits_for_its_day(self) -> bool:
        """Whether it was signed ahead and is still to take effect: never again where the case was reopened since."""
        since = self.frozen_at
        reopened = any(one.name == "reopen" and since and one.at > since for one in steps_of(self.case))
        return self.signed_ahead and self.case.running and not reopened

    def following(self) -> Iterator[Wanted]:
        """What was signed ahead takes effect on its day."""
        return following(self)
