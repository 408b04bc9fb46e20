"""The history of an entry says what was done to it, and nothing else."""

from datetime import date, datetime

import pytest

from portal.books import actions
from portal.engine.audit import time_told, value_of
from portal.engine.clock import VIETNAM
from portal.engine.db import db
from portal.engine.forms import Line
from portal.engine.transaction import transaction
from tests.books.samples import Sample, kept
from tests.books.test_every_book import browser_of, each


def page_of(browse_as, commune, sample: Sample, entry):
    db.session.expire_all()
    page = browser_of(browse_as, commune, sample).get(f"/{sample.name.replace('_', '-')}/{entry.id}")
    assert page.status_code == 200
    return page.text


def a_line_of(app, sample: Sample) -> str:
    """A text of one line that its history tells openly."""
    record = sample.book.record
    with app.test_request_context():
        names = [one.name for one in sample.book.form() if type(one) is Line]
    closed = {*record.sensitive, *record.beside}
    return next((name for name in names if name in record.__mapper__.columns and name not in closed), "")


@pytest.mark.parametrize("text", ["29B1-12345", "5/QĐ-BCHQS", "2026-W01-1", "2026-13-45"])
@each
def test_a_text_that_looks_like_a_day_is_told_as_it_was_typed(app, commune, browse_as, sample, text):
    if not (name := a_line_of(app, sample)):
        return
    with transaction(commune.officer):
        entry = kept(sample, commune)
    with transaction(commune.officer):
        actions.mend(db.session.get_one(type(entry), entry.id), {name: text}, None)
    assert f"“{text}”" in page_of(browse_as, commune, sample, entry)


@pytest.mark.parametrize("value", [date(2026, 11, 26), datetime(2026, 11, 26, 23, 5, 1, 7, VIETNAM)])
def test_what_the_trail_keeps_of_a_day_or_moment_is_read_back(value):
    assert time_told(value_of("held_on", value, frozenset())) == value


@pytest.mark.parametrize(
    "text", ["29B1-12345", "2026-W01-1", "2026-02-30", "2026-11-26 ", "2026-11-26Trưa", "²026-11-26"]
)
def test_a_text_that_is_no_day_is_not_read_as_one(text):
    assert time_told(text) is None
