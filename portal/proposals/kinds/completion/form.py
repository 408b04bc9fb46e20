"""What is typed to propose that completion is certified, and how it is told."""

from collections.abc import Iterator
from typing import Any, ClassVar

from portal.cases.models import CLOSING_REASON_NAMES, Case, CaseType, ClosingReason
from portal.engine.forms import Choice, Day, Required
from portal.engine.presentation import day
from portal.engine.text import _l
from portal.proposals.forms import Field, ProposalForm
from portal.proposals.kinds.completion import endings
from portal.proposals.kinds.completion.model import CompletionProposal


class CompletionForm(ProposalForm):
    FIELDS = ("completed_on", "closing_reason")
    completed_on = Day(_l("Completed on"), [Required()])
    closing_reason = Choice(_l("Reason for closing"), [Required()])
    widths: ClassVar[dict[str, str]] = {"completed_on": "day", "closing_reason": "mid"}


def suggest(form: Any, case: Case) -> None:
    """The last day and, of somebody back from prison, that the record is cleared on it.

    Only what this proposal can bring about is offered: what a court, a death or a transfer ends has its own way.
    """
    form.closing_reason.choices = endings.choices(case)
    if form.completed_on.data is not None or form.is_submitted():
        return
    if last := case.law.last_day:
        form.completed_on.data = last.due_on
    if case.type == CaseType.REINTEGRATION:
        form.closing_reason.data = str(ClosingReason.RECORD_CLEARED)


def told(proposal: CompletionProposal) -> Iterator[Field]:
    yield Field("completed_on", day(proposal.completed_on), strong=True)
    yield Field("closing_reason", str(CLOSING_REASON_NAMES[proposal.closing_reason]))
