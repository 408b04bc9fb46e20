"""Words as pages show them: what belongs together stays together, and a table has the short name of a law."""

import pytest
from flask import render_template_string
from flask_babel import force_locale

from portal.engine.presentation import by_year, telephone, unparted, whole


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("Luật THAHS 41/2019/QH14, Điều 92 khoản 1", "Luật THAHS 41/2019/QH14, Điều~92 khoản~1"),
        ("Điều 12 khoản 5 điểm c", "Điều~12 khoản~5 điểm~c"),
        ("Từ 01/12/2026, còn 9 ngày", "Từ 01/12/2026, còn~9~ngày"),
        ("by 05/12/2026, 9 days left", "by 05/12/2026, 9~days left"),
        ("Nghị quyết 02/2018/NQ-HĐTP", "Nghị quyết 02/2018/NQ-HĐTP"),
    ],
)
def test_no_line_end_parts_a_clause_from_its_number_or_a_number_from_its_unit(written, shown):
    assert unparted(written) == shown.replace("~", "\N{NO-BREAK SPACE}")


@pytest.mark.parametrize(
    ("source", "short"),
    [
        ("Luật THAHS 41/2019/QH14, Điều 92 khoản 1", "Luật THAHS 2019, Điều 92 khoản 1"),
        ("Luật Phòng, chống ma túy 120/2025/QH15, Điều 24", "Luật Phòng, chống ma túy 2025, Điều 24"),
        ("Nghị định 231/2026/NĐ-CP, Điều 5", "Nghị định 231/2026/NĐ-CP, Điều 5"),
        ("Luật THAHS 127/2025/QH15; Nghị định 231/2026/NĐ-CP", "Luật THAHS 2025; Nghị định 231/2026/NĐ-CP"),
    ],
)
def test_a_table_calls_a_law_by_its_year_and_leaves_everything_else(source, short):
    assert by_year(source) == short


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Công an xã Bờ Y", "Công an xã Bờ~Y"),
        ("Thôn Đăk Mế, lối mòn suối Đăk Ba", "Thôn~Đăk~Mế, lối mòn suối Đăk~Ba"),
        ("Tổ bảo vệ an ninh, trật tự", "Tổ bảo vệ an ninh, trật tự"),
    ],
)
def test_no_line_end_parts_the_short_syllables_of_a_name(name, shown):
    assert whole(name) == shown.replace("~", "\N{NO-BREAK SPACE}")


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("02603500113", "0260~3~500~113"),
        ("0912345678", "0912~345~678"),
        ("0912 345 678", "0912~345~678"),
        ("113", "113"),
        ("", ""),
    ],
)
def test_a_telephone_number_stands_in_groups_that_can_be_read_aloud(number, shown):
    assert telephone(number) == shown.replace("~", "\N{NO-BREAK SPACE}")


def test_a_pager_parts_thousands_as_any_number_is_written(app):
    source = '{% from "components/listing.html" import pager with context %}{{ pager(listing) }}'
    listing = {"first": 1976, "last": 2000, "total": 12000, "previous_url": "", "next_url": ""}
    with app.test_request_context(), force_locale("vi"):
        told = render_template_string(source, listing=listing)
    assert "1.976–2.000" in told
    assert "12.000" in told
