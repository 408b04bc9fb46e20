"""A case lives its months from receipt to closing: at any day, whatever is open belongs to somebody who can do it."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from portal.cases.actions import assign_officer, record_assessment, record_check_in, record_roll_call
from portal.cases.models import CaseType, ClosingReason, Rating
from portal.duties.daily import renew_all
from portal.duties.models import Duty
from portal.duties.queries import still_open
from portal.engine import clock
from portal.engine.db import db
from portal.engine.transaction import transaction
from portal.proposals import actions as proposals
from tests.builders import a_case
from tests.cases.ends import all_left, end_checked
from tests.duties.owing import nobodys

FIRST, LAST = date(2026, 9, 1), date(2027, 3, 10)


def live(commune, case, day):
    """What officer and chief do on a day: on time, except that November is forgotten."""
    if day == FIRST + timedelta(days=1):
        with transaction(commune.chief):
            asked = assign_officer(case, commune.officer)
        with transaction(commune.officer):
            asked.workflow.take("accept", asked, commune.officer)
    if day.day == 4 and day.month != 11 and day > FIRST + timedelta(days=5):
        with transaction(commune.officer):
            record_check_in(case, day, day)
            record_roll_call(case, day, day, present=True)
    if day.day == 5 and day.month != 12 and day > FIRST + timedelta(days=5):
        with transaction(commune.officer):
            month = (day.replace(day=1) - timedelta(days=1)).replace(day=1)
            record_assessment(case, month, day, Rating.FAIR, "Chấp hành tốt")


def certify(commune, case):
    end_checked(commune, case)
    all_left(commune, case)
    with transaction(commune.officer):
        proposal = proposals.propose_completion(case, LAST, ClosingReason.COMPLETED, "Đã chấp hành xong")
    with transaction(commune.officer):
        proposal.workflow.take("submit", proposal, commune.officer)
    with transaction(commune.chief):
        proposal.workflow.take("approve", proposal, commune.chief)


def open_of(case):
    found = select(Duty.rule, Duty.key).where(Duty.case_id == case.id, still_open())
    return {f"{rule} {key}".strip() for rule, key in db.session.execute(found)}


def test_over_its_months_a_case_never_owes_what_nobody_can_do_and_nothing_but_a_paper_once_it_is_closed(commune):
    with clock.telling(clock.moment(FIRST)):
        case = a_case(
            commune, officer=None, received_on=FIRST, starts_on=date(2026, 3, 10), term_months=12, prison_months=6
        )
    day, seen = FIRST, {}
    while day <= LAST:
        with clock.telling(clock.moment(day)):
            renew_all()
            live(commune, case, day)
            if day == LAST:
                certify(commune, case)
            assert nobodys() == [], day
            seen[day] = open_of(case)
        day += timedelta(days=1)
    assert "COM-ASSIGN-OFFICER" in seen[FIRST]
    assert "COM-ASSIGN-OFFICER" not in seen[FIRST + timedelta(days=1)]
    assert "COM-SELF-REPORT 2026-10" in seen[date(2026, 10, 3)]
    assert "COM-SELF-REPORT 2026-10" not in seen[date(2026, 10, 4)]
    assert "COM-SELF-REPORT 2026-11" in seen[date(2027, 3, 9)]  # forgotten in November, and still missing
    assert "COM-SELF-REPORT 2027-03" in seen[date(2027, 2, 1)]
    assert not [one for one in seen[date(2027, 2, 1)] if one.endswith("2027-04")]  # nothing after the end
    assert "CERTIFICATE" in seen[date(2027, 3, 9)]
    assert seen[LAST] == {"SIGNED-PAGE"}  # of the certificate: a paper is still to be registered


@pytest.mark.parametrize("type", list(CaseType))
def test_whatever_the_type_each_open_duty_has_an_owner_who_can_do_it(commune, type):
    case = a_case(commune, type=type, received_on=date(2026, 11, 6), starts_on=date(2026, 10, 20), term_months=12)
    for day in (date(2026, 11, 23), date(2027, 1, 4), date(2027, 10, 12), date(2027, 11, 5)):
        with clock.telling(clock.moment(day)):
            renew_all()
            assert nobodys() == []
            assert case.officer is commune.officer


def test_all_that_is_done_by_hand_can_be_done_by_its_owner(commune, browse_as):
    case = a_case(commune, received_on=date(2026, 11, 6), starts_on=date(2026, 10, 20), helper="helper")
    for duty in db.session.scalars(select(Duty).where(Duty.case_id == case.id, Duty.rule == "COM-RECEPTION-REPORT")):
        page = browse_as(commune.officer).post(
            f"/duties/{duty.id}/finish", data={"on": "20/11/2026", "note": "Báo cáo số 5", "version": duty.version}
        )
        assert page.status_code == 302
        db.session.refresh(duty)
        assert (duty.done_on, duty.done_by_id) == (date(2026, 11, 20), commune.officer.id)
