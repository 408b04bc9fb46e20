"""The workbook on its way out: the template, and the same filled with what the portal holds.

Texts are Vietnamese whoever asks, as on any paper. Every text is typed text. A sheet says in its first cell which
it is.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from io import BytesIO
from typing import IO, Any

from portal.engine import sheets as cells
from portal.engine.refusal import Plain, Refused
from portal.engine.text import _, as_on_paper, mark
from portal.exchange.reading import HEAD_ROWS
from portal.exchange.sheet import KIND_NAMES, Field, Kind, Sheet, Shown
from portal.organisation.models import Unit, UnitKind

MARKED_ROWS = 5000  # rows of a template whose cells offer their list
MOST_WIDTH = 40
Progress = Callable[[str, int], None]
Rows = Mapping[str, int]


def write_template(target: IO[bytes], sheets: Sequence[Sheet], units: Sequence[Unit]) -> None:
    """Write the empty workbook: help, one sheet a kind of record with an example, lists."""
    with as_on_paper():
        book = _new()
        _help(book, sheets)
        lists = _Lists(sheets, units)
        for sheet in sheets:
            made = _begun(book, sheet, _("Template"))
            lists.offer(made, sheet)
            made.append([_cell(made, _example(field, first)) for field, first in _marked(sheet.fields)])
        lists.write(book)
        book.save(target)


def write_export(
    target: IO[bytes], sheets: Sequence[Sheet], taking: Any, watermark: str, progress: Progress
) -> dict[str, int]:
    """Write all rows that leave the portal; gives how many of each sheet. A kind of which there is nothing is left out
    of the counts, and its sheet stays empty. Raises Refused where a cell cannot hold what a record says: a row is read
    back as one, so nothing of it is cut or goes on elsewhere."""
    counts: dict[str, int] = {}
    with as_on_paper():
        book = _new()
        _help(book, sheets)
        try:
            for sheet in sheets:
                if rows := _filled(_begun(book, sheet, watermark), sheet, taking, progress):
                    counts[sheet.key] = rows
                    progress(sheet.tab, rows)
        except Refused:
            book.save(BytesIO())  # so that it lets go of the files in which its sheets lie until then
            raise
        book.save(target)
    return counts


def _filled(made: Any, sheet: Sheet, taking: Any, progress: Progress) -> int:
    """Write the rows of a sheet; gives how many."""
    rows = 0
    for rows, row in enumerate(sheet.shown(taking), start=1):
        _refuse_too_long(sheet, row)
        made.append([_cell(made, shown) for shown in row])
        if rows % 1000 == 0:
            progress(sheet.tab, rows)
    return rows


def _refuse_too_long(sheet: Sheet, row: Sequence[Shown]) -> None:
    for field, value in zip(sheet.fields, row, strict=True):
        if cells.is_too_long(value):
            told = mark(
                "What stands on the sheet “%(sheet)s” at %(record)s under “%(column)s” is longer than the %(most)s "
                "letters that a cell holds. Nothing was written."
            )
            raise Refused(Plain(told, sheet=sheet.tab, record=row[0], column=field.label, most=cells.MOST_LETTERS))


def rows_told(counts: Rows) -> dict[str, Any]:
    """How many rows left the portal, in all and of each sheet, as the trail keeps it."""
    return {"rows": sum(counts.values()), "sheets": ", ".join(f"{key} {count}" for key, count in counts.items())}


def _new() -> Any:
    from openpyxl import Workbook  # nine megabytes, which a worker holds only once somebody takes a table along

    return Workbook(write_only=True)


def _begun(book: Any, sheet: Sheet, watermark: str) -> Any:
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    made = book.create_sheet(sheet.tab)
    made.freeze_panes = f"B{HEAD_ROWS + 1}"
    for number, field in enumerate(sheet.fields, start=1):
        label = str(field.label)
        made.column_dimensions[get_column_letter(number)].width = min(MOST_WIDTH, max(12, len(label) + 4))
    cells.set_paper(made, watermark, HEAD_ROWS)
    grey, bold = Font(color="FF808080", size=8), Font(bold=True)
    made.append([cells.cell(made, sheet.key, grey), cells.cell(made, watermark, Font(italic=True))])
    made.append([cells.cell(made, field.name, grey) for field in sheet.fields])
    made.append([cells.cell(made, _label(field), bold) for field in sheet.fields])
    return made


def _label(field: Field) -> str:
    return f"{field.label} *" if field.required else str(field.label)


def _cell(sheet: Any, value: Any) -> Any:
    return cells.cell(sheet, value)


def _marked(fields: Sequence[Field]) -> Iterator[tuple[Field, bool]]:
    return ((field, number == 0) for number, field in enumerate(fields))


def _example(field: Field, first: bool) -> Any:
    """What the example row says in a column; in its first cell that it is one, so that nobody takes it in."""
    if first:
        return _("EXAMPLE")
    words = field.words()
    match field.kind:
        case Kind.DAY:
            return "31/08/2024"
        case Kind.HOUR:
            return "14:05"
        case Kind.NUMBER:
            return 1_500_000 if field.name.endswith("_vnd") else 1
        case Kind.AMOUNT:
            return 985.6
        case Kind.DIGITS:
            return "0901234567"
        case Kind.CHOICE | Kind.SEVERAL | Kind.YES_NO:
            return words[0] if words else None
    return _("(to be filled in)") if field.required else None


def _help(book: Any, sheets: Sequence[Sheet]) -> None:
    from openpyxl.styles import Font

    made = book.create_sheet(_("Help"))
    made.column_dimensions["A"].width, made.column_dimensions["B"].width = 30, 34
    made.column_dimensions["C"].width, made.column_dimensions["D"].width = 26, 80
    bold = Font(bold=True)
    made.append([cells.cell(made, "help", Font(color="FF808080", size=8))])
    for line in (
        _("Each sheet is one kind of record, each row one record. Rows begin below the bold labels."),
        _("Leave the first two rows of each sheet as they are: by them the portal knows what stands in a column."),
        _("A row that begins with EXAMPLE is not taken in. Columns with a star have to be filled in."),
        _("Numbers that are names, such as telephone numbers, are text, so that they keep their zeros in front."),
        _("The whole file is checked first. If anything is wrong nothing is written; brought in twice, nothing is "
          "there twice."),
        _("What is struck out, attached files and photos, proposals and the trail do not leave in this file."),
    ):  # fmt: skip
        made.append([cells.cell(made, line)])
    for sheet in sheets:
        made.append([])
        made.append([cells.cell(made, sheet.tab, bold), cells.cell(made, str(sheet.about))])
        made.append([cells.cell(made, one, bold) for one in ("", _("Column"), _("What it holds"), _("Help"))])
        for field in sheet.fields:
            told = [_label(field), str(KIND_NAMES[field.kind]), _told(field)]
            made.append([None, *(cells.cell(made, one) for one in told)])


def _told(field: Field) -> str:
    possible = "; ".join(field.words()[:60])
    return " ".join(one for one in (str(field.help or ""), possible) if one)


def _named(unit: Unit) -> str:
    return f"{unit.code} – {unit.name}"


class _Lists:
    """The sheet of lists that columns of the template offer: one list a column, each told apart by its words."""

    def __init__(self, sheets: Sequence[Sheet], units: Sequence[Unit]) -> None:
        self.units = tuple(map(_named, units))
        self.villages = tuple(_named(one) for one in units if one.kind == UnitKind.VILLAGE)
        self.places: dict[tuple[str, ...], int] = {}
        for field in (field for sheet in sheets for field in sheet.fields):
            if words := self._words(field):
                self.places.setdefault(words, len(self.places) + 1)

    def _words(self, field: Field) -> tuple[str, ...]:
        if field.reference is not None:
            if not getattr(field.reference, "of_units", False):
                return ()
            return self.villages if field.name == "village_id" else self.units
        return tuple(field.words()) if field.kind in (Kind.CHOICE, Kind.YES_NO) else ()

    def offer(self, made: Any, sheet: Sheet) -> None:
        from openpyxl.utils import get_column_letter
        from openpyxl.worksheet.datavalidation import DataValidation

        for number, field in enumerate(sheet.fields, start=1):
            if not (words := self._words(field)):
                continue
            letter, place = get_column_letter(number), get_column_letter(self.places[words])
            offered = DataValidation(
                type="list", formula1=f"'{self.title}'!${place}$2:${place}${len(words) + 1}", allow_blank=True
            )
            offered.showErrorMessage = False  # the portal says what would be right
            offered.add(f"{letter}{HEAD_ROWS + 1}:{letter}{HEAD_ROWS + MARKED_ROWS}")
            made.data_validations.append(offered)

    @property
    def title(self) -> str:
        return _("Catalogue")

    def write(self, book: Any) -> None:
        made = book.create_sheet(self.title)
        columns = list(self.places)
        made.append([cells.cell(made, "lists")])
        for row in range(max((len(words) for words in columns), default=0)):
            made.append([cells.cell(made, words[row]) if row < len(words) else None for words in columns])
