"""Draws a paper as .docx in the layout of NĐ 30/2020/NĐ-CP, phụ lục I: nothing to retouch, only to sign and seal.

Each part of the sheet is one small function. What people typed enters as text and nothing else: letters that XML does
not know are left out, the rest is escaped by the library.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from copy import deepcopy
from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Emu, Mm, Pt

from portal.documents import footnotes
from portal.documents.paper import MOTTO, NATION, Annex, Clause, ListAnnex, Paper, Passage, Signature
from portal.documents.wording import BLANK, place_and_day
from portal.engine import clock

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FONT = "Times New Roman"
WIDTH, HEIGHT = Mm(210), Mm(297)
TOP, BOTTOM, LEFT, RIGHT = Mm(20), Mm(20), Mm(30), Mm(15)
HEAD = (Mm(65), Mm(100))  # the issuing body; the nation
FOOT = (Mm(80), Mm(85))  # recipients; signature
BODY, SMALL, LIST = 14, 13, 11  # points
INDENT = Mm(12.7)
TO, TO_EACH = Mm(30), Mm(45)  # where several addressees stand
MOTTO_LINE, NAME_LINE, ABSTRACT_LINE = Mm(57), Mm(24), Mm(42)  # as long as the motto at 13 points; a third of a name
AFTER_BORDERS = ("w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc", "w:rPr")  # their order
_FIELD = re.compile(r"\{(\w+)\}")
ANNEX_WORDS = Mm(90)  # the first column of a table of figures
SIGNING = 4  # empty lines: room for the signature and a third of the seal


def written(paper: Paper) -> bytes:
    """The whole paper."""
    return packed(_drawn(paper))


def filled(paper: Paper, rows: Sequence[Mapping[str, str]]) -> bytes:
    """One paper for each of some rows: what stands in {braces} is filled in from the row.

    Each is a section, so that it begins on a page of its own and counts its pages from one. It is drawn once and
    copied, since hundreds of them would else take a minute.
    """
    document = _drawn(paper)
    body = document.element.body
    parts = [part for part in body if part is not body.sectPr]
    _count_from_one(body.sectPr)
    for place, row in enumerate(rows):
        if place:
            parts[0].addprevious(_end_of_section(body.sectPr))
        for part in deepcopy(parts):
            _fill_in(part, row)
            parts[0].addprevious(part)
    for part in parts:
        body.remove(part)
    return packed(document)


def _fill_in(part: Any, row: Mapping[str, str]) -> None:
    for text in part.iter(qn("w:t")):
        text.text = _FIELD.sub(lambda found: plain(row.get(found[1], found[0])), text.text or "")


def _count_from_one(section: Any) -> None:
    pages = OxmlElement("w:pgNumType")
    pages.set(qn("w:start"), "1")
    section.find(qn("w:pgMar")).addnext(pages)


def _end_of_section(section: Any) -> Any:
    """A paragraph without height, in which a section like the last of the document ends."""
    paragraph = OxmlElement("w:p")
    layout = paragraph.get_or_add_pPr()
    spacing = OxmlElement("w:spacing")
    for side, twips in (("before", "0"), ("after", "0"), ("line", "20"), ("lineRule", "exact")):
        spacing.set(qn(f"w:{side}"), twips)
    layout.append(spacing)
    layout.append(deepcopy(section))
    return paragraph


def packed(document: Any) -> bytes:
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def blank(title: str, author: str) -> Any:
    """An empty document on the sheet of NĐ 30, with its margins, its letters and its page numbers."""
    document = Document()
    _set_page(document)
    _set_font(document)
    _set_properties(document, title, author)
    return document


def _drawn(paper: Paper) -> Any:
    document = blank(f"{paper.name} {paper.number}".strip(), " ".join(paper.issuer.name))
    if paper.warning:
        _warning(document, paper)
    (_head_of_people if paper.by_people else _head)(document, paper)
    _title(document, paper)
    _grounds(document, paper)
    notes = footnotes.Notes(document)
    for clause in paper.clauses:
        _passage(document, clause, notes) if isinstance(clause, Passage) else _clause(document, clause)
    _foot(document, paper)
    for clause in paper.below:
        _clause(document, clause)
    if paper.annex:
        _annex(document, paper.annex)
    notes.keep()
    return document


def plain(text: str) -> str:
    """One line of text: without control characters and noncharacters, which XML does not know."""
    line = " ".join(text.replace("\t", " ").splitlines())
    return "".join(letter for letter in line if unicodedata.category(letter) not in {"Cc", "Cs", "Cn"})


# ── the sheet ───────────────────────────────────────────────────────────────────────────────────────────────────────
def _set_page(document: Any) -> None:
    section = document.sections[0]
    section.orientation, section.page_width, section.page_height = WD_ORIENT.PORTRAIT, WIDTH, HEIGHT
    section.top_margin, section.bottom_margin, section.left_margin, section.right_margin = TOP, BOTTOM, LEFT, RIGHT
    section.header_distance = section.footer_distance = Mm(10)
    section.different_first_page_header_footer = True  # the first page has no number
    number = section.header.paragraphs[0]
    number.alignment = ALIGN.CENTER
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    number._p.append(field)


def _set_font(document: Any) -> None:
    """One font for all scripts: a letter that an attribute forgets falls to another font."""
    style = document.styles["Normal"]
    style.font.size = Pt(BODY)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in list(fonts.attrib):
        del fonts.attrib[name]
    for script in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{script}"), FONT)
    language = OxmlElement("w:lang")
    for script in ("val", "eastAsia", "bidi"):
        language.set(qn(f"w:{script}"), "vi-VN")
    style.element.get_or_add_rPr().append(language)
    style.paragraph_format.space_before = style.paragraph_format.space_after = Pt(0)


def _set_properties(document: Any, title: str, author: str) -> None:
    about = document.core_properties
    about.author = about.last_modified_by = plain(author)
    about.title, about.comments, about.language = plain(title), "", "vi-VN"
    about.created = about.modified = clock.now().replace(tzinfo=None)


# ── paragraphs ──────────────────────────────────────────────────────────────────────────────────────────────────────
def _write(
    into: Any, text: str, size: float = BODY, *, bold: bool = False, italic: bool = False, align: Any = ALIGN.CENTER
) -> Any:
    """A paragraph of one kind of letters; into a fresh cell it goes where the empty paragraph is."""
    fresh = hasattr(into, "paragraphs") and len(into.paragraphs) == 1 and not into.paragraphs[0].runs
    paragraph = into.paragraphs[0] if fresh and hasattr(into, "merge") else into.add_paragraph()
    paragraph.alignment = align
    _add(paragraph, text, size, bold=bold, italic=italic)
    return paragraph


def _add(paragraph: Any, text: str, size: float, *, bold: bool = False, italic: bool = False) -> None:
    run = paragraph.add_run(plain(text))
    run.font.size, run.bold, run.italic = Pt(size), bold, italic


def _line(into: Any, length: int, within: int) -> None:
    """A line of a length, in the middle: the lower edge of an empty paragraph drawn in from both sides."""
    paragraph = _write(into, "", 1)
    paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = Emu((within - length) // 2)
    paragraph.paragraph_format.line_spacing = Pt(3)
    borders, edge = OxmlElement("w:pBdr"), OxmlElement("w:bottom")
    for name, value in (("val", "single"), ("sz", "6"), ("space", "0"), ("color", "000000")):
        edge.set(qn(f"w:{name}"), value)
    borders.append(edge)
    paragraph._p.get_or_add_pPr().insert_element_before(borders, *AFTER_BORDERS)


def _columns(document: Any, widths: Sequence[int]) -> Any:
    """A row without borders, each width said on column and cell: one alone is shared out equally by some programs."""
    table = document.add_table(1, len(widths))
    table.autofit, table.alignment = False, WD_TABLE_ALIGNMENT.CENTER
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), "0")
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    table._tbl.tblPr.insert_element_before(margins, "w:tblLook")
    for index, width in enumerate(widths):
        table.columns[index].width = width
        table.cell(0, index).width = width
    return table.rows[0].cells


# ── parts of a paper ────────────────────────────────────────────────────────────────────────────────────────────────
def _warning(document: Any, paper: Paper) -> None:
    """In a frame over the first page and over every further one, so that no page of it passes for a paper."""
    over_the_rest = document.sections[0].header.add_paragraph()
    over_the_rest.alignment = ALIGN.CENTER
    _add(over_the_rest, paper.warning, SMALL, bold=True)
    for paragraph in (_write(document, paper.warning, BODY, bold=True), over_the_rest):
        _frame(paragraph)
    document.add_paragraph()


def _frame(paragraph: Any) -> None:
    borders = OxmlElement("w:pBdr")
    for side in ("top", "left", "bottom", "right"):
        edge = OxmlElement(f"w:{side}")
        for name, value in (("val", "single"), ("sz", "12"), ("space", "4"), ("color", "C00000")):
            edge.set(qn(f"w:{name}"), value)
        borders.append(edge)
    paragraph._p.get_or_add_pPr().insert_element_before(borders, *AFTER_BORDERS)


def _head(document: Any, paper: Paper) -> None:
    """Who issues it and its number at the left; nation, motto, place and day at the right."""
    left, right = _columns(document, HEAD)
    if paper.issuer.superior:
        _write(left, paper.issuer.superior, 12)
    for line in paper.issuer.name:
        _write(left, line, 12, bold=True)
    _line(left, NAME_LINE, HEAD[0])
    if paper.symbol:
        _write(left, f"Số: {paper.number or f'{BLANK}/{paper.symbol}'}", SMALL).paragraph_format.space_before = Pt(6)
    _write(right, NATION, 12, bold=True)
    _write(right, MOTTO, SMALL, bold=True)
    _line(right, MOTTO_LINE, HEAD[1])
    told = place_and_day(paper.issuer.place, paper.day, clock.today().year)
    _write(right, told, SMALL, italic=True).paragraph_format.space_before = Pt(6)


def _head_of_people(document: Any, paper: Paper) -> None:
    """Nation and motto in the middle, place and day at the right."""
    _write(document, NATION, SMALL, bold=True)
    _write(document, MOTTO, BODY, bold=True)
    _line(document, MOTTO_LINE, WIDTH - LEFT - RIGHT)
    told = place_and_day(paper.issuer.place, paper.day, clock.today().year)
    _write(document, told, BODY, italic=True, align=ALIGN.RIGHT).paragraph_format.space_before = Pt(6)


def _title(document: Any, paper: Paper) -> None:
    _write(document, paper.name, BODY, bold=True).paragraph_format.space_before = Pt(18)
    _write(document, paper.abstract, BODY, bold=True)
    _line(document, ABSTRACT_LINE, WIDTH - LEFT - RIGHT)
    if paper.authority:
        _write(document, paper.authority, BODY, bold=True).paragraph_format.space_before = Pt(12)
    _addressees(document, paper.addressees)


def _addressees(document: Any, names: Sequence[str]) -> None:
    """One stands beside the words, in the middle; of several each has a line of its own."""
    if len(names) == 1:
        _write(document, f"Kính gửi: {names[0]}", BODY).paragraph_format.space_before = Pt(12)
        return
    lines = [f"- {name}{'.' if place == len(names) else ';'}" for place, name in enumerate(names, start=1)]
    for place, line in enumerate(("Kính gửi:", *lines) if lines else ()):
        paragraph = _write(document, line, BODY, align=ALIGN.LEFT)
        paragraph.paragraph_format.left_indent = TO_EACH if place else TO
        paragraph.paragraph_format.space_before = Pt(0) if place else Pt(12)


def _grounds(document: Any, paper: Paper) -> None:
    """In italics, each with a semicolon, the last with a full stop; then, in a decision, the word that decides."""
    for place, basis in enumerate(paper.bases, start=1):
        paragraph = _paragraph(document)
        _add(paragraph, basis.text + ("." if place == len(paper.bases) else ";"), BODY, italic=True)
    if paper.is_decision:
        decided = _write(document, "QUYẾT ĐỊNH:", BODY, bold=True)
        decided.paragraph_format.space_before = decided.paragraph_format.space_after = Pt(6)


def _clause(document: Any, clause: Clause) -> None:
    paragraph = _paragraph(document)
    if clause.heading:
        mark = "" if clause.heading.endswith(":") else "."
        _add(paragraph, f"{clause.heading}{mark} " if clause.text else clause.heading, BODY, bold=True)
    _add(paragraph, clause.text, BODY)


def _passage(document: Any, passage: Passage, notes: footnotes.Notes) -> None:
    paragraph = _paragraph(document)
    for piece in passage.pieces:
        _add(paragraph, piece.text, BODY, bold=piece.bold, italic=piece.italic)
        if piece.note:
            notes.call(paragraph, "".join(plain(one.text) for one in piece.note))
    if passage.heading:
        paragraph.paragraph_format.keep_with_next = True


def _annex(document: Any, annex: Annex) -> None:
    """The table on a page of its own, its heads repeated on each."""
    name = _write(document, annex.name, BODY, bold=True)
    name.paragraph_format.page_break_before = True
    _write(document, annex.abstract, BODY, bold=True).paragraph_format.space_after = Pt(6)
    table = document.add_table(1, len(annex.heads))
    table.style, table.autofit, table.alignment = "Table Grid", False, WD_TABLE_ALIGNMENT.CENTER
    lists = isinstance(annex, ListAnnex)
    widths = _widths(annex)
    for column, width in zip(table.columns if lists else (), widths, strict=False):
        column.width = width  # some programs go by the columns, whatever the cells say
    for row, bold in ((annex.heads, True), *((one, False) for one in annex.rows)):
        cells = table.rows[0].cells if bold else table.add_row().cells
        for place, (cell, text) in enumerate(zip(cells, row, strict=True)):
            cell.width = widths[place]
            align = ALIGN.CENTER if bold else ALIGN.RIGHT if bool(place) != lists else ALIGN.LEFT
            _write(cell, text, SMALL, bold=bold, align=align)
        _whole(cells[0])
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def _widths(annex: Annex) -> list[Any]:
    """Of a list as it says; of figures wide for the words in front, and even for the numbers."""
    if isinstance(annex, ListAnnex):
        return [Mm(width) for width in annex.widths]
    numbers = len(annex.heads) - 1
    return [ANNEX_WORDS, *([(WIDTH - LEFT - RIGHT - ANNEX_WORDS) // numbers] * numbers)]


def _paragraph(document: Any) -> Any:
    paragraph = document.add_paragraph()
    paragraph.alignment = ALIGN.JUSTIFY
    paragraph.paragraph_format.first_line_indent = INDENT
    paragraph.paragraph_format.space_before = Pt(6)
    return paragraph


def _foot(document: Any, paper: Paper) -> None:
    """Recipients at the left, the signature at the right; no page tears them apart, or from the end of the text.

    Where several sign, they stand in pairs over it: whoever signs beside at the left, the signature itself at the
    right, the others below. Whoever is left over signs at the right, beside the recipients.
    """
    _keep((document.paragraphs[-1], document.add_paragraph()))
    signing = [*paper.beside[:1], paper.signature, *paper.beside[1:]]
    alone = signing.pop() if len(signing) % 2 else None
    for place in range(0, len(signing), 2):
        _sign_beside(document, signing[place : place + 2])
        _keep([document.add_paragraph()])
    left, right = _columns(document, FOOT)
    _recipients(left, paper)
    if alone:
        _sign(right, alone)
    _whole(right)


def _keep(paragraphs: Sequence[Any]) -> None:
    """Keep paragraphs on the page of what follows them."""
    for paragraph in paragraphs:
        paragraph.paragraph_format.keep_with_next = True


def _recipients(left: Any, paper: Paper) -> None:
    if not paper.recipients:
        return
    _write(left, "Nơi nhận:", 12, bold=True, italic=True, align=ALIGN.LEFT)
    for place, recipient in enumerate(paper.recipients, start=1):
        _write(left, f"- {recipient}{'.' if place == len(paper.recipients) else ';'}", LIST, align=ALIGN.LEFT)


def _sign_beside(document: Any, pair: Sequence[Signature]) -> None:
    """Two who sign beside each other: the names in a row of their own, so that they are level where an office wraps."""
    offices = _columns(document, FOOT)
    names = document.tables[-1].add_row().cells
    for office, name, one in zip(offices, names, pair, strict=True):
        _office(office, one)
        _write(name, one.name, BODY, bold=True)
        name.width = office.width
        _keep((*office.paragraphs, *name.paragraphs))
    _whole(offices[0])


def _sign(cell: Any, signature: Signature) -> None:
    """An office, and the name under it."""
    _office(cell, signature)
    _write(cell, signature.name, BODY, bold=True)


def _office(cell: Any, signature: Signature) -> None:
    """The lines of an office, and room for the signature and the seal."""
    for line in signature.lines:
        _write(cell, line, BODY, bold=True)
    for _empty in range(SIGNING):
        _write(cell, "", BODY)


def _whole(cell: Any) -> None:
    """Keep the row of a cell on one page."""
    cell._tc.getparent().get_or_add_trPr().append(OxmlElement("w:cantSplit"))
