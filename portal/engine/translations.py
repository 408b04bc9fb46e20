"""The translations in the form in which they are read: made from the catalogues, which are what is kept."""

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel.messages import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

BEGINNING = datetime.fromtimestamp(0, UTC)


def compile_stale(folder: Path) -> None:
    """Make each .mo file that is missing or older than its catalogue, without a word.

    Where the folder may not be written to and nothing is to be made, nothing is touched.
    """
    for catalogue in _stale(folder):
        with catalogue.open("rb") as file:
            told = read_po(file, locale=catalogue.parent.parent.name, charset="utf-8", abort_invalid=True)
        make(told, catalogue.with_suffix(".mo"))


def make(told: Catalog, made: Path) -> None:
    """Write what a catalogue tells as a .mo file, in one step: somebody may be reading it.

    The same catalogue makes the same file, whatever the hour: its head would else tell when it was made.
    """
    told.creation_date = told.revision_date = BEGINNING
    fresh = made.with_name(f"{made.name}.{os.getpid()}.new")
    with fresh.open("wb") as file:
        write_mo(file, told)
    fresh.replace(made)


def _stale(folder: Path) -> Iterator[Path]:
    for catalogue in sorted(folder.glob("*/LC_MESSAGES/*.po")):
        made = catalogue.with_suffix(".mo")
        if not made.exists() or made.stat().st_mtime < catalogue.stat().st_mtime:
            yield catalogue
