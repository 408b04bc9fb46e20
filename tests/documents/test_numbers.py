"""Numbers of papers, and how papers write days and sources."""

from datetime import date

import pytest

from portal.documents.numbers import Number, following, in_runs, missing, read, symbol_of
from portal.documents.wording import cited, written_day
from portal.organisation.models import Unit, UnitKind

TAKEN = [Number(1, "QĐ-UBND"), Number(4, "QĐ-UBND"), Number(4, "QĐ-UBND", "a"), Number(9, "QĐ-CAX")]


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("05/QĐ-UBND", "05/QĐ-UBND"), ("5/qđ-ubnd", "05/QĐ-UBND"), (" 0012 / TTr-CAX ", "12/TTR-CAX"),
        ("71-KH/ĐU", "71-KH/ĐU"), ("71/KH/ĐU", "71-KH/ĐU"), ("5 - nq/đu", "05-NQ/ĐU"),
        ("12/2024/NQ-HĐND", "12/2024/NQ-HĐND"), ("71-KH", None),
        ("5a/QĐ-UBND", "05a/QĐ-UBND"), ("120/QĐ-UBND", "120/QĐ-UBND"),
        ("QĐ-UBND", None), ("0/QĐ-UBND", None), ("5", None), ("-5/QĐ", None), ("٥/QĐ-UBND", None), ("", None),
        ("999999/QĐ-UBND", None), ("5/Q Đ", None),
    ],
)  # fmt: skip
def test_a_number_is_read_as_people_type_it(typed, number):
    found = read(typed)
    assert (str(found).upper() if found else None) == (number.upper() if number else None)


def test_the_next_number_follows_the_last_of_its_own_register():
    assert str(following(TAKEN, "QĐ-UBND")) == "05/QĐ-UBND"
    assert str(following(TAKEN, "TTr-CAX")) == "01/TTr-CAX"


def test_a_number_is_the_same_however_large_its_letters_are():
    typed = read("9/qđ-cax")
    assert typed.same_as(TAKEN[3])
    assert not typed.same_as(read("9a/QĐ-CAX"))
    assert str(typed.spelled_as("QĐ-CAX")) == "09/QĐ-CAX"
    assert str(read("9/ttr-cax").spelled_as("QĐ-CAX")) == "09/ttr-cax"
    assert str(following([read("9/TTR-cax")], "TTr-CAX")) == "10/TTr-CAX"


def test_numbers_that_nobody_knows_are_told_in_runs():
    assert in_runs(missing(TAKEN, "QĐ-UBND", 9)) == "02–03, 05–08"
    assert in_runs(missing(TAKEN, "QĐ-UBND", 2)) == ""


@pytest.mark.parametrize(
    ("day", "told"),
    [
        (date(2026, 2, 5), "ngày 05 tháng 02 năm 2026"),
        (date(2026, 1, 31), "ngày 31 tháng 01 năm 2026"),
        (date(2026, 3, 9), "ngày 09 tháng 3 năm 2026"),
        (date(2026, 11, 23), "ngày 23 tháng 11 năm 2026"),
    ],
)
def test_a_zero_stands_before_days_below_ten_and_the_first_two_months_only(day, told):
    assert written_day(day) == told


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ("Luật THAHS 41/2019/QH14, Điều 92 khoản 1", "khoản 1 Điều 92 Luật Thi hành án hình sự số 41/2019/QH14"),
        ("Nghị định 231/2026/NĐ-CP, Điều 12 khoản 5 điểm a", "điểm a khoản 5 Điều 12 Nghị định số 231/2026/NĐ-CP"),
        ("Luật THAHS 127/2025/QH15", "Luật Thi hành án hình sự số 127/2025/QH15"),
        ("Luật THAHS 41/2019/QH14, Điều 67, Điều 92", "Luật Thi hành án hình sự số 41/2019/QH14"),
        ("Thông tư 10/2024/TT-BCA, Điều 8", "Điều 8 Thông tư số 10/2024/TT-BCA"),
        ("Luật Phòng, chống ma túy 120/2025/QH15, Điều 24", "Điều 24 Luật Phòng, chống ma túy số 120/2025/QH15"),
        ("Quy chế nội bộ của cổng", ""),
    ],
)
def test_a_source_is_cited_clause_first(source, told):
    assert cited(source) == told


@pytest.mark.parametrize(
    ("commune", "symbol"),
    [("xã Bờ Y", "QĐ-CAX"), ("phường Kon Tum", "QĐ-CAP"), ("thị trấn Plei Kần", "QĐ-CATT"),
     ("đặc khu Lý Sơn", "QĐ-CAĐK")],
)  # fmt: skip
def test_the_police_sign_by_the_kind_of_their_commune(commune, symbol):
    assert symbol_of(Unit(kind=UnitKind.POLICE, commune=Unit(name=commune)), "QĐ") == symbol


def test_a_unit_without_a_sign_of_its_own_issues_as_the_committee():
    assert symbol_of(Unit(kind=UnitKind.MILITARY), "KH") == "KH-BCHQS"
    assert symbol_of(Unit(kind=UnitKind.SCHOOL), "CV") == "UBND"
