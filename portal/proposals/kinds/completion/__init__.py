"""Certifying that a term is completed, and closing the case."""

from portal.cases.models import Case
from portal.cases.presenters.wording import wording
from portal.proposals.kinds.completion.form import CompletionForm, suggest, told
from portal.proposals.kinds.completion.model import CompletionProposal
from portal.proposals.kinds.completion.paper import written
from portal.proposals.kinds.completion.texts import TEXTS, sample
from portal.proposals.kinds.completion.words import SENTENCES
from portal.proposals.kinds.kind import Kind


def offered_as(case: Case) -> str:
    """In the words of the type of case: whoever is back from prison serves nothing that could be completed."""
    return str(wording(case).completion)


COMPLETION = Kind(
    CompletionProposal, CompletionForm, told, written, fill=suggest, sentences=SENTENCES, offered_as=offered_as,
    texts=TEXTS, sample=sample,
)  # fmt: skip
