"""Footnotes of a Word file: a part of its own, which the library that draws papers does not know.

Word wants two notes that are none, the line over the notes and that over their continuation, and that the settings name
them; without these it offers to repair the file (ECMA-376, part 1, 17.11).
"""

from typing import Any

from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.oxml import serialize_part_xml
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt

SIZE = 10  # points
SEPARATORS = (("-1", "separator"), ("0", "continuationSeparator"))
AFTER_NOTES = ("w:endnotePr", "w:compat", "w:docVars", "w:rsids", "w:themeFontLang", "w:clrSchemeMapping",
               "w:decimalSymbol", "w:listSeparator")  # fmt: skip


class Notes:
    """The footnotes of one document, in the order in which its text calls them."""

    def __init__(self, document: Any) -> None:
        self.document = document
        self.texts: list[str] = []
        self.raised: Any = None  # how the number of a note stands, in the text and before the note

    def call(self, paragraph: Any, text: str) -> None:
        """Put the number of a new note at the end of a paragraph as far as it is written."""
        if not self.texts:
            self.raised = _style(self.document)
        self.texts.append(text)
        run = paragraph.add_run(style=self.raised)
        reference = OxmlElement("w:footnoteReference")
        reference.set(qn("w:id"), str(len(self.texts)))
        run._r.append(reference)

    def keep(self) -> None:
        """Add the part with the notes to the document, if there are any."""
        if not self.texts:
            return
        root = OxmlElement("w:footnotes")
        for number, kind in SEPARATORS:
            root.append(_separator(number, kind))
        for place, text in enumerate(self.texts, start=1):
            root.append(_note(str(place), text, self.raised.style_id))
        content = serialize_part_xml(root)
        package = self.document.part.package
        part = Part(PackURI("/word/footnotes.xml"), CONTENT_TYPE.WML_FOOTNOTES, content, package)
        self.document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
        self._name_separators()

    def _name_separators(self) -> None:
        settings = self.document.settings.element
        told = OxmlElement("w:footnotePr")
        for number, _kind in SEPARATORS:
            named = OxmlElement("w:footnote")
            named.set(qn("w:id"), number)
            told.append(named)
        settings.insert_element_before(told, *AFTER_NOTES)


def _style(document: Any) -> Any:
    """The style by which programs know such a number."""
    style = document.styles.add_style("footnote reference", WD_STYLE_TYPE.CHARACTER)
    style.font.superscript = True
    return style


def _separator(number: str, kind: str) -> Any:
    note = OxmlElement("w:footnote")
    note.set(qn("w:type"), kind)
    note.set(qn("w:id"), number)
    paragraph, run = OxmlElement("w:p"), OxmlElement("w:r")
    run.append(OxmlElement(f"w:{kind}"))
    paragraph.append(run)
    note.append(paragraph)
    return note


def _note(number: str, text: str, style_id: str) -> Any:
    """Its number, raised, and its words, justified and a little smaller than the text."""
    note = OxmlElement("w:footnote")
    note.set(qn("w:id"), number)
    paragraph = OxmlElement("w:p")
    paragraph.get_or_add_pPr().jc_val = 3  # both sides
    note.append(paragraph)
    mark = paragraph.add_r()
    mark.style = style_id
    mark.append(OxmlElement("w:footnoteRef"))
    words = paragraph.add_r()
    words.text = f" {text}"
    for run in (mark, words):
        run.get_or_add_rPr().sz_val = Pt(SIZE)
    return note
