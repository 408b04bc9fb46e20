"""The register of documents: what a unit received and issues, by whom it is kept, and which numbers are taken."""

import io
import re
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from portal.documents import actions, numbers, register
from portal.documents.jobs import enter_missing
from portal.documents.models import Attachment, Category, OfficialDocument
from portal.engine import clock
from portal.engine.db import db
from portal.engine.transaction import transaction
from tests.builders import a_case, a_person, an_absence
from tests.documents import files

OUTGOING = {"code": "KH", "abstract": "Về việc phòng, chống ma túy năm 2026", "signers": "Lê Trọng Khôi",
            "issued_by": "unit"}  # fmt: skip
INCOMING = {
    "code": "CV", "abstract": "Về việc báo cáo quý IV", "sender": "UBND tỉnh Quảng Ngãi", "number": "1203/UBND-NC",
    "dated_on": "18/11/2026", "received_on": "20/11/2026", "arrival": "1",
}  # fmt: skip


def an_entry(commune, code="KH", unit="UB", abstract="Về việc tuần tra", **more):
    with transaction(commune.clerk):
        facts = actions.Facts(commune.place(unit), code, abstract, signers="Lê Trọng Khôi", **more)
        return actions.register(facts)


def issue(client, document, number, day="23/11/2026", scan=None, **typed):
    db.session.expire_all()
    data = {"number": number, "dated_on": day, "version": str(document.version), **typed}
    if scan:
        data |= {"not_classified": "y", "scan": (io.BytesIO(scan), "trang ký.pdf")}
    return client.post(f"/documents/{document.id}/issue", data=data, follow_redirects=True)


def a_decided_leave(commune, name="Đặng Thị Phượng"):
    case = a_case(commune, person=a_person(commune, name=name))
    leave = an_absence(commune, case, date(2026, 12, 1), date(2026, 12, 20))
    for step, by in (("submit", commune.officer), ("endorse", commune.chief), ("approve", commune.leader)):
        with transaction(by):
            leave.workflow.take(step, leave, by)
    return leave


def test_whoever_enters_a_decision_says_whether_it_is_about_one_person_or_launches_something(commune, browse_as):
    clerk, decision = browse_as(commune.clerk), {**OUTGOING, "code": "QĐ"}
    page = clerk.post("/documents/new/outgoing", data=decision)
    assert (page.status_code, "Please say which." in page.text) == (422, True)
    assert not db.session.scalars(select(OfficialDocument)).all()
    assert clerk.post("/documents/new/outgoing", data={**decision, "category": "directive"}).status_code == 302
    assert db.session.scalars(select(OfficialDocument)).one().category == Category.DIRECTIVE


def test_the_clerk_enters_a_document_that_waits_for_its_signature_until_number_day_and_scan_are_there(
    commune, browse_as
):
    clerk = browse_as(commune.clerk)
    page = clerk.post("/documents/new/outgoing", data=OUTGOING, follow_redirects=True).text
    assert "Waits for the signature of Lê Trọng Khôi" in page
    document = db.session.scalars(select(OfficialDocument)).one()
    assert document.symbol == "KH-UBND"
    waiting = issue(clerk, document, "46/KH-UBND").text
    assert "It is issued once these are recorded: the scan of the signed page." in waiting
    issued = issue(clerk, document, "46/KH-UBND", scan=files.photo_in_pdf()).text
    assert "Waits for" not in issued
    assert ">Issued<" in re.sub(r"\s+", "", issued) or "Issued" in issued
    assert document.issued


def test_the_next_number_is_offered_what_is_missing_is_told_and_one_that_is_taken_is_refused_at_its_field(
    commune, browse_as
):
    clerk, one, other = browse_as(commune.clerk), an_entry(commune), an_entry(commune)
    assert 'value="01/KH-UBND"' in clerk.get(f"/documents/{one.id}/issue").text
    assert "Numbers before it that the portal does not know: 01–06." in issue(clerk, one, "7/KH-UBND").text
    assert 'value="08/KH-UBND"' in clerk.get(f"/documents/{other.id}/issue").text
    clash = issue(clerk, other, "07/kh-ubnd")
    assert clash.status_code == 422
    said = re.search(r'id="number-error">(.*?)</span></span>', clash.text, re.DOTALL)[1]
    assert "stands on another paper of 2026" in said
    assert 'value="07/kh-ubnd"' in clash.text
    page = clerk.get("/documents/").text
    assert "Numbers of 2026 that the portal does not know" in page
    assert "01–06" in page


def test_each_unit_and_each_year_numbers_anew(commune):
    with clock.telling(clock.moment(date(2025, 6, 2))):
        last_year = an_entry(commune)
        with transaction(commune.clerk):
            actions.issue(last_year, actions.Signed(numbers.read("9/KH-UBND"), date(2025, 6, 2)))
    ours, police = an_entry(commune), an_entry(commune, unit="CA", symbol="KH-UBND")
    assert str(register.suggested(ours, date(2026, 11, 23))) == "01/KH-UBND"
    with transaction(commune.clerk):
        actions.issue(ours, actions.Signed(numbers.read("1/KH-UBND"), date(2026, 11, 23)))
    assert str(register.suggested(police, date(2026, 11, 23))) == "01/KH-UBND"
    assert str(register.suggested(an_entry(commune), date(2026, 11, 23))) == "02/KH-UBND"


def test_what_came_in_stands_under_the_next_number_of_arrival(commune, browse_as):
    clerk = browse_as(commune.clerk)
    page = clerk.post("/documents/new/incoming", data=INCOMING, follow_redirects=True).text
    assert "number 1 of arrival" in page
    assert 'value="2"' in clerk.get("/documents/new/incoming").text
    again = clerk.post("/documents/new/incoming", data=INCOMING)
    assert again.status_code == 422
    assert "Number 1 of 2026 stands at another document that came in." in again.text
    assert "1203/UBND-NC" in again.text


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"received_on": "01/11/2026"}, "cannot have come in before it was written"),
        ({"received_on": "24/11/2026"}, "lies in the future"),
        ({"arrival": "0"}, "A number from 1"),
        ({"abstract": " "}, "This is needed."),
        ({"code": "XX"}, "Please choose one of the list."),
    ],
)
def test_what_is_mistyped_is_told_at_its_field_and_nothing_is_entered(commune, browse_as, typed, told):
    answer = browse_as(commune.clerk).post("/documents/new/incoming", data={**INCOMING, **typed})
    assert answer.status_code == 422
    assert told in answer.text
    assert db.session.scalars(select(OfficialDocument)).all() == []


def test_the_paper_of_a_proposal_enters_the_register_when_it_is_decided_and_names_nobody(commune, browse_as):
    leave, clerk = a_decided_leave(commune), browse_as(commune.clerk)
    page = clerk.get("/documents/").text
    assert "cho phép người được hưởng án treo vắng mặt" in page
    entry = clerk.get(f"/documents/{leave.document.id}").text
    for text in (page, entry):
        assert "Phượng" not in text
        assert leave.destination not in text
        assert leave.case.number not in text


def test_the_clerk_issues_the_paper_of_a_proposal_and_never_reads_its_scan_or_the_case(commune, browse_as):
    leave, clerk = a_decided_leave(commune), browse_as(commune.clerk)
    page = issue(clerk, leave.document, "05/QĐ-UBND", scan=files.photo_in_pdf()).text
    assert "It belongs to a case" in page
    scan = db.session.scalars(select(Attachment)).one()
    assert clerk.get(f"/attachments/{scan.id}").status_code == 404
    assert clerk.get(f"/proposals/{leave.id}").status_code == 404
    officer = browse_as(commune.officer)
    assert "No. 05/QĐ-UBND of 23/11/2026" in officer.get(f"/proposals/{leave.id}").text
    assert officer.get(f"/attachments/{scan.id}").status_code == 200


def test_what_is_about_a_case_is_not_changed_or_struck_out_in_the_register(commune, browse_as):
    leave, clerk = a_decided_leave(commune), browse_as(commune.clerk)
    assert clerk.get(f"/documents/{leave.document.id}/edit").status_code == 403
    assert clerk.get(f"/documents/{leave.document.id}/void").status_code == 403


def test_an_entry_made_in_error_is_struck_out_with_a_reason_and_its_number_is_free(commune, browse_as):
    clerk, document = browse_as(commune.clerk), an_entry(commune)
    issue(clerk, document, "3/KH-UBND")
    version = str(db.session.get(OfficialDocument, document.id, populate_existing=True).version)
    page = clerk.post(
        f"/documents/{document.id}/void", data={"version": version, "reason": "Ghi trùng"}, follow_redirects=True
    )
    assert "Ghi trùng" in page.text
    assert "03/KH-UBND is registered" in issue(clerk, an_entry(commune), "3/KH-UBND").text


def test_what_was_issued_is_changed_no_more(commune, browse_as):
    clerk, document = browse_as(commune.clerk), an_entry(commune)
    issue(clerk, document, "3/KH-UBND", scan=files.photo_in_pdf())
    db.session.expire_all()
    answer = clerk.post(
        f"/documents/{document.id}/edit", data={**OUTGOING, "version": str(document.version), "abstract": "Khác"}
    )
    assert answer.status_code == 422
    assert "Strike out the scan with a reason" in answer.text


def test_a_form_that_lost_a_race_keeps_what_was_typed(commune, browse_as):
    clerk, document = browse_as(commune.clerk), an_entry(commune)
    old = str(document.version)
    issue(clerk, document, "3/KH-UBND")
    late = clerk.post(f"/documents/{document.id}/edit", data={**OUTGOING, "version": old, "abstract": "Bản của tôi"})
    assert late.status_code == 409
    assert "Bản của tôi" in late.text


def test_a_subject_has_one_document(commune):
    leave = a_decided_leave(commune)
    with transaction(commune.clerk):
        again = actions.register(actions.Facts(commune.place("UB"), "QĐ", "Lần nữa"), subject=leave)
        assert enter_missing() == 0
    assert again.id == leave.document.id


def test_registers_of_others_are_out_of_reach(commune, neighbour, browse_as):
    ours, police, theirs = an_entry(commune), an_entry(commune, unit="CA"), an_entry(neighbour)
    clerk = browse_as(commune.clerk)
    assert [clerk.get(f"/documents/{one.id}").status_code for one in (ours, police, theirs)] == [200, 404, 404]
    assert clerk.post(f"/documents/{theirs.id}/issue", data={"number": "1/KH-UBND"}).status_code == 404


def test_a_document_can_be_found_by_its_abstract(commune, browse_as):
    clerk = browse_as(commune.clerk)
    clerk.post("/documents/new/outgoing", data=OUTGOING)
    an_entry(commune)
    found = clerk.get("/documents/?show=all&q=phòng, chống ma túy").text
    assert "năm 2026" in found
    assert "Về việc tuần tra" not in found


def test_a_day_before_it_was_drafted_is_refused_at_the_field(commune, browse_as):
    clerk, document = browse_as(commune.clerk), an_entry(commune, drafted_on=clock.today())
    before = f"{clock.today() - timedelta(days=1):%d/%m/%Y}"
    answer = issue(clerk, document, "3/KH-UBND", day=before)
    assert answer.status_code == 422
    assert "cannot be older than" in answer.text


def test_an_entry_is_called_by_what_it_is_about_and_registering_it_is_the_filled_step(commune, browse_as):
    document, clerk = an_entry(commune), browse_as(commune.clerk)
    page = clerk.get(f"/documents/{document.id}").text
    assert re.search(r"<h1>[^<]+: Về việc tuần tra</h1>", page)
    step = f'<a class="btn btn-main" href="/documents/{document.id}/issue">Register the signed paper</a>'
    assert page.count(step) == 2  # at the head, and in the bar of a phone
    assert re.search(r": Về việc tuần tra</a>", clerk.get("/documents/").text)


def test_the_register_stands_in_the_order_of_the_days_of_its_papers_and_not_of_their_entry(commune, browse_as):
    today = clock.today()
    an_entry(commune, abstract="Mới ký", drafted_on=today - timedelta(days=9))
    an_entry(commune, code="BC", abstract="Nhập bù năm trước", drafted_on=today - timedelta(days=700))
    page = browse_as(commune.clerk).get("/documents/?show=all").text
    assert page.index("Mới ký") < page.index("Nhập bù năm trước")


def test_a_paper_that_came_in_is_in_the_register_and_not_received_as_an_observation_is(commune, browse_as):
    clerk = browse_as(commune.clerk)
    clerk.post("/documents/new/incoming", data=INCOMING)
    assert "In the register" in clerk.get("/documents/?show=incoming").text
