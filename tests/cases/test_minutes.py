"""The minutes of a case: who draws them up, who takes part, who signs where."""

import io
from datetime import date, time

from docx import Document

from portal.cases.actions import receiving
from portal.cases.actions.receiving import Session
from portal.cases.models import CaseType, reception_of
from portal.cases.papers import breaches, reception, samples
from portal.documents import layout
from portal.engine.transaction import transaction
from tests.builders import a_case
from tests.cases.test_after_a_breach import a_breach

YOUNG = {"received_on": date(2026, 11, 6), "starts_on": date(2026, 10, 20), "term_months": 18}


def words(paper):
    return "\n".join(one.text for one in paper.text)


def signatures(paper):
    """Who signs in which row, from left to right."""
    document = Document(io.BytesIO(layout.written(paper)))
    rows = [[cell.text.strip() for cell in row.cells] for table in document.tables[1:] for row in table.rows]
    return [row for row in rows if any(one.isupper() for one in row)]


def test_the_minutes_of_a_reception_name_the_officer_once_also_where_the_list_names_them_too(commune):
    with transaction(commune.officer):
        commune.officer.full_name, commune.officer.title = "Đặng Thu Trà", "Cán bộ Công an xã"
    case = a_case(commune, **YOUNG)
    there = "Đặng Thu Trà, cán bộ được phân công\nÔng A Nhuin, Trưởng thôn"
    with transaction(commune.officer):
        receiving.receive(case, Session(date(2026, 11, 9), (), participants=there), commune.officer)
    paper = reception.minutes(reception_of(case))
    (present,) = (one.text for one in paper.text if one.text.startswith("Thành phần"))
    assert present == "Thành phần: Đặng Thu Trà, Cán bộ Công an xã; Ông A Nhuin, Trưởng thôn."


def test_whoever_recorded_a_breach_draws_up_its_minutes_and_signs_them_by_name(commune):
    with transaction(commune.officer):
        commune.officer.full_name, commune.officer.title = "Đặng Thu Trà", "Thiếu úy, Cán bộ Công an xã"
    case = a_case(commune)
    breach = a_breach(commune, case, location="Thôn Bắc Phong, xã Bờ Y", happened_at=time(7))
    paper = breaches.written(breach)
    assert "Người lập biên bản: Đặng Thu Trà, Thiếu úy, Cán bộ Công an xã, Công an xã Bờ Y." in words(paper)
    assert paper.signature.name == "Thiếu úy Đặng Thu Trà"
    assert "tại Thôn Bắc Phong, xã Bờ Y" in words(paper)


def test_in_minutes_of_a_review_the_secretary_signs_at_the_left_the_chair_at_the_right_the_person_below(commune):
    held = signatures(breaches.written(samples.a_review(commune.unit, "held")))
    assert held[0] == ["THƯ KÝ", "NGƯỜI CHỦ TRÌ"]
    assert held[1][1] == "NGƯỜI ĐƯỢC KIỂM ĐIỂM"
    assert signatures(breaches.written(samples.a_review(commune.unit, "held_without"))) == [["THƯ KÝ", "NGƯỜI CHỦ TRÌ"]]


def test_in_minutes_of_a_breach_whoever_draws_them_up_signs_beside_the_person_and_the_witness_below(commune):
    signed = signatures(breaches.written(samples.a_breach(commune.unit, str(CaseType.SUSPENDED_SENTENCE))))
    assert signed[0] == ["NGƯỜI VI PHẠM", "NGƯỜI LẬP BIÊN BẢN"]
    assert signed[1][1] == "NGƯỜI CHỨNG KIẾN"
