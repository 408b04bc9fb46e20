"""Whose signatures a paper waits for, and what went out before the portal knew of it."""

from datetime import date

import pytest
from sqlalchemy import select

from portal.documents import actions, numbers, register
from portal.documents.models import Attachment, OfficialDocument
from portal.documents.queries import waits_for_signature
from portal.duties.models import Notification
from portal.engine import clock
from portal.engine.db import db
from portal.engine.refusal import Refused
from portal.engine.transaction import transaction
from tests.documents import files
from tests.documents.signing import sealed
from tests.documents.test_register import OUTGOING, a_decided_leave, an_entry, issue

TWO = "Đặng Thu Trà, Văn thư\nLê Trọng Khôi, Chủ tịch"
EARLIER, LOST = "12/11/2026", "Bản gốc thất lạc, còn trong sổ giấy"


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


def test_the_signed_page_of_a_decision_that_was_told_is_not_struck_out(commune, browse_as):
    leave, chief = a_decided_leave(commune), browse_as(commune.chief)
    sealed(leave.document, commune.clerk)
    scan = db.session.scalars(select(Attachment)).one()
    page = f"/proposals/{leave.id}"
    assert f"/attachments/{scan.id}/void" in chief.get(page).text
    with transaction(commune.officer):
        leave.workflow.take("communicate", leave, commune.officer)
    assert f"/attachments/{scan.id}/void" not in chief.get(page).text
    answer = chief.post(f"/attachments/{scan.id}/void", data={"reason": "Nhầm số", "version": str(scan.version)})
    assert answer.status_code == 422
    assert "was told on 23/11/2026, so its signed page stays" in answer.text
    assert the_entry().sealed


# ── what went out before ────────────────────────────────────────────────────────────────────────────────────────────
def recorded_afterwards(commune, browse_as):
    """A directive of which nobody has the signed page, as the clerk records it."""
    clerk = browse_as(commune.clerk)
    clerk.post("/documents/new/outgoing", data=OUTGOING)
    issue(clerk, the_entry(), "46/KH-UBND", day=EARLIER, afterwards=LOST)
    return the_entry()


def vouched(commune, browse_as, by=None):
    entry = recorded_afterwards(commune, browse_as)
    data = {"version": str(entry.version)}
    answer = browse_as(by or commune.leader).post(f"/documents/{entry.id}/vouch", data=data, follow_redirects=True)
    assert "46/KH-UBND is issued." in answer.text
    return the_entry()


def test_what_was_signed_before_it_was_entered_is_issued_with_a_reason_once_a_second_person_vouches(commune, browse_as):
    entry = recorded_afterwards(commune, browse_as)
    assert (entry.registered, entry.issued) == (True, False)
    page = browse_as(commune.clerk).get(f"/documents/{entry.id}").text
    assert f"Recorded afterwards: {LOST}" in page
    assert "Waits for a second person" in page
    assert "Vouch for the paper" not in page
    assert the_waiting() == [entry.id]
    assert vouched_page(browse_as, commune.leader, entry).status_code == 200
    vouch(browse_as, commune.leader, entry)
    assert (the_entry().issued, the_entry().vouched_by_id, the_waiting()) == (True, commune.leader.id, [])


def the_waiting():
    return list(db.session.scalars(select(OfficialDocument.id).where(waits_for_signature())))


def vouched_page(browse_as, by, entry):
    return browse_as(by).get(f"/documents/{entry.id}/vouch")


def vouch(browse_as, by, entry):
    data = {"version": str(the_entry().version)}
    return browse_as(by).post(f"/documents/{entry.id}/vouch", data=data)


def test_nobody_vouches_for_what_they_recorded_themselves_nor_for_the_paper_of_another_register(commune, browse_as):
    entry = recorded_afterwards(commune, browse_as)
    for by, told in ((commune.clerk, 403), (commune.inspector, 403), (commune.chief, 404), (commune.officer, 404)):
        assert vouch(browse_as, by, entry).status_code == told
    assert not the_entry().issued


def test_whoever_could_vouch_is_told_and_nobody_else(commune, browse_as):
    entry = recorded_afterwards(commune, browse_as)
    told = select(Notification.user_id).where(
        Notification.kind == "DOCUMENT-TO-VOUCH", Notification.subject_id == entry.id
    )
    assert set(db.session.scalars(told)) == {commune.leader.id}


def test_what_waits_for_a_second_person_may_still_be_scanned_or_registered_anew(commune, browse_as):
    entry, clerk = recorded_afterwards(commune, browse_as), browse_as(commune.clerk)
    issue(clerk, entry, "47/KH-UBND", day=EARLIER, afterwards=LOST)
    assert (the_entry().number, the_entry().issued) == ("47/KH-UBND", False)
    issue(clerk, entry, "47/KH-UBND", day=EARLIER, afterwards=LOST, scan=files.photo_in_pdf())
    assert the_entry().sealed
    assert vouch(browse_as, commune.leader, entry).status_code == 409


def test_what_was_decided_here_is_never_older_than_that_whatever_the_reason(commune, browse_as):
    leave, clerk = a_decided_leave(commune), browse_as(commune.clerk)
    assert 'name="afterwards"' not in clerk.get(f"/documents/{leave.document.id}/issue").text
    answer = issue(clerk, leave.document, "5/QĐ-UBND", day=EARLIER, afterwards=LOST)
    assert (answer.status_code, "cannot be older than" in answer.text) == (422, True)
    signed = actions.Signed(numbers.read("5/QĐ-UBND"), date(2026, 11, 12), None, LOST)
    with pytest.raises(Refused, match="cannot be older than"), transaction(commune.clerk):
        actions.issue(leave.document, signed, None, commune.clerk.id)
    assert not the_entry().registered


def test_what_was_decided_before_it_was_entered_is_recorded_afterwards_from_that_day_on(commune, browse_as):
    clerk, entry = browse_as(commune.clerk), an_entry(commune, drafted_on=date(2026, 11, 12))
    assert issue(clerk, entry, "5/KH-UBND", day="11/11/2026", afterwards=LOST).status_code == 422
    issue(clerk, entry, "5/KH-UBND", day=EARLIER, afterwards=LOST)
    assert the_entry().to_be_vouched


def test_a_paper_of_these_days_needs_its_scan_whatever_the_reason(commune, browse_as):
    answer = issue(browse_as(commune.clerk), an_entry(commune), "5/KH-UBND", afterwards="Máy quét hỏng")
    assert answer.status_code == 422
    assert "Only what was signed before 23/11/2026" in answer.text
    assert not the_entry().registered


def test_only_whoever_keeps_the_register_says_why_a_paper_comes_afterwards(commune, browse_as):
    leave, officer = a_decided_leave(commune), browse_as(commune.officer)
    assert 'name="afterwards"' not in officer.get(f"/proposals/{leave.id}/paper").text
    typed = {"number": "5/QĐ-UBND", "dated_on": EARLIER, "afterwards": "Vội", "version": str(leave.document.version)}
    assert officer.post(f"/proposals/{leave.id}/paper", data=typed).status_code == 422
    assert not the_entry().registered


def test_the_scan_of_what_the_clerk_enters_by_hand_can_come_later(commune, browse_as):
    entry = vouched(commune, browse_as)
    assert (entry.issued, entry.dated_on) == (True, date(2026, 11, 12))
    issue(browse_as(commune.clerk), entry, "46/KH-UBND", day=EARLIER, scan=files.photo_in_pdf())
    assert the_entry().sealed


def test_what_was_issued_without_its_scan_takes_that_alone_and_stays_otherwise(commune, browse_as):
    vouched(commune, browse_as)
    clerk = browse_as(commune.clerk)
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
