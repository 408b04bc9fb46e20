"""A list that a commune keeps in Excel in its own way: any heading, in any row, over any columns.

It is read once, by the same guarded reading as the workbook of the template. Between the steps of its page it stays
sealed in the form: the portal keeps no copy of it, nobody chooses the file three times, and what was looked at is what
is entered.
"""

import base64
import binascii
import json
import re
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from portal.documents.refused import RefusedFile
from portal.engine.keys import CannotOpen, keys
from portal.engine.text import mark
from portal.engine.vietnamese import fold
from portal.exchange.reading import MOST_SHEET_ROWS, Cell, Tab, Workbook

MOST_ROWS = 5000  # of a file
MOST_COLUMNS = 60  # of a sheet, from its left
MOST_SHEETS = 60
MOST_LETTERS = 200  # of a cell: longer than any answer may be
MOST_HEAD = 20  # rows among which the heading is looked for
MOST_SEALED = 1_200_000  # letters of the sealed list: a form holds 2 MB
_ROWS_OF = re.compile(r"[A-Z]+([0-9]+)(?::[A-Z]+([0-9]+))?")
_SIGNS = re.compile(r"[^0-9a-z]+")


@dataclass(frozen=True)
class Told:
    """What a cell says, as somebody would type it, or what is *wrong* with it (marked for translators)."""

    text: str
    wrong: str = ""


Row = tuple[int, list[Told]]


@dataclass(frozen=True)
class Sheet:
    """A sheet of the list: its rows that hold anything, by their numbers on the screen, and which are merged."""

    title: str
    rows: list[Row]
    merged: list[tuple[int, int, str]]  # from row, to row, cells

    @property
    def head_rows(self) -> list[Row]:
        """Rows of which one may be the heading."""
        return self.rows[:MOST_HEAD]

    def labels(self, heading: int) -> list[str]:
        """What stands over each column: in the heading, or where it has nothing, in the two rows above it."""
        over = [cells for number, cells in self.rows if heading - 2 <= number <= heading]
        width = max((len(cells) for _number, cells in self.rows), default=0)
        return [_lowest(over, place) for place in range(width)]

    def below(self, heading: int) -> list[Row]:
        return [row for row in self.rows if row[0] > heading]

    def merged_in(self, number: int) -> str:
        """Cells that are merged in a row; nothing where none are."""
        return next((cells for first, last, cells in self.merged if first <= number <= last), "")


def _lowest(rows: Sequence[Sequence[Told]], place: int) -> str:
    told = (cells[place].text for cells in reversed(rows) if place < len(cells) and cells[place].text)
    return next(told, "")


def read(content: bytes) -> list[Sheet]:
    """The sheets of a workbook that anybody sees and that hold something. Raises RefusedFile."""
    book = Workbook(content)
    try:
        shown = [tab for tab in book.tabs if not tab.hidden]
        if len(shown) > MOST_SHEETS:
            raise RefusedFile(
                mark("At most %(most)s sheets come in at once. Please divide the file."), most=MOST_SHEETS
            )
        sheets = list(_sheets(book, shown))
    finally:
        book.close()
    if not sheets:
        raise RefusedFile(mark("The workbook holds no rows."))
    return sheets


def _sheets(book: Workbook, tabs: Iterable[Tab]) -> Iterator[Sheet]:
    room = MOST_ROWS + MOST_HEAD
    for tab in tabs:
        rows: list[Row] = []
        for number, cells in book.cells(tab, MOST_COLUMNS):
            rows.append((number, _told(cells)))
            if len(rows) > room:
                raise RefusedFile(
                    mark("At most %(most)s rows come in at once. Please divide the file."), most=MOST_ROWS
                )
        room -= len(rows)
        if rows:
            yield Sheet(tab.title, rows, [_merged(one) for one in tab.ranges])


def _told(cells: Sequence[Cell]) -> list[Told]:
    told = [_cell(one) for one in cells]
    while told and not (told[-1].text or told[-1].wrong):
        told.pop()
    return told


def _cell(cell: Cell) -> Told:
    value = cell.value
    if cell.fault:
        return Told(cell.shown, cell.fault.message)
    if isinstance(value, date):
        return Told(f"{value.day:02d}/{value.month:02d}/{value.year:04d}")
    if isinstance(value, time):
        return Told(f"{value:%H:%M}")
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return Told("" if value is None else " ".join(str(value).split())[:MOST_LETTERS])


def _merged(cells: str) -> tuple[int, int, str]:
    found = _ROWS_OF.fullmatch(cells)
    if found is None:
        return 1, MOST_SHEET_ROWS, cells
    return int(found[1]), int(found[2] or found[1]), cells


# ── between the steps ───────────────────────────────────────────────────────────────────────────────────────────────
def sealed(sheets: Sequence[Sheet], owner: int) -> str:
    """The list as it stands in a form, which only its owner can send. Raises RefusedFile where it is too much."""
    plain = [[one.title, [[number, [_short(cell) for cell in cells]] for number, cells in one.rows], one.merged]
             for one in sheets]  # fmt: skip
    packed = zlib.compress(json.dumps(plain, ensure_ascii=False, separators=(",", ":")).encode(), 6)
    box = base64.urlsafe_b64encode(keys().seal(packed, _place(owner))).decode()
    if len(box) > MOST_SEALED:
        raise RefusedFile(mark("The file holds too much. Please leave out the columns that are not needed here."))
    return box


def opened(box: str, owner: int) -> list[Sheet] | None:
    """The list that a form carried; None where it is none, or another's."""
    try:
        packed = keys().unseal(base64.urlsafe_b64decode(box.encode("ascii")), _place(owner))
    except (CannotOpen, binascii.Error, ValueError):
        return None
    return [_sheet(*one) for one in json.loads(zlib.decompress(packed))]


def _sheet(title: str, rows: Any, merged: Any) -> Sheet:
    read_rows = [(number, [_long(one) for one in cells]) for number, cells in rows]
    return Sheet(title, read_rows, [(first, last, cells) for first, last, cells in merged])


def _place(owner: int) -> str:
    return f"list of households, of user {owner}"


def _short(cell: Told) -> Any:
    return [cell.text, cell.wrong] if cell.wrong else cell.text


def _long(kept: Any) -> Told:
    return Told(kept) if isinstance(kept, str) else Told(*kept)


# ── which column is which ───────────────────────────────────────────────────────────────────────────────────────────
# What headings say, folded, the surest first.
WORDS = {
    "head": (
        "ho va ten chu ho", "ho ten chu ho", "ten chu ho", "chu ho", "head of the household", "ho va ten", "ho ten",
    ),
    "people": (
        "so khau", "so nhan khau", "tong so khau", "nhan khau", "so nguoi", "khau", "how many people", "people",
    ),
    "village": (
        "thon", "ten thon", "thon lang", "lang", "ban", "khu dan cu", "to dan pho", "village", "dia chi", "noi o",
    ),
    "number": ("ma ho", "ma so ho", "so ho", "so hieu ho", "so dang ky ho", "number"),
    "since": (
        "o tu ngay", "o do tu ngay", "cu tru tu ngay", "thuong tru tu ngay", "ngay den", "tu ngay", "ngay dang ky",
        "lives there since", "since",
    ),
}  # fmt: skip
ALONE = {"khau", "ban", "lang"}  # words that mean a column only where nothing else stands there


def guessed(labels: Sequence[str]) -> dict[str, int]:
    """Which column says what, by what stands over it, with diacritics or without: the surest guess of each."""
    plain = [_SIGNS.sub(" ", fold(one)).strip() for one in labels]
    found: dict[str, int] = {}
    for name, words in WORDS.items():
        sure = [(weight, place) for place, label in enumerate(plain) if place not in found.values()
                and (weight := _weight(label, words)) is not None]  # fmt: skip
        if sure:
            found[name] = min(sure)[1]
    return found


def _weight(label: str, words: Sequence[str]) -> int | None:
    """How sure it is that a label means one of the words: less is surer."""
    exact = next((place for place, word in enumerate(words) if label == word), None)
    if exact is not None:
        return exact
    within = next(
        (place for place, word in enumerate(words) if word not in ALONE and f" {word} " in f" {label} "), None
    )
    return None if within is None else len(words) + within


def heading_of(sheet: Sheet) -> int:
    """The number of the row that is most likely the heading: under which the most columns are known."""
    known = [(len(guessed([cell.text for cell in cells])), -number) for number, cells in sheet.head_rows]
    return -max(known)[1]
