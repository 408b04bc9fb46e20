"""What is closed stays as it is: no paper enters a closed file, and nothing brings back a name that is gone."""

from datetime import date

import pytest

from portal.books.actions import mend
from portal.documents import store
from portal.documents.actions import Signed, issue
from portal.documents.intake import accept
from portal.documents.models import OfficialDocument
from portal.engine.db import db
from portal.engine.refusal import Refused
from portal.engine.transaction import transaction
from tests.builders import a_case
from tests.conftest import TODAY
from tests.documents import files
from tests.documents.test_attaching import attach, attached
from tests.privacy.closed import a_closed_case, carried_out
from tests.privacy.test_named_beside import NAME, at_an_incident


def test_a_closed_case_takes_no_file_and_says_by_which_way_a_late_paper_comes_in(commune, browse_as):
    case, chief = a_closed_case(commune), browse_as(commune.chief)
    page = chief.get(f"/cases/{case.id}").text
    assert f"/cases/{case.id}/attach" not in page
    assert "A late paper comes in once the chief asks, with the reason, to reopen the case" in page
    assert chief.get(f"/cases/{case.id}/attach").location.endswith(f"/cases/{case.id}")
    answer = attach(chief, case)
    assert answer.status_code == 422
    assert "its files stay as they are" in answer.text
    assert attached(case) == []


def test_a_case_that_was_reopened_takes_the_late_paper(commune, browse_as):
    case, chief = a_closed_case(commune), browse_as(commune.chief)
    with transaction(None):
        case.state, case.closed_on, case.closing_reason = "open", None, None
    assert attach(chief, case).status_code == 302
    assert len(attached(case)) == 1


def a_letter(commune, case, abstract):
    """In the register of the police, about a case; nobody has signed it yet."""
    with transaction(commune.officer):
        paper = OfficialDocument(
            commune_id=commune.id, unit_id=commune.place("CA").id, direction="outgoing", code="TB", category="letter",
            symbol="TB-CAX", abstract=abstract, case_id=case.id,
        )  # fmt: skip
        db.session.add(paper)
    return paper


def test_a_case_whose_names_are_gone_takes_neither_a_file_nor_the_page_of_a_paper(commune, browse_as):
    case, chief = a_closed_case(commune), browse_as(commune.chief)
    paper = a_letter(commune, case, "Về việc chấp hành xong")
    carried_out(commune)
    answer = attach(chief, case)
    assert answer.status_code == 422
    assert "nothing is written here that brings it back" in answer.text
    scan = store.keep(accept(files.picture(), "anh.png", 10**6))
    with pytest.raises(Refused), transaction(commune.chief):
        issue(paper, Signed(7, date(2026, 11, 2)), scan, commune.chief.id, 10**8)


def test_a_test_and_the_line_of_an_incident_are_mended_no_more_once_the_name_is_gone(commune, browse_as):
    incident, line, test = at_an_incident(commune)
    chief = browse_as(commune.chief)
    assert chief.get(f"/drug-tests/{test.id}/edit").status_code == 200
    carried_out(commune)
    assert chief.get(f"/drug-tests/{test.id}/edit").location.endswith(f"/drug-tests/{test.id}")
    page = chief.get(f"/drug-tests/{test.id}").text
    assert f"/drug-tests/{test.id}/edit" not in page
    assert "The name is gone for good" in page
    assert f"/incidents/persons/{line.id}/edit" not in chief.get(f"/incidents/{incident.id}").text
    for record in (test, line):
        with pytest.raises(Refused), transaction(commune.chief):
            mend(record, {"full_name": NAME}, commune.chief)


def test_the_signed_page_of_a_paper_that_lay_in_a_case_when_it_was_closed_stays_and_one_that_came_later_is_mended(
    commune, browse_as
):
    case, chief = a_case(commune), browse_as(commune.chief)
    paper = a_letter(commune, case, "Về việc nhắc nhở")
    scan = store.keep(accept(files.picture(), "anh.png", 10**6))
    with transaction(commune.chief):
        issue(paper, Signed(7, date(2026, 11, 2)), scan, commune.chief.id, 10**8)
    page = paper.scan
    for closed_on, refused in ((date(2026, 11, 22), False), (TODAY, True)):
        with transaction(None):
            case.state, case.closed_on = "closed", closed_on
        answer = chief.get(f"/attachments/{page.id}/void")
        assert (answer.status_code, "its files stay as they are" in answer.text) == (
            (422, True) if refused else (200, False)
        )
    sent = {"version": page.version, "parent_version": case.version, "reason": "Quét nhầm"}
    assert chief.post(f"/attachments/{page.id}/void", data=sent).status_code == 422
    db.session.rollback()
    assert page.voided_at is None


def test_a_file_of_a_closed_case_is_struck_out_neither_on_its_page_nor_by_whoever_sends_the_form(commune, browse_as):
    case, chief = a_closed_case(commune), browse_as(commune.chief)
    with transaction(None):
        case.state = "open"
    assert attach(chief, case).status_code == 302
    (file,) = attached(case)
    with transaction(None):
        case.state = "closed"
    address = f"/attachments/{file.id}/void"
    assert address not in chief.get(f"/cases/{case.id}").text
    page = chief.get(address)
    assert page.status_code == 422
    assert "its files stay as they are" in page.text
    answer = chief.post(address, data={"version": 1, "parent_version": case.version, "reason": "Đính nhầm"})
    assert answer.status_code in (409, 422)
    db.session.rollback()
    assert file.voided_at is None
