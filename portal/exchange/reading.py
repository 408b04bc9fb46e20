"""Workbooks (.xlsx) on their way in: judged before they are unpacked, then read row by row.

A sheet of the template says in its first cell which it is, in its second row which columns it has, and in its third
what people call them; from the fourth on it holds the rows. Only that is read: no formula is
computed, no picture opened.
"""

import re
import xml.sax.handler
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from io import BytesIO
from itertools import islice
from typing import Any

import defusedxml.sax

from portal.documents.containers import TOO_MUCH, UNREADABLE, contents
from portal.documents.refused import RefusedFile
from portal.engine.letters import plain
from portal.engine.text import mark
from portal.engine.vietnamese import fold

HEAD_ROWS = 3  # which sheet it is, the keys of its columns, their labels
MOST_COLUMNS = 200
MOST_SHEET_ROWS = 1_048_576  # of a sheet, by the format
MOST_SMALL_PART = 8 * 2**20  # bytes of styles and the like, which are read whole
MOST_MERGED = 5000  # ranges of cells of a sheet
MOST_TEXTS = 60 * 2**20  # bytes of the texts that cells share, which are read whole
EXAMPLE = ("vi du", "example")  # what the first cell of a row says that is no row
DAMAGED = mark("The workbook cannot be read to its end. Perhaps it was not copied whole.")
_OLE = b"\xd0\xcf\x11\xe0"
_CONTENTS, _WORKBOOK, _TEXTS = "[content_types].xml", "xl/workbook.xml", "xl/sharedstrings.xml"
_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml")

Value = str | int | float | date | time | bool | None


class Misread(Exception):
    """A cell holds what cannot be taken. *message* is marked for translators."""

    def __init__(self, message: str, **numbers: Any) -> None:
        super().__init__(message)
        self.message, self.numbers = message, numbers


@dataclass(frozen=True)
class Tab:
    """A sheet of a workbook: what people call it, which it is by its first cell, its columns, and what is wrong with it
    as a whole."""

    title: str
    key: str
    columns: tuple[str, ...]
    hidden: bool
    ranges: tuple[str, ...]  # of merged cells

    @property
    def merged(self) -> str:
        return self.ranges[0] if self.ranges else ""

    def has(self, column: str) -> bool:
        return column in self.columns


@dataclass(frozen=True)
class Cell:
    """What stands in a cell: a value, or why it cannot be taken."""

    value: Value
    fault: Misread | None = None

    @property
    def shown(self) -> str:
        value = self.value
        if isinstance(value, datetime | date):
            return f"{value:%d/%m/%Y}"
        return "" if value is None else str(value)[:80]


NOTHING = Cell(None)


class Workbook:
    """A workbook that may be read. Raises RefusedFile, with the reason, for what is none or hides something."""

    def __init__(self, content: bytes) -> None:
        merged = _looked_through(content)
        from openpyxl import load_workbook

        try:
            self._book = load_workbook(BytesIO(content), read_only=True, keep_links=False)
            self.tabs = [_tab(sheet, merged) for sheet in self._book.worksheets]
        except (*UNREADABLE, TypeError, AttributeError, OverflowError) as error:
            raise RefusedFile(DAMAGED) from error

    def rows(self, tab: Tab) -> Iterator[tuple[int, dict[str, Cell]]]:
        """The rows of a sheet that hold anything, each with its number on the screen. Examples are left out."""
        sheet = self._book[tab.title]
        sheet.reset_dimensions()
        try:
            for number, cells in enumerate(islice(self._cells(sheet, tab), MOST_SHEET_ROWS), start=1):
                if number <= HEAD_ROWS or all(one.value is None for one in cells):
                    continue
                row = {name: _cell(one) for name, one in zip(tab.columns, cells, strict=False) if name}
                if any(one.value is not None for one in row.values()) and not _example(cells):
                    yield number, row
        except (*UNREADABLE, TypeError, AttributeError, OverflowError) as error:
            raise RefusedFile(DAMAGED) from error

    def value_at(self, tab: Tab, cell: str) -> str:
        """What stands in one cell, named as on the screen: C5."""
        try:
            return _cell(self._book[tab.title][cell]).shown
        except (*UNREADABLE, TypeError, AttributeError, OverflowError) as error:
            raise RefusedFile(DAMAGED) from error

    def cells(self, tab: Tab, columns: int) -> Iterator[tuple[int, list[Cell]]]:
        """The rows of any sheet that hold something in their first columns, each with its number on the screen."""
        sheet = self._book[tab.title]
        sheet.reset_dimensions()
        try:
            for number, cells in enumerate(islice(sheet.iter_rows(max_col=columns), MOST_SHEET_ROWS), start=1):
                if any(one.value is not None for one in cells):
                    yield number, [_cell(one) for one in cells]
        except (*UNREADABLE, TypeError, AttributeError, OverflowError) as error:
            raise RefusedFile(DAMAGED) from error

    @staticmethod
    def _cells(sheet: Any, tab: Tab) -> Iterator[Sequence[Any]]:
        found: Iterator[Sequence[Any]] = sheet.iter_rows(max_col=max(1, len(tab.columns)))
        return found

    def close(self) -> None:
        self._book.close()


def _tab(sheet: Any, merged: dict[str, tuple[str, ...]]) -> Tab:
    sheet.reset_dimensions()
    head = [list(row) for row in islice(sheet.iter_rows(max_row=2, max_col=MOST_COLUMNS), 2)]
    first = head[0][0].value if head and head[0] else None
    keys = [one.value for one in head[1]] if len(head) > 1 else []
    names = tuple(plain(one) if isinstance(one, str) else "" for one in keys)
    key = plain(first) if isinstance(first, str) else ""
    part = str(sheet._worksheet_path).lstrip("/").lower()
    return Tab(sheet.title, key, names, sheet.sheet_state != "visible", merged.get(part, ()))


def _cell(cell: Any) -> Cell:
    value = cell.value
    if value is None:
        return NOTHING
    if cell.data_type == "f" or (not isinstance(value, Value) and not isinstance(value, datetime)):
        return Cell(str(value)[:80], Misread(mark("A formula. Please put its value here: copy, then paste as values.")))
    if cell.data_type == "e":
        return Cell(str(value), Misread(mark("Excel marks an error here.")))
    if isinstance(value, str):
        return Cell(plain(value) or None)
    return Cell(value.date() if isinstance(value, datetime) and value.time() == time() else value)


def _example(cells: Sequence[Any]) -> bool:
    first = next((cell.value for cell in cells if cell.value is not None), None)
    return isinstance(first, str) and fold(plain(first)) in EXAMPLE


def _looked_through(content: bytes) -> dict[str, tuple[str, ...]]:
    """Refuse bombs, macros, locked and old files; tell of each sheet, by its part, which cells are merged."""
    if not content:
        raise RefusedFile(mark("The file is empty."))
    if content.startswith(_OLE):
        raise RefusedFile(mark(
            "This is a workbook of an old kind (.xls), or one that is locked by a password. Please save it as .xlsx "
            "without a password."
        ))  # fmt: skip
    if not content.startswith(b"PK"):
        raise RefusedFile(mark("This is no Excel workbook (.xlsx)."))
    with contents(content, DAMAGED) as container:
        entries = {entry.filename.lower(): entry for entry in container.infolist()}
        if len(entries) < len(container.infolist()):
            raise RefusedFile(DAMAGED)
        if not {_CONTENTS, _WORKBOOK} <= entries.keys():
            raise RefusedFile(mark("This is no Excel workbook (.xlsx)."))
        _bounded(entries)
        return {name: found for name, entry in entries.items() if (found := _read_through(container, name, entry))}


def _bounded(entries: dict[str, zipfile.ZipInfo]) -> None:
    for name, entry in entries.items():
        if entry.flag_bits & 1:
            raise RefusedFile(mark("The workbook is locked by a password. Please save it without one."))
        if "vbaproject" in name or "activex" in name:
            raise RefusedFile(mark("The workbook holds macros. Please save it as .xlsx, without macros."))
        most = MOST_TEXTS if name == _TEXTS else None if _SHEET.fullmatch(name) else MOST_SMALL_PART
        if most and name.endswith((".xml", ".rels")) and entry.file_size > most:
            raise RefusedFile(TOO_MUCH)


def _read_through(container: zipfile.ZipFile, name: str, entry: zipfile.ZipInfo) -> tuple[str, ...]:
    """Read one part to its end: plain XML without declarations of its own. Gives the merged cells of a sheet."""
    if not name.endswith((".xml", ".rels")):
        return ()
    reader = _Sheet() if _SHEET.fullmatch(name) else _Types()
    try:
        with container.open(entry) as stream:
            defusedxml.sax.parse(stream, reader, forbid_dtd=True)
    except UNREADABLE as error:
        raise RefusedFile(DAMAGED) from error
    return tuple(reader.merged)


class _Types(xml.sax.handler.ContentHandler):
    """In the table of types, macros give themselves away."""

    merged = ()

    def startElement(self, name: str, attrs: Any) -> None:  # noqa: N802 - the reader's name for it
        if (
            name.rpartition(":")[2] in ("Override", "Default")
            and "macroenabled" in attrs.get("ContentType", "").lower()
        ):
            raise RefusedFile(mark("The workbook holds macros. Please save it as .xlsx, without macros."))


class _Sheet(xml.sax.handler.ContentHandler):
    """Finds what the reading of rows would not tell: merged cells, and rows and columns that no sheet has."""

    def __init__(self) -> None:
        super().__init__()
        self.merged: list[str] = []

    def startElement(self, name: str, attrs: Any) -> None:  # noqa: N802 - the reader's name for it
        bare = name.rpartition(":")[2]
        if bare == "mergeCell":
            if len(self.merged) == MOST_MERGED:
                raise RefusedFile(mark("Thousands of cells are merged here. Please unmerge them, one value a cell."))
            self.merged.append(str(attrs.get("ref", "?"))[:40])
        elif bare == "row" and not 0 < int(attrs.get("r", "1")) <= MOST_SHEET_ROWS:
            raise RefusedFile(DAMAGED)
