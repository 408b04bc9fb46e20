"""A printed list as a page: its rows, and the code that leads back to it."""

from collections.abc import Sequence

from flask import url_for
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from portal.engine.db import db
from portal.households.models import PrintedList, PrintedRow


def rows(printed: PrintedList) -> Sequence[PrintedRow]:
    asked = select(PrintedRow).where(PrintedRow.printed_id == printed.id).options(joinedload(PrintedRow.household))
    return db.session.scalars(asked.order_by(PrintedRow.row)).all()


def code(printed: PrintedList) -> str:
    """The address under which the rows are typed back."""
    return url_for("campaigns.type_back", id=printed.id, _external=True)
