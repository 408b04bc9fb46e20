"""Draws the file of a case as .docx: a cover, its parts, and on each page who took it, when and what for.

Rows are made as XML at once, since a file of five years has some thousand of them.
"""

from collections.abc import Sequence
from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from portal.case_file.parts import CaseFile, Part, Table
from portal.documents import layout

TEXT, SMALL, CELL = 13, 10, 22  # points, points, half points
TWIPS = 1440 / 25.4  # of a millimetre


def written(file: CaseFile) -> bytes:
    document = layout.blank(file.title, file.issuer)
    _mark(document, file.mark)
    _cover(document, file)
    for part in file.parts:
        _part(document, part)
    return layout.packed(document)


def _mark(document: Any, mark: str) -> None:
    """At the foot of every page, the first too."""
    section = document.sections[0]
    for foot in (section.footer, section.first_page_footer):
        paragraph = foot.paragraphs[0]
        paragraph.alignment = ALIGN.CENTER
        _run(paragraph, mark, SMALL, italic=True)


def _cover(document: Any, file: CaseFile) -> None:
    _line(document, file.issuer.upper(), TEXT, bold=True)
    _line(document, file.title.upper(), 20, bold=True).paragraph_format.space_before = Pt(160)
    _line(document, file.name, 16, bold=True).paragraph_format.space_after = Pt(40)
    _facts(document, file.facts)
    _line(document, "", TEXT).paragraph_format.space_before = Pt(24)
    for part in file.parts:
        _line(document, part.title, TEXT, align=ALIGN.LEFT).paragraph_format.left_indent = Mm(30)
    document.add_page_break()


def _part(document: Any, part: Part) -> None:
    head = _line(document, part.title, 14, bold=True, align=ALIGN.LEFT)
    head.paragraph_format.space_before, head.paragraph_format.space_after = Pt(14), Pt(4)
    head.paragraph_format.keep_with_next = True
    _facts(document, part.facts)
    for line in part.lines:
        _line(document, line, TEXT, align=ALIGN.LEFT)
    for table in part.tables:
        _table(document, table)
    if part.empty:
        _line(document, part.nothing, TEXT, italic=True, align=ALIGN.LEFT)


def _facts(document: Any, facts: Sequence[tuple[str, str]]) -> None:
    for label, value in facts:
        paragraph = _line(document, f"{label}: ", TEXT, align=ALIGN.LEFT)
        _run(paragraph, value, TEXT, bold=True)


def _table(document: Any, table: Table) -> None:
    if not table.rows and not table.lines:
        return
    if table.title:
        title = _line(document, table.title, TEXT, bold=True, align=ALIGN.LEFT)
        title.paragraph_format.space_before = Pt(10)
        title.paragraph_format.keep_with_next = True
    for line in table.lines:
        _line(document, line, 12, align=ALIGN.LEFT)
    if not table.rows:
        return
    drawn = document.add_table(0, len(table.heads))
    drawn.style, drawn.autofit = "Table Grid", False
    for column, width in zip(drawn.columns, table.widths, strict=True):
        column.width = Mm(width)
    drawn._tbl.append(_row(table.heads, table.widths, head=True))
    for row in table.rows:
        drawn._tbl.append(_row(row, table.widths))


def _row(texts: Sequence[str], widths: Sequence[int], *, head: bool = False) -> Any:
    row = OxmlElement("w:tr")
    about = OxmlElement("w:trPr")
    about.append(OxmlElement("w:cantSplit"))
    if head:
        about.append(OxmlElement("w:tblHeader"))
    row.append(about)
    for text, width in zip(texts, widths, strict=True):
        cell, properties, size = OxmlElement("w:tc"), OxmlElement("w:tcPr"), OxmlElement("w:tcW")
        size.set(qn("w:w"), str(round(width * TWIPS)))
        size.set(qn("w:type"), "dxa")
        properties.append(size)
        cell.append(properties)
        for line in str(text).splitlines() or ("",):
            cell.append(_paragraph(line, bold=head))
        row.append(cell)
    return row


def _paragraph(text: str, *, bold: bool) -> Any:
    paragraph, run, look = OxmlElement("w:p"), OxmlElement("w:r"), OxmlElement("w:rPr")
    if bold:
        look.append(OxmlElement("w:b"))
    size = OxmlElement("w:sz")
    size.set(qn("w:val"), str(CELL))
    look.append(size)
    letters = OxmlElement("w:t")
    letters.text = layout.plain(text)
    letters.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    run.append(look)
    run.append(letters)
    paragraph.append(run)
    return paragraph


def _line(
    document: Any, text: str, size: float, *, bold: bool = False, italic: bool = False, align: Any = ALIGN.CENTER
) -> Any:
    paragraph = document.add_paragraph()
    paragraph.alignment = align
    _run(paragraph, text, size, bold=bold, italic=italic)
    return paragraph


def _run(paragraph: Any, text: str, size: float, *, bold: bool = False, italic: bool = False) -> None:
    run = paragraph.add_run(layout.plain(text))
    run.font.size, run.bold, run.italic = Pt(size), bold, italic
