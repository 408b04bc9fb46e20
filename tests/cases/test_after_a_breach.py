"""From a breach to its consequence: minutes, written warning, review, in the pages as people go through them."""

import re
from datetime import date, timedelta
from io import BytesIO

import pytest
from sqlalchemy import select

from portal.cases import conduct
from portal.cases.actions import record_violation
from portal.cases.models import CaseType, Rating, ReviewMeeting, Violation, ViolationKind, WrittenWarning
from portal.cases.suggested import Asked, Facts, suggest
from portal.documents.models import OfficialDocument
from portal.duties.models import Duty
from portal.engine import clock
from portal.engine.db import db
from portal.engine.refusal import Refused
from portal.engine.transaction import transaction
from portal.proposals.models import Proposal
from tests.builders import a_case
from tests.conftest import TODAY
from tests.documents.files import pdf
from tests.proposals.ways import step, version_on

EARLIER = TODAY - timedelta(days=20)


def a_breach(commune, case, on=TODAY, *, deliberate=True, by="officer", **more):
    with transaction(getattr(commune, by)):
        return record_violation(case, ViolationKind.DUTY, on, on, "Không trình diện", deliberate=deliberate, **more)


def press(browser, page, address, **typed):
    """Send a form of a page with the versions that it carries."""
    shown = browser.get(page)
    carried = dict(re.findall(r'name="((?:parent_)?version)"[^>]*value="(\d+)"', shown.text))
    return browser.post(address, data={**carried, **typed})


def registered(commune, browse_as, address, number="05/TB-CAX", on=TODAY):
    """Register number, day and scan of the signed page."""
    browser = browse_as(commune.chief)
    page = browser.get(address)
    sent = {
        "not_classified": "y",
        "version": version_on(page),
        "number": number,
        "dated_on": f"{on:%d/%m/%Y}",
        "scan": (BytesIO(pdf()), "trang-ky.pdf"),
    }
    places = re.findall(r'name="signed" value="(\d+)"', page.text) or re.findall(
        r'name="signed"[^>]*value="(\d+)"', page.text
    )
    answer = browser.post(address, data={**sent, "signed": places}, content_type="multipart/form-data")
    assert answer.status_code == 302, answer.text
    return answer


def a_warning(commune, case, breach, browse_as, on=TODAY):
    """Drafted by the officer, signed by the chief, registered, and given."""
    officer = browse_as(commune.officer)
    answer = press(
        officer, f"/cases/{case.id}/warning", f"/cases/{case.id}/warning", violation_id=breach.id,
        written_on=f"{on:%d/%m/%Y}", text="Trình diện đúng hạn hằng tháng",
    )  # fmt: skip
    assert answer.status_code == 302, answer.text
    warning = db.session.scalars(select(WrittenWarning).order_by(WrittenWarning.id.desc())).first()
    page = f"/written-warnings/{warning.id}"
    assert press(browse_as(commune.chief), page, f"{page}/sign").status_code == 302
    registered(commune, browse_as, f"{page}/signed-page", number=f"{warning.id:02d}/TB-CAX", on=TODAY)
    given = press(officer, f"{page}/given", f"{page}/given", given_on=f"{TODAY:%d/%m/%Y}", how="Trao trực tiếp")
    assert given.status_code == 302, given.text
    db.session.rollback()
    return warning


def moved_back(warning, on):
    """As if the warning had been given on an earlier day."""
    with transaction(None):
        warning.given_on = on


def a_fine(commune, case, on=TODAY):
    from portal.books.actions import write_down
    from portal.drugs.models import FineDecision
    from portal.law.fines import Offence, Signer

    with transaction(commune.officer):
        return write_down(
            FineDecision, commune.id,
            {"person_id": case.person_id, "case_id": case.id, "offence": Offence.REPORT, "committed_on": on,
             "decided_on": on, "amount_vnd": 2_500_000, "signer": Signer.POLICE_CHIEF, "paper_number": "01/QĐ-XPHC"},
            commune.officer,
        )  # fmt: skip


def duty(case, rule, key=None):
    db.session.rollback()
    asked = select(Duty).where(Duty.case_id == case.id, Duty.rule == rule, Duty.dropped_on.is_(None))
    found = [one for one in db.session.scalars(asked.order_by(Duty.id)) if key is None or one.key == key]
    return found[-1] if found else None


def a_review(commune, case, on=TODAY, by="officer"):
    """Proposed, and approved by whoever the law of the day names."""
    from portal.proposals.actions import propose
    from portal.proposals.kinds import KINDS

    with transaction(getattr(commune, by)):
        proposal = propose(
            KINDS["review"].model,
            case,
            "Có vi phạm",
            planned_on=on,
            planned_at=None,
            location="Trụ sở",
            invited="Mặt trận",
        )
    step(proposal, "submit", commune.officer)
    step(proposal, "approve", commune.chief)
    return db.session.scalars(select(ReviewMeeting).order_by(ReviewMeeting.id.desc())).first()


# ── the minutes ─────────────────────────────────────────────────────────────────────────────────────────────────────
def test_the_minutes_of_a_breach_are_printed_and_entered_in_the_register(commune, browse_as):
    case = a_case(commune)
    officer = browse_as(commune.officer)
    answer = press(
        officer, f"/cases/{case.id}/violation", f"/cases/{case.id}/violation", kind="duty",
        occurred_on=f"{TODAY:%d/%m/%Y}", recorded_on=f"{TODAY:%d/%m/%Y}", text="Vắng mặt không phép", deliberate="y",
        missing_report="other",
        duty="Khoản 4", happened_at="08:30", location="Nhà riêng", statement="Thừa nhận", witness="Y Lan",
    )  # fmt: skip
    assert answer.status_code == 302, answer.text
    breach = db.session.scalars(select(Violation)).one()
    page = officer.get(f"/violations/{breach.id}")
    assert all(word in page.text for word in ("Vắng mặt không phép", "Nhà riêng", "Thừa nhận", "Y Lan", "08:30"))
    assert officer.get(f"/violations/{breach.id}/paper.docx").status_code == 200
    assert press(officer, f"/violations/{breach.id}", f"/violations/{breach.id}/minutes").status_code == 302
    entry = db.session.scalars(select(OfficialDocument).where(OfficialDocument.subject_type == "violation")).one()
    assert (entry.code, entry.case_id) == ("BB", case.id)
    assert case.person.full_name not in entry.abstract
    assert "Register the signed paper" in officer.get(f"/violations/{breach.id}").text


def test_what_was_only_reminded_of_cannot_be_said_to_be_deliberate_and_is_no_ground(commune, browse_as):
    case = a_case(commune, type=CaseType.CONDITIONAL_RELEASE)
    with pytest.raises(Refused, match="nothing of purpose"):
        a_breach(commune, case, only_reminded=True)
    a_breach(commune, case, only_reminded=True, deliberate=False)
    assert conduct.calls(case) == []


# ── the written warning ─────────────────────────────────────────────────────────────────────────────────────────────
def test_a_warning_counts_once_the_chief_has_signed_it_its_page_is_registered_and_it_was_given(commune, browse_as):
    case = a_case(commune)
    breach = a_breach(commune, case)
    officer, chief = browse_as(commune.officer), browse_as(commune.chief)
    assert "Draft a written warning" in officer.get(f"/cases/{case.id}").text
    address = f"/cases/{case.id}/warning"
    typed = {"violation_id": breach.id, "written_on": f"{TODAY:%d/%m/%Y}", "text": "Trình diện đúng hạn"}
    assert press(officer, address, address, **typed).status_code == 302
    warning = db.session.scalars(select(WrittenWarning)).one()
    page = f"/written-warnings/{warning.id}"
    assert duty(case, "SIGN-WARNING").open
    assert press(officer, page, f"{page}/sign").status_code in (403, 404)
    assert press(officer, f"{page}/given", f"{page}/given", given_on=typed["written_on"], how="Trao").status_code == 422
    assert press(chief, page, f"{page}/sign").status_code == 302
    assert duty(case, "SIGN-WARNING").done_on == TODAY
    assert duty(case, "GIVE-WARNING").open
    early = press(officer, f"{page}/given", f"{page}/given", given_on=typed["written_on"], how="Trao trực tiếp")
    assert early.status_code == 422
    assert "signature" in early.text
    registered(commune, browse_as, f"{page}/signed-page")
    given = press(officer, f"{page}/given", f"{page}/given", given_on=typed["written_on"], how="Trao trực tiếp")
    assert given.status_code == 302, given.text
    db.session.rollback()
    assert (warning.state, warning.given_on, warning.counts) == ("given", TODAY, True)
    assert duty(case, "GIVE-WARNING").done_on == TODAY
    assert "Warned in writing" in officer.get(f"/cases/{case.id}?story=all").text
    refused = officer.get(f"{page}/void")
    assert "was given to the person" in refused.text


def test_nobody_is_warned_twice_of_one_breach_nor_before_it_was_recorded(commune, browse_as):
    case = a_case(commune)
    breach = a_breach(commune, case)
    officer, address = browse_as(commune.officer), f"/cases/{case.id}/warning"
    typed = {"violation_id": breach.id, "written_on": "22/11/2026", "text": "Nhắc nhở"}
    early = press(officer, address, address, **typed)
    assert early.status_code == 422
    assert "nobody is warned of it before that" in early.text
    assert "Nhắc nhở" in early.text
    assert press(officer, address, address, **typed | {"written_on": "23/11/2026"}).status_code == 302
    assert press(officer, address, address, **typed | {"written_on": "23/11/2026"}).status_code == 422


def test_a_warning_that_the_chief_drafted_is_signed_by_the_chair_where_nobody_else_is_chief(commune, browse_as):
    case = a_case(commune)
    breach = a_breach(commune, case)
    chief, address = browse_as(commune.chief), f"/cases/{case.id}/warning"
    typed = {"violation_id": breach.id, "written_on": f"{TODAY:%d/%m/%Y}", "text": "Nhắc nhở"}
    assert press(chief, address, address, **typed).status_code == 302
    warning = db.session.scalars(select(WrittenWarning)).one()
    page = f"/written-warnings/{warning.id}"
    assert press(chief, page, f"{page}/sign").status_code in (403, 409)
    assert press(browse_as(commune.leader), page, f"{page}/sign").status_code == 302


# ── what calls for a review ─────────────────────────────────────────────────────────────────────────────────────────
def test_after_a_suspended_sentence_a_breach_calls_for_a_review_only_of_a_person_who_was_warned(commune, browse_as):
    case = a_case(commune)
    first = a_breach(commune, case, EARLIER)
    assert conduct.calls(case) == []
    assert duty(case, "REVIEW") is None
    warning = a_warning(commune, case, first, browse_as)
    moved_back(warning, EARLIER + timedelta(days=1))
    a_breach(commune, case, date(2026, 11, 20))
    owed = duty(case, "REVIEW")
    assert (owed.due_on, owed.confirmed, owed.open) == (date(2026, 11, 28), True, True)
    assert "231/2026" in owed.source
    assert {one.role for one in owed.escalations} == {"police_chief", "commune_leader", "inspector"}


def test_a_fine_calls_for_a_review_at_once_and_counts_in_the_rating_of_its_month(commune, browse_as):
    case = a_case(commune)
    a_fine(commune, case)
    assert duty(case, "REVIEW").due_on == date(2026, 11, 30)
    page = browse_as(commune.officer).get(f"/cases/{case.id}?story=all")
    assert "Fined: 2.500.000 đồng" in page.text


def test_under_conditional_release_the_first_breach_calls_for_a_review_within_five_working_days(commune):
    case = a_case(commune, type=CaseType.CONDITIONAL_RELEASE)
    a_breach(commune, case, date(2026, 10, 2))  # vector T21
    assert duty(case, "REVIEW").due_on == date(2026, 10, 9)


def test_what_was_entered_in_error_calls_for_nothing_any_more(commune, browse_as):
    case = a_case(commune, type=CaseType.CONDITIONAL_RELEASE)
    breach = a_breach(commune, case)
    assert duty(case, "REVIEW").open
    page = f"/violations/{breach.id}/void"
    assert press(browse_as(commune.officer), page, page, reason="Ghi nhầm").status_code == 302
    assert duty(case, "REVIEW") is None


# ── the review ──────────────────────────────────────────────────────────────────────────────────────────────────────
def test_a_review_is_proposed_held_and_minuted(commune, browse_as):
    case = a_case(commune, type=CaseType.CONDITIONAL_RELEASE, helper="helper")
    a_breach(commune, case, TODAY - timedelta(days=3))
    officer, chief = browse_as(commune.officer), browse_as(commune.chief)
    new = f"/proposals/new/review/for-case/{case.id}"
    shown = officer.get(new)
    assert "Mặt trận" in shown.text
    assert "Helper xã Bờ Y" in shown.text
    late = press(officer, new, new, planned_on="30/11/2026", location="Trụ sở", invited="Mặt trận", reason="Vi phạm")
    assert late.status_code == 422
    assert "28/11/2026" in late.text
    made = press(officer, new, new, planned_on="23/11/2026", location="Trụ sở", invited="Mặt trận", reason="Vi phạm")
    assert made.status_code == 302, made.text
    proposal = db.session.scalars(select(Proposal).where(Proposal.kind == "review")).one()
    assert "a review is called for" in officer.get(f"/proposals/{proposal.id}").text
    assert officer.get(f"/proposals/{proposal.id}/paper.docx").status_code == 200
    step(proposal, "submit", commune.officer)
    assert duty(case, "REVIEW").done_on == TODAY
    step(proposal, "approve", commune.chief)
    meeting = db.session.scalars(select(ReviewMeeting)).one()
    assert (meeting.hold_by, meeting.organiser) == (date(2026, 11, 28), "police_chief")
    assert duty(case, "HOLD-REVIEW").due_on == date(2026, 11, 28)
    page = f"/review-meetings/{meeting.id}"
    assert officer.get(f"{page}/paper.docx").status_code == 200  # to be filled in by hand
    form = officer.get(f"{page}/outcome")
    assert "no meeting is held" in form.text
    assert "postponed once" in form.text
    bare = press(
        officer, f"{page}/outcome", f"{page}/outcome", held_on="23/11/2026", came="yes", attendees="", conclusion=""
    )
    assert bare.status_code == 422
    held = press(
        officer, f"{page}/outcome", f"{page}/outcome", held_on="23/11/2026", came="yes",
        attendees="Trưởng Công an xã, chủ trì\nMặt trận", statements="Nhận lỗi", conclusion="Phê bình",
    )  # fmt: skip
    assert held.status_code == 302, held.text
    db.session.rollback()
    assert (meeting.state, meeting.held) == ("held", True)
    assert duty(case, "HOLD-REVIEW").done_on == TODAY
    assert chief.get(f"{page}/paper.docx").status_code == 200
    assert "Print the minutes" in officer.get(page).text
    assert conduct.calls(case) == []
    assert "Review held" in officer.get(f"/cases/{case.id}?story=all").text


def test_who_stays_away_without_reason_has_broken_a_duty_and_no_meeting_is_held(commune, browse_as):
    case = a_case(commune, type=CaseType.CONDITIONAL_RELEASE)
    a_breach(commune, case, TODAY - timedelta(days=3))
    meeting = a_review(commune, case)
    page = f"/review-meetings/{meeting.id}/outcome"
    bare = press(browse_as(commune.officer), page, page, held_on="23/11/2026", came="without_reason", absence_reason="")
    assert bare.status_code == 422
    sent = press(
        browse_as(commune.officer), page, page, held_on="23/11/2026", came="without_reason",
        absence_reason="Gọi không nghe máy", deliberate="y",
    )  # fmt: skip
    assert sent.status_code == 302, sent.text
    db.session.rollback()
    assert (meeting.state, meeting.held) == ("not_held", False)
    absence = case.violations[-1]
    assert (absence.kind, absence.deliberate, absence.review_id) == (ViolationKind.DUTY, True, meeting.id)
    assert "23/11/2026" in absence.text
    assert len(conduct.events(case)) == 2
    assert duty(case, "CANCEL").open  # the second deliberate breach


def test_with_a_good_reason_it_is_put_off_once_for_five_working_days_and_no_second_time(commune, browse_as):
    case = a_case(commune, type=CaseType.CONDITIONAL_RELEASE)
    a_breach(commune, case, TODAY - timedelta(days=3))
    meeting = a_review(commune, case)
    page, officer = f"/review-meetings/{meeting.id}/outcome", browse_as(commune.officer)
    typed = {"held_on": "23/11/2026", "came": "with_reason", "absence_reason": "Nhập viện"}
    assert "what the good reason was" in press(officer, page, page, **typed).text
    typed["good_reason"] = "obstacle"
    late = press(officer, page, page, **typed, again_on="02/12/2026")
    assert late.status_code == 422
    assert "30/11/2026" in late.text  # five working days after Monday 23/11; Tuesday 24/11 is off
    assert press(officer, page, page, **typed, again_on="25/11/2026").status_code == 302
    db.session.rollback()
    assert (meeting.state, meeting.planned_on, meeting.put_off_from) == ("planned", date(2026, 11, 25), TODAY)
    assert case.violations[1:] == []
    assert duty(case, "HOLD-REVIEW").due_on == meeting.due_again.due_on
    with clock.telling(clock.moment(date(2026, 11, 25))):
        again = press(browse_as(commune.officer), page, page, **typed | {"held_on": "25/11/2026"})
        assert again.status_code == 302, again.text
    db.session.rollback()
    assert meeting.state == "not_held"
    assert len(case.violations) == 1


def test_until_june_2026_a_review_was_held_without_the_person(commune, browse_as):
    with clock.telling(clock.moment(date(2026, 6, 20))):
        case = a_case(
            commune, type=CaseType.CONDITIONAL_RELEASE, received_on=date(2026, 1, 10), starts_on=date(2026, 1, 5)
        )
        a_breach(commune, case, date(2026, 6, 18))
        assert duty(case, "REVIEW").confirmed is False  # the law named no day
        from portal.proposals.actions import propose
        from portal.proposals.kinds import KINDS

        with transaction(commune.officer):
            proposal = propose(KINDS["review"].model, case, "Vi phạm", planned_on=date(2026, 6, 20), planned_at=None,
                               location="UBND", invited="Mặt trận")  # fmt: skip
        step(proposal, "submit", commune.officer)
        step(proposal, "endorse", commune.chief)
        step(proposal, "approve", commune.leader)
        meeting = db.session.scalars(select(ReviewMeeting)).one()
        assert (meeting.organiser, meeting.hold_by) == ("commune_leader", None)
        page = f"/review-meetings/{meeting.id}/outcome"
        assert "held without the person" in browse_as(commune.officer).get(page).text
        sent = press(
            browse_as(commune.officer), page, page, held_on="20/06/2026", came="without_reason",
            absence_reason="Không rõ", attendees="Chủ tịch", conclusion="Nhắc nhở",
        )  # fmt: skip
        assert sent.status_code == 302, sent.text
        db.session.rollback()
        assert (meeting.state, len(case.violations)) == ("held_without", 1)
        assert meeting.document.unit.name == "UBND xã Bờ Y"


def test_a_review_that_nothing_calls_for_is_refused_with_the_clause_and_the_way_out(commune, browse_as):
    case = a_case(commune)
    a_breach(commune, case)
    officer, new = browse_as(commune.officer), f"/proposals/new/review/for-case/{case.id}"
    made = press(officer, new, new, planned_on="23/11/2026", location="Trụ sở", invited="Mặt trận", reason="Vi phạm")
    proposal = db.session.scalars(select(Proposal).where(Proposal.kind == "review")).one()
    assert made.status_code == 302
    page = officer.get(f"/proposals/{proposal.id}")
    assert "Warn the person in writing first" in page.text
    assert "Điều 86" in page.text
    refused = officer.post(f"/proposals/{proposal.id}/submit", data={"version": version_on(page)})
    assert refused.status_code == 422


def test_two_who_record_the_outcome_at_once_the_second_is_told_and_loses_nothing(commune, browse_as):
    case = a_case(commune, type=CaseType.CONDITIONAL_RELEASE)
    a_breach(commune, case, TODAY - timedelta(days=3))
    meeting = a_review(commune, case)
    page = f"/review-meetings/{meeting.id}/outcome"
    officer, chief = browse_as(commune.officer), browse_as(commune.chief)
    shown = chief.get(page)
    carried = dict(re.findall(r'name="((?:parent_)?version)"[^>]*value="(\d+)"', shown.text))
    typed = {"held_on": "23/11/2026", "came": "yes", "attendees": "Trưởng Công an xã", "conclusion": "Phê bình"}
    assert press(officer, page, page, **typed).status_code == 302
    second = chief.post(page, data={**carried, **typed, "conclusion": "Kết luận khác"})
    assert second.status_code == 409
    assert "Kết luận khác" in second.text


def test_a_month_with_a_fine_is_suggested_as_poor_and_says_why(commune):
    case = a_case(commune)
    fine = a_fine(commune, case)
    found = suggest(Facts([Asked(TODAY.replace(day=1))], fines=case.fines))
    assert found.rating == Rating.POOR
    assert "Fined by a decision of %(day)s." in [one.message for one in found.reasons]
    with transaction(None):
        fine.annulled_on, fine.annulment_reason = TODAY, "Sai người"
    assert suggest(Facts([Asked(TODAY.replace(day=1))], fines=case.fines)).rating == Rating.FAIR


def test_a_breach_of_this_year_calls_for_a_review_also_where_an_older_one_was_never_reviewed(commune):
    case = a_case(commune, type=CaseType.CONDITIONAL_RELEASE, received_on=date(2025, 8, 1), starts_on=date(2025, 7, 14))
    a_breach(commune, case, date(2025, 10, 1), deliberate=False)
    assert duty(case, "REVIEW") is None
    recent = a_breach(commune, case, date(2026, 11, 20), deliberate=False)
    assert duty(case, "REVIEW", f"v{recent.id}").open
