"""The story of a case: what happened on one day stands in the order in which it happened, the latest first."""

import re

from portal.cases.actions import assign_officer, record_contact
from portal.cases.models import Assignment, Case, ContactKind
from portal.engine import clock
from portal.engine.db import db
from portal.engine.transaction import transaction
from tests.builders import a_case
from tests.conftest import TODAY


def at(hour, actor, deed):
    """Let somebody do something at an hour of today."""
    with clock.telling(clock.moment(TODAY, hour)), transaction(actor):
        return deed()


def titles(page):
    return re.findall(r"Officer in charge: [^<]*|Officer in charge until[^<]*|Visit[^<]*|Case closed", page)


def test_an_officer_who_accepts_stands_above_what_was_done_since_they_were_asked(commune, browse_as):
    case = a_case(commune)
    asked = at(9, commune.chief, lambda: assign_officer(db.session.get_one(Case, case.id), commune.officer2).id)
    at(
        10,
        commune.officer,
        lambda: record_contact(db.session.get_one(Case, case.id), ContactKind.VISIT, TODAY, "Ở nhà"),
    )

    def accept():
        request = db.session.get_one(Assignment, asked)
        request.workflow.take("accept", request, commune.officer2)

    at(11, commune.officer2, accept)
    story = titles(browse_as(commune.chief).get(f"/cases/{case.id}?story=all").text)
    accepted = next(place for place, one in enumerate(story) if commune.officer2.full_name in one)
    assert accepted < next(place for place, one in enumerate(story) if one.startswith("Visit"))


def test_the_closing_of_a_case_stands_above_what_was_done_before_it_on_the_same_day(commune, browse_as):
    case = a_case(commune)
    at(9, commune.officer, lambda: record_contact(db.session.get_one(Case, case.id), ContactKind.VISIT, TODAY, "Ở nhà"))

    def close():
        ended = db.session.get_one(Case, case.id)
        ended.state, ended.closed_on = "closed", TODAY

    at(10, commune.chief, close)
    story = titles(browse_as(commune.chief).get(f"/cases/{case.id}?story=all").text)
    assert story.index("Case closed") < next(place for place, one in enumerate(story) if one.startswith("Visit"))
