"""The book of figures that somebody typed, since no record gives them."""

from portal.books import Book, Column, Words
from portal.books.forms import amount_in_words
from portal.engine.presentation import day
from portal.engine.text import _l
from portal.reports.forms import ManualFigureForm
from portal.reports.models import ManualFigure

TYPED = Book(
    name="typed", record=ManualFigure, icon="edit", form=ManualFigureForm,
    words=Words(
        _l("Figures typed by hand"), _l("Typed figure"), _l("Type a figure"), _l("No figure was typed."),
        _l("What the records give is never typed. This is for what they cannot give."),
        _l("Figures that no record gives, each with where it comes from. In reports they are marked as typed."),
    ),
    columns=(
        Column(_l("Figure"), lambda one: one.label, 40),
        Column(_l("Value"), lambda one: amount_in_words(one.value), 14),
        Column(_l("Unit of measure"), lambda one: one.unit, 14),
        Column(_l("Period"), lambda one: f"{day(one.first)} – {day(one.last)}", 24),
        Column(_l("Name in texts"), lambda one: f"{{{one.name}}}", 30),
        Column(_l("Where it comes from"), lambda one: one.evidence, 50),
    ),
    called=lambda one: one.label,
)  # fmt: skip
BOOKS = (TYPED,)
