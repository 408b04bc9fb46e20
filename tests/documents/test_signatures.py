"""Whose signatures a paper waits for, and what went out before the portal knew of it."""

from datetime import date

import pytest
from sqlalchemy import select

from portal.documents import actions, numbers, register
from portal.documents.models import OfficialDocument
from portal.engine import clock
from portal.engine.db import db
from portal.engine.refusal import Refused
from portal.engine.transaction import transaction
from tests.documents import files
from tests.documents.signing import sealed
from tests.documents.test_register import OUTGOING, a_decided_leave, an_entry, issue

TWO = "Đặng Thu Trà, Văn thư\nLê Trọng Khôi, Chủ tịch"
EARLIER = "12/11/2026"


def the_entry():
    db.session.expire_all()
    return db.session.scalars(select(OfficialDocument)).one()


# ── several signatures ──────────────────────────────────────────────────────────────────────────────────────────────
def test_a_paper_that_two_sign_says_whose_signature_is_missing_until_both_are_there(commune, browse_as):
    clerk = browse_as(commune.clerk)
    page = clerk.post("/documents/new/outgoing", data={**OUTGOING, "signers": TWO}, follow_redirects=True).text
    assert "Waits for the signature of Đặng Thu Trà, Văn thư; Lê Trọng Khôi, Chủ tịch" in page
    issue(clerk, the_entry(), "1/KH-UBND", signed=["1"])
    for place in (f"/documents/{the_entry().id}", "/"):
        assert "Waits for the signature of Lê Trọng Khôi, Chủ tịch" in clerk.get(place).text
    early = issue(clerk, the_entry(), "1/KH-UBND", scan=files.photo_in_pdf(), signed=["1"])
    assert early.status_code == 422
    assert "The signature of Lê Trọng Khôi, Chủ tịch is missing." in early.text
    issue(clerk, the_entry(), "1/KH-UBND", scan=files.photo_in_pdf(), signed=["1", "2"])
    assert the_entry().issued
    assert "Waits for" not in clerk.get("/").text


def test_a_signature_of_nobody_who_signs_the_paper_is_refused_at_its_field(commune, browse_as):
    clerk, entry = browse_as(commune.clerk), an_entry_of_two(commune)
    answer = issue(clerk, entry, "1/KH-UBND", signed=["3"])
    assert answer.status_code == 422
    assert "Please choose one of the list." in answer.text
    assert not the_entry().registered


def an_entry_of_two(commune):
    with transaction(commune.clerk):
        return actions.register(actions.Facts(commune.place("UB"), "KH", "Về việc tuần tra", signers=TWO))


def test_of_two_who_bear_one_name_each_signs_for_themselves(commune, browse_as):
    clerk, namesakes = browse_as(commune.clerk), "A Thảo\nBùi Xuân Tạo\nA Thảo"
    clerk.post("/documents/new/outgoing", data={**OUTGOING, "signers": namesakes})
    issue(clerk, the_entry(), "1/KH-UBND", signed=["1", "2"])
    assert the_entry().unsigned == ["A Thảo"]
    early = issue(clerk, the_entry(), "1/KH-UBND", scan=files.photo_in_pdf(), signed=["1", "2"])
    assert "The signature of A Thảo is missing." in early.text
    issue(clerk, the_entry(), "1/KH-UBND", scan=files.photo_in_pdf(), signed=["1", "2", "3"])
    assert the_entry().issued


def test_whoever_has_signed_still_has_when_the_list_of_those_who_sign_is_mended(commune, browse_as):
    clerk, entry = browse_as(commune.clerk), an_entry_of_two(commune)
    issue(clerk, entry, "1/KH-UBND", signed=["1"])
    mended = {**OUTGOING, "signers": f"Bùi Xuân Tạo\n{TWO}", "version": str(the_entry().version)}
    clerk.post(f"/documents/{entry.id}/edit", data=mended)
    assert the_entry().unsigned == ["Bùi Xuân Tạo", "Lê Trọng Khôi, Chủ tịch"]


# ── what happens before a decision is told ──────────────────────────────────────────────────────────────────────────
def test_nobody_is_told_of_a_decision_before_its_signed_page_is_registered(commune, browse_as):
    leave, officer = a_decided_leave(commune), browse_as(commune.officer)
    page = officer.get(f"/proposals/{leave.id}").text
    steps = page.split('id="steps"')[1]
    assert f"It waits for the signature of {commune.leader.full_name}" in steps
    assert f'href="/proposals/{leave.id}/paper"' in steps  # one click
    answer = officer.post(f"/proposals/{leave.id}/communicate", data={"version": leave.version})
    assert (answer.status_code, leave.state) == (422, "approved")
    sealed(leave.document, commune.clerk)
    officer.post(f"/proposals/{leave.id}/communicate", data={"version": leave.version})
    assert leave.state == "communicated"


def test_a_number_without_the_scan_is_not_enough_to_tell_a_decision(commune):
    leave = a_decided_leave(commune)
    with transaction(commune.clerk):
        actions.issue(leave.document, actions.Signed(numbers.read("5/QĐ-UBND"), clock.today()))
    with pytest.raises(Refused, match="signed page is registered"), transaction(commune.officer):
        leave.workflow.take("communicate", leave, commune.officer)


# ── what went out before ────────────────────────────────────────────────────────────────────────────────────────────
def test_what_was_signed_before_it_was_entered_is_recorded_afterwards_with_its_day_and_a_reason(commune, browse_as):
    leave, clerk = a_decided_leave(commune), browse_as(commune.clerk)
    reason = "Ký trước khi có phần mềm, bản gốc lưu tủ"
    refused = issue(clerk, leave.document, "5/QĐ-UBND", day=EARLIER)
    assert "cannot be older than" in refused.text
    issue(clerk, leave.document, "5/QĐ-UBND", day=EARLIER, afterwards=reason)
    page = browse_as(commune.officer).get(f"/proposals/{leave.id}").text
    assert f"Recorded afterwards: {reason}" in page
    assert "No. 05/QĐ-UBND of 12/11/2026" in page
    browse_as(commune.officer).post(f"/proposals/{leave.id}/communicate", data={"version": leave.version})
    assert leave.state == "communicated"


def test_a_paper_of_these_days_needs_its_scan_whatever_the_reason(commune, browse_as):
    leave, clerk = a_decided_leave(commune), browse_as(commune.clerk)
    answer = issue(clerk, leave.document, "5/QĐ-UBND", afterwards="Máy quét hỏng")
    assert answer.status_code == 422
    assert "Only what was signed before 23/11/2026" in answer.text
    assert not the_entry().registered


def test_only_whoever_keeps_the_register_says_why_a_paper_comes_afterwards(commune, browse_as):
    leave, officer = a_decided_leave(commune), browse_as(commune.officer)
    assert 'name="afterwards"' not in officer.get(f"/proposals/{leave.id}/paper").text
    typed = {"number": "5/QĐ-UBND", "dated_on": EARLIER, "afterwards": "Vội", "version": str(leave.document.version)}
    assert officer.post(f"/proposals/{leave.id}/paper", data=typed).status_code == 422
    assert not the_entry().registered


def test_what_the_clerk_enters_by_hand_may_bear_an_earlier_day_and_its_scan_can_come_later(commune, browse_as):
    clerk = browse_as(commune.clerk)
    clerk.post("/documents/new/outgoing", data=OUTGOING)
    issue(clerk, the_entry(), "46/KH-UBND", day=EARLIER, afterwards="Bản quét thất lạc")
    assert (the_entry().issued, the_entry().dated_on) == (True, date(2026, 11, 12))
    issue(clerk, the_entry(), "46/KH-UBND", day=EARLIER, scan=files.photo_in_pdf())
    assert the_entry().sealed


def test_what_was_issued_without_its_scan_takes_that_alone_and_stays_otherwise(commune, browse_as):
    clerk = browse_as(commune.clerk)
    clerk.post("/documents/new/outgoing", data=OUTGOING)
    issue(clerk, the_entry(), "46/KH-UBND", day=EARLIER, afterwards="Bản quét thất lạc")
    here, only = f"/documents/{the_entry().id}", "Only the scan of its signed page can still be added."
    page = clerk.get(here).text
    assert ("Change the entry" in page, "Strike the entry out" in page) == (False, False)
    for typed in ({"number": "99/KH-UBND", "day": EARLIER}, {"number": "46/KH-UBND", "day": "13/11/2026"}):
        answer = issue(clerk, the_entry(), **typed, afterwards="Nhầm")
        assert (answer.status_code, only in answer.text) == (422, True)
    version = str(the_entry().version)
    for deed, typed in (("edit", {**OUTGOING, "abstract": "Khác"}), ("void", {"reason": "Ghi nhầm"})):
        answer = clerk.post(f"{here}/{deed}", data={**typed, "version": version})
        assert (answer.status_code, only in answer.text) == (422, True)
    assert (the_entry().number, the_entry().voided_at) == ("46/KH-UBND", None)


# ── a form that was open while its right ended ──────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    ("page", "typed"), [("edit", {**OUTGOING, "abstract": "Bản của tôi"}), ("issue", {"number": "Bản của tôi"})]
)
def test_what_was_typed_into_an_entry_that_was_struck_out_meanwhile_is_not_lost(commune, browse_as, page, typed):
    clerk, entry = browse_as(commune.clerk), an_entry(commune)
    version = str(entry.version)
    with transaction(commune.clerk):
        actions.strike_out(entry, "Ghi trùng")
    late = clerk.post(f"/documents/{entry.id}/{page}", data={**typed, "version": version})
    assert late.status_code == 409
    assert "Bản của tôi" in late.text
    assert clerk.get(f"/documents/{entry.id}/{page}").status_code == 403


# ── the series of numbers ───────────────────────────────────────────────────────────────────────────────────────────
def test_a_number_of_a_paper_that_is_signed_anew_is_free_and_told_as_a_gap(commune):
    leave, plan = a_decided_leave(commune), an_entry(commune, symbol="QĐ-UBND")
    for entry, number in ((leave.document, "1/QĐ-UBND"), (plan, "2/QĐ-UBND")):
        with transaction(commune.clerk):
            actions.issue(entry, actions.Signed(numbers.read(number), clock.today()))
    with transaction(commune.clerk):
        unit, abstract = commune.place("UB"), leave.document.abstract
        facts = actions.Facts(unit, "QĐ", abstract, symbol="QĐ-UBND", signers="Phó Chủ tịch")
        again = actions.register(facts, subject=leave)
    assert (again.id, again.number) == (leave.document.id, "")
    assert register.gaps(commune.place("UB"), 2026) == [("QĐ-UBND", "01")]
    with transaction(commune.clerk):
        actions.issue(again, actions.Signed(numbers.read("1/QĐ-UBND"), clock.today()))
    assert register.gaps(commune.place("UB"), 2026) == []


def test_a_paper_that_is_recorded_afterwards_clashes_in_the_year_of_its_own_day(commune, browse_as):
    clerk = browse_as(commune.clerk)
    first, second = an_entry(commune), an_entry(commune)
    issue(clerk, first, "4/KH-UBND", day="05/03/2025", afterwards="Sổ giấy năm trước")
    clash = issue(clerk, second, "4/KH-UBND", day="06/03/2025", afterwards="Sổ giấy năm trước")
    assert "04/KH-UBND stands on another paper of 2025." in clash.text
    assert "04/KH-UBND is registered" in issue(clerk, second, "4/KH-UBND").text
