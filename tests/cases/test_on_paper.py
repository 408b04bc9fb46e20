"""Files that ran on paper before the commune kept them here: what is asked for, and what that paper counts for."""

from datetime import date

import pytest
from sqlalchemy import select

from portal.cases import conduct
from portal.cases.models import Assessment, Case, Rating, ReviewMeeting, WrittenWarning
from portal.duties.models import Duty
from portal.engine import clock
from portal.engine.db import db
from portal.engine.transaction import transaction
from portal.proposals.kinds.absence.model import AbsenceProposal
from tests.builders import a_case

RECEIVED = {"received_on": date(2026, 1, 9), "starts_on": date(2026, 1, 1), "term_months": 36}
KEPT = date(2026, 11, 3)
PAPER = {"paper_report_on": date(2026, 11, 2), "paper_assessed_on": date(2026, 10, 4), "paper_rating": Rating.FAIR}
MONTHLY = ("COM-SELF-REPORT", "COM-ROLLCALL", "COM-ASSESS-MONTHLY")


def on_paper_until(commune, kept_from=KEPT, **paper):
    """A file that ran on paper until a day. Everything else of it is as its form gives it."""
    case = a_case(commune, **RECEIVED)
    with transaction(commune.officer):
        kept = db.session.get(Case, case.id)
        for name, value in {"kept_from": kept_from, **paper}.items():
            setattr(kept, name, value)
    return db.session.get(Case, case.id)


def open_duties(case, *rules):
    db.session.rollback()
    asked = select(Duty).where(Duty.case_id == case.id, Duty.dropped_on.is_(None), Duty.done_on.is_(None))
    return sorted((one.rule, one.key) for one in db.session.scalars(asked) if not rules or one.rule in rules)


def months_in(page):
    return [part.partition('"')[0] for part in page.text.split('<option value="20')[1:]] + [
        part.partition('"')[0] for part in page.text.split('<option selected value="20')[1:]
    ]


# ── entering such a file ────────────────────────────────────────────────────────────────────────────────────────────
FILE = {
    "full_name": "Trần Văn Giấy", "birth_year": "1990", "type": "suspended_sentence", "received_on": "09/01/2026",
    "starts_on": "01/01/2026", "term_months": "36",
}  # fmt: skip


def enter(commune, browser, **more):
    return browser.post("/cases/new", data={**FILE, "village_id": str(commune.place("BPH").id), **more})


def entered():
    db.session.rollback()
    return db.session.scalars(select(Case)).all()


def test_a_file_that_comes_long_after_its_receipt_says_from_when_it_is_kept_here_and_what_the_paper_had(
    commune, browse_as
):
    officer = browse_as(commune.officer)
    refused = enter(commune, officer)
    assert (refused.status_code, entered()) == (422, [])
    assert "Please say from when on it is kept here" in refused.text
    answer = enter(
        commune, officer, kept_from="03/11/2026", paper_report_on="02/11/2026", paper_assessed_on="04/10/2026",
        paper_rating="fair",
    )  # fmt: skip
    assert answer.status_code == 302, answer.text
    (case,) = entered()
    assert (case.kept_from, case.paper_report_on) == (KEPT, PAPER["paper_report_on"])
    assert (case.paper_assessed_on, case.paper_rating) == (PAPER["paper_assessed_on"], Rating.FAIR)


def test_a_file_that_came_just_now_says_nothing_of_paper(commune, browse_as):
    answer = enter(commune, browse_as(commune.officer), received_on="10/11/2026")
    assert answer.status_code == 302
    assert [one.kept_from for one in entered()] == [None]


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"kept_from": "08/01/2026"}, "The file was received only on 09/01/2026."),
        ({"kept_from": "24/11/2026"}, 'id="kept_from-error"'),
        ({"kept_from": "03/11/2026", "paper_report_on": "04/11/2026"}, "From 03/11/2026 on it is recorded here."),
        ({"kept_from": "03/11/2026", "paper_assessed_on": "01/01/2026"}, "The file was received only on 09/01/2026."),
        ({"received_on": "10/11/2026", "paper_report_on": "12/11/2026"}, "Please say from when on the file is kept"),
        ({"kept_from": "03/11/2026", "paper_rating": "good"}, "A rating belongs to an assessment"),
    ],
)
def test_what_does_not_fit_of_the_paper_is_told_at_its_field(commune, browse_as, typed, told):
    answer = enter(commune, browse_as(commune.officer), **typed)
    assert (answer.status_code, entered()) == (422, [])
    assert told in answer.text


# ── what is asked for ───────────────────────────────────────────────────────────────────────────────────────────────
def test_nothing_of_the_months_on_paper_is_owed_offered_or_missing(commune, browse_as):
    case, officer = on_paper_until(commune), browse_as(commune.officer)
    owed = open_duties(case, *MONTHLY)
    assert ("COM-SELF-REPORT", "2026-11") in owed
    assert ("COM-ASSESS-MONTHLY", "2026-10") in owed
    assert {key for _rule, key in owed} <= {"2026-10", "2026-11", "2026-12"}
    assert ("COM-SELF-REPORT", "2026-10") not in owed
    assert months_in(officer.get(f"/cases/{case.id}/check-in")) == ["26-11-01"]
    assert months_in(officer.get(f"/cases/{case.id}/assessment")) == ["26-10-01"]
    told = officer.get(f"/cases/{case.id}/check-in?month=2026-09").text
    assert "The file is kept here from 03/11/2026 on; what was owed for 09/2026 is on paper." in told
    assert f'name="here_{case.id}"' not in officer.get("/cases/round?month=2026-10").text
    assert f'name="here_{case.id}"' in officer.get("/cases/round?month=2026-11").text


def test_what_the_paper_had_of_the_month_of_the_change_is_not_asked_for_again(commune, browse_as):
    case = on_paper_until(commune, date(2026, 11, 5), **PAPER | {"paper_assessed_on": date(2026, 11, 4)})
    owed = open_duties(case, *MONTHLY)
    assert {key for _rule, key in owed} <= {"2026-11", "2026-12"}
    assert ("COM-SELF-REPORT", "2026-11") not in owed
    assert ("COM-ROLLCALL", "2026-11") not in owed
    officer = browse_as(commune.officer)
    assert months_in(officer.get(f"/cases/{case.id}/assessment")) == []
    assert f'name="in_{case.id}"' not in officer.get("/cases/round?month=2026-11").text


def test_the_first_rating_here_holds_no_report_against_somebody_that_was_owed_on_paper(commune, browse_as):
    case, officer = on_paper_until(commune), browse_as(commune.officer)
    shown = officer.get(f"/cases/{case.id}/assessment?month=2026-10").text
    assert "Suggested for 10/2026: Fair" in shown
    assert "Has not handed the self-report in." not in shown


def test_no_step_of_the_reception_is_owed_that_was_due_on_paper(commune):
    case = on_paper_until(commune)
    early = {"COM-RECEPTION-REPORT", "COM-PLAN", "COM-HELPER-PROPOSE", "SS-SUMMON"}
    assert not early & {rule for rule, _key in open_duties(case)}


def test_the_page_of_the_case_says_until_when_it_was_on_paper_and_what_that_had(commune, browse_as):
    case = on_paper_until(commune, **PAPER)
    page = browse_as(commune.officer).get(f"/cases/{case.id}").text
    for text in ("Before 03/11/2026 on paper", "self-reports and roll-calls until 02/11/2026",
                 "last assessment of 04/10/2026: Fair", "Kept here from this day on; before it on paper"):  # fmt: skip
        assert text in page
    leader = browse_as(commune.leader).get(f"/cases/{case.id}").text
    assert "Before 03/11/2026 on paper" in leader
    assert "last assessment" not in leader


def test_months_on_paper_are_in_no_count_of_missing_reports(commune, browse_as):
    on_paper_until(commune)
    page = browse_as(commune.officer).get("/cases/regularity").text
    assert "1 were due" in page


# ── what was decided on that paper ──────────────────────────────────────────────────────────────────────────────────
def a_breach(browser, case, on="10/08/2026"):
    typed = {
        "kind": "duty",
        "occurred_on": on,
        "recorded_on": on,
        "text": "Đi khỏi xã",
        "deliberate": "y",
        "missing_report": "other",
    }
    assert browser.post(f"/cases/{case.id}/violation", data=typed).status_code == 302
    db.session.rollback()
    return db.session.get(Case, case.id).violations[-1]


WARNING = {"paper_number": "12/TB-CAX", "written_on": "14/08/2026", "given_on": "15/08/2026", "text": "Không rời xã"}
REVIEW = {"paper_number": "03/BB-CAX", "paper_on": "10/09/2026", "held_on": "15/09/2026", "came": "yes",
          "told": "Đã nhận lỗi", "conclusion": "Nhắc nhở trước thôn"}  # fmt: skip
LEAVE = {"paper_number": "45/QĐ-UBND", "paper_on": "01/06/2026", "leaves_on": "05/06/2026", "returns_on": "14/06/2026",
         "destination": "xã Đăk Xú"}  # fmt: skip


def warn(browser, case, breach, **other):
    return browser.post(f"/cases/{case.id}/paper-warning", data={"violation_id": breach.id, **WARNING, **other})


def review(browser, case, **other):
    return browser.post(f"/cases/{case.id}/paper-review", data={**REVIEW, **other})


def leave(browser, case, **other):
    return browser.post(f"/proposals/paper-absence/for-case/{case.id}", data={**LEAVE, **other})


def kept(record):
    db.session.rollback()
    return db.session.scalars(select(record)).all()


def test_a_warning_of_before_counts_with_no_new_signature_and_a_further_breach_calls_for_a_review(commune, browse_as):
    case, officer = on_paper_until(commune), browse_as(commune.officer)
    breach = a_breach(officer, case)
    assert f"/cases/{case.id}/paper-warning" in officer.get(f"/cases/{case.id}").text
    assert warn(officer, case, breach).status_code == 302
    (warning,) = kept(WrittenWarning)
    assert (warning.state, warning.given_on, warning.paper_number) == ("given", date(2026, 8, 15), "12/TB-CAX")
    assert not {"SIGN-WARNING", "GIVE-WARNING"} & {rule for rule, _key in open_duties(case)}
    page = officer.get(f"/written-warnings/{warning.id}").text
    assert "No. 12/TB-CAX of 14/08/2026, given on paper before the file was kept here." in page
    assert "paper.docx" not in page
    assert "On paper: No. 12/TB-CAX" in officer.get(f"/cases/{case.id}").text
    assert conduct.calls(db.session.get(Case, case.id)) == []
    a_breach(officer, case, "12/11/2026")
    assert "REVIEW" in {rule for rule, _key in open_duties(case)}


def test_a_review_of_before_leads_on_to_prison_as_one_that_was_held_here(commune, browse_as):
    case, officer = on_paper_until(commune), browse_as(commune.officer)
    first, second = a_breach(officer, case), a_breach(officer, case, "01/09/2026")
    warn(officer, case, first)
    assert review(officer, case).status_code == 302
    (held,) = kept(ReviewMeeting)
    assert (held.state, held.organiser, held.paper_number) == ("held", "police_chief", "03/BB-CAX")
    assert not {"HOLD-REVIEW", "REVIEW", "REVOKE"} & {rule for rule, _key in open_duties(case)}
    assert "03/BB-CAX" in officer.get(f"/review-meetings/{held.id}").text
    warn(officer, case, second, paper_number="15/TB-CAX", written_on="20/09/2026", given_on="21/09/2026")
    a_breach(officer, case, "12/11/2026")
    assert "REVOKE" in {rule for rule, _key in open_duties(case)}


@pytest.mark.parametrize(
    ("other", "told"),
    [
        ({"given_on": "03/11/2026"}, "The file is kept here from 03/11/2026 on."),
        ({"written_on": "05/11/2026", "given_on": "06/11/2026"}, "The file is kept here from 03/11/2026 on."),
        ({"given_on": "13/08/2026"}, "It was signed on 14/08/2026."),
        ({"written_on": "09/08/2026"}, "The breach happened on 10/08/2026"),
        ({"paper_number": ""}, 'id="paper_number-error"'),
    ],
)
def test_a_warning_that_cannot_have_been_given_on_paper_is_refused(commune, browse_as, other, told):
    case, officer = on_paper_until(commune), browse_as(commune.officer)
    answer = warn(officer, case, a_breach(officer, case), **other)
    assert (answer.status_code, kept(WrittenWarning)) == (422, [])
    assert told in answer.text


@pytest.mark.parametrize(
    ("other", "told"),
    [
        ({"held_on": "03/11/2026"}, "The file is kept here from 03/11/2026 on."),
        ({"held_on": "09/09/2026"}, "The paper that establishes the breach is of 10/09/2026."),
        ({"came": "with_reason"}, "By the law of that day the review was put off."),
        ({"paper_number": ""}, 'id="paper_number-error"'),
    ],
)
def test_a_review_that_cannot_have_been_over_on_paper_is_refused(commune, browse_as, other, told):
    case, officer = on_paper_until(commune), browse_as(commune.officer)
    a_breach(officer, case, "01/09/2026")
    answer = review(officer, case, **other)
    assert (answer.status_code, kept(ReviewMeeting)) == (422, [])
    assert told in answer.text


def test_a_review_of_before_needs_the_breach_for_which_it_was_held(commune, browse_as):
    case = on_paper_until(commune)
    answer = review(browse_as(commune.officer), case)
    assert (answer.status_code, kept(ReviewMeeting)) == (422, [])
    assert "Please record the breach first" in answer.text


def test_days_permitted_on_paper_are_used_up_and_wait_for_no_signature(commune, browse_as):
    case, officer = on_paper_until(commune), browse_as(commune.officer)
    assert leave(officer, case).status_code == 302
    (permit,) = kept(AbsenceProposal)
    assert (permit.case.days_away(), permit.document, permit.in_effect) == (10, None, True)
    assert [one for one in open_duties(case) if "PROPOSAL" in one[0] or "COMMUNICATE" in one[0]] == []
    page = officer.get(f"/proposals/{permit.id}").text
    assert "Permitted on paper: No. 45/QĐ-UBND of 01/06/2026, before the file was kept here." in page
    assert leave(officer, case, paper_number="46/QĐ-UBND").status_code == 422  # the same days
    assert len(kept(AbsenceProposal)) == 1


@pytest.mark.parametrize(
    ("other", "told"),
    [
        ({"paper_on": "03/11/2026"}, "The file is kept here from 03/11/2026 on."),
        ({"leaves_on": "02/01/2026", "returns_on": "03/01/2026"}, "The file was received on 09/01/2026"),
        ({"returns_on": "04/06/2026"}, "The day of return cannot lie before the departure"),
        ({"medical": "y"}, "A treatment of before has its paper"),
        ({"paper_number": ""}, 'id="paper_number-error"'),
    ],
)
def test_an_absence_that_cannot_have_been_permitted_on_paper_is_refused(commune, browse_as, other, told):
    case = on_paper_until(commune)
    answer = leave(browse_as(commune.officer), case, **other)
    assert (answer.status_code, kept(AbsenceProposal)) == (422, [])
    assert told in answer.text


@pytest.mark.parametrize("address", ["paper-warning", "paper-review", "assessment", "check-in"])
def test_no_page_speaks_of_a_month_that_was_not_chosen_where_none_was_wanted(commune, browse_as, address):
    case = a_case(commune)
    page = browse_as(commune.officer).get(f"/cases/{case.id}/{address}")
    assert (page.status_code, "No month is chosen" in page.text) == (200, False)


def test_a_file_that_was_kept_here_from_its_first_day_takes_nothing_from_paper(commune, browse_as):
    case, officer = a_case(commune, received_on=clock.today()), browse_as(commune.officer)
    page = officer.get(f"/cases/{case.id}").text
    for address in ("paper-warning", "paper-review", "paper-absence"):
        assert address not in page
    assert leave(officer, case, paper_on="23/11/2026").status_code == 422
    assert kept(Assessment) == kept(AbsenceProposal) == []
