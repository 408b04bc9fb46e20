"""Workbooks as people would fill them, and as nobody should."""

import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from openpyxl import Workbook, load_workbook

from portal.exchange.reading import HEAD_ROWS

Cells = list[list[Any]]


def filled_whole(content: bytes, sheets: Mapping[str, Sequence[Mapping[str, Any]]]) -> bytes:
    """A template with rows on some of its sheets, each by the keys of its columns, as a person fills it in."""
    book = load_workbook(io.BytesIO(content))
    for sheet in book.worksheets:
        keys = [cell.value for cell in sheet[2]]
        for row in sheets.get(sheet["A1"].value, ()):
            sheet.append([row.get(key) for key in keys])
    return saved(book)


def filled(content: bytes, sheets: Mapping[str, Sequence[Mapping[str, Any]]]) -> bytes:
    """The same without the sheets on which nothing is written: a fraction of the whole to write and to read."""
    book = Workbook()
    book.remove(book.active)
    for key, rows in sheets.items():
        title, head = _heads(content)[key]
        sheet = book.create_sheet(title)
        for line in head:
            sheet.append(line)
        for row in rows:
            sheet.append([row.get(name) for name in head[1]])
    return saved(book)


@lru_cache(maxsize=4)
def _heads(content: bytes) -> dict[str, tuple[str, Cells]]:
    """How the sheets of a template begin, by their keys: title, head rows and the example."""
    sheets = load_workbook(io.BytesIO(content)).worksheets
    heads = {
        sheet: [[cell.value for cell in row] for row in sheet.iter_rows(max_row=HEAD_ROWS + 1)] for sheet in sheets
    }
    return {head[0][0]: (sheet.title, head) for sheet, head in heads.items()}


def saved(book: Workbook) -> bytes:
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def cells_of(content: bytes) -> dict[str, Cells]:
    """What stands on each sheet of a workbook but its head, by the sheet's key."""
    book = load_workbook(io.BytesIO(content))
    return {
        sheet["A1"].value: [[cell.value for cell in row] for row in sheet.iter_rows(min_row=4)]
        for sheet in book.worksheets if sheet["A1"].value not in ("help", "lists")
    }  # fmt: skip


def repacked(content: bytes, part: str, change: Any, more: Mapping[str, bytes] | None = None) -> bytes:
    """A workbook of which one part was changed by hand, with further parts."""
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            data = old.read(entry)
            new.writestr(entry.filename, change(data) if re.fullmatch(part, entry.filename) else data)
        for name, data in (more or {}).items():
            new.writestr(name, data)
    return written.getvalue()
