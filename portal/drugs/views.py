"""The pages of the books about drugs, and the minutes of a test."""

from typing import Any

from flask import Blueprint, redirect, url_for

from portal.books import pages
from portal.books.views import shown
from portal.documents.views import word
from portal.drugs import minutes as writing
from portal.drugs.books import BOOKS, TESTS
from portal.drugs.models import DrugTest
from portal.engine import notice
from portal.engine.access import opens
from portal.engine.deeds import attempt
from portal.engine.forms import EditForm
from portal.engine.text import _

BLUEPRINTS = {book.name: pages(book) for book in BOOKS}
tests: Blueprint = BLUEPRINTS[TESTS.name]


@tests.get("/<int:id>/minutes.docx")
@opens(DrugTest, to="read", told_as="print")
def minutes(test: DrugTest) -> Any:
    """The minutes to print and sign; what is filled in by hand stays blank."""
    return word.sent(writing.written(test, writing.unit_of(test), writing.entry_of(test)), f"BB-{test.number}")


@tests.post("/<int:id>/minutes")
@opens(DrugTest, to="edit", form=EditForm)
def enter_minutes(test: DrugTest) -> Any:
    """Enter the minutes in the register of the police, where their signed page is kept."""
    tried = attempt(EditForm(), lambda: writing.enter(test), test)
    if not tried.done:
        return shown(TESTS, test, refused=tried.refused), tried.status
    notice.done(_("The minutes stand in the register; they wait for their signatures."))
    return redirect(url_for(".show", id=test.id))


__all__ = ["BLUEPRINTS"]
