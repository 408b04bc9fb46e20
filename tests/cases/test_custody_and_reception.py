"""Days in custody take off a non-custodial reform, and the steps of the reception count from the session."""

import re
from datetime import date

import pytest
from sqlalchemy import select

from portal.cases.actions import change_case, draft_case
from portal.cases.models import Case, CaseType
from portal.cases.sheets import COLUMNS, rows
from portal.duties.actions import finish
from portal.duties.daily import renew_all
from portal.duties.models import Duty
from portal.engine.audit import AuditEvent
from portal.engine.db import db
from portal.engine.refusal import Refused
from portal.engine.transaction import transaction
from portal.engine.workflow import steps_of
from portal.proposals.actions import propose, propose_helper
from portal.proposals.kinds.supervision_plan import SupervisionPlanProposal
from tests.builders import a_case, a_person
from tests.conftest import TODAY
from tests.proposals.ways import step

FILE = {
    "type": "non_custodial_reform", "full_name": "Lò Văn Tiến", "sex": "", "received_on": "20/01/2026",
    "starts_on": "15/01/2026", "term_months": "12", "supervising_unit_id": "", "detained_days": "20",
    "kept_from": "20/01/2026",
}  # fmt: skip
YOUNG = {"received_on": date(2026, 11, 6), "starts_on": date(2026, 10, 20), "term_months": 18}


def write_down(commune, client, **typed):
    return client.post("/cases/new", data={**FILE, "village_id": commune.place("BPH").id, **typed})


def newest():
    return db.session.scalars(select(Case).order_by(Case.id.desc())).first()


def day_of(case, rule):
    db.session.expire_all()
    return db.session.scalar(select(Duty.due_on).where(Duty.case_id == case.id, Duty.rule == rule))


def test_the_form_and_the_file_know_that_twenty_days_in_custody_take_sixty_off_the_term(commune, browse_as):
    officer = browse_as(commune.officer)
    preview = write_down(commune, officer, only="dates").text
    assert "Last day: 16/11/2026" in preview
    assert write_down(commune, officer).status_code == 302
    case = newest()
    assert (case.detained_days, case.ends_on, case.last_day.inputs["credit_days"]) == (20, date(2026, 11, 16), 60)
    assert "20 days, which take 60 off the term" in officer.get(f"/cases/{case.id}").text
    assert 'value="20"' in officer.get(f"/cases/{case.id}/edit").text


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ({"type": "suspended_sentence"}, "Only a non-custodial reform is shortened by days in custody."),
        ({"detained_days": "122"}, "That takes 366 days off: nothing of the term would be left."),
        ({"detained_days": "nhiều"}, "Please write a whole number."),
        ({"reception_on": "19/01/2026"}, "The reception cannot lie before the file was received."),
        ({"reception_on": "24/11/2026"}, "future"),
    ],
)
def test_days_that_cannot_be_are_told_at_their_field_and_kept(commune, browse_as, typed, answer):
    refused = write_down(commune, browse_as(commune.officer), **typed)
    assert refused.status_code == 422
    assert answer in refused.text
    assert f'value="{typed.get("detained_days", "20")}"' in refused.text
    assert newest() is None


def test_a_case_without_custody_ends_as_before_whatever_its_type(commune):
    for kind in CaseType:
        assert a_case(commune, type=kind, detained_days=None).term.credit_days == 0
    assert a_case(commune, type=CaseType.SUSPENDED_SENTENCE, detained_days=20).term.credit_days == 0


def test_once_the_reception_is_recorded_its_steps_are_counted_from_its_day(commune, browse_as):
    case, officer = a_case(commune, **YOUNG), browse_as(commune.officer)
    assert day_of(case, "COM-PLAN") == date(2026, 11, 13)
    assert f'href="/cases/{case.id}/reception"' in officer.get(f"/cases/{case.id}").text
    for typed, plan_on in (("18/11/2026", date(2026, 11, 26)), ("17/11/2026", date(2026, 11, 25))):
        sent = {"held_on": typed, "version": case.version, "reason": "Ghi nhầm ngày"}
        assert officer.post(f"/cases/{case.id}/reception", data=sent).status_code == 302
        assert day_of(case, "COM-PLAN") == plan_on
        page = officer.get(f"/cases/{case.id}").text
        assert "Reception: 0 of 6 parts recorded" in page
        assert typed in page


def test_a_reception_is_recorded_neither_before_the_file_came_nor_ahead_nor_over_anothers(commune, browse_as):
    case, officer = a_case(commune, **YOUNG), browse_as(commune.officer)
    shown = case.version
    for typed in ("05/11/2026", "24/11/2026", ""):
        assert officer.post(f"/cases/{case.id}/reception", data={"held_on": typed, "version": shown}).status_code == 422
    first = {"held_on": "18/11/2026", "version": shown}
    assert browse_as(commune.chief).post(f"/cases/{case.id}/reception", data=first).status_code == 302
    late = officer.post(f"/cases/{case.id}/reception", data={"held_on": "19/11/2026", "version": shown})
    assert late.status_code == 409
    assert "19/11/2026" in late.text
    db.session.expire_all()
    assert case.reception_on == date(2026, 11, 18)


def place_of_reception(page, case):
    """Where on the page of a case the reception can be recorded: in view, or folded with what is rare."""
    above, _head, folded = page.text.partition('<details class="rare">')
    link = f'href="/cases/{case.id}/reception"'
    return "in view" if link in above else "folded" if link in folded else ""


def test_the_reception_stands_among_the_deeds_while_a_step_is_counted_from_it_and_folded_once_none_is(
    commune, browse_as
):
    officer = browse_as(commune.officer)
    young, old = a_case(commune, **YOUNG), a_case(commune, received_on=date(2025, 11, 3), starts_on=date(2025, 10, 1))
    assert [place_of_reception(officer.get(f"/cases/{one.id}"), one) for one in (young, old)] == ["in view", "folded"]
    with transaction(commune.officer):
        proposal = propose_helper(young, commune.helper, "Cùng thôn")
    step(proposal, "submit", commune.officer)
    assert place_of_reception(officer.get(f"/cases/{young.id}"), young) == "in view"  # report and plan are to come
    with transaction(commune.officer):
        reported = Duty.case_id == young.id, Duty.rule == "COM-RECEPTION-REPORT"
        finish(db.session.scalars(select(Duty).where(*reported)).one(), TODAY, "Đã báo cáo", commune.officer.id)
        plan = propose(
            SupervisionPlanProposal, young, "Mới tiếp nhận", starts_on=TODAY, ends_on=young.ends_on, summary="Làm nông",
            partners="Thôn", tasks="Gặp hằng tháng", officer_id=commune.officer.id,
        )  # fmt: skip
    step(plan, "submit", commune.officer)
    step(plan, "approve", commune.chief)
    assert place_of_reception(officer.get(f"/cases/{young.id}"), young) == "folded"


def test_where_no_step_follows_from_a_reception_none_is_asked_for(commune, browse_as):
    case = a_case(commune, type=CaseType.DRUG_USER_MANAGEMENT, starts_on=date(2026, 9, 10), term_months=12)
    assert f"/cases/{case.id}/reception" not in browse_as(commune.officer).get(f"/cases/{case.id}").text


def test_both_stand_in_the_table_for_those_who_may_read_them(app, commune):
    case = a_case(commune, type=CaseType.NON_CUSTODIAL_REFORM, detained_days=20, reception_on=TODAY, **YOUNG)
    with app.test_request_context():
        labels = [str(column.label) for column in COLUMNS]
        (of_officer,), (of_helper,) = rows(commune.officer, [case]), rows(commune.helper, [case])
    for label, value in (("Days in custody", 20), ("Reception held on", TODAY)):
        column = COLUMNS[labels.index(label)]
        assert column.value(of_officer) == value
        assert column.value(of_helper) is None


@pytest.mark.parametrize(("type", "days"), [(CaseType.SUSPENDED_SENTENCE, 20), (CaseType.NON_CUSTODIAL_REFORM, 122)])
def test_no_deed_writes_down_days_in_custody_that_do_not_fit_the_sentence(commune, type, days):
    papers = {"received_on": date(2026, 1, 20), "starts_on": date(2026, 1, 15), "term_months": 12}
    with pytest.raises(Refused), transaction(commune.officer):
        draft_case(commune.officer, commune.id, a_person(commune), type=type, detained_days=days, **papers)
    with transaction(commune.officer):
        case = draft_case(commune.officer, commune.id, a_person(commune), type=type, **papers)
    with pytest.raises(Refused), transaction(commune.officer):
        change_case(case, None, detained_days=days)


# ── correcting the day ──────────────────────────────────────────────────────────────────────────────────────────────
WHY = "Biên bản ghi ngày 19/11"


def correct(browser, case, day, **more):
    db.session.rollback()
    return browser.post(f"/cases/{case.id}/reception", data={"held_on": day, "version": case.version, **more})


def test_the_day_of_a_reception_is_corrected_with_a_reason_only(commune, browse_as):
    case, officer = a_case(commune, **YOUNG), browse_as(commune.officer)
    assert 'name="reason"' not in officer.get(f"/cases/{case.id}/reception").text
    correct(officer, case, "18/11/2026")
    assert 'name="reason"' in officer.get(f"/cases/{case.id}/reception").text
    refused = correct(officer, case, "19/11/2026", reason=" ")
    assert refused.status_code == 422
    assert "Please give the reason." in refused.text
    db.session.rollback()
    assert case.reception_on == date(2026, 11, 18)
    assert correct(officer, case, "18/11/2026").status_code == 302  # the same day is no correction
    assert steps_of(case) == []


def test_the_chief_is_told_on_home_and_in_the_story_who_corrected_the_day_and_why(commune, browse_as):
    case, officer, chief = a_case(commune, **YOUNG), browse_as(commune.officer), browse_as(commune.chief)
    correct(officer, case, "18/11/2026")
    correct(officer, case, "19/11/2026", reason=WHY)
    home, story = chief.get("/").text, chief.get(f"/cases/{case.id}?story=all").text
    assert "The day of the reception of Nguyễn Công Trứng was corrected" in home
    assert WHY in home
    assert "Officer xã Bờ Y" in story
    assert "corrected the day of the reception" in story
    assert WHY in story
    told = db.session.scalars(db.select(AuditEvent).where(AuditEvent.action == "correct_reception")).one()
    assert told.user_id == commune.officer.id
    assert case.state == "open"


@pytest.mark.both_engines
def test_what_is_past_its_day_stays_so_whatever_day_is_given_to_the_reception(commune, browse_as):
    case, officer = a_case(commune, **YOUNG), browse_as(commune.officer)
    correct(officer, case, "11/11/2026")
    late = day_of(case, "COM-PLAN")
    assert late == date(2026, 11, 18)
    correct(officer, case, "20/11/2026", reason=WHY)
    assert day_of(case, "COM-PLAN") == late
    renew_all()
    assert day_of(case, "COM-PLAN") == late
    correct(officer, case, "10/11/2026", reason=WHY)
    assert day_of(case, "COM-PLAN") == date(2026, 11, 17)  # to an earlier day it may move


JUDGED = {"type": "suspended_sentence", "detained_days": "", "judgment_on": "16/01/2026"}


@pytest.mark.parametrize(("type_", "status"), [("suspended_sentence", 422), ("conditional_release", 302)])
def test_a_probation_does_not_begin_after_its_file_was_received_also_without_the_day_of_the_judgment(
    commune, browse_as, type_, status
):
    typed = {"type": type_, "detained_days": "", "judgment_on": "", "starts_on": "10/11/2028"}
    answer = write_down(commune, browse_as(commune.officer), **{**typed, "prison_months": "30"})
    assert answer.status_code == status
    assert ("it cannot begin after the receipt of the file on 20/01/2026" in answer.text) is (status == 422)


@pytest.mark.parametrize(
    ("typed", "taken"), [({}, False), ({"judgment_on": "15/01/2026"}, True), ({"type": FILE["type"]}, True)]
)
def test_a_probation_does_not_start_before_the_judgment_that_granted_it(commune, browse_as, typed, taken):
    answer = write_down(commune, browse_as(commune.officer), **{**JUDGED, **typed})
    assert answer.status_code == (302 if taken else 422)
    if not taken:
        said = re.search(r'id="starts_on-error">(.*?)</span></span>', answer.text, re.DOTALL)[1]
        assert "it cannot start before 16/01/2026. (Nghị quyết 02/2018/NQ-HĐTP, Điều 5)" in said
        assert 'value="15/01/2026"' in answer.text
