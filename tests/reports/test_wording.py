"""The sentences of a report, as an official writes them, with many values."""

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.reports.sections import SECTIONS, numbered
from portal.reports.wording import numbers
from portal.reports.wording.comparison import Before, by
from portal.reports.wording.parts.coordination import coordination
from portal.reports.wording.periods import is_year
from portal.reports.wording.runs import Paragraph, Run, as_data, figures_of, notes_of, of_data, plain
from portal.reports.wording.telling import OfOffence, Telling
from portal.reports.wording.told import Figures, Told, say

CASES, PERSONS = "incidents.security.cases", "incidents.security.persons"


def figures(**values):
    """Figures by id, dots written as two underscores: now, or now and before."""
    pairs = {name.replace("__", "."): value for name, value in values.items()}
    told = {one: Told(one, *(value if isinstance(value, tuple) else (value, None))) for one, value in pairs.items()}
    return Figures(told)


EIGHT_MONTHS = (date(2024, 1, 1), date(2024, 8, 31))


def written(section, facts=(), days=EIGHT_MONTHS, offences=(), place_on=None, names=(), **values):
    """What a section says with some figures and facts, a paragraph a line, its footnotes behind."""
    before = Before(days[1].year - 1, whole=is_year(*days))
    telling = Telling(figures(**values), *days, before, "xã Pờ Y", dict(facts), place_on, dict(offences), dict(names))
    writes = next(one.writes for one in SECTIONS if one.id == section)
    told = [Paragraph(section, runs) for runs in writes(telling)]
    notes = [f"[{number}] {plain(note)}" for number, note in enumerate(notes_of(told), start=1)]
    return "\n".join([one.text for one in told] + notes)


@pytest.mark.parametrize(
    ("value", "told"),
    [(0, "0"), (1, "01"), (9, "09"), (10, "10"), (999, "999"), (1000, "1.000"), (9140, "9.140"), (1234567, "1.234.567"),
     (985.6, "985,6"), (7.0, "07")],
)  # fmt: skip
def test_a_count_has_a_zero_below_ten_and_dots_between_thousands(value, told):
    assert numbers.count(value) == told


@pytest.mark.parametrize(
    ("value", "told"), [(9481.11, "9.481,11"), (20.122, "20,122"), (12.1, "12,1"), (3.42, "3,42"), (10, "10")]
)
def test_decimals_stand_behind_a_comma(value, told):
    assert numbers.decimal(value) == told


@pytest.mark.parametrize(
    ("value", "told"),
    [(85_000_000, "85 triệu đồng"), (1_000_000, "01 triệu đồng"), (1_250_000, "1.250.000 đồng"),
     (1_200_000_000, "1,2 tỷ đồng"), (0, "0 đồng"), (500, "500 đồng")],
)  # fmt: skip
def test_money_is_told_in_the_largest_unit_that_loses_nothing(value, told):
    assert numbers.money(value) == told


@pytest.mark.parametrize(
    ("value", "told"),
    [(0, "không"), (5, "năm"), (10, "mười"), (11, "mười một"), (14, "mười bốn"), (15, "mười lăm"), (20, "hai mươi"),
     (21, "hai mươi mốt"), (24, "hai mươi tư"), (25, "hai mươi lăm"), (101, "một trăm linh một"),
     (110, "một trăm mười"),
     (1205, "một nghìn hai trăm linh năm"), (9_000_000, "chín triệu"), (1_000_005, "một triệu không trăm linh năm"),
     (12_500_000, "mười hai triệu năm trăm nghìn"), (2_000_000_000, "hai tỷ")],
)  # fmt: skip
def test_numbers_are_spelled_as_people_say_them(value, told):
    assert numbers.spelled(value) == told


@given(st.integers(0, 10**9))
def test_no_two_numbers_are_spelled_alike_and_none_has_holes(value):
    told = numbers.spelled(value)
    assert "  " not in told
    assert told == told.strip()
    assert told != numbers.spelled(value + 1)


@pytest.mark.parametrize(
    ("now", "before", "told"),
    [(6, 6, "không tăng, không giảm"), (7, 11, "giảm 04 vụ"), (2, 0, "tăng 02 vụ"), (1200, 100, "tăng 1.100 vụ")],
)
def test_a_change_is_told_in_words(now, before, told):
    assert by(Told("x", now, before), "vụ") == told


@pytest.mark.parametrize(
    ("cases", "persons", "told"),
    [
        ((6, 6), (7, 11), "không tăng, không giảm về số vụ; giảm 04 đối tượng so với cùng kỳ năm 2023"),
        ((6, 6), (7, 7), "không tăng, không giảm so với cùng kỳ năm 2023"),
        ((8, 6), (9, 9), "tăng 02 vụ; không tăng, không giảm về số đối tượng so với cùng kỳ năm 2023"),
        ((5, 6), (6, 11), "giảm 01 vụ; giảm 05 đối tượng so với cùng kỳ năm 2023"),
        ((6, None), (7, None), ""),
    ],
)
def test_incidents_and_people_are_compared_together(cases, persons, told):
    found = figures(incidents__security__cases=cases, incidents__security__persons=persons)
    assert Before(2023).pair(found, CASES, PERSONS, ("vụ", "đối tượng")) == told


def test_the_sentence_of_the_incidents_is_that_of_the_real_report():
    police, others = "incidents__security__commune_police__", "incidents__security__other_forces__"
    told = written(
        "order.crime",
        incidents__security__cases=(6, 6), incidents__security__persons=(7, 11),
        **{f"{police}cases": 5, f"{police}persons": 6, f"{police}administrative__cases": 5,
           f"{police}administrative__persons": 6, f"{police}drug_use__cases": 3, f"{police}drug_use__persons": 4,
           f"{police}fireworks__cases": 2, f"{police}fireworks__persons": 2, f"{others}cases": 1,
           f"{others}persons": 1, f"{others}drug_possession__cases": 1, f"{others}drug_possession__persons": 1},
        incidents__seizures__methamphetamine_g=985.6,
    )  # fmt: skip
    assert told == (
        "Trong 8 tháng đầu năm 2024, số vụ việc liên quan đến an ninh, trật tự xảy ra trên địa bàn là 06 vụ/07 "
        "đối tượng "
        "(không tăng, không giảm về số vụ; giảm 04 đối tượng so với cùng kỳ năm 2023). Trong đó: Công an xã trực tiếp "
        "phát hiện, tiếp nhận, xác minh 05 vụ/06 đối tượng, đã xử lý hành chính 05 vụ/06 đối tượng; lực lượng khác "
        "phát hiện 01 vụ/01 đối tượng.\n"
        "[1] Cùng kỳ năm 2023: 06 vụ/11 đối tượng.\n"
        "[2] Sử dụng trái phép chất ma túy 03 vụ/04 đối tượng; sử dụng các loại pháo trái phép 02 vụ/02 đối tượng.\n"
        "[3] Tàng trữ trái phép chất ma túy 01 vụ/01 đối tượng. Lực lượng chức năng đã thu giữ 985,6 gam "
        "Methamphetamine."
    )


def test_a_kind_that_has_no_figure_of_its_own_is_told_as_another():
    police = "incidents__security__commune_police__"
    told = written(
        "order.crime", incidents__security__cases=(4, 0), incidents__security__persons=(5, 0),
        **{f"{police}cases": 4, f"{police}persons": 5, f"{police}fireworks__cases": 1,
           f"{police}fireworks__persons": 1},
    )  # fmt: skip
    assert "Sử dụng các loại pháo trái phép 01 vụ/01 đối tượng; hành vi khác 03 vụ." in told
    assert "Cùng kỳ năm 2023:" not in told  # there was nothing to tell of


@pytest.mark.parametrize(
    ("section", "values", "told"),
    [
        ("order.traffic", {"incidents__traffic__cases": (2, 0), "incidents__traffic__deaths": (2, 0),
                           "incidents__traffic__injured": (1, 0), "incidents__traffic__motorbikes_damaged": (1, 0)},
         ("Xảy ra 02 vụ, so với cùng kỳ năm 2023 tăng 02 vụ. Hậu quả: 02 người tử vong (tăng 02), 01 người bị thương "
         "(tăng 01), 01 xe mô tô hư hỏng (tăng 01).")),
        ("order.traffic", {"incidents__traffic__cases": (0, 0), "incidents__traffic__deaths": (0, 0)},
         "Trong 8 tháng đầu năm 2024, trên địa bàn không xảy ra tai nạn giao thông."),
        ("order.traffic", {"incidents__traffic__cases": (0, 3)},
         ("Trong 8 tháng đầu năm 2024, trên địa bàn không xảy ra tai nạn giao thông (so với cùng kỳ năm 2023 giảm 03 "
         "vụ).")),
        ("order.fire", {"incidents__fire__cases": (1, 0), "incidents__fire__property_loss_vnd": (85_000_000, 0)},
         "Xảy ra 01 vụ, so với cùng kỳ năm 2023 tăng 01 vụ. Thiệt hại về tài sản 85 triệu đồng."),
        ("order.fire", {"incidents__fire__cases": (1, 1), "incidents__fire__property_loss_vnd": (0, 0)},
         "Xảy ra 01 vụ, so với cùng kỳ năm 2023 không tăng, không giảm."),
        ("order.labour", {"incidents__labour__cases": (1, 0), "incidents__labour__deaths": (1, 0)},
         "Xảy ra 01 vụ, so với cùng kỳ năm 2023 tăng 01 vụ. Hậu quả: 01 người chết (tăng 01)."),
        ("order.crime", {"incidents__security__cases": (0, 2), "incidents__security__persons": (0, 3)},
         ("Trong 8 tháng đầu năm 2024, trên địa bàn không xảy ra vụ việc liên quan đến an ninh, trật tự (so với "
          "cùng kỳ "
         "năm 2023 giảm 02 vụ).")),
        ("order.labour", {}, ""),
        ("outreach", {"outreach__sessions": 12, "outreach__attendance": 3300, "outreach__social_media_reach": 1700,
                      "tips__valuable": 1},
         ("Trong 8 tháng đầu năm 2024, các lực lượng đã tổ chức tuyên truyền, vận động quần chúng nhân dân được "
          "12 lượt "
         "với 3.300 lượt người tham gia. Đăng tải nội dung tuyên truyền trên mạng xã hội Facebook, Zalo, thu hút 1.700 "
         "lượt người tiếp cận. Qua đó, Nhân dân đã cung cấp 01 tin báo, tố giác tội phạm có giá trị.")),
        ("outreach", {"outreach__sessions": 3, "outreach__attendance": 90, "outreach__social_media_reach": 0,
                      "tips__valuable": 0},
         ("Trong 8 tháng đầu năm 2024, các lực lượng đã tổ chức tuyên truyền, vận động quần chúng nhân dân được "
          "03 lượt "
         "với 90 lượt người tham gia.")),
        ("weapons", {"weapons__flintlock_guns": 3, "weapons__alcohol_guns": 4, "weapons__electric_batons": 1,
                     "weapons__knives_swords": 0, "weapons__handcuffs": 1, "outreach__leaflets": 140,
                     "outreach__banners": 11, "pledges__fire_safety__households": 1100,
                     "pledges__fire_safety__establishments": 135, "pledges__fireworks__households": 1200},
         ("Tuyên truyền về quản lý, sử dụng vũ khí, vật liệu nổ, công cụ hỗ trợ và pháo: in, dán 140 tờ rơi, "
          "treo 11 băng "
         "rôn tại cơ quan, khu vực công cộng. Tổ chức ký cam kết bảo đảm an toàn phòng cháy, chữa cháy đối với "
         "1.100 hộ "
         "gia đình và 135 cơ sở kinh doanh. Vận động ký cam kết thực hiện việc quản lý, sử dụng pháo theo quy định của "
         "pháp luật được 1.200 hộ dân.\n"
         "Vận động Nhân dân giao nộp, thu hồi: 03 súng kíp, 04 súng cồn, 01 dùi cui điện, 01 còng số 8.")),
        ("weapons", {"weapons__flintlock_guns": 0, "weapons__handcuffs": 0},
         "Trong kỳ không có vũ khí, công cụ hỗ trợ được giao nộp."),
        ("models", {"teams__security__villages": 8, "teams__security__members": 28, "teams__civil_defence__teams": 8,
                    "teams__civil_defence__members": 92, "teams__civil_defence__strengthened_villages": 3,
                    "teams__civil_defence__strengthened_members": 33, "cameras__new": 6, "cameras__total": 18},
         ("Duy trì, củng cố các mô hình, lực lượng nòng cốt trong phong trào:\n"
         "- Tổ bảo vệ an ninh, trật tự ở cơ sở: ở 08 thôn với 28 thành viên.\n"
         "- Đội Dân phòng: kiện toàn ở 03 thôn với 33 thành viên, tổng số 08 đội với 92 thành viên.\n"
         "- Mô hình camera an ninh: lắp thêm 06 camera mới, tổng số 18 mắt camera.")),
        ("models", {"cameras__new": 0, "cameras__total": 18},
         ("Duy trì, củng cố các mô hình, lực lượng nòng cốt trong phong trào:\n"
         "- Mô hình camera an ninh: tổng số 18 mắt camera.")),
        ("coordination", {"meetings__coordination__held": 8, "meetings__interim_reviews__held": 1},
         ("Công an xã phối hợp với Ban CHQS xã, Đồn Biên phòng tham mưu UBND xã tổ chức 08 hội nghị giao ban công tác "
         "phối hợp, 01 hội nghị sơ kết công tác phối hợp 6 tháng.")),
        ("sentences", {"cases__community__received": 0, "cases__community__serving": 0, "reintegration__managed": 0},
         ("Trong kỳ không tiếp nhận thêm hồ sơ chấp hành án tại cộng đồng. Hiện không có người chấp hành án tại cộng "
         "đồng.\nTrong kỳ không có người chấp hành xong án phạt tù phải quản lý, giáo dục.")),
    ],
)  # fmt: skip
def test_sections_tell_what_there_is_vanish_or_say_that_nothing_happened(section, values, told):
    assert written(section, **values) == told


POLICE = "incidents.security.commune_police"
OF_POLICE = {
    POLICE: [OfOffence("trộm cắp tài sản", 3, 4), OfOffence("đánh bạc", 1, 5), OfOffence("x", 2, 2, "drug_use")]
}


def of_police(cases, persons, **more):
    whole = {"incidents__security__cases": (cases, cases), "incidents__security__persons": (persons, persons)}
    police = POLICE.replace(".", "__")
    return {**whole, f"{police}__cases": cases, f"{police}__persons": persons, **more}


def test_each_offence_is_named_also_where_it_has_no_figure_of_its_own_and_none_is_told_twice():
    told = written(
        "order.crime", offences=OF_POLICE,
        **of_police(7, 12, **{f"{POLICE.replace('.', '__')}__drug_use__cases": 2,
                              f"{POLICE.replace('.', '__')}__drug_use__persons": 2}),
    )  # fmt: skip
    assert told.endswith(
        "Sử dụng trái phép chất ma túy 02 vụ/02 đối tượng; trộm cắp tài sản 03 vụ/04 đối tượng; đánh bạc 01 vụ/05 đối "
        "tượng; hành vi khác 01 vụ."
    )


def test_where_nobody_is_known_no_nought_is_told():
    told = written("order.crime", **of_police(1, 0))
    assert "là 01 vụ, chưa xác định được đối tượng (không tăng, không giảm" in told
    assert "xác minh 01 vụ.\n[1] Cùng kỳ năm 2023: 01 vụ." in told
    assert "0 đối tượng" not in told


@pytest.mark.parametrize(
    ("cases", "told"),
    [
        (1, "Hậu quả: không có người tử vong (giảm 02), 01 người bị thương (tăng 01)."),
        (0, "không xảy ra tai nạn giao thông (so với cùng kỳ năm 2023 giảm 02 vụ, giảm 02 người tử vong)."),
    ],
)
def test_that_nobody_died_any_more_is_told(cases, told):
    found = written(
        "order.traffic", incidents__traffic__cases=(cases, 2), incidents__traffic__deaths=(0, 2),
        incidents__traffic__injured=(cases, 0), incidents__traffic__motorbikes_damaged=(0, 1),
    )  # fmt: skip
    assert found.endswith(told)


@pytest.mark.parametrize(
    ("positive", "negative", "told"),
    [(0, 12, "không có trường hợp dương tính, âm tính 12 công dân."), (12, 0, "kết quả: dương tính 12 công dân.")],
)
def test_of_tests_no_nought_is_told(positive, negative, told):
    found = written("order.drugs", drugs__review_tests__persons=12, drugs__review_tests__positive_persons=positive,
                    drugs__review_tests__negative_persons=negative)  # fmt: skip
    assert found.endswith(told)


@pytest.mark.parametrize(
    ("days", "told"),
    [
        ((date(2024, 3, 1), date(2024, 9, 30)), "Từ ngày 01/03/2024 đến ngày 30/09/2024, trên địa bàn không xảy ra"),
        ((date(2026, 11, 5), date(2026, 11, 5)), "Trong ngày 05/11/2026, trên địa bàn không xảy ra"),
        ((date(2024, 1, 1), date(2024, 12, 31)), "Trong năm 2024, trên địa bàn không xảy ra"),
    ],
)
def test_a_sentence_begins_with_its_period_as_it_is_called(days, told):
    assert written("order.fire", days=days, incidents__fire__cases=(0, 0)).startswith(told)


def test_a_whole_year_is_compared_with_the_year_before():
    year = (date(2024, 1, 1), date(2024, 12, 31))
    assert "so với năm 2023 tăng 01 vụ" in written("order.fire", days=year, incidents__fire__cases=(1, 0))
    told = written("order.crime", days=year, **of_police(1, 1))
    assert "không giảm so với năm 2023)" in told
    assert "[1] Năm 2023: 01 vụ/01 đối tượng." in told


def test_models_and_the_villages_of_a_team_are_named_and_what_was_commended_is_told():
    told = written(
        "models", names={"models.running": ["Sạch ma túy", "Camera"], "teams.interfamily_fire.villages": ["Kon Khôn"]},
        teams__interfamily_fire__villages=1, teams__interfamily_fire__members=6, models__running=2,
        commendations__given=3,
    )  # fmt: skip
    assert told.splitlines()[1:] == [
        "- Tổ liên gia an toàn phòng cháy, chữa cháy: ở 01 thôn (Kon Khôn) với 06 thành viên.",
        "- Các mô hình đang hoạt động: 02 mô hình, gồm: “Sạch ma túy”; “Camera”.",
        "Đã biểu dương, khen thưởng 03 lượt tập thể, cá nhân có thành tích trong phong trào.",
    ]


@pytest.mark.parametrize(
    ("days", "told"),
    [
        ((date(2023, 1, 1), date(2023, 6, 30)), True), ((date(2024, 1, 1), date(2024, 8, 31)), True),
        ((date(2025, 1, 1), date(2025, 12, 31)), False), ((date(2026, 11, 5), date(2026, 11, 5)), False),
        ((date(2023, 1, 1), date(2023, 3, 31)), False),
    ],
)  # fmt: skip
def test_what_became_of_the_hot_spot_is_news_of_its_year_and_of_the_one_compared_with_it(days, told):
    text = written("order.drugs", {"drugs.area_transformed_month": "2023-04"}, days, place_on="xã của {:%m/%Y}".format)
    assert text == ("Tháng 4/2023, xã của 04/2023 đã thực hiện thành công việc chuyển hóa địa bàn trọng điểm về ma túy."
                    if told else "")  # fmt: skip


def test_a_period_without_anything_against_drugs_says_so():
    nothing = dict.fromkeys(("list__persons", "tests__persons", "fines__persons"), 0)
    told = written("order.drugs", **{f"drugs__review_{end}": value for end, value in nothing.items()})
    assert told == (
        "Trong 8 tháng đầu năm 2024, không phát sinh trường hợp phải rà soát, kiểm tra, xử lý về sử dụng trái phép "
        "chất ma túy."
    )


@pytest.mark.parametrize(
    "more",
    [
        {"incidents__security__cases": 0, "incidents__security__persons": 0},
        {"incidents__security__cases": 2, "incidents__security__persons": 2,
         "incidents__security__other_forces__cases": 1, "incidents__security__other_forces__persons": 1},
    ],
)  # fmt: skip
def test_what_was_seized_is_told_by_itself_where_no_other_force_found_drugs_on_somebody(more):
    told = written("order.crime", incidents__seizures__methamphetamine_g=20.5, **more)
    assert told.endswith("Lực lượng chức năng đã thu giữ 20,5 gam Methamphetamine.")
    assert "[" not in told


def test_the_section_on_drugs_tells_each_step_and_never_merges_users_fined_with_those_among_the_incidents():
    told = written(
        "order.drugs",
        {"drugs.area_transformed_month": "2023-04", "drugs.management_term_months": 12},
        pledges__drug_free__households=2000, drugs__review_list__persons=56,
        drugs__review_tests__persons=18, drugs__review_tests__positive_persons=6,
        drugs__review_tests__negative_persons=12, drugs__review_fines__persons=6,
        drugs__review_fines__amount_vnd=9_000_000, drugs__management_decisions=6,
        tip_boxes__installed=8, tip_boxes__installed_village_halls=7, tip_boxes__installed_police_station=1,
        patrols__order__count=8, patrols__order__with_violations=0,
    )  # fmt: skip
    assert told == (
        "Tháng 4/2023, xã Pờ Y đã thực hiện thành công việc chuyển hóa địa bàn trọng điểm về ma túy.\n"
        "Tổ chức ký cam kết phòng, chống ma túy đối với 2.000 hộ gia đình trên địa bàn. Rà soát, lập danh sách 56 công "
        "dân có thông tin phản ánh sử dụng trái phép chất ma túy. Gọi kiểm tra test các chất ma túy trong cơ thể "
        "đối với "
        "18/56 công dân; kết quả: dương tính 06 công dân, âm tính 12 công dân. Qua kiểm tra, ra quyết định xử "
        "phạt hành "
        "chính đối với 06 công dân với số tiền 9.000.000 đồng (chín triệu đồng). Ra 06 quyết định quản lý người "
        "sử dụng "
        "trái phép chất ma túy, thời hạn 01 năm.\n"
        "Lắp 08 hòm thư tiếp nhận tin báo, tố giác tội phạm, gồm 07 hòm thư ở hội trường các thôn, 01 hòm thư "
        "tại trụ sở "
        "Công an xã. Tổ chức 08 lượt tuần tra, kiểm soát, bảo đảm an ninh, trật tự trên địa bàn; qua đó chưa phát hiện "
        "hành vi vi phạm pháp luật."
    )


SOME = (
    "incidents.security.cases", "incidents.security.persons", "incidents.security.commune_police.cases",
    "incidents.security.commune_police.persons", "incidents.security.other_forces.cases",
    "incidents.security.other_forces.persons", "incidents.traffic.cases", "incidents.traffic.deaths",
    "incidents.fire.cases", "incidents.fire.property_loss_vnd", "incidents.labour.cases", "outreach.sessions",
    "outreach.attendance", "drugs.review_tests.persons", "drugs.review_fines.persons", "drugs.review_fines.amount_vnd",
    "tip_boxes.installed", "patrols.order.count", "weapons.handcuffs", "teams.security.villages",
    "teams.security.members", "cameras.total", "cases.community.serving", "cases.community.received",
    "reintegration.managed",
)  # fmt: skip


@pytest.mark.parametrize("section", [one.id for one in SECTIONS if one.writes])
@given(there=st.sets(st.sampled_from(SOME)), value=st.integers(0, 3000), before=st.integers(0, 3000))
def test_no_section_has_a_hole_a_brace_or_two_blanks_whatever_the_figures(section, there, value, before):
    told = written(section, **{one.replace(".", "__"): (value, before) for one in there})
    assert "{" not in told
    assert "  " not in told
    assert "()" not in told
    assert not any(line.startswith((",", ";", " ")) for line in told.splitlines())


def test_the_forces_of_a_thi_tran_are_called_so():
    telling = Telling(
        figures(meetings__coordination__held=8), date(2024, 1, 1), date(2024, 8, 31), Before(2023), "thị trấn Plei Kần"
    )
    told = plain(next(coordination(telling)))
    assert "Ban CHQS thị trấn, Đồn Biên phòng tham mưu UBND thị trấn tổ chức" in told


def test_a_sentence_whose_figure_is_missing_vanishes():
    assert say(figures(), "Có {cases.community.serving} người.") == ()
    assert plain(say(figures(a__b=3), "Có {a.b} người.")) == "Có 03 người."


@pytest.mark.parametrize(
    ("value", "form", "told"),
    [(9_000_000, "full", "9.000.000 đồng (chín triệu đồng)"), (985.6, "full", ""), (-5, "full", ""),
     (985.6, "money", ""), ("2023-04", "money", ""), ("2023-04", "decimal", ""), ("2023-04", "plain", "2023-04"),
     (985.6, "decimal", "985,6"),
     (3, "abc", "")],
)  # fmt: skip
def test_a_value_that_is_not_written_in_some_way_is_as_missing(value, form, told):
    assert plain(say(figures(a__b=value), f"{{a.b:{form}}}")) == told


def test_a_word_has_no_year_before_and_is_written_in_no_other_way():
    assert plain(say(figures(), "{a.b}", **{"a.b": "9.481"})) == "9.481"
    assert say(figures(), "{a.b<}", **{"a.b": "9.481"}) == say(figures(), "{a.b:full}", **{"a.b": "9.481"}) == ()


def test_each_figure_of_a_text_is_known_and_a_text_is_kept_and_read_back_as_it_was():
    note = say(figures(c__d=5), "Trước: {c.d}.")
    text = [Paragraph("s", (Run("Có "), Run("03", figure="a.b", italic=True, note=note)), 0), Paragraph("s", (), 1)]
    assert figures_of(text) == ["a.b", "c.d"]
    assert of_data(json.loads(json.dumps(as_data(text)))) == text


def test_sections_are_numbered_under_their_heads_and_close_up_where_one_is_missing():
    every = [(one.number, one.section.title) for one in numbered([one.id for one in SECTIONS])]
    assert every[0] == ("I.", "Tình hình, đặc điểm")
    assert [number for number, _title in every] == [
        "I.", "II.", "III.", "1.", "2.", "2.1.", "2.2.", "2.3.", "2.4.", "2.5.", "3.", "4.", "5.", "6.", "7.",
        "IV.", "V.",
    ]  # fmt: skip
    some = [one.number for one in numbered(["situation", "order.fire", "weapons", "tasks"])]
    assert some == ["I.", "II.", "1.", "1.1.", "2.", "III."]
