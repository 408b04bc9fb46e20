"""Every figure that the portal derives, on the example: the report of August 2024 and the year before it."""

import re
from datetime import date

import pytest
from sqlalchemy import select

from portal.demo.reports import reports
from portal.engine import clock
from portal.engine.db import db
from portal.engine.indicators import Period, figure
from portal.organisation.demo_accounts import DEMO_PASSWORD
from portal.organisation.models import Unit
from portal.reports import outline
from portal.reports.models import Report
from portal.reports.queries import taken_in
from portal.reports.wording.runs import notes_of, of_data, plain
from tests.reports.story import TOLD


@pytest.mark.parametrize("line", TOLD, ids=str)
def test_what_the_report_says_is_what_the_records_give(example, line):
    commune = db.session.scalars(select(Unit).where(Unit.code == "BY")).one()
    period = Period(date(2024, 1, 1), date(2024, 8, 31), taken_in(commune))
    found = figure(outline.named(line.figure), period)
    assert (found.value, found.previous_value) == (line.of_2024, line.of_2023)


def test_T32_the_totals_of_the_report_add_up_and_users_fined_are_not_users_in_incidents():
    told = {line.figure: line.of_2024 for line in TOLD}
    tests, security, serving = "drugs.review_tests", "incidents.security", "cases.community.serving"
    assert (told["drugs.review_list.persons"], told[f"{tests}.persons"], told[f"{tests}.positive_persons"]) == (
        56,
        18,
        6,
    )
    assert told[f"{tests}.negative_persons"] == 18 - 6
    assert told["drugs.review_list.persons"] - told[f"{tests}.persons"] == 38
    assert [told[f"{security}.{by}.cases"] for by in ("commune_police", "other_forces")] == [5, 1]
    assert [told[f"{security}.{by}.persons"] for by in ("commune_police", "other_forces")] == [6, 1]
    assert (told[f"{security}.cases"], told[f"{security}.persons"]) == (6, 7)
    kinds = (told[f"{serving}_suspended_sentence"], told[f"{serving}_conditional_release"])
    assert (kinds, told[serving]) == ((4, 3), 7)
    fined, in_incidents = told["drugs.review_fines.persons"], told[f"{security}.commune_police.drug_use.persons"]
    assert (fined, in_incidents, told["drugs.review_fines.amount_vnd"]) == (6, 4, 9_000_000)


def test_the_report_tells_of_83_figures_and_of_each_once():
    assert len({line.figure for line in TOLD}) == len(TOLD) == 83


def test_on_another_day_too_the_report_of_the_year_is_in_draft_beside_the_signed_one_of_the_year_before(later_example):
    states = {}
    for year in (2027, 2028):
        days = Report.first == date(year, 1, 1), Report.last == date(year, 12, 31)
        states[year] = db.session.scalars(select(Report.state).where(*days)).all()
    assert states == {2027: ["sent"], 2028: ["draft"]}


@pytest.mark.parametrize("day", [date(2027, 1, 1), date(2027, 1, 2), date(2027, 1, 6), date(2027, 7, 15)])
def test_the_draft_of_a_year_is_begun_on_a_day_of_that_year(day):
    begun = [one for one in reports(day) if getattr(one.act, "args", ())[:1] == (date(day.year, 1, 1),)]
    (draft,) = begun
    assert date(day.year, 1, 1) <= clock.day_of(draft.at) <= day


def text_of(first, last):
    """What the report on some days says, a paragraph a line, its footnotes behind."""
    days = Report.first == first, Report.last == last
    told = of_data(db.session.scalars(select(Report.text).where(*days, Report.text.is_not(None))).one())
    return "\n".join([*(one.text for one in told), *(plain(note) for note in notes_of(told))])


@pytest.mark.parametrize(
    "said",
    [
        "cách trung tâm huyện 10 km, diện tích 9.481,11 ha",
        "Trong kỳ, xã ban hành 04 văn bản chỉ đạo: Kế hoạch số 46/KH-UBND về phong trào năm 2024; Kế hoạch số 71-KH/ĐU",
        "là 06 vụ/07 đối tượng (không tăng, không giảm về số vụ; giảm 04 đối tượng so với cùng kỳ năm 2023)",
        "05 vụ/06 đối tượng, đã xử lý hành chính 05 vụ/06 đối tượng; lực lượng khác phát hiện 01 vụ/01 đối tượng.",
        "Sử dụng trái phép chất ma túy 03 vụ/04 đối tượng; sử dụng các loại pháo trái phép 02 vụ/02 đối tượng.",
        "Tháng 4/2023, xã Pờ Y đã thực hiện thành công việc chuyển hóa địa bàn trọng điểm về ma túy.",
        "18/56 công dân; kết quả: dương tính 06 công dân, âm tính 12 công dân.",
        "ở 04 thôn (Bắc Phong, Kon Khôn, Măng Tôn, Ngọc Hải) với 23 thành viên.",
        "“Xã Pờ Y sạch ma túy”.",
    ],
)
def test_the_text_of_august_2024_says_what_the_real_report_says(example, said):
    assert said in text_of(date(2024, 1, 1), date(2024, 8, 31))


def test_the_report_of_a_year_tells_no_news_of_others_compares_years_and_tells_no_nought(example):
    text = text_of(date(2025, 1, 1), date(2025, 12, 31))
    assert "chuyển hóa địa bàn" not in text
    assert "so với năm 2024" in text
    assert "cùng kỳ" not in text
    assert not re.search(r"(?<![\d,.])0 (vụ|đối tượng|công dân|văn bản|người)", text)
    assert "hành vi khác" not in text


def test_the_province_sees_which_of_its_communes_has_signed_and_which_has_not(example):
    client = example.test_client()
    client.post("/login", data={"username": "province_viewer", "password": DEMO_PASSWORD})
    page = client.get("/reports/compare/communes").text
    communes = page.split('id="communes"')[1].split("</section>")[0]
    assert "Dục Nông" in communes
    assert "Bờ Y" in communes
