"""Entries made in error, and shortenings by the court."""

import re
from datetime import date

import pytest
from sqlalchemy import select

from portal.cases.actions import measures, recording
from portal.cases.actions.correcting import record_term_change
from portal.cases.indicators import INDICATORS
from portal.cases.models import Channel, ContactKind, MeasureKind, Rating, ViolationKind
from portal.duties.models import Duty
from portal.engine.db import db
from portal.engine.indicators import Period
from portal.engine.transaction import transaction
from portal.engine.voiding import void
from tests.builders import a_case

NOVEMBER = date(2026, 11, 1)
DAY = date(2026, 11, 3)


def entries(case, by):
    """One entry of each kind."""
    with transaction(by):
        found = {
            "check-ins": recording.record_check_in(case, NOVEMBER, DAY, Channel.IN_PERSON, "note"),
            "roll-calls": recording.record_roll_call(case, NOVEMBER, DAY, present=True),
            "contacts": recording.record_contact(case, ContactKind.VISIT, DAY, "said"),
            "assessments": recording.record_assessment(case, date(2026, 10, 1), DAY, Rating.GOOD, "fine"),
            "violations": recording.record_violation(case, ViolationKind.LAW, DAY, DAY, "breach"),
            "measures": measures.record_measure(case, MeasureKind.LOAN, DAY, "Hội Phụ nữ", 5_000_000),
            "term-changes": record_term_change(case, DAY, 3, "12/QĐ-TA"),
        }
        db.session.flush()
    return found


KINDS = ("check-ins", "roll-calls", "contacts", "assessments", "violations", "measures", "term-changes")


@pytest.mark.parametrize("kind", KINDS)
def test_an_entry_made_in_error_stays_in_the_story_with_its_reason(kind, commune, browse_as):
    case = a_case(commune)
    entry, officer = entries(case, commune.officer)[kind], browse_as(commune.officer)
    address = f"/{kind}/{entry.id}/void"
    assert f'href="{address}"' in officer.get(f"/cases/{case.id}?story=all").text
    assert officer.post(address, data={"version": entry.version, "reason": " "}).status_code == 422
    assert officer.post(address, data={"version": entry.version, "reason": "Nhầm người"}).status_code == 302
    story = officer.get(f"/cases/{case.id}?story=all").text
    assert "Entered in error: 23/11/2026, Nhầm người" in story
    assert f'href="{address}"' not in story
    again = officer.post(address, data={"version": entry.version, "reason": "Lần nữa"})
    assert again.status_code == 409
    assert "Lần nữa" in again.text


@pytest.mark.parametrize("who", ["officer2", "leader", "inspector", "helper"])
def test_nobody_marks_an_entry_as_made_in_error_but_the_owner_and_the_chief(who, commune, browse_as):
    case = a_case(commune, helper="helper")
    entry = entries(case, commune.officer)["check-ins"]
    answer = browse_as(getattr(commune, who)).post(
        f"/check-ins/{entry.id}/void", data={"version": entry.version, "reason": "x"}
    )
    assert answer.status_code in (403, 404)
    assert entry.voided_at is None


def test_what_was_entered_in_error_counts_nowhere(commune, browse_as):
    case, officer = a_case(commune), browse_as(commune.officer)
    before = figures(commune), str(case.ends_on), open_duties(case), days_to_report(officer, case)
    made = entries(case, commune.officer)
    with transaction(commune.chief):
        made["term-changes"].workflow.take("confirm", made["term-changes"], commune.chief)
    assert figures(commune) != before[0]
    shortening = made.pop("term-changes")
    with transaction(commune.officer):
        for entry in made.values():
            void(entry, "Nhầm")
        shortening.workflow.take("ask_back", shortening, commune.officer, "Nhầm")
    with transaction(commune.chief):
        shortening.workflow.take("take_back", shortening, commune.chief)
    db.session.expire_all()
    assert (figures(commune), str(case.ends_on), open_duties(case), days_to_report(officer, case)) == before


def figures(commune):
    period = Period(date(2026, 11, 1), date(2026, 11, 30), (commune.id,))
    return {one.id: one.value(period) for one in INDICATORS}


def open_duties(case):
    found = db.session.scalars(select(Duty).where(Duty.case_id == case.id))
    return sorted((one.rule, one.key) for one in found if one.open)


def days_to_report(officer, case):
    page = officer.get(f"/cases/{case.id}/check-in").text
    return re.findall(r'<option[^>]*value="(\d{4}-\d\d-01)"', page)


# ── shortenings ─────────────────────────────────────────────────────────────────────────────────────────────────────
CUT = {"decision_number": "12/2026/QĐ-TA", "decided_on": "20/11/2026", "months": "6"}


def test_the_new_last_day_and_what_the_law_has_against_a_cut_are_shown_before_anything_is_saved(commune, browse_as):
    case, officer = a_case(commune), browse_as(commune.officer)
    address = f"/cases/{case.id}/term-change"
    page = officer.post(address, data={**CUT, "only": "check"})
    assert page.status_code == 200
    assert "Last day then: 14/01/2028" in page.text
    assert "instead of 14/07/2028." in page.text
    assert "A shortening is possible from" in page.text
    part = officer.post(address, data={**CUT, "only": "check"}, headers={"X-Part": "checked"}).text
    assert "<html" not in part
    assert "Last day then: 14/01/2028" in part
    assert case.term_changes == []


def test_the_same_decision_is_not_recorded_twice(commune, browse_as):
    case, officer = a_case(commune), browse_as(commune.officer)
    officer.post(f"/cases/{case.id}/term-change", data=CUT)
    again = officer.post(f"/cases/{case.id}/term-change", data={**CUT, "months": "3"})
    assert again.status_code == 409
    assert "A shortening of that day is recorded already." in again.text
    assert 'value="3"' in again.text
    assert len(case.term_changes) == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"months": "0"},
        {"months": "x"},
        {"decided_on": "31/02/2026"},
        {"decided_on": "01/01/2027"},
        {"decision_number": ""},
    ],
)
def test_a_mistyped_shortening_is_told_at_its_field_and_nothing_is_saved(wrong, commune, browse_as):
    case = a_case(commune)
    page = browse_as(commune.officer).post(f"/cases/{case.id}/term-change", data={**CUT, **wrong})
    assert page.status_code == 422
    assert f'id="{next(iter(wrong))}-error"' in page.text
    assert case.term_changes == []
