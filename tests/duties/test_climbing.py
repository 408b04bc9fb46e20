"""What nobody looked at is told to the next in line: officer, chief, chair; each once."""

from datetime import date

import pytest

from portal.duties.climbing import next_in_line
from portal.duties.models import DutyRoster
from portal.engine.db import db
from portal.engine.transaction import transaction
from tests.builders import a_case
from tests.conftest import TODAY
from tests.duties.reminding import a_matter, at, digests, job, unread

WEDNESDAY, FRIDAY, MONDAY = date(2026, 11, 25), date(2026, 11, 27), date(2026, 11, 30)


@pytest.mark.both_engines
def test_a_digest_that_an_officer_has_not_looked_at_for_two_working_days_is_told_to_the_chief_once(app, commune):
    a_case(commune)
    job(app, WEDNESDAY)
    job(app, date(2026, 11, 26))
    assert unread(commune.chief, "DIGEST-UNSEEN") == []
    job(app, FRIDAY, 6)
    assert unread(commune.chief, "DIGEST-UNSEEN") == []
    assert "2 matters told" in job(app, FRIDAY)  # and the chief's own to the chair
    (line,) = unread(commune.chief, "DIGEST-UNSEEN")
    assert line.values == {"name": commune.officer.full_name, "day": "25/11/2026"}
    job(app, FRIDAY, 12)
    job(app, MONDAY)
    assert [one.values["name"] for one in unread(commune.chief, "DIGEST-UNSEEN")] == [commune.officer.full_name]


def test_days_off_are_no_working_days(app, commune):
    a_case(commune)
    job(app, TODAY)  # a Monday; Tuesday is a day off, so that Thursday is the second working day after it
    job(app, WEDNESDAY)
    job(app, date(2026, 11, 26), 6)
    assert unread(commune.chief, "DIGEST-UNSEEN") == []
    job(app, date(2026, 11, 26), 8)
    assert len(unread(commune.chief, "DIGEST-UNSEEN")) == 1


def test_whoever_was_in_the_portal_has_looked(app, commune, browse_as):
    a_case(commune)
    job(app, WEDNESDAY)
    with at(WEDNESDAY, 14):
        browse_as(commune.officer).get("/calendar")
    job(app, FRIDAY)
    assert unread(commune.chief, "DIGEST-UNSEEN") == []
    job(app, MONDAY)
    job(app, date(2026, 12, 1))
    assert len(unread(commune.chief, "DIGEST-UNSEEN")) == 1  # of Friday's


def test_what_the_chief_has_not_looked_at_is_told_to_the_chair_and_the_chairs_to_nobody(app, commune):
    a_case(commune, received_on=date(2026, 3, 3), starts_on=date(2026, 2, 10))  # long overdue: it has climbed
    for day in (WEDNESDAY, date(2026, 11, 26), FRIDAY):
        job(app, day)
    assert digests(commune.chief)
    assert digests(commune.leader)
    assert [one.values["name"] for one in unread(commune.leader, "DIGEST-UNSEEN")] == [commune.chief.full_name]


def test_what_has_hours_and_was_not_opened_for_four_is_told_to_the_chief_then_to_the_chair(app, commune):
    a_matter(commune, commune.officer)  # at eight
    job(app, TODAY, 11, 59)
    assert unread(commune.chief, "HOURS-UNSEEN") == []
    job(app, TODAY, 12)
    job(app, TODAY, 12, 10)
    (line,) = unread(commune.chief, "HOURS-UNSEEN")
    assert line.values == {"number": "VV-2026-001", "names": commune.officer.full_name}
    assert unread(commune.leader, "HOURS-UNSEEN") == []
    job(app, TODAY, 16, 30)
    assert len(unread(commune.leader, "HOURS-UNSEEN")) == 1
    job(app, TODAY, 21)
    assert [len(unread(who, "HOURS-UNSEEN")) for who in (commune.chief, commune.leader)] == [1, 1]


def test_what_somebody_opened_climbs_no_more_and_leads_to_what_it_is_about(app, commune, browse_as):
    case = a_case(commune)
    about = {"subject_type": "case", "subject_id": case.id, "case_id": case.id, "values": {}}
    duty = a_matter(commune, commune.officer, rule="COM-PLAN", key="by-hours", **about)
    (line,) = unread(commune.officer, "DUTY-BY-HOURS")
    assert line.values["number"] == case.number
    officer = browse_as(commune.officer)
    answer = officer.post(f"/notices/{line.id}/open")
    assert answer.headers["Location"] == f"/duties/{duty.id}"
    assert officer.get(f"/duties/{duty.id}").status_code == 302
    job(app, TODAY, 13)
    assert unread(commune.chief, "HOURS-UNSEEN") == []


def test_four_hours_begin_when_somebody_can_be_told(app, commune):
    with at(TODAY, 22):
        a_matter(commune, commune.officer)
    day = date(2026, 11, 24)
    job(app, day, 9, 50)
    assert unread(commune.chief, "HOURS-UNSEEN") == []
    job(app, day, 10)
    assert len(unread(commune.chief, "HOURS-UNSEEN")) == 1


def test_whoever_is_on_call_is_told_at_night_and_their_hours_begin_then(app, commune):
    with transaction(commune.chief):
        db.session.add(
            DutyRoster(commune_id=commune.id, on=TODAY, unit_id=commune.place("CA").id, user_id=commune.officer.id,
                       from_hour=7)
        )  # fmt: skip
    with at(TODAY, 22):
        a_matter(commune, owner_unit_id=commune.place("CA").id, owner_role="police_chief", on_call=True)
    job(app, date(2026, 11, 24), 2)
    assert len(unread(commune.chief, "HOURS-UNSEEN")) == 1


@pytest.mark.parametrize(
    ("who", "above"),
    [
        ("officer", ["chief"]), ("chief", ["leader"]), ("leader", []), ("village_head", ["chief"]),
        ("border", ["leader"]), ("clerk", ["leader"]),
    ],
)  # fmt: skip
def test_the_line_is_officer_chief_chair(commune, who, above):
    found = next_in_line([getattr(commune, who)])
    assert [user.username for user in found] == [f"by.{name}" for name in above]


def test_where_nobody_is_chief_the_chair_is_next(commune):
    with transaction(None):
        for grant in commune.chief.grants:
            grant.valid_to = date(2026, 11, 1)
    assert next_in_line([commune.officer]) == [commune.leader]
