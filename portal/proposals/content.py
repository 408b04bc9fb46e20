"""What a proposal proposes, field by field, as its page and the page of remarks show it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from portal.cases import law_days
from portal.cases.models import CLOSING_REASON_NAMES, Case
from portal.engine.presentation import day
from portal.engine.text import _
from portal.proposals.models import AbsenceProposal, CompletionProposal, HelperProposal, OpenCaseProposal, Proposal


@dataclass(frozen=True)
class Field:
    """One field: its column's name, its label, and its value in words."""

    name: str
    label: str
    value: str
    strong: bool = False
    full: bool = False
    sub: str = ""  # a second line, in smaller words


def content(proposal: Proposal, labels: Mapping[str, Any]) -> list[Field]:
    """The fields of the kind, then why it is proposed."""
    told = {
        AbsenceProposal: _absence, CompletionProposal: _completion, HelperProposal: _helper, OpenCaseProposal: _opening,
    }  # fmt: skip
    values = dict(told[type(proposal)](proposal))  # type: ignore[operator]
    values["reason"] = proposal.reason
    subs = {"helper_id": proposal.helper.title} if isinstance(proposal, HelperProposal) else {}
    own = [
        Field(name, str(labels[name]), values[name], name in STRONG, name in FULL, subs.get(name, ""))
        for name in labels
        if values.get(name)
    ]
    return [*_file(proposal.case), *own] if isinstance(proposal, OpenCaseProposal) else own


def _file(case: Case) -> Iterator[Field]:
    """What is to be opened: when it came, and its last day where the law of the portal reaches back."""
    yield Field("received_on", _("File received on"), day(case.received_on), strong=True)
    if last := law_days.last_day(case):
        yield Field("ends_on", _("Last day"), day(last.due_on), strong=True)


STRONG = frozenset({"leaves_on", "returns_on", "helper_id", "officer_id", "completed_on"})
FULL = frozenset({"helper_id", "destination", "medical", "abroad", "reason"})


def _absence(proposal: AbsenceProposal) -> Iterator[tuple[str, str]]:
    yield "leaves_on", day(proposal.leaves_on)
    yield "returns_on", day(proposal.returns_on)
    yield "destination", proposal.destination
    yield "medical", _("yes") if proposal.medical else ""
    yield "abroad", _("yes") if proposal.abroad else ""


def _completion(proposal: CompletionProposal) -> Iterator[tuple[str, str]]:
    yield "completed_on", day(proposal.completed_on)
    yield "closing_reason", str(CLOSING_REASON_NAMES[proposal.closing_reason])


def _helper(proposal: HelperProposal) -> Iterator[tuple[str, str]]:
    yield "helper_id", proposal.helper.full_name


def _opening(proposal: OpenCaseProposal) -> Iterator[tuple[str, str]]:
    yield "officer_id", proposal.officer.full_name if proposal.officer else ""
