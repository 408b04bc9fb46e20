"""The books of the commune police about drugs: who is reviewed, who was tested, who was fined."""

from collections.abc import Sequence
from typing import Any

from flask import url_for
from flask_login import current_user
from sqlalchemy import ColumnElement, and_

from portal.books import Book, Column, OfPerson, Words
from portal.documents.shown import entered
from portal.drugs.forms import FineForm, ReviewForm, TestForm
from portal.drugs.models import (
    CONTEXT_NAMES,
    DrugReviewEntry,
    DrugTest,
    FineDecision,
    TestResult,
)
from portal.drugs.queries import not_called_yet, of_the_same, on_the_list, without_fine
from portal.duties.presenter import hours_left
from portal.engine import clock
from portal.engine.access import holds, rights
from portal.engine.forms import EditForm
from portal.engine.listing import Chip
from portal.engine.offers import offers_at
from portal.engine.text import _, _l
from portal.people.presenter import called, is_named


def name_of(entry: OfPerson) -> str:
    return called(current_user, entry.person)


def _born(entry: OfPerson) -> str:
    """A year of birth is no amount."""
    return str(entry.person.born or "") if is_named(current_user, entry.person) else ""


def _village(entry: Any) -> str:
    return entry.village.title if entry.village else _("another commune")


def _review_ends() -> ColumnElement[bool]:
    return and_(on_the_list(), DrugReviewEntry.review_until <= clock.today())


def _told(entry: OfPerson) -> dict[str, Any]:
    """What else is written down of the same person, with the page of each."""
    further = [(book, one) for book in BOOKS for one in of_the_same(current_user, book.record, entry, book.on)]
    return {"further": [_further(book, one) for book, one in further]}


def _further(book: Book, entry: Any) -> tuple[Any, ...]:
    page = url_for(book.endpoint("show"), id=entry.id)
    return book.words.one, entry.number, getattr(entry, book.on.key), entry.standing, page


def _of_entry(entry: DrugReviewEntry) -> Sequence[tuple[str, str]]:
    if entry.voided_at or not holds(current_user, "create", DrugTest):
        return ()
    return ((_("Record a test"), url_for("drug_tests.new", person=entry.person_id)),)


def _of_test(test: DrugTest) -> Sequence[tuple[str, str]]:
    """What a test leads to: the fine, whatever other rooms offer at it, and its minutes."""
    if test.voided_at:
        return ()
    found = []
    if test.result == TestResult.POSITIVE and not test.fined and holds(current_user, "create", FineDecision):
        found.append((_("Record a fine"), url_for("drug_fines.new", test=test.id)))
    held = rights(current_user, test, ("edit",))
    found += [
        (offer.called(test), url_for(offer.endpoint, id=test.id, **offer.values))
        for offer in offers_at(DrugTest)
        if offer.right in held and offer.fits(test)
    ]
    return (*found, (_("Print the minutes"), url_for("drug_tests.minutes", id=test.id)))


def _told_of_test(test: DrugTest) -> dict[str, Any]:
    """Besides what is written of the person: until when the management is decided, and the minutes in the register."""
    due = test.to_decide if test.answered_on is None else None
    until = clock.at(due.due_at.date(), due.due_at.time()) if due and due.due_at else None
    return {
        **_told(test), "decide_by": until, "time_left": hours_left(until) if until else "", "of_test": True,
        "late": until is not None and until < clock.now(), "papers": entered(current_user, test),
        "minutes_form": EditForm(version=test.version),
    }  # fmt: skip


_PERSON, _BORN = Column(_l("Person"), name_of, 26), Column(_l("Born"), _born, 8)
_VILLAGE = Column(_l("Village"), _village, 20)

REVIEWS = Book(
    name="drug_reviews", record=DrugReviewEntry, icon="people", form=ReviewForm,
    words=Words(
        _l("Review list"), _l("Entry of the review list"), _l("Put somebody on the list"), _l("Nobody is on the list."),
        _l("People of whom it was reported that they use drugs are written down here before they are called in."),
        _l("For the commune police and whoever inspects them. Being on it is no finding, and nobody is told of it."),
    ),
    columns=(
        _PERSON, Column(_l("State"), lambda one: str(one.standing.label), 16), _BORN, _VILLAGE,
        Column(_l("Put on the list on"), lambda one: one.listed_on, 12),
        Column(_l("Review ends on"), lambda one: one.review_until, 12),
    ),
    called=name_of, standing=lambda one: one.standing, people=lambda one: one.person, template="drugs/show.html",
    more=_told,
    quick=("full_name", "village_id", "listed_on", "person_id"),
    needed=("source_kind", "reason", "reviewer_id", "review_until"), twice=("person_id", "listed_on"),
    chips=(
        Chip("listed", _l("On the list"), on_the_list),
        Chip("waiting", _l("Not called in yet"), not_called_yet, "todo"),
        Chip("ends", _l("Review has ended"), _review_ends, "overdue"), Chip("all", _l("All")),
    ),
    links=_of_entry,
)  # fmt: skip

TESTS = Book(
    name="drug_tests", record=DrugTest, icon="check", form=TestForm,
    words=Words(
        _l("Drug tests"), _l("Drug test"), _l("Record a test"), _l("No test is recorded."),
        _l("From the page of somebody on the review list a test is recorded without typing the name again."),
    ),
    columns=(
        _PERSON, Column(_l("Result"), lambda one: str(one.standing.label), 16), _BORN, _VILLAGE,
        Column(_l("Tested on"), lambda one: one.taken_on, 12),
        Column(_l("On what occasion"), lambda one: str(CONTEXT_NAMES[one.context]), 26),
    ),
    called=name_of, standing=lambda one: one.standing, people=lambda one: one.person, template="drugs/show.html",
    more=_told_of_test, twice=("person_id", "taken_on"),
    chips=(
        Chip("all", _l("All")),
        Chip("open", _l("Result not known yet"), lambda: DrugTest.result == TestResult.PENDING, "waiting"),
        Chip("positive", _l("Positive, without a fine"),
             lambda: and_(DrugTest.result == TestResult.POSITIVE, without_fine()), "todo"),
    ),
    links=_of_test,
)  # fmt: skip

FINES = Book(
    name="drug_fines", record=FineDecision, icon="law", form=FineForm,
    words=Words(
        _l("Fines"), _l("Decision on a fine"), _l("Record a fine"), _l("No fine is recorded."),
        _l("From the page of a positive test a fine is recorded without typing the name again."),
    ),
    columns=(
        _PERSON, Column(_l("State"), lambda one: str(one.standing.label), 16), _BORN,
        Column(_l("Number of the decision"), lambda one: one.paper_number, 18),
        Column(_l("Decided on"), lambda one: one.decided_on, 12),
        Column(_l("Amount, in đồng"), lambda one: one.amount_vnd, 16),
    ),
    called=name_of, standing=lambda one: one.standing, people=lambda one: one.person, template="drugs/show.html",
    more=_told, twice=("person_id", "decided_on"),
)  # fmt: skip

BOOKS = (REVIEWS, TESTS, FINES)
