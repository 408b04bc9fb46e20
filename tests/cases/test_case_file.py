"""The whole file of a case on paper: what stands in it, who may take it, and that it was taken."""

import io
import time
from datetime import date

import pytest
from docx import Document
from sqlalchemy import select

from portal.cases.models import Assessment, CheckIn, RollCall
from portal.engine import audit
from portal.engine.audit import AuditEvent
from portal.engine.db import db
from portal.engine.transaction import transaction
from tests.builders import a_case, a_person, an_absence
from tests.proposals.ways import step

PURPOSE = {"purpose": "inspection", "details": "Kiểm sát trực tiếp"}


@pytest.fixture
def file(commune, browse_as):
    case = a_case(commune)
    leave = an_absence(commune, case, date(2026, 12, 1), date(2026, 12, 20))
    step(leave, "submit", commune.officer)
    step(leave, "endorse", commune.chief, "Đủ điều kiện")
    step(leave, "approve", commune.leader, "Đồng ý")
    browse_as(commune.officer).get(f"/cases/{case.id}")
    return case


def words_of(content):
    document = Document(io.BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(one.text for one in document.paragraphs), *cells]), document


@pytest.mark.parametrize("who", ["chief", "inspector"])
def test_the_page_and_the_docx_tell_the_whole_file(who, file, commune, browse_as):
    reader = browse_as(getattr(commune, who))
    page = reader.post(f"/cases/{file.id}/file", data=PURPOSE).text
    answer = reader.post(f"/cases/{file.id}/file", data={**PURPOSE, "as": "docx"})
    assert answer.status_code == 200
    text, document = words_of(answer.data)
    for words in (file.number, "Đủ điều kiện", "Officer xã Bờ Y", "01/12/2026", "20/12/2026"):
        assert words in page, words
        assert words in text, words
    assert "Who looked at the file" in page
    assert "Kiểm sát trực tiếp" in document.sections[0].footer.paragraphs[0].text


def test_the_docx_is_vietnamese_whoever_reads(file, commune, browse_as, in_vietnamese):
    reader = browse_as(commune.chief)  # in English; *in_vietnamese* only lays the translations ready
    text, _document = words_of(reader.post(f"/cases/{file.id}/file", data={**PURPOSE, "as": "docx"}).data)
    assert "Ai đã xem hồ sơ" in text
    assert "Printed on" not in text
    assert (
        "Các mốc thời gian và căn cứ"
        in in_vietnamese(commune.inspector).post(f"/cases/{file.id}/file", data=PURPOSE).text
    )


def test_it_asks_what_for_and_what_left_is_written_down(file, commune, browse_as):
    chief = browse_as(commune.chief)
    assert chief.post(f"/cases/{file.id}/file", data={"purpose": "", "details": ""}).status_code == 422
    assert chief.get(f"/cases/{file.id}/file").status_code == 200
    taken = select(AuditEvent).where(AuditEvent.action == "export")
    assert db.session.scalars(taken).all() == []
    chief.post(f"/cases/{file.id}/file", data={**PURPOSE, "as": "docx"})
    (event,) = db.session.scalars(taken).all()
    assert (event.user_id, event.record_type, event.record_id) == (commune.chief.id, "case", file.id)
    assert event.changes["type"] == "case_file"
    assert "Kiểm sát" not in str(event.changes)
    assert audit.verify(db.session())[1] is None


@pytest.mark.parametrize("who", ["officer", "leader", "helper", "clerk"])
def test_nobody_else_takes_it(who, file, commune, browse_as):
    answer = browse_as(getattr(commune, who)).post(f"/cases/{file.id}/file", data=PURPOSE)
    assert answer.status_code in (403, 404)


def test_a_name_that_the_inspector_may_not_know_is_not_in_it(commune, browse_as):
    minor = a_case(commune, person=a_person(commune, birth_date=date(2010, 5, 1), birth_year=2010))
    answer = browse_as(commune.inspector).post(f"/cases/{minor.id}/file", data={**PURPOSE, "as": "docx"})
    text, _document = words_of(answer.data)
    assert minor.person.full_name not in text


def test_a_file_of_five_years_is_made_within_three_seconds(commune, browse_as):
    case = a_case(commune, received_on=date(2021, 11, 1), starts_on=date(2021, 11, 1), term_months=60)
    months = [date(2021 + (10 + place) // 12, (10 + place) % 12 + 1, 1) for place in range(59)]
    with transaction(commune.officer):
        for month in months:
            told = {"case": case, "commune_id": case.commune_id, "month": month}
            db.session.add(CheckIn(received_on=month.replace(day=3), note="Đã nộp", **told))
            db.session.add(Assessment(written_on=month.replace(day=28), text="Chấp hành tốt " * 30, **told))
            db.session.add(RollCall(held_on=month.replace(day=4), present=True, **told))
    chief = browse_as(commune.chief)
    begun = time.monotonic()
    answer = chief.post(f"/cases/{case.id}/file", data={**PURPOSE, "as": "docx"})
    assert answer.status_code == 200
    assert time.monotonic() - begun < 3
