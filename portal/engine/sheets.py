"""Tables as .xlsx: every text is typed text, so that nothing that people wrote is ever computed by a spreadsheet.

A cell holds a text, a number or a day, and nothing else. Texts carry the quote prefix, so that they stay texts
when somebody edits them; numbers that are names (of a card, of a telephone) are texts, their zeros in front kept.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from openpyxl.styles import Font

from portal.engine.letters import can_be_kept

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_LETTERS = 32_767  # of a cell, by the format
MOST_FOOTER = 240  # letters, of 255 by the format
DAY_FORMAT = "dd/mm/yyyy"
HEAD_ROWS = 3  # the watermark, the heading or an empty row, the labels
_BREAKS = {"\n": "\n", "\t": " ", "\r": ""}

Value = str | int | float | date | None


@dataclass(frozen=True)
class Column:
    """A column: its label, what a row says in it, its width in letters, and how its decimals are shown."""

    label: Any
    value: Callable[[Any], Value]
    width: int = 16
    decimals: str = ""


def workbook(
    title: str, columns: Sequence[Column], rows: Iterable[Any], watermark: str, heading: str = ""
) -> bytes:  # fmt: skip
    """Write one sheet. The watermark (who, when, number, what for) stands over it and at the foot of each page; the
    *heading*, what the rows tell of, right over their labels."""
    from openpyxl import Workbook  # nine megabytes, which a worker holds only once somebody takes a table along
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    book = Workbook(write_only=True)
    sheet = book.create_sheet(_sheet_name(title))
    sheet.freeze_panes = f"B{HEAD_ROWS + 1}"
    for number, column in enumerate(columns, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = column.width
    set_paper(sheet, watermark)
    sheet.append([cell(sheet, watermark, Font(italic=True))])
    sheet.append([cell(sheet, heading, Font(bold=True))] if heading else [])
    sheet.append([cell(sheet, str(column.label), Font(bold=True)) for column in columns])
    for row in rows:
        for line in in_lines([column.value(row) for column in columns]):
            told = zip(columns, line, strict=True)
            sheet.append([cell(sheet, value, decimals=column.decimals) for column, value in told])
    written = BytesIO()
    book.save(written)
    return written.getvalue()


def typed(text: str) -> str:
    """A text as a cell may hold it: no control characters."""
    return "".join(_BREAKS.get(letter, letter if can_be_kept(letter) else "") for letter in text)


def is_too_long(value: Value) -> bool:
    """Whether a value has more letters than a cell holds."""
    return isinstance(value, str) and len(value) > MOST_LETTERS and len(typed(value)) > MOST_LETTERS


def in_lines(values: Sequence[Value]) -> Iterator[list[Value]]:
    """A row in as many lines as its longest text needs: what one cell does not hold goes on in the cell below."""
    parts = [_parted(value) for value in values]
    for line in range(max(map(len, parts), default=0)):
        yield [part[line] if line < len(part) else None for part in parts]


def _parted(value: Value) -> list[Value]:
    if not is_too_long(value):
        return [value]
    text = typed(str(value))
    return [text[start : start + MOST_LETTERS] for start in range(0, len(text), MOST_LETTERS)]


def cell(sheet: Any, value: Value, font: "Font | None" = None, decimals: str = "") -> Any:
    """One cell of a sheet that is written row by row. *decimals* is the format of a number that is not whole.

    Raises ValueError for a text that no cell holds: nothing is cut without a word.
    """
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment

    made = WriteOnlyCell(sheet)
    if font:
        made.font = font
    if value is None or value == "":
        return made
    if is_too_long(value):
        raise ValueError("A text is too long for a cell.")
    if isinstance(value, str):
        made.value, made.data_type = typed(value), "s"  # not guessed: "=1+1" would be a formula
        made.quotePrefix = True
        made.number_format = "@"
        made.alignment = Alignment(wrap_text=font is None, vertical="top")
    elif isinstance(value, date):
        made.value = value
        made.number_format = DAY_FORMAT
    else:
        made.value = value if isinstance(value, float) else int(value)
        if decimals and isinstance(value, float):
            made.number_format = decimals
    return made


def _sheet_name(title: str) -> str:
    """At most 31 letters, none of those that the format forbids."""
    return "".join(letter for letter in typed(title) if letter not in "[]:*?/\\'")[:31] or "1"


def set_paper(sheet: Any, watermark: str, head_rows: int = HEAD_ROWS) -> None:
    """Landscape, as wide as the table, its labels and the watermark on each page."""
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9  # A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = f"{head_rows}:{head_rows}"
    sheet.oddFooter.left.text = typed(watermark).replace("&", "&&").replace("\n", " ")[:MOST_FOOTER]
    sheet.oddFooter.right.text = "&P/&N"
