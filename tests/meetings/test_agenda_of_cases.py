"""What the agenda says of cases: reviews to be held one by one and restricted, all else as numbers without a name."""

from datetime import date, timedelta

from portal.cases.actions import ending
from portal.cases.actions.custody import record_custody
from portal.cases.models import CustodyKind, HoldGround, ReviewMeeting
from portal.engine.db import db
from portal.engine.transaction import transaction
from portal.engine.voiding import void
from portal.meetings import actions
from tests.builders import a_case
from tests.conftest import TODAY
from tests.meetings.meeting import a_meeting
from tests.proposals.ways import a_proposal, step

NAME = "Nguyễn Công Trứng"
CUSTODY, HELD = "People in custody", "Certificates that are held back"
ENDS, ASKED = "Terms that end within a month", "Shortenings on their way to the decision"


def numbers(meeting):
    return {figure.label: figure.value for item in meeting.items for figure in item.figures}


def again(commune, meeting):
    with transaction(commune.clerk):
        actions.compile_agenda(meeting)
    return meeting


def a_review(commune, case, **more):
    facts = {"paper_on": TODAY, "planned_on": TODAY + timedelta(days=4), "location": "Nhà văn hóa",
             "organiser": "police_chief", **more}  # fmt: skip
    with transaction(commune.chief):
        review = ReviewMeeting(case=case, commune_id=case.commune_id, **facts)
        db.session.add(review)
    return review


def test_a_review_that_is_planned_is_an_item_of_its_own_restricted_and_without_a_name(commune):
    case = a_case(commune)
    review = a_review(commune, case, hold_by=TODAY + timedelta(days=5))
    meeting = a_meeting(commune)
    item = next(one for one in meeting.items if one.source_id == "cases.reviews")
    assert (item.restricted, item.subject_type, item.subject_id) == (True, "case", case.id)
    assert case.number in item.title
    assert "27/11/2026" in item.text
    assert "28/11/2026" in item.text
    assert NAME not in f"{item.title} {item.text}"
    with transaction(commune.officer):
        void(review, "Nhập nhầm")
    assert "cases.reviews" not in {one.source_id for one in again(commune, meeting).agenda}


def test_a_review_of_a_closed_case_or_of_the_neighbour_is_not_spoken_of(commune, neighbour):
    a_review(commune, a_case(commune, state="closed", closed_on=TODAY))
    a_review(neighbour, a_case(neighbour))
    assert "cases.reviews" not in {one.source_id for one in a_meeting(commune).items}


def test_what_is_under_way_is_told_as_numbers_and_what_is_none_is_left_out(commune):
    detained, charged, near = (a_case(commune, name) for name in ("A Tùng", "A Vinh", "Y Hạnh"))
    assert CUSTODY not in numbers(a_meeting(commune))
    with transaction(commune.officer):
        record_custody(detained, commune.officer, TODAY)
        record_custody(charged, commune.officer, TODAY, kind=CustodyKind.CHARGED)
        hold = ending.hold_certificate(near, HoldGround.PROSECUTED, TODAY, "Quyết định 7")
    meeting = a_meeting(commune, TODAY + timedelta(days=2))
    assert (numbers(meeting)[CUSTODY], numbers(meeting)[HELD]) == ("1", "1")
    with transaction(commune.officer):
        ending.end_hold(hold, TODAY, "Đã kết thúc")
    assert HELD not in numbers(again(commune, meeting))


def test_terms_that_end_until_the_next_meeting_are_counted_and_later_ones_are_not(commune):
    a_case(commune, "Y Hạnh", received_on=date(2025, 12, 3), starts_on=date(2025, 12, 1), term_months=12)
    a_case(commune, "A Bình")
    assert numbers(a_meeting(commune))[ENDS] == "1"


def test_a_shortening_that_waits_is_counted_and_what_it_asks_for_is_nowhere(commune):
    case = a_case(commune)
    proposal = a_proposal("shortening", case, commune.officer)
    assert ASKED not in numbers(a_meeting(commune))
    with transaction(commune.officer):
        proposal.state, proposal.submitted_on = "submitted", TODAY
    meeting = a_meeting(commune, TODAY + timedelta(days=2))
    assert numbers(meeting)[ASKED] == "1"
    assert not [one for one in meeting.items if NAME in f"{one.title} {one.text}"]
    step(proposal, "withdraw", commune.officer)
    assert ASKED not in numbers(again(commune, meeting))
