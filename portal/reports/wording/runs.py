"""A report's text before it is drawn: paragraphs of runs, each of which knows its figure and its footnote."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

Sentence = tuple["Run", ...]


@dataclass(frozen=True)
class Run:
    """Words of one kind. *figure* is the id of the figure that they tell; *note* stands at the foot of the page."""

    text: str
    figure: str = ""
    bold: bool = False
    italic: bool = False
    note: Sentence = ()


@dataclass(frozen=True)
class Paragraph:
    """*section* is the id of the section to which it belongs; a heading has a *level*, any other text none: 1 as in
    "I.", 2 as in "1.", 3 as in "2.1.".
    """

    section: str
    runs: Sentence
    level: int = 0

    @property
    def text(self) -> str:
        return plain(self.runs)


def plain(runs: Iterable[Run]) -> str:
    """The words alone, without footnotes."""
    return "".join(run.text for run in runs)


def words(text: str, **how: Any) -> Sentence:
    return (Run(text, **how),) if text else ()


def with_note(sentence: Sentence, note: Sentence) -> Sentence:
    """The sentence with a footnote at its last run; without a note as it is."""
    if not note or not sentence:
        return sentence
    return (*sentence[:-1], replace(sentence[-1], note=note))


def joined(sentences: Iterable[Sentence], between: str = " ") -> Sentence:
    """Sentences one after another; those that vanished leave no gap."""
    told: list[Run] = []
    for sentence in sentences:
        if sentence and told and between:
            told.append(Run(between))
        told.extend(sentence)
    return tuple(told)


def listed(items: Sequence[Sentence], last: str = ", ") -> Sentence:
    """Items of an enumeration: "03 súng kíp, 04 súng cồn, 01 dùi cui điện"; a semicolon stands between all of them."""
    present = [one for one in items if one]
    if len(present) < 2:
        return present[0] if present else ()
    between = last if last.startswith(";") else ", "
    return joined([joined(present[:-1], between), present[-1]], last)


def notes_of(paragraphs: Iterable[Paragraph]) -> list[Sentence]:
    """The footnotes in the order in which they are called."""
    return [run.note for one in paragraphs for run in one.runs if run.note]


def figures_of(paragraphs: Iterable[Paragraph]) -> list[str]:
    """The ids of the figures that a text tells, each once, those of footnotes too."""
    runs = [run for one in paragraphs for run in one.runs]
    told = [one.figure for run in runs for one in (run, *run.note) if one.figure]
    return list(dict.fromkeys(told))


def as_data(paragraphs: Iterable[Paragraph]) -> list[Any]:
    """What is kept of a text when it is frozen."""
    return [{"section": one.section, "level": one.level, "runs": _runs_as_data(one.runs)} for one in paragraphs]


def _runs_as_data(runs: Sentence) -> list[Any]:
    return [
        {
            "text": run.text,
            "figure": run.figure,
            "bold": run.bold,
            "italic": run.italic,
            "note": _runs_as_data(run.note),
        }
        for run in runs
    ]


USUAL = {name: value for name, value in _runs_as_data((Run(""),))[0].items() if name != "text"}  # nothing else is said


def shortened(runs: Iterable[Any]) -> list[Any]:
    """Runs as data without what is usual, where they have to be told in few letters."""
    notes = [{**one, "note": shortened(one["note"])} for one in runs]
    return [{name: value for name, value in one.items() if name not in USUAL or value != USUAL[name]} for one in notes]


def completed(runs: Iterable[Any]) -> list[Any]:
    """The same runs as they are kept."""
    return _runs_as_data(_runs_of_data(runs))


def of_data(kept: Iterable[Any]) -> list[Paragraph]:
    """A text as it was frozen."""
    return [Paragraph(one["section"], _runs_of_data(one["runs"]), one["level"]) for one in kept]


def _runs_of_data(kept: Iterable[Any]) -> Sentence:
    return tuple(Run(**{**one, "note": _runs_of_data(one.get("note", ()))}) for one in kept)
