"""What was recorded before a file came from another commune counts for warnings, reviews and revocations after it."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from portal.cases import conduct
from portal.cases.actions.breaches import conclude_review
from portal.cases.models import Came, CaseType
from portal.duties.models import Duty
from portal.engine import clock
from portal.engine.db import db
from portal.engine.transaction import transaction
from tests.builders import a_case
from tests.cases.test_after_a_breach import a_breach, a_review, a_warning, press
from tests.conftest import TODAY
from tests.proposals.test_revocations import a_revocation, against, warned

WEEK = timedelta(days=7)


def moved_here(commune, before):
    """The file of the same sentence in the commune to which it was handed over."""
    with transaction(None):
        before.state = "closed"
    return a_case(commune, type=before.type, origin_id=before.id)


def duty(case, rule):
    db.session.expire_all()
    return db.session.scalars(select(Duty).where(Duty.rule == rule, Duty.case_id == case.id)).first()


@pytest.fixture
def before(neighbour):
    return a_case(neighbour, type=CaseType.CONDITIONAL_RELEASE)


def test_a_second_breach_here_calls_for_what_the_law_says_of_the_second(commune, neighbour, before):
    a_breach(neighbour, before, TODAY - 4 * WEEK)
    case = moved_here(commune, before)
    assert conduct.so_far(case).deliberate == 1
    assert duty(case, "CANCEL") is None
    a_breach(commune, case, TODAY - WEEK)
    assert conduct.so_far(case).deliberate == 2
    assert duty(case, "CANCEL").open
    assert against(a_revocation(commune, case, "parole_revocation")) == ""


def test_a_warning_of_before_makes_the_next_breach_a_ground_for_a_review(commune, neighbour):
    before = a_case(neighbour)
    warned(neighbour, before, a_breach(neighbour, before, TODAY - 4 * WEEK), TODAY - 3 * WEEK)
    case = moved_here(commune, before)
    assert conduct.review_ground(case, clock.today()) is None
    a_breach(commune, case, TODAY - WEEK)
    assert conduct.review_ground(case, clock.today()).rule == "SS-REVIEW-TRIGGER"
    assert duty(case, "SS-REVIEW-DEADLINE") or duty(case, "REVIEW").open


def test_a_review_that_was_held_before_answers_what_came_before_it(commune, neighbour, before):
    a_breach(neighbour, before, TODAY - 4 * WEEK)
    meeting = a_review(neighbour, before)
    with transaction(neighbour.officer):
        conclude_review(meeting, neighbour.officer, TODAY, Came.YES, attendees="Chủ trì", conclusion="Phê bình")
    case = moved_here(commune, before)
    assert (conduct.calls(case), conduct.so_far(case).reviews) == ([], 1)


def test_without_a_file_of_before_nothing_is_inherited_and_nothing_is_shown_of_it(
    commune, neighbour, before, browse_as
):
    breach = a_breach(neighbour, before, TODAY - 4 * WEEK)
    assert conduct.so_far(a_case(commune, type=CaseType.CONDITIONAL_RELEASE)).breaches == 0
    case = moved_here(commune, before)
    assert conduct.so_far(case).breaches == 1
    assert f"/violations/{breach.id}" not in browse_as(commune.officer).get(f"/cases/{case.id}").text


def test_the_commune_to_which_a_file_came_warns_because_of_a_breach_from_before(commune, neighbour, before, browse_as):
    breach = a_breach(neighbour, before, TODAY - 4 * WEEK)
    case = moved_here(commune, before)
    officer = browse_as(commune.officer)
    assert f'href="/cases/{case.id}/warning"' in officer.get(f"/cases/{case.id}").text
    assert f'value="{breach.id}"' in officer.get(f"/cases/{case.id}/warning").text
    warning = a_warning(commune, case, breach, browse_as)
    assert (warning.case_id, warning.state) == (case.id, "given")
    assert duty(case, "REVIEW") or duty(case, "PAR-REVIEW")
    assert f"/written-warnings/{warning.id}" in officer.get(f"/cases/{case.id}?story=all").text
    assert f'href="/cases/{case.id}/warning"' not in officer.get(f"/cases/{case.id}").text
    again = press(
        officer, f"/cases/{case.id}/warning", f"/cases/{case.id}/warning", violation_id=breach.id,
        written_on=f"{TODAY:%d/%m/%Y}", text="Trình diện đúng hạn",
    )  # fmt: skip
    assert again.status_code == 422
