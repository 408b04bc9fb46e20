"""A code that a phone's camera reads: an address as the path of an SVG, without a picture and without a script."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import segno

QUIET = 4  # the empty margin around it, in modules, that readers need


@dataclass(frozen=True)
class Code:
    """A square of *size* modules, the margin included; *path* draws the dark ones."""

    size: int
    path: str


def code(text: str) -> Code:
    """Draw a text. A quarter of the code may be lost by a fold or a stain."""
    rows = [list(row) for row in segno.make_qr(text, error="q").matrix_iter(border=QUIET)]
    return Code(len(rows), "".join(run for y, row in enumerate(rows) for run in _runs(y, row)))


def _runs(y: int, row: Sequence[int]) -> Iterator[str]:
    """The dark modules of a row, those side by side as one."""
    begun: int | None = None
    for x, dark in enumerate([*row, 0]):
        if dark and begun is None:
            begun = x
        elif not dark and begun is not None:
            yield f"M{begun} {y}h{x - begun}v1H{begun}z"
            begun = None
