"""What if: which days of a case would move, each with its reason, before anything is proposed; nothing is written."""

import re
from datetime import date

import pytest
from sqlalchemy import select

from portal.cases.actions import record_term_change, record_violation
from portal.cases.models import CaseType, ViolationKind
from portal.cases.presenters import what_if, what_if_away
from portal.cases.presenters.what_if_away import Away
from portal.engine.audit import AuditEvent
from portal.engine.db import db
from portal.engine.transaction import transaction
from portal.proposals.models import Proposal
from tests.builders import a_case, a_cut, an_absence

HALF = {"starts_on": date(2025, 11, 20), "received_on": date(2025, 12, 1), "judgment_on": date(2025, 11, 20)}
CUT = "what=cut&months=6&decided_on=10/12/2026"


def old_case(commune, **more):
    """A probation of 24 months, half of which was served on 20/11/2026."""
    return a_case(commune, **{**HALF, **more})


@pytest.fixture
def of_cut(app):
    """What a page would say of a cut."""

    def asked(*facts):
        with app.test_request_context():
            return what_if.of_cut(*facts)

    return asked


@pytest.fixture
def of_absence(app):
    def asked(*facts):
        with app.test_request_context():
            return what_if_away.of_absence(*facts)

    return asked


def words(text):
    return " ".join(re.sub(r"<[^>]+>", " ", text).split())


def row(page, title):
    """The cells of the row that begins with some words."""
    rows = re.findall(r'<tr><th scope="row">(.*?)</tr>', page.text, re.DOTALL)
    found = next(one for one in rows if words(one).startswith(title))
    return words(found)


def test_a_shortening_shows_each_day_that_would_move_before_and_after_with_reason_and_clause(commune, browse_as):
    case = old_case(commune)
    page = browse_as(commune.officer).get(f"/cases/{case.id}/what-if?{CUT}")
    assert page.status_code == 200
    last = row(page, "Last day of the probation")
    assert "20/11/2027" in last
    assert "20/05/2027" in last
    assert "184 days sooner" in last
    assert "from 20/11/2025" in last
    assert "24 months" in last
    assert "6 months cut" in last
    assert "Nghị quyết 02/2018" in last
    for title in ("Completion certificate", "Hand over the supervision file"):
        assert "days sooner" in row(page, title)
    assert "The law has nothing against this cut." in page.text


def test_it_counts_what_is_still_to_come_and_the_days_of_absence_that_are_left(commune, browse_as):
    case = old_case(commune)
    page = browse_as(commune.officer).get(f"/cases/{case.id}/what-if?{CUT}")
    reports = re.findall(r"\d+", row(page, "Still to come: Monthly self-report").split("report", 1)[1])
    assert int(reports[0]) - int(reports[1]) == 6
    absence = row(page, "Days of absence in all")
    assert "243" in absence  # a third of 730 days
    assert "182" in absence  # a third of the 546 that are left of them


def test_what_stays_is_told_apart_from_what_moves(commune, of_cut):
    outcome = of_cut(old_case(commune), date(2026, 12, 10), 6)
    moved, staying = {one.title for one in outcome.moved}, {one.title for one in outcome.staying}
    assert "The probation may be shortened from this day" in staying
    assert "Last day of the probation" in moved
    assert not moved & staying


@pytest.mark.parametrize(
    ("months", "decided_on", "told", "way_out"),
    [
        (13, date(2026, 12, 10), "cuts at most 12 months", "On that day 1 to 6 months are possible."),
        (9, date(2026, 12, 10), "may not end before", "On that day 1 to 6 months are possible."),
        (3, date(2026, 10, 1), "possible from 20/11/2026 at the earliest", "Possible from 20/11/2026 on."),
    ],
)
def test_a_cut_against_the_law_shows_the_clause_the_way_out_and_no_day(
    commune, browse_as, months, decided_on, told, way_out
):
    case = old_case(commune)
    day = f"{decided_on:%d/%m/%Y}"
    page = browse_as(commune.officer).get(f"/cases/{case.id}/what-if?what=cut&months={months}&decided_on={day}")
    assert page.status_code == 200
    text = words(page.text)
    for said in (told, way_out, "Điều 89"):
        assert said in text
    assert "days sooner" not in text
    assert "Fill in" not in text


def test_a_second_cut_within_the_year_is_refused_with_its_clause(commune, of_cut):
    case = old_case(commune)
    a_cut(commune, case, date(2026, 11, 21), 2)
    outcome = of_cut(case, date(2026, 12, 10), 2)
    assert outcome.refused
    assert any("once a year" in one.text for one in outcome.checks)


def test_a_recorded_shortening_that_waits_is_said_and_not_counted(commune, of_cut):
    case = old_case(commune)
    with transaction(commune.officer):
        record_term_change(case, date(2026, 11, 21), 3, "12/QĐ-TA")
    outcome = of_cut(case, date(2026, 12, 10), 6)
    assert any("waits for confirmation" in one.text for one in outcome.checks)
    assert next(one for one in outcome.moved if "Last day" in one.title).before == "20/11/2027"


def test_an_absence_shows_what_is_left_what_falls_into_it_and_that_no_day_moves(commune, browse_as):
    case = old_case(commune)
    page = browse_as(commune.officer).get(f"/cases/{case.id}/what-if?what=absence&leaves_on=01/12/2026&days=45")
    assert page.status_code == 200
    text = words(page.text)
    assert "An absence of 45 days, from 01/12/2026 to 14/01/2027" in text
    assert "45 days, at most 60 each time." in text
    assert "A permitted absence moves no day of the term." in text
    assert "0 45" in row(page, "Days of absence used")
    assert "243 198" in row(page, "Days of absence left")
    inside = row(page, "Monthly self-report for 12/2026")
    assert "from 01/12/2026 to 05/12/2026" in inside
    assert "stays owed" in inside
    assert "Điều 87" in inside


@pytest.mark.parametrize(("type_", "leads_on"), [(CaseType.SUSPENDED_SENTENCE, True), (CaseType.REINTEGRATION, False)])
def test_an_absence_that_was_tried_out_leads_to_its_proposal_only_where_the_law_knows_one(
    commune, browse_as, type_, leads_on
):
    case = old_case(commune, type=type_)
    page = browse_as(commune.officer).get(f"/cases/{case.id}/what-if?what=absence&leaves_on=01/12/2026&days=8")
    assert page.status_code == 200
    assert ("Fill in the proposal of an absence" in page.text) is leads_on


def test_a_report_that_an_absence_suspends_is_not_owed(commune, browse_as):
    case = old_case(commune, type=CaseType.NON_CUSTODIAL_REFORM)
    page = browse_as(commune.officer).get(f"/cases/{case.id}/what-if?what=absence&leaves_on=01/12/2026&days=8")
    inside = row(page, "Monthly self-report for 12/2026")
    assert "is not owed" in inside
    assert "Not owed for days of a permitted absence." in inside
    assert "stays owed" in row(page, "Monthly roll-call for 12/2026")


@pytest.mark.parametrize(
    ("query", "told", "clause"),
    [
        ("leaves_on=01/12/2026&days=61", "An absence may last 60 days; this one lasts 61.", "Điều 92 khoản 1"),
        ("leaves_on=01/11/2026&days=5", "can no longer be permitted", "Điều 92"),
        ("leaves_on=01/12/2026&days=5&abroad=y", "may not leave Viet Nam", "Điều"),
    ],
)
def test_an_absence_against_the_law_shows_the_clause_and_how_long_it_may_be(commune, browse_as, query, told, clause):
    case = old_case(commune)
    text = words(browse_as(commune.officer).get(f"/cases/{case.id}/what-if?what=absence&{query}").text)
    assert told in text
    assert clause in text
    assert ("Now at most 60 days are possible." in text) == ("days=61" in query)
    assert "Fill in the proposal" not in text


def test_treatment_with_papers_counts_no_day(commune, of_absence):
    outcome = of_absence(old_case(commune), Away(date(2026, 12, 1), date(2027, 3, 1), medical=True))
    assert not outcome.refused
    assert [(one.before, one.after) for one in outcome.numbers] == [(0, 0), (243, 243)]


def test_an_absence_over_a_permitted_one_is_refused(commune, of_absence):
    case = old_case(commune)
    leave = an_absence(commune, case, date(2026, 12, 1), date(2026, 12, 10))
    for step, by in (("submit", commune.officer), ("endorse", commune.chief), ("approve", commune.leader)):
        with transaction(by):
            leave.workflow.take(step, leave, by)
    outcome = of_absence(case, Away(date(2026, 12, 10), date(2026, 12, 12)))
    assert outcome.refused
    assert any("from 01/12/2026 to 10/12/2026 is permitted already" in one.text for one in outcome.checks)


def test_of_a_residence_supervision_it_tells_what_the_same_days_without_permission_would_cost(commune, of_absence):
    case = old_case(commune, type=CaseType.RESIDENCE_SUPERVISION, prison_months=24)
    outcome = of_absence(case, Away(date(2026, 12, 1), date(2026, 12, 8)))
    (move,) = outcome.moved
    assert "if it is not permitted" in move.title
    assert (move.before, move.after, move.by) == ("20/11/2027", "28/11/2027", "8 days later")


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("what=cut&months=0&decided_on=10/12/2026", "months"), ("what=cut&months=x&decided_on=10/12/2026", "months"),
        ("what=cut&months=&decided_on=10/12/2026", "months"), ("what=cut&months=3&decided_on=30/02/2027", "decided_on"),
        ("what=cut&months=3&decided_on=10/12/2024", "decided_on"),
        ("what=cut&months=3&decided_on=10/12/2029", "decided_on"), ("what=cut", "decided_on"),
        ("what=absence&leaves_on=01/12/2026&days=0", "days"), ("what=absence&leaves_on=01/12/2026&days=9999", "days"),
        ("what=absence&leaves_on=01/01/2025&days=3", "leaves_on"), ("what=absence&leaves_on=&days=3", "leaves_on"),
        ("what=absence&leaves_on=01/11/2027&days=40", "days"),
    ],
)  # fmt: skip
def test_what_is_mistyped_is_told_at_its_field_and_stays(commune, browse_as, query, field):
    case = old_case(commune)
    page = browse_as(commune.officer).get(f"/cases/{case.id}/what-if?{query}")
    assert page.status_code == 422
    assert f'id="{field}-error"' in page.text
    for typed in re.findall(r"=([^&]+)", query)[1:]:
        assert f'value="{typed}"' in page.text
    assert "Days that would move" not in page.text


def test_nothing_is_written_but_that_somebody_looked(commune, browse_as):
    case, officer = old_case(commune), browse_as(commune.officer)
    before = state()
    officer.get(f"/cases/{case.id}/what-if?{CUT}")
    officer.get(f"/cases/{case.id}/what-if?what=absence&leaves_on=01/12/2026&days=45")
    assert state() == before
    actions = db.session.scalars(select(AuditEvent.action).order_by(AuditEvent.sequence.desc()).limit(2)).all()
    assert actions == ["look", "look"]
    assert officer.post(f"/cases/{case.id}/what-if").status_code == 405


def state():
    db.session.rollback()
    return [table.name + str(db.session.execute(select(table)).all()) for table in db.metadata.sorted_tables
            if table.name in ("case", "proposal", "term_change", "duty", "step")]  # fmt: skip


def filled(page, action):
    """The hidden fields of the form that leads to an address."""
    form = re.search(rf'<form method="post" action="{action}">(.*?)</form>', page.text, re.DOTALL)[1]
    return dict(re.findall(r'name="([^"]+)" value="([^"]*)"', form))


def test_an_absence_leads_to_its_proposal_with_the_values_filled_in_and_nothing_saved(commune, browse_as):
    case, officer = old_case(commune), browse_as(commune.officer)
    page = officer.get(f"/cases/{case.id}/what-if?what=absence&leaves_on=01/12/2026&days=45")
    action = f"/proposals/new/absence/for-case/{case.id}"
    form = officer.post(action, data=filled(page, action))
    assert form.status_code == 200
    assert 'value="01/12/2026"' in form.text
    assert 'value="14/01/2027"' in form.text
    assert 'class="summary"' not in form.text
    assert db.session.scalars(select(Proposal)).all() == []


def test_a_shortening_leads_on_with_the_values_filled_in(commune, browse_as):
    case, officer = old_case(commune), browse_as(commune.officer)
    page = officer.get(f"/cases/{case.id}/what-if?what=cut&months=6&decided_on=20/11/2026")
    (action,) = re.findall(r'<form method="post" action="([^"]+)">', page.text[page.text.index("<main") :])[:1]
    form = officer.post(action, data=filled(page, action))
    assert form.status_code == 200
    assert 'value="20/11/2026"' in form.text
    assert 'value="6"' in form.text


def test_whoever_may_only_read_sees_the_days_and_no_way_to_propose(commune, browse_as):
    case = old_case(commune)
    page = browse_as(commune.inspector).get(f"/cases/{case.id}/what-if?{CUT}")
    assert "184 days sooner" in page.text
    assert "Fill in" not in page.text
    assert browse_as(commune.village_head).get(f"/cases/{case.id}/what-if").status_code == 404
    assert browse_as(commune.officer2).get(f"/cases/{case.id}/what-if").status_code == 404


@pytest.mark.parametrize("type", list(CaseType))
def test_every_type_of_case_answers(commune, browse_as, type):
    case = old_case(commune, type=type)
    officer = browse_as(commune.officer)
    page = officer.get(f"/cases/{case.id}/what-if")
    assert page.status_code == 200
    for query in (CUT, "what=absence&leaves_on=01/12/2026&days=5"):
        assert officer.get(f"/cases/{case.id}/what-if?{query}").status_code in (200, 422)
    assert ('value="cut"' in page.text) == hasattr(case.regime, "refuse_cut")


def test_the_case_leads_to_it_while_it_runs(commune, browse_as):
    case, officer = old_case(commune), browse_as(commune.officer)
    assert f'href="/cases/{case.id}/what-if"' in officer.get(f"/cases/{case.id}").text
    with transaction(None):
        case.state, case.closed_on = "closed", date(2026, 11, 1)
    assert f'href="/cases/{case.id}/what-if"' not in officer.get(f"/cases/{case.id}").text
    assert "The case is not open." in officer.get(f"/cases/{case.id}/what-if?{CUT}").text


def test_each_mark_of_a_case_says_from_what_it_was_computed(commune, browse_as):
    case = old_case(commune)
    page = browse_as(commune.officer).get(f"/cases/{case.id}").text
    marks = words(page[page.index('id="marks"') :])
    assert "from 20/11/2025, 24 months, ½ of it" in marks
    assert "counted back from 20/11/2027, 3 calendar days" in marks


# ── conduct, and visits to a banned place ───────────────────────────────────────────────────────────────────────────
def test_a_shortening_says_what_is_recorded_against_the_conduct_and_that_it_is_weighed(commune, browse_as):
    case, officer = old_case(commune), browse_as(commune.officer)
    clean = words(officer.get(f"/cases/{case.id}/what-if?{CUT}").text)
    assert "Nothing is recorded that speaks against the conduct. It is weighed when it is proposed." in clean
    with transaction(commune.officer):
        record_violation(case, ViolationKind.DUTY, date(2026, 9, 9), date(2026, 9, 10), "Vắng mặt")
    text = words(officer.get(f"/cases/{case.id}/what-if?{CUT}").text)
    assert "A violation of 09/09/2026 is recorded." in text
    assert "a proposal has to answer this" in text
    assert "Nothing is recorded that speaks against the conduct" not in text


def test_under_a_residence_ban_a_visit_is_asked_for_with_its_place_and_the_consent_there(commune, browse_as):
    case = old_case(commune, type=CaseType.RESIDENCE_BAN)
    officer, page = browse_as(commune.officer), f"/cases/{case.id}/what-if"
    text = words(officer.get(page).text)
    assert "A visit to a banned place" in text
    assert not any(f'name="{name}"' in text for name in ("medical", "abroad"))
    assert "An absence" not in text
    asked = f"{page}?what=absence&leaves_on=01/12/2026&days=3"
    assert officer.get(asked).status_code == 422
    without = words(officer.get(f"{asked}&destination=Ph%C6%B0%E1%BB%9Dng+Kon+Tum").text)
    assert "the consent of the People's Committee there" in without.replace("&#39;", "'")
    agreed = words(officer.get(f"{asked}&destination=Ph%C6%B0%E1%BB%9Dng+Kon+Tum&consented=y").text)
    assert "A visit of 3 days to Phường Kon Tum, from 01/12/2026 to 03/12/2026" in agreed
    assert "The committee of the place has agreed." in agreed
    assert "Điều 109" in agreed
