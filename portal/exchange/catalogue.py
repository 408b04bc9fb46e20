"""Which sheets the workbook has, and which of them somebody may bring in or take along."""

from flask import current_app

from portal.engine.access import Actor, holds
from portal.exchange.books import sheets_of
from portal.exchange.kinds import cases, observations, people
from portal.exchange.sheet import Sheet
from portal.organisation.models import Role


def all_sheets() -> list[Sheet]:
    """Every sheet, in the order in which they refer to one another."""
    books = [book for area in current_app.extensions["areas"] for book in area.books]
    by_table = {str(book.record.__tablename__): book for book in books}
    return [*people.sheets(), *sheets_of(books), *observations.sheets(by_table), *cases.sheets(by_table)]


def sheets_for(user: Actor, right: str) -> list[Sheet]:
    """Those of which the user's role has the right (`create` or `export`); sealed ones for the chief alone."""
    chief = user.acting is not None and user.acting.role == Role.POLICE_CHIEF
    return [one for one in all_sheets() if holds(user, *one.right(right)) and (chief or not one.sealed)]
