"""The chief's work list: who of the review list was not called in, and whose review ends."""

from datetime import date, timedelta

from portal.books import actions
from portal.drugs.models import DrugReviewEntry
from portal.engine import clock
from portal.engine.db import db
from portal.engine.transaction import transaction
from tests.conftest import TODAY
from tests.drugs.stories import a_test, listed


def test_who_was_not_called_in_stands_on_the_home_of_the_chief_until_a_test_has_a_result(commune, browse_as):
    listed_on = TODAY - timedelta(days=25)
    entry = listed(commune, on=listed_on)
    chief = browse_as(commune.chief)
    told = f"{entry.number}: call the person in for a test"
    assert told in chief.get("/").text
    assert told not in browse_as(commune.officer).get("/").text
    assert entry.person.full_name not in chief.get("/").text
    a_test(commune, entry.person, on=TODAY - timedelta(days=1))
    assert told not in chief.get("/").text


def test_when_the_review_ends_the_chief_decides_whether_the_person_stays_on_the_list(commune, browse_as):
    entry = listed(commune, on=date(2026, 6, 1), review_until=TODAY + timedelta(days=3))
    told = f"{entry.number}: the review has ended: keep on the list or take off?"
    chief = browse_as(commune.chief)
    assert told in chief.get("/").text
    with transaction(commune.officer):
        entry = db.session.get_one(DrugReviewEntry, entry.id)
        off = {"removed_on": clock.today(), "removal_reason": "Xét nghiệm âm tính"}
        actions.mend(entry, off, commune.officer)
    assert told not in chief.get("/").text
