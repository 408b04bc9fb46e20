"""What is typed to propose that a management is ended, and how it is told."""

from collections.abc import Iterator
from typing import Any, ClassVar

from portal.cases.models import CLOSING_REASON_NAMES, Case, ClosingReason
from portal.engine.forms import Choice, Day, Required
from portal.engine.presentation import day
from portal.engine.text import _l
from portal.proposals.forms import Field, ProposalForm
from portal.proposals.kinds.drug_end.model import DrugEndProposal

REASONS = {
    ClosingReason.COMPLETED: _l("The year passed"),
    ClosingReason.TRANSFERRED: CLOSING_REASON_NAMES[ClosingReason.TRANSFERRED],
}


class DrugEndForm(ProposalForm):
    FIELDS = ("ended_on", "closing_reason")
    ended_on = Day(_l("Ended on"), [Required()])
    closing_reason = Choice(
        _l("Why it ends"), [Required()], choices=[(str(one), name) for one, name in REASONS.items()]
    )
    widths: ClassVar[dict[str, str]] = {"ended_on": "day", "closing_reason": "mid"}

    def content(self) -> dict[str, Any]:
        typed = super().content()
        return {**typed, "closing_reason": ClosingReason(typed["closing_reason"])}


def suggest(form: Any, case: Case) -> None:
    """The last day of the year or, once another commune has the person, the day since when."""
    if form.ended_on.data is not None or form.is_submitted():
        return
    if case.move is not None and case.move.received_on:
        form.ended_on.data, form.closing_reason.data = case.move.received_on, str(ClosingReason.TRANSFERRED)
    elif case.law.last_day is not None:
        form.ended_on.data = case.law.last_day.due_on


def told(proposal: DrugEndProposal) -> Iterator[Field]:
    yield Field("ended_on", day(proposal.ended_on), strong=True)
    yield Field("closing_reason", str(REASONS[proposal.closing_reason]), strong=True)
