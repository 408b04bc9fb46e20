"""What is recorded in a case, from the outside: each form does what it says, and refuses what cannot be."""

from datetime import date

import pytest

from portal.cases.models import Assessment, CheckIn, Contact, Measure, RollCall, Violation
from portal.engine.db import db
from tests.builders import a_case

GOOD = {
    "check-in": (CheckIn, {"month": "2026-11-01", "received_on": "23/11/2026", "channel": "in_person"}),
    "roll-call": (RollCall, {"month": "2026-11-01", "held_on": "05/11/2026", "present": "yes"}),
    "contact": (Contact, {"kind": "visit", "happened_on": "20/11/2026", "note": "Gặp tại nhà"}),
    "assessment": (
        Assessment,
        {"month": "2026-10-01", "written_on": "04/11/2026", "rating": "fair", "text": "Chăm làm, giúp thôn"},
    ),
    "violation": (
        Violation,
        {
            "kind": "duty",
            "occurred_on": "10/11/2026",
            "recorded_on": "12/11/2026",
            "text": "Vắng mặt không phép",
            "missing_report": "other",
        },
    ),
    "measure": (Measure, {"kind": "loan", "given_on": "12/11/2026", "given_by": "Ngân hàng", "amount_vnd": "30000000"}),
}
DAYS = {
    "check-in": "received_on", "roll-call": "held_on", "contact": "happened_on", "assessment": "written_on",
    "violation": "recorded_on", "measure": "given_on",
}  # fmt: skip


def filled(browser, case, page):
    """What is typed into a form, with what its page carries of what it suggests."""
    typed = GOOD[page][1]
    if page != "assessment":
        return typed
    shown = browser.get(f"/cases/{case.id}/assessment?month={typed['month'][:7]}").text
    return {**typed, "seal": seal_in(shown)}


def seal_in(shown):
    return shown.split('name="seal" value="', 1)[1].split('"', 1)[0] if 'name="seal"' in shown else ""


def kept(record):
    db.session.rollback()
    return db.session.scalars(db.select(record)).all()


@pytest.mark.parametrize("page", GOOD)
def test_each_page_keeps_what_was_written_and_the_timeline_tells_it(commune, browse_as, page):
    case, record, officer = a_case(commune), GOOD[page][0], browse_as(commune.officer)
    typed = filled(officer, case, page)
    answer = officer.post(f"/cases/{case.id}/{page}", data=typed)
    lands = "/violations/1" if page == "violation" else f"/cases/{case.id}"  # where its warning is drafted
    assert (answer.status_code, answer.headers["Location"]) == (302, lands)
    (written,) = kept(record)
    assert (written.case_id, written.created_by_id) == (case.id, commune.officer.id)
    told = officer.get(f"/cases/{case.id}").text
    for text in ("note", "text", "given_by"):
        assert typed.get(text, "") in told


@pytest.mark.parametrize("page", GOOD)
@pytest.mark.parametrize("day", ["24/11/2026", "01/07/2026", "31/02/2026", "", "hôm qua", "01/01/0001", "31/12/9999"])
def test_no_page_takes_a_day_that_cannot_be_and_what_was_typed_stays(commune, browse_as, page, day):
    case, record, officer = a_case(commune), GOOD[page][0], browse_as(commune.officer)
    typed = filled(officer, case, page)
    answer = officer.post(f"/cases/{case.id}/{page}", data={**typed, DAYS[page]: day})
    assert answer.status_code == 422
    assert kept(record) == []
    for name in ("note", "text", "given_by"):
        assert typed.get(name, "") in answer.text


@pytest.mark.parametrize("page", ["check-in", "roll-call", "assessment"])
def test_what_is_recorded_once_a_month_is_not_recorded_twice(commune, browse_as, page):
    case, record, officer = a_case(commune), GOOD[page][0], browse_as(commune.officer)
    typed = filled(officer, case, page)
    officer.post(f"/cases/{case.id}/{page}", data=typed)
    assert officer.post(f"/cases/{case.id}/{page}", data=typed).status_code == 409
    assert len(kept(record)) == 1


def test_a_month_before_july_2026_has_no_rating_and_one_after_needs_it(commune, browse_as):
    case, officer = a_case(commune), browse_as(commune.officer)
    typed = filled(officer, case, "assessment")
    assert officer.post(f"/cases/{case.id}/assessment", data={**typed, "rating": ""}).status_code == 422
    assert kept(Assessment) == []


def test_a_violation_is_not_recorded_before_it_happened(commune, browse_as):
    case, (record, typed) = a_case(commune), GOOD["violation"]
    answer = browse_as(commune.officer).post(f"/cases/{case.id}/violation", data={**typed, "occurred_on": "13/11/2026"})
    assert (answer.status_code, kept(record)) == (422, [])


def test_a_returned_self_report_counts_for_nothing_and_can_be_handed_in_again(commune, browse_as):
    case, (record, typed) = a_case(commune), GOOD["check-in"]
    officer = browse_as(commune.officer)
    officer.post(f"/cases/{case.id}/check-in", data=typed)
    (report,) = kept(record)
    assert officer.post(f"/check-ins/{report.id}/return", data={"reason": "", "version": 1}).status_code == 422
    assert (
        officer.post(f"/check-ins/{report.id}/return", data={"reason": "Thiếu chữ ký", "version": 1}).status_code == 302
    )
    assert officer.post(f"/cases/{case.id}/check-in", data=typed).status_code == 302
    assert [one.state for one in kept(record)] == ["returned", "received"]


@pytest.mark.parametrize("state", ["draft", "rejected", "closed"])
@pytest.mark.parametrize("page", GOOD)
def test_nothing_is_recorded_in_a_case_that_does_not_run(commune, browse_as, page, state):
    case, (record, typed) = a_case(commune, state=state), GOOD[page]
    assert browse_as(commune.officer).post(f"/cases/{case.id}/{page}", data=typed).status_code in (403, 404)
    assert kept(record) == []


@pytest.mark.parametrize("page", ["assessment", "violation", "measure"])
def test_a_colleague_on_duty_records_reports_roll_calls_and_contacts_and_nothing_else(commune, browse_as, page):
    case, (record, typed) = a_case(commune), GOOD[page]
    assert browse_as(commune.officer2).post(f"/cases/{case.id}/{page}", data=typed).status_code == 404
    assert kept(record) == []


# ── the assessment of one case: as in the round ─────────────────────────────────────────────────────────────────────
ALONE = "assessment?month=2026-10"


def in_time(officer, case):
    """Who did in October what was asked."""
    for page, typed in (
        ("check-in", {"month": "2026-10-01", "received_on": "03/10/2026", "channel": "in_person"}),
        ("roll-call", {"month": "2026-10-01", "held_on": "03/10/2026", "present": "yes"}),
    ):
        assert officer.post(f"/cases/{case.id}/{page}", data=typed).status_code == 302


def test_the_form_of_one_case_suggests_a_rating_with_the_events_that_it_comes_from_and_keeps_them(commune, browse_as):
    case, officer = a_case(commune), browse_as(commune.officer)
    in_time(officer, case)
    shown = officer.get(f"/cases/{case.id}/{ALONE}").text
    assert "Suggested for 10/2026: Fair" in shown
    for event in ("Handed the self-report in on 03/10/2026.", "Was there at the roll-call of 03/10/2026."):
        assert event in shown
    typed = {"month": "2026-10-01", "written_on": "04/11/2026", "rating": "fair", "seal": seal_in(shown)}
    assert officer.post(f"/cases/{case.id}/assessment", data=typed).status_code == 302
    (written,) = kept(Assessment)
    assert (written.rating, "Handed the self-report in on 03/10/2026." in written.text) == ("fair", True)


def test_what_is_suggested_of_another_month_is_shown_before_anything_is_saved(commune, browse_as):
    case, officer = a_case(commune), browse_as(commune.officer)
    in_time(officer, case)
    typed = {"month": "2026-09-01", "written_on": "23/11/2026", "only": "check", "text": "Đang viết"}
    whole = officer.post(f"/cases/{case.id}/assessment", data=typed)
    part = officer.post(f"/cases/{case.id}/assessment", data=typed, headers={"X-Part": "checked"})
    for answer in (whole, part):
        assert answer.status_code == 200
        assert "Suggested for 09/2026: Average" in answer.text
    assert "Đang viết" in whole.text
    assert "<form" not in part.text
    assert kept(Assessment) == []


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"rating": "good"}, "Please say why the rating is another one than suggested"),
        ({"rating": "good", "text": "x"}, "Please say why the rating is another one than suggested"),
        ({"rating": "poor", "text": "Không chấp hành"}, "Poor needs one of its grounds"),
        ({"rating": "poor", "text": "Không chấp hành", "ground": "whatever"}, 'id="ground-error"'),
    ],
)
def test_another_rating_than_suggested_wants_its_reason_in_one_case_too(commune, browse_as, said, told):
    case, officer = a_case(commune), browse_as(commune.officer)
    answer = officer.post(
        f"/cases/{case.id}/assessment", data=filled(officer, case, "assessment") | {"text": ""} | said
    )
    assert (answer.status_code, kept(Assessment)) == (422, [])
    assert told in answer.text
    whole = filled(officer, case, "assessment") | {"rating": "poor", "text": "Không chấp hành", "ground": "refuses"}
    assert officer.post(f"/cases/{case.id}/assessment", data=whole).status_code == 302
    assert [one.text.endswith("Refuses supervision and education. Không chấp hành") for one in kept(Assessment)] == [
        True
    ]


def test_a_violation_recorded_while_the_form_of_one_case_is_open_is_told_before_a_rating_is_written(commune, browse_as):
    case, officer = a_case(commune), browse_as(commune.officer)
    typed = filled(officer, case, "assessment")
    breach = {
        "kind": "duty",
        "occurred_on": "10/10/2026",
        "recorded_on": "12/10/2026",
        "text": "Đi khỏi xã",
        "missing_report": "other",
    }
    browse_as(commune.chief).post(f"/cases/{case.id}/violation", data=breach)
    answer = officer.post(f"/cases/{case.id}/assessment", data=typed)
    assert (answer.status_code, kept(Assessment)) == (409, [])
    assert "the suggestion is another one now" in answer.text
    assert "Suggested for 10/2026: Poor" in answer.text
    assert typed["text"] in answer.text


def test_the_seal_of_what_is_suggested_goes_along_once(commune, browse_as):
    case, officer = a_case(commune), browse_as(commune.officer)
    typed = filled(officer, case, "assessment")
    refused = officer.post(f"/cases/{case.id}/assessment", data=typed | {"rating": ""})
    for shown in (officer.get(f"/cases/{case.id}/assessment"), refused):
        assert shown.text.count('name="seal"') == 1


def test_a_month_that_is_not_over_is_not_assessed_and_the_page_says_from_when(commune, browse_as):
    case, officer = a_case(commune), browse_as(commune.officer)
    shown = officer.get(f"/cases/{case.id}/assessment?month=2026-11").text
    assert "11/2026 is not over yet; it is assessed from 01/12/2026 on." in shown
    assert 'value="2026-11-01"' not in shown
    early = filled(officer, case, "assessment") | {"month": "2026-11-01", "written_on": "23/11/2026"}
    answer = officer.post(f"/cases/{case.id}/assessment", data=early)
    assert (answer.status_code, kept(Assessment)) == (422, [])
    assert "11/2026 is not over yet" in answer.text


def test_no_assessment_bears_a_day_on_which_its_month_was_not_over(commune, browse_as):
    case, officer = a_case(commune), browse_as(commune.officer)
    typed = filled(officer, case, "assessment") | {"written_on": "30/10/2026"}
    answer = officer.post(f"/cases/{case.id}/assessment", data=typed)
    assert (answer.status_code, kept(Assessment)) == (422, [])
    assert "10/2026 is not over yet; it is assessed from 01/11/2026 on." in answer.text


def test_the_last_month_is_assessed_on_the_day_on_which_the_file_is_handed_over(commune, browse_as):
    case, officer = a_case(commune, starts_on=date(2025, 11, 26), term_months=12), browse_as(commune.officer)
    assert 'value="2026-11-01"' in officer.get(f"/cases/{case.id}/assessment").text
