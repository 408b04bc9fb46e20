"""Items that a phone sends short: each says only in which answers it is other than the one before it.

Three hundred doors that were ticked together differ in their number alone, and cross a slow line. Whoever sends every
item in full is understood as well.
"""

from collections.abc import Iterator, Sequence
from typing import Any

MOST_PAIRS, MOST_TEXT = 40, 2_000  # of what is not said again: a small parcel does not become a large one here


def spelled_out(items: Sequence[Any]) -> Iterator[Any]:
    """Each item as if it had been sent in full. What follows nothing that it can follow is left as it is: damaged."""
    before: Any = None
    for sent in items:
        before = _after(before, sent) if isinstance(sent, dict) and "but" in sent else sent
        yield before


def _after(before: Any, sent: dict[str, Any]) -> Any:
    if not isinstance(before, dict) or not _small(before.get("typed")) or not _small(sent["but"]):
        return sent
    other = dict(sent["but"])
    typed = [[name, other.pop(name, value)] for name, value in before["typed"]]
    return sent if other else {**before, "id": sent.get("id"), "typed": typed}


def _small(typed: Any) -> bool:
    """Whether these are few pairs of short text."""
    return (
        isinstance(typed, list)
        and len(typed) <= MOST_PAIRS
        and all(isinstance(pair, list) and [*map(type, pair)] == [str, str] for pair in typed)
        and sum(len(name) + len(value) for name, value in typed) <= MOST_TEXT
    )
