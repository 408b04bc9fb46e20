"""Holding a review of somebody's conduct: its record, what the law asks for it, and the meeting that it brings."""

from collections.abc import Sequence
from datetime import date, time

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from portal.cases import conduct
from portal.cases.models import CaseType, ReviewMeeting
from portal.engine import clock
from portal.engine.access import Actor
from portal.engine.db import db
from portal.engine.refusal import Misfit, Plain, Reason
from portal.engine.text import _, _l, mark
from portal.law.asking import asked
from portal.law.breaches import refuse_review
from portal.law.rule import Due
from portal.proposals.models import Condition, Proposal
from portal.proposals.models.conditions import against, by_due

TOO_LATE = mark(
    "The review was planned for %(day)s, which is past by now. Return the proposal: another day or hour is "
    "chosen first."
)


class ReviewProposal(Proposal):
    """Hold a review because of a breach or a fine. Approved, the meeting is planned."""

    __mapper_args__ = {"polymorphic_identity": "review"}
    label = _l("Hold a review")
    of_types = frozenset({CaseType.SUSPENDED_SENTENCE, CaseType.CONDITIONAL_RELEASE, CaseType.NON_CUSTODIAL_REFORM})
    chain_kind = "review"
    content = ("planned_on", "planned_at", "location", "invited")
    sensitive = Proposal.sensitive | {"location", "invited"}

    id: Mapped[int] = mapped_column(ForeignKey("proposal.id"), primary_key=True)
    planned_on: Mapped[date]
    planned_at: Mapped[time | None]
    location: Mapped[str]
    invited: Mapped[str]  # a line each: Front, helper, family

    def titled(self, name: str) -> str:
        return _("Review of %(name)s", name=name)

    @property
    def call(self) -> conduct.Call | None:
        """The event that calls for it, the earliest that no review has answered yet."""
        return next(iter(conduct.calls(self.case)), None)

    @property
    def hold_by(self) -> Due | None:
        """The last day that the law gives from the paper that establishes the breach; before 01/07/2026 none."""
        call = self.call
        return next(iter(asked(self.case.regime.review, call.event.on)), None) if call else None

    def misfits(self) -> Sequence[Reason]:
        if self.planned_on < (self.submitted_on or clock.today()):
            return [Misfit("planned_on", mark("The review cannot be planned for a day that is past."))]
        if (self.submitted_on is None or self.state == "returned") and self._is_past:
            return [Misfit("planned_at", mark("That hour is past: choose a later one, or another day."))]
        due = self.hold_by
        if due is not None and due.due_on >= clock.today() and self.planned_on > due.due_on:
            told = mark("The review is held by %(last)s: please choose that day or an earlier one.")
            late = Misfit("planned_on", told, last=due.due_on)
            late.source, late.confirmed = due.source, due.confirmed
            return [late]
        return []

    def refusals(self) -> list[Reason]:
        if not self.case.running:
            return [Plain(mark("The case is not open."))]
        planned = next((one for one in self.case.reviews if one.waits), None)
        if planned is not None:
            return [Plain(mark("A review is planned for %(day)s already. Record first what came of it."),
                          day=planned.planned_on)]  # fmt: skip
        if self.call is None:
            return [*refuse_review(clock.today(), conduct.since_review(self.case), self.case.regime.PARAMETERS)]
        return []

    def refusals_of_decision(self) -> list[Reason]:
        """Nobody is invited to what lies behind."""
        reasons = super().refusals_of_decision()
        return [*reasons, Plain(TOO_LATE, day=self.planned_on)] if self._is_past else reasons

    @property
    def _is_past(self) -> bool:
        """Whether the day, or its hour, lies behind."""
        if self.planned_on != clock.today() or self.planned_at is None:
            return self.planned_on < clock.today()
        return clock.at(self.planned_on, self.planned_at) < clock.now()

    def conditions(self) -> list[Condition]:
        call, due = self.call, self.hold_by
        found = [*against(self.refusals())]
        if call is not None:
            ground = call.ground
            found.insert(0, Condition(
                "ok", "against", ground.numbers, ground.source, ground.confirmed, ground.rule, ground.message,
                ground.holds_from,
            ))  # fmt: skip
        if due is not None:
            late = self.planned_on > due.due_on
            found.append(by_due("note" if late else "ok", "hold_by", due, day=due.due_on, planned=self.planned_on))
        return found

    def when_approved(self, actor: Actor) -> None:
        """The meeting is planned, with the day until which the law has it held."""
        call, due = self.call, self.hold_by
        meeting = ReviewMeeting(
            case=self.case, commune_id=self.case.commune_id, proposal_id=self.id,
            paper_on=call.event.on if call else clock.today(), planned_on=self.planned_on, planned_at=self.planned_at,
            location=self.location, invited=self.invited, organiser=self.decider_role or "",
            hold_by=due.due_on if due else None, source=due.source if due else "",
        )  # fmt: skip
        db.session.add(meeting)
