"""The last day of a term is checked by a second person before a certificate is proposed for it."""

import re
from datetime import date

import pytest
from sqlalchemy import select

from portal.cases.actions import keeping
from portal.cases.actions.ending import ask_end_check
from portal.cases.actions.moving import hand_over
from portal.cases.jobs import look_for_differences
from portal.cases.models import CaseType, CertificateHold, EndGround, HoldGround, Receiver
from portal.duties.models import Duty
from portal.engine import clock
from portal.engine.db import db
from portal.engine.refusal import Refused
from portal.engine.text import in_english
from portal.engine.transaction import transaction
from portal.law import terms
from portal.organisation.models import Role
from portal.proposals import actions as proposals
from portal.proposals.actions import propose
from portal.proposals.kinds import KINDS
from portal.proposals.papers.drawn import paper_of
from tests.builders import a_case, a_cut
from tests.cases.ends import all_left, end_asked, end_checked
from tests.proposals.ways import a_deputy, step, version_on

LAST = date(2026, 12, 1)
TODAY = date(2026, 11, 20)
DECREE = {"ground": EndGround.PRINTED, "paper": "QĐ 15/2026/QĐ-CA của TAND khu vực 5", "paper_on": date(2026, 11, 2)}


@pytest.fixture
def case(commune):
    """A probation of two years whose last day is near."""
    return a_case(commune, starts_on=date(2024, 12, 1), received_on=date(2024, 12, 10))


def take(browser, check, transition, **more):
    page = browser.get(f"/end-checks/{check.id}")
    return browser.post(f"/end-checks/{check.id}/{transition}", data={"version": version_on(page), **more})


def completion(commune, case, on=LAST, by="officer"):
    with transaction(getattr(commune, by)):
        return proposals.propose_completion(case, on, "completed", "Chấp hành nghiêm túc")


def refusals(proposal):
    return " ".join(one.message % one.numbers for one in proposal.refusals())


def duty(rule, subject):
    db.session.rollback()
    asked = select(Duty).where(Duty.rule == rule, Duty.subject_type == subject.kind_of_record)
    return db.session.scalars(asked.where(Duty.subject_id == subject.id).order_by(Duty.id.desc())).first()


@pytest.mark.both_engines
def test_a_completion_is_submitted_only_once_a_second_person_has_confirmed_the_last_day(commune, browse_as, case):
    officer, chief = browse_as(commune.officer), browse_as(commune.chief)
    proposal = completion(commune, case)
    assert "Have the last day checked" in refusals(proposal)
    refused = officer.post(f"/proposals/{proposal.id}/submit", data={"version": proposal.version})
    assert refused.status_code == 422
    page = officer.get(f"/cases/{case.id}/end-check")
    assert "01/12/2026" in page.text
    assert "Điều" in page.text or "Nghị quyết" in page.text
    sent = {
        "last_on": "01/12/2026",
        "ground": "",
        "paper": "",
        "paper_on": "",
        "reason": "Xem bản án",
        "version": version_on(page),
    }
    assert officer.post(f"/cases/{case.id}/end-check", data=sent).status_code == 302
    (check,) = case.end_checks
    barred = officer.post(f"/end-checks/{check.id}/confirm", data={"version": check.version})
    assert barred.status_code == 403
    shown = chief.get(f"/end-checks/{check.id}").text
    assert "01/12/2026" in shown
    assert "Xem bản án" in shown
    assert take(chief, check, "confirm").status_code == 302
    all_left(commune, case)
    assert refusals(proposal) == ""
    story = officer.get(f"/cases/{case.id}?story=all").text
    assert "Last day 01/12/2026 confirmed by a second person" in story
    assert "confirmed the last day" in story
    step(proposal, "submit", commune.officer)
    told = officer.get(f"/proposals/{proposal.id}").text
    assert "Chief xã Bờ Y compared the last day, 01/12/2026, with the papers and confirmed it" in told


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"last_on": "02/12/2026"}, "ground"),
        ({"ground": "printed", "paper": "QĐ 15", "paper_on": "02/11/2026"}, "ground"),
        ({"last_on": "02/12/2026", "ground": "printed", "paper_on": "02/11/2026"}, "paper"),
        ({"last_on": "02/12/2026", "ground": "court", "paper": "QĐ 15"}, "paper_on"),
        ({"last_on": "30/11/2024", "ground": "court", "paper": "QĐ 15", "paper_on": "02/11/2026"}, "last_on"),
        ({"last_on": "02/12/2026", "ground": "because"}, "ground"),
        ({"last_on": "31/02/2026"}, "last_on"),
    ],
)
def test_another_day_needs_one_of_the_grounds_and_its_paper_and_nothing_typed_is_lost(
    commune, browse_as, case, more, field
):
    sent = {"last_on": "01/12/2026", "ground": "", "paper": "", "paper_on": "", "reason": "Ghi trong quyết định",
            "version": str(case.version), **more}  # fmt: skip
    refused = browse_as(commune.officer).post(f"/cases/{case.id}/end-check", data=sent)
    assert refused.status_code == 422
    assert f'id="{field}-error"' in refused.text
    assert "Ghi trong quyết định" in refused.text
    assert not case.end_checks


@pytest.mark.both_engines
def test_the_printed_day_wins_once_confirmed_and_the_difference_is_shown_everywhere(commune, browse_as, case):
    check = end_checked(commune, case, date(2026, 12, 5), **DECREE)
    assert (case.ends_on, check.computed_on) == (date(2026, 12, 5), LAST)
    page = browse_as(commune.officer).get(f"/cases/{case.id}").text
    assert "05/12/2026 is certified, computed was 01/12/2026" in page
    assert "By the paper the last day is 05/12/2026; computed, it is 01/12/2026." in page
    all_left(commune, case)
    proposal = completion(commune, case)
    assert "completion cannot be certified for" in refusals(proposal)
    with transaction(commune.officer):
        proposals.change(proposal, completed_on=date(2026, 12, 5))
    told = browse_as(commune.officer).get(f"/proposals/{proposal.id}").text
    assert "gives 05/12/2026; by the law it would be 01/12/2026" in told
    assert "tính theo quy định của pháp luật là ngày 01/12/2026" in told


def test_a_day_that_waits_to_be_checked_moves_nothing(commune, case):
    end_asked(commune, case, date(2026, 12, 5), **DECREE)
    assert case.ends_on == LAST
    with pytest.raises(Refused):
        end_asked(commune, case)


def test_a_refused_check_certifies_nothing_and_another_can_be_asked_for(commune, browse_as, case):
    check = end_asked(commune, case)
    chief = browse_as(commune.chief)
    assert take(chief, check, "refuse").status_code == 422
    assert take(chief, check, "refuse", reason="Xem lại ngày tuyên án").status_code == 302
    assert "has not confirmed the last day" in refusals(completion(commune, case))
    assert duty("CHECK-END", case).open
    assert end_checked(commune, case).holds


def test_a_shortening_after_the_check_asks_for_another_one(commune):
    with clock.telling(clock.moment(date(2026, 10, 1))):
        case = a_case(commune, starts_on=date(2025, 1, 1), received_on=date(2025, 1, 10))
        check = end_checked(commune, case)
        assert check.holds
        a_cut(commune, case, date(2026, 9, 20), 1)
    assert not check.holds
    assert "has not confirmed the last day" in refusals(completion(commune, case, date(2026, 12, 1)))


def test_a_paper_from_before_a_shortening_cannot_print_the_day_after_it(commune):
    case = a_case(commune, starts_on=date(2024, 12, 1), received_on=date(2024, 12, 10), term_months=36)
    a_cut(commune, case, date(2026, 11, 10), 6)
    with pytest.raises(Refused, match="shortening was decided after that paper"):
        end_asked(commune, case, date(2027, 5, 25), **DECREE)
    later = {**DECREE, "paper_on": date(2026, 11, 12)}
    end_checked(commune, case, date(2027, 5, 25), **later)
    assert case.ends_on == date(2027, 5, 25)


def test_the_officer_of_the_case_never_checks_it_even_as_the_chief(commune, browse_as):
    case = a_case(commune, officer="chief", starts_on=date(2024, 12, 1), received_on=date(2024, 12, 10))
    check = end_asked(commune, case, by="chief")
    assert duty("CONFIRM-END", check).owner_role == "commune_leader"
    refused = browse_as(commune.chief).post(f"/end-checks/{check.id}/confirm", data={"version": check.version})
    assert refused.status_code == 403
    assert take(browse_as(commune.leader), check, "confirm").status_code == 302
    assert check.holds


def test_what_a_deputy_asked_of_a_case_of_the_chief_the_chief_does_not_confirm(commune, browse_as):
    case = a_case(commune, officer="chief", starts_on=date(2024, 12, 1), received_on=date(2024, 12, 10))
    deputy = a_deputy(commune, "deputy", Role.POLICE_CHIEF, "CA", commune.chief)
    with transaction(deputy):
        check = ask_end_check(case, LAST)
    refused = browse_as(commune.chief).post(f"/end-checks/{check.id}/confirm", data={"version": check.version})
    assert refused.status_code == 403
    assert not check.counts


def test_whoever_confirmed_the_day_does_not_propose_the_certificate(commune, case):
    end_checked(commune, case)
    all_left(commune, case)
    assert "confirmed the last day and wrote this proposal" in refusals(completion(commune, case, by="chief"))


@pytest.mark.parametrize("who", ["officer2", "leader", "inspector", "helper", "administrator", "clerk"])
def test_nobody_else_confirms_a_last_day(commune, browse_as, case, who):
    check = end_asked(commune, case)
    answer = browse_as(getattr(commune, who)).post(f"/end-checks/{check.id}/confirm", data={"version": 1})
    assert answer.status_code in (403, 404)
    assert not check.counts


def test_a_month_before_the_end_the_officer_is_asked_to_have_the_day_checked_and_it_climbs(commune, browse_as):
    with clock.telling(clock.moment(date(2026, 10, 31))):
        case = a_case(commune, starts_on=date(2024, 12, 1), received_on=date(2024, 12, 10))
        assert duty("CHECK-END", case) is None
    with clock.telling(clock.moment(date(2026, 11, 1))):
        assert "the last day is to be checked by a second person" in browse_as(commune.officer).get("/").text
        owed = duty("CHECK-END", case)
        assert (owed.due_on, [one.role for one in owed.escalations]) == (
            date(2026, 11, 15), ["police_chief", "commune_leader", "inspector"],
        )  # fmt: skip
        check = end_asked(commune, case)
        assert duty("CHECK-END", case).done_on == date(2026, 11, 1)
        assert duty("CONFIRM-END", check).owner_role == "police_chief"


def test_what_was_shown_when_it_was_asked_stays(commune, case):
    check = end_asked(commune, case)
    with transaction(None):
        case.term_months = 30
    assert (check.due.due_on, check.due.rule, check.due.inputs["months"]) == (LAST, "SS-START", 24)


def test_of_a_case_without_a_certificate_no_day_is_checked(commune):
    case = a_case(commune, type=CaseType.REINTEGRATION)
    with pytest.raises(Refused):
        end_asked(commune, case, date(2028, 7, 14))


# ── what holds the certificate back ─────────────────────────────────────────────────────────────────────────────────
# ── signed ahead ────────────────────────────────────────────────────────────────────────────────────────────────────
def submitted_ahead(commune, case):
    """Two days before the last one, with the day checked and nothing else left to do."""
    end_checked(commune, case)
    all_left(commune, case)
    proposal = completion(commune, case)
    step(proposal, "submit", commune.officer)
    return proposal


def handed_over(commune, case, on):
    with transaction(commune.officer):
        return hand_over(case, Receiver.AGENCY, on, "Cơ quan thi hành án hình sự", "Bản án\nBản cam kết")


def job(app):
    told = app.test_cli_runner().invoke(args=["jobs", "run", "proposals"]).output
    db.session.rollback()
    db.session.expire_all()
    return told


def test_the_certificate_is_asked_for_ahead_and_the_case_closes_on_its_day(commune, browse_as, app, case):
    with clock.telling(clock.moment(date(2026, 11, 28))):
        proposal = submitted_ahead(commune, case)
        with pytest.raises(Refused, match="once the hand-over of the file"):
            step(proposal, "approve", commune.chief)
        db.session.rollback()
        handed_over(commune, case, date(2026, 11, 28))
        assert "the case closes on 01/12/2026" in browse_as(commune.chief).get(f"/proposals/{proposal.id}").text
        step(proposal, "approve", commune.chief)
        words = str(paper_of(proposal))
        assert "đã được bàn giao" in words
        assert "Biên bản bàn giao ngày 28/11/2026" in words
        assert "kèm theo" not in words
        assert "0 cases closed" in job(app)
        assert (case.state, case.closed_on) == ("closing", None)
    with clock.telling(clock.moment(LAST)):
        all_left(commune, case)
        assert duty("CLOSES-ON-ITS-DAY", proposal).due_on == LAST
        assert "1 case closed on its day" in job(app)
        assert (case.state, case.closed_on, case.closing_reason) == ("closed", LAST, "completed")
        assert duty("CLOSES-ON-ITS-DAY", proposal).done_on == LAST
        assert "0 cases closed" in job(app)


def test_what_comes_between_the_signing_and_the_day_holds_the_closing_back(commune, app, case):
    with clock.telling(clock.moment(date(2026, 11, 28))):
        proposal = submitted_ahead(commune, case)
        handed_over(commune, case, date(2026, 11, 28))
        step(proposal, "approve", commune.chief)
        with transaction(commune.officer):
            case.holds.append(CertificateHold(
                commune_id=case.commune_id, ground=HoldGround.PROSECUTED, since=date(2026, 11, 28), paper="QĐ 3"
            ))  # fmt: skip
    with clock.telling(clock.moment(LAST)):
        all_left(commune, case)
        assert "0 cases closed" in job(app)
        assert case.running
        assert duty("CLOSES-ON-ITS-DAY", proposal).open


def test_a_case_that_was_reopened_is_not_closed_again_by_what_was_signed_ahead(commune, app, case):
    with clock.telling(clock.moment(date(2026, 11, 28))):
        proposal = submitted_ahead(commune, case)
        handed_over(commune, case, date(2026, 11, 28))
        step(proposal, "approve", commune.chief)
    with clock.telling(clock.moment(LAST, 9)):
        all_left(commune, case)
        job(app)
        for name, by in (("ask_reopen", commune.chief), ("reopen", commune.leader)):
            with transaction(by):
                case.workflow.take(name, case, by, "Nhận lại giấy tờ")
        all_left(commune, case)
        assert "0 cases closed" in job(app)
        assert case.running


def test_a_new_prosecution_holds_the_certificate_back_with_its_clause_and_the_way_out(commune, browse_as, case):
    officer = browse_as(commune.officer)
    page = officer.get(f"/cases/{case.id}/hold")
    sent = {"ground": "prosecuted", "since": "18/11/2026", "paper": "QĐ khởi tố 31", "version": version_on(page)}
    assert officer.post(f"/cases/{case.id}/hold", data=sent).status_code == 302
    assert officer.post(f"/cases/{case.id}/hold", data={**sent, "version": str(case.version)}).status_code in (409, 422)
    end_checked(commune, case)
    all_left(commune, case)
    proposal = completion(commune, case)
    told = officer.get(f"/proposals/{proposal.id}").text
    assert "A new criminal case is open: the certificate is not issued yet." in told
    assert "Điều 16" in told
    assert "still tells 01/12/2026" in told
    assert "A new criminal case is open" in officer.get(f"/cases/{case.id}").text
    (hold,) = case.holds
    with clock.telling(clock.moment(date(2026, 12, 20))):
        officer = browse_as(commune.officer)
        page = officer.get(f"/certificate-holds/{hold.id}/end")
        ended = {"ended_on": "19/12/2026", "how_ended": "QĐ đình chỉ 40", "version": version_on(page),
                 "parent_version": str(case.version)}  # fmt: skip
        assert officer.post(f"/certificate-holds/{hold.id}/end", data=ended).status_code == 302
        all_left(commune, case)
        assert refusals(proposal) == ""
        assert proposal.completed_on == LAST


def test_a_hold_does_not_end_before_it_began(commune, browse_as, case):
    officer = browse_as(commune.officer)
    page = officer.get(f"/cases/{case.id}/hold")
    sent = {"ground": "absent", "since": "18/11/2026", "paper": "BB 3", "version": version_on(page)}
    officer.post(f"/cases/{case.id}/hold", data=sent)
    (hold,) = case.holds
    page = officer.get(f"/certificate-holds/{hold.id}/end")
    ended = {"ended_on": "17/11/2026", "how_ended": "Đã về", "version": version_on(page)}
    refused = officer.post(f"/certificate-holds/{hold.id}/end", data=ended)
    assert refused.status_code == 422
    assert "It cannot end before it began, on 18/11/2026." in refused.text


def test_a_revocation_that_is_only_written_and_that_the_law_refuses_holds_no_certificate(commune, case):
    end_checked(commune, case)
    all_left(commune, case)
    with transaction(commune.officer):
        revocation = propose(KINDS["revocation"].model, case, "Vi phạm", evidence="Biên bản")
    assert revocation.refusals()
    assert refusals(completion(commune, case)) == ""


@pytest.mark.parametrize("state", ["submitted", "communicated"])
def test_a_revocation_under_way_or_with_the_court_holds_the_certificate(commune, case, state):
    end_checked(commune, case)
    all_left(commune, case)
    with transaction(commune.officer):
        revocation = propose(KINDS["revocation"].model, case, "Vi phạm", evidence="Biên bản")
    with transaction(None):
        revocation.state = state
    assert revocation.number in refusals(completion(commune, case))


def test_a_check_that_can_be_asked_for_only_late_is_not_overdue_on_its_first_day(commune):
    with clock.telling(clock.moment(date(2026, 11, 27))):
        case = a_case(commune, starts_on=date(2024, 12, 1), received_on=date(2026, 11, 26))
        owed = duty("CHECK-END", case)
        assert date(2026, 11, 27) <= owed.due_on <= LAST


# ── what is still to be done ────────────────────────────────────────────────────────────────────────────────────────
def test_no_case_is_closed_over_open_duties_until_each_is_done_or_left_with_a_reason(commune, browse_as, case):
    officer = browse_as(commune.officer)
    officer.get("/")
    proposal = completion(commune, case)
    end_checked(commune, case)
    assert "Still to be done in this case" in refusals(proposal)
    told = officer.get(f"/proposals/{proposal.id}").text
    assert "Still to be done before the case is closed" in told
    assert f'href="/cases/{case.id}/undone"' in told
    assert "Monthly self-report" in told or "self-report" in told
    assert "Something is still to be done before it can be submitted" in told
    assert "The law is against what it says" not in told
    page = officer.get(f"/cases/{case.id}/undone")
    ticks = dict.fromkeys(re.findall(r'name="(duty_\d+)"', page.text), "1")
    assert ticks
    sent = {"version": version_on(page), "reason": "Đã làm trên giấy trước khi nhập"}
    assert officer.post(f"/cases/{case.id}/undone", data=sent).status_code == 422
    assert officer.post(f"/cases/{case.id}/undone", data={**ticks, "version": version_on(page)}).status_code == 422
    assert officer.post(f"/cases/{case.id}/undone", data={**ticks, **sent}).status_code == 302
    assert "Nothing is left to be done." in officer.get(f"/cases/{case.id}/undone").text
    assert refusals(proposal) == ""
    story = officer.get(f"/cases/{case.id}?story=all").text
    assert "Left undone: Monthly self-report" in story
    assert "Đã làm trên giấy trước khi nhập" in story


# ── a rule that is read otherwise after it was asked ────────────────────────────────────────────────────────────────
OTHERWISE = date(2026, 11, 30)


def read_otherwise(commune, monkeypatch, case):
    """Two people read the last day of a term otherwise, and the case runs to another day by it."""
    monkeypatch.setattr(terms, "last_of_term", lambda *_asked: OTHERWISE)
    with transaction(commune.chief):
        keeping.keep(case, keeping.BY_RULE)
    assert case.ends_on == OTHERWISE


def test_a_day_that_waits_is_not_confirmed_once_the_case_runs_to_another_and_its_page_says_so(
    commune, browse_as, case, monkeypatch
):
    check, chief = end_asked(commune, case), browse_as(commune.chief)
    read_otherwise(commune, monkeypatch, case)
    told = "the last day was worked out anew: 30/11/2026 in place of 01/12/2026"
    assert told in chief.get(f"/end-checks/{check.id}").text
    refused = take(chief, check, "confirm")
    assert refused.status_code == 422
    assert not check.counts
    assert told in browse_as(commune.officer).get(f"/cases/{case.id}").text
    assert take(chief, check, "refuse", reason="Tính lại").status_code == 302
    assert end_checked(commune, case).last_on == OTHERWISE


def test_a_confirmed_day_to_which_the_case_runs_no_more_certifies_nothing_and_is_listed(
    commune, browse_as, case, monkeypatch
):
    check = end_checked(commune, case)
    all_left(commune, case)
    proposal = completion(commune, case, OTHERWISE)
    read_otherwise(commune, monkeypatch, case)
    assert not check.holds
    assert "has not confirmed the last day" in refusals(proposal)
    assert "that one is certified" not in refusals(proposal)
    assert duty("CHECK-END", case).open
    listed = browse_as(commune.chief).get("/differences").text
    assert case.number in listed
    assert "Last day that was checked" in listed
    with in_english():
        assert f"1 differs: {case.number}." in look_for_differences()


def test_the_computed_day_is_not_asked_for_without_a_ground_where_the_paper_prints_another(commune):
    case = a_case(
        commune, starts_on=date(2024, 12, 1), received_on=date(2024, 12, 10), printed_ends_on=date(2026, 12, 5)
    )
    with pytest.raises(Refused, match="The case runs to"):
        end_asked(commune, case, LAST)
    assert not case.end_checks


# ── what ends without a certificate ─────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    ("type", "rule", "told"),
    [(CaseType.PRISON_DEFERRAL, "DEF-END", "you go to serve your term"),
     (CaseType.REINTEGRATION, "REI-END", "the commune helps you to find your feet")],
)  # fmt: skip
def test_whoever_leaves_for_prison_or_is_back_from_it_is_promised_no_certificate_and_none_is_owed(
    commune, browse_as, type, rule, told
):
    case, officer = a_case(commune, type=type, starts_on=date(2024, 12, 1), term_months=24), browse_as(commune.officer)
    sheet = officer.get(f"/cases/{case.id}/sheet").text
    assert told in sheet
    assert "certificate" not in sheet.partition('class="handout"')[2].partition("</main>")[0]
    owed = {one.rule: one for one in db.session.scalars(select(Duty).where(Duty.case_id == case.id))}
    assert "CERTIFICATE" not in owed
    assert (owed[rule].due_on, owed[rule].open) == (LAST, True)


def test_no_last_day_rests_on_a_date_of_birth(commune, browse_as, case):
    page = browse_as(commune.officer).get(f"/cases/{case.id}/end-check").text
    assert 'value="start"' in page
    assert 'value="birth"' not in page
