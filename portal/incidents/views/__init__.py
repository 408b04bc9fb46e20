"""The pages of observations, incidents, tips, tip boxes and disputes."""

from flask import Blueprint

from portal.books import pages
from portal.incidents.books import BOOKS, INCIDENTS, TIP_BOXES
from portal.incidents.views import boxes, incidents, observations


def blueprints() -> tuple[Blueprint, ...]:
    books = {book.name: pages(book) for book in BOOKS}
    incidents.more(books[INCIDENTS.name])
    boxes.more(books[TIP_BOXES.name])
    return (observations.bp, *books.values())
