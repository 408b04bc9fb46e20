"""What a section is told with: the figures, the period, and the year before."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from portal.documents.issuers import kind_named
from portal.reports.wording import periods
from portal.reports.wording.comparison import Before
from portal.reports.wording.runs import Sentence, joined
from portal.reports.wording.told import Figures, say


@dataclass(frozen=True)
class OfOffence:
    """How many incidents of an offence there were, with how many subjects. *figure* ends the ids of the figures that
    tell them, where there are such."""

    name: str
    cases: int
    persons: int
    figure: str = ""


@dataclass(frozen=True)
class Telling:
    """*place* is the commune as it stands on paper, "xã Bờ Y", on the last day, and *place_on* on any other; *facts*
    are what holds of it on the last day, by id. *offences* are those of the incidents that a force detected, by the
    head of the ids of its figures; *names* are those of what a figure counts, by its id.
    """

    told: Figures
    first: date
    last: date
    before: Before
    place: str = "xã"
    facts: Mapping[str, int | float | str] = field(default_factory=dict)
    place_on: Callable[[date], str] | None = None
    offences: Mapping[str, Sequence["OfOffence"]] = field(default_factory=dict)
    names: Mapping[str, Sequence[str]] = field(default_factory=dict)

    @property
    def period(self) -> str:
        return periods.called(self.first, self.last)

    @property
    def within(self) -> str:
        return periods.within(self.first, self.last)

    @property
    def kind(self) -> str:
        """What the commune is: xã, phường, thị trấn or đặc khu."""
        return kind_named(self.place)

    @property
    def police(self) -> str:
        return f"Công an {self.kind}"

    def say(self, text: str, **given: str | Sentence) -> Sentence:
        return say(self.told, text, within=self.within, before=self.before.name, police=self.police, **given)


Writer = Callable[[Telling], Iterator[Sentence]]  # each a paragraph


def paragraph(*sentences: Sentence) -> Iterator[Sentence]:
    """Sentences as one paragraph; none where all of them vanished."""
    told = joined(sentences)
    if told:
        yield told
