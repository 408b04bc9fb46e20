"""The history of an entry says what was done to it, and nothing else."""

import re
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
from tests.drugs.stories import listed
from tests.offline.test_neighbours import statements


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


def test_what_is_offered_no_more_keeps_its_name_in_the_history(commune, browse_as):
    """A reviewer who left service, and a village that was merged."""
    names = [commune.officer.full_name, commune.chief.full_name]
    places = [commune.place("BPH"), commune.place("NHA")]
    entry = listed(commune, reviewer_id=commune.officer.id, village_id=places[0].id)
    mended(commune, entry, reviewer_id=commune.chief.id, village_id=places[1].id)
    with transaction(commune.chief):
        for grant in commune.officer.grants:
            grant.valid_to = date(2024, 9, 1)
        for code in ("BPH", "NHA"):
            commune.place(code).valid_to = date(2024, 9, 1)
    page = browse_as(commune.chief).get(f"/drug-reviews/{entry.id}").text
    assert f"Who reviews it from “{names[0]}” to “{names[1]}”" in page
    assert f"Village from “{places[0].title}” to “{places[1].title}”" in page
    assert "taken out" not in page


def mended(commune, entry, **facts):
    with transaction(commune.officer):
        actions.mend(db.session.get_one(type(entry), entry.id), facts, commune.officer)


def test_a_long_history_is_cut_and_says_so(commune, browse_as, monkeypatch):
    monkeypatch.setattr("portal.books.history.SHOWN", 3)
    entry, officer = listed(commune), browse_as(commune.officer)
    for day in (6, 7):
        mended(commune, entry, listed_on=date(2024, 8, day))
    assert "Show the whole history" not in officer.get(f"/drug-reviews/{entry.id}").text
    mended(commune, entry, listed_on=date(2024, 8, 8))
    page = officer.get(f"/drug-reviews/{entry.id}").text
    assert "wrote it down" not in page
    whole = officer.get(re.search(r'href="([^"]*history=all)[^"]*">Show the whole history', page)[1]).text
    assert "wrote it down" in whole
    assert "Show the whole history" not in whole


def test_a_longer_history_asks_the_database_no_more(app, commune, browse_as):
    entry, officer = listed(commune, reviewer_id=commune.officer.id), browse_as(commune.officer)
    page = lambda: officer.get(f"/drug-reviews/{entry.id}")  # noqa: E731
    mended(commune, entry, reviewer_id=commune.chief.id)
    page()
    few = statements(app, page)
    for number in range(6):
        mended(commune, entry, reviewer_id=(commune.officer, commune.chief)[number % 2].id)
    assert statements(app, page) == few
