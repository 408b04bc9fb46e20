"""What a kind of proposal is made of."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from portal.cases.models import Case
from portal.cases.presenters.term import Shortened
from portal.documents.paper import Paper
from portal.organisation.models import Unit
from portal.proposals.answer_form import AnswerForm
from portal.proposals.forms import Field, ProposalForm
from portal.proposals.models import Condition, Proposal
from portal.proposals.papers.frame import Frame
from portal.wordings.blocks import Texts

Sentence = Callable[[Mapping[str, Any]], str]
Sample = Callable[[Unit, str], Proposal]
Links = Sequence[tuple[str, str, str]]


def always(_case: Case) -> bool:
    """Whatever case it suits is in need of it at any time."""
    return True


def nothing(_form: Any, _case: Case) -> None:
    """Nothing is to be chosen from a list, and nothing known is suggested."""


def nothing_begun(_asked: Mapping[str, str]) -> dict[str, Any]:
    """An address fills nothing in."""
    return {}


def nothing_follows(_answer: Any) -> Shortened | None:
    """No day of the term moves by it."""
    return None


@dataclass(frozen=True)
class Court:
    """How the answer of a court to a kind of proposal is typed and told, and what it would make of the last day."""

    form: type[AnswerForm]
    told: Callable[[Any], Iterable[Field]]
    follows: Callable[[Any], Shortened | None] = nothing_follows


def nothing_unasked(_case: Case) -> Collection[str]:
    """All of it is asked for in every case."""
    return ()


def nowhere(_proposal: Any) -> Links:
    """Nothing more is written down beside it."""
    return ()


@dataclass(frozen=True)
class Kind:
    """A kind of proposal: its record, its form, how its fields are told, and its paper.

    *fill* puts lists to choose from into the form, and what is known already. *look* asks the law about what is typed
    so far, before anything is saved. *sentences* tell the conditions that this kind alone has. *written* makes its
    paper: None where the kind, or what was decided, has none.

    Its paper says the sentences of *texts*, which a commune may word otherwise; *sample* is a proposal of the kind on
    invented data, of a sub-kind, on which their paper is looked at.
    *unasked* names the columns for which the law of a case has no use: its form does not ask for them.
    *begun* is what an address fills in, *further* the pages on which more is written down beside a decision: the right
    in the proposal that each needs, its words, its endpoint. *court* says how the answer of a court is written down,
    where the file of the kind goes to one.

    A case that its record suits, and that it *fits* today, offers it under the words *offered_as*: a text, or what
    tells it of a case. One without them has an entrance of its own.
    """

    model: type[Proposal]
    form: type[ProposalForm]
    told: Callable[[Any], Iterable[Field]]
    written: Callable[[Any, Frame], Paper | None] | None = None
    fill: Callable[[Any, Case], None] = nothing
    look: Callable[[Any, Case, Any], list[Condition]] | None = None
    sentences: Mapping[str, Sentence] = field(default_factory=dict)
    offered_as: Any = ""
    texts: Texts | None = None
    sample: Sample | None = None
    fits: Callable[[Case], bool] = always
    begun: Callable[[Mapping[str, str]], dict[str, Any]] = nothing_begun
    court: Court | None = None
    unasked: Callable[[Case], Collection[str]] = nothing_unasked
    further: Callable[[Any], Links] = nowhere

    def is_offered(self, case: Case) -> bool:
        """Whether a case offers it today."""
        return self.model.suits(case) and self.fits(case)

    @property
    def labels(self) -> dict[str, Any]:
        """Its columns with their labels."""
        return self.form.labels()

    def labels_in(self, case: Case) -> dict[str, Any]:
        """Those that are asked for in a case: also the places for remarks."""
        unasked = self.unasked(case)
        return {name: label for name, label in self.labels.items() if name not in unasked}
