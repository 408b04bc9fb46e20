"""The .docx by NĐ 30/2020, read back."""

import io
import re
import zipfile
from dataclasses import replace
from datetime import date

import pytest
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml.ns import qn
from docx.shared import Pt

from portal.documents import layout
from portal.documents.paper import Basis, Clause, Issuer, Paper, Signature

PAPER = Paper(
    issuer=Issuer("CÔNG AN TỈNH QUẢNG NGÃI", ("CÔNG AN XÃ BỜ Y",), "Bờ Y"),
    symbol="QĐ-CAX", number="", day=date(2026, 2, 5), name="QUYẾT ĐỊNH", abstract="Về việc phân công cán bộ",
    bases=(Basis("Căn cứ Luật"), Basis("Căn cứ Bản án")), text=(Clause("Phân công.", "Điều 1"), Clause("Thi hành.")),
    recipients=("Như Điều 3", "Lưu: VT, HS"), signature=Signature(("TRƯỞNG CÔNG AN XÃ",), "Trung tá Phan Đình Luân"),
    authority="TRƯỞNG CÔNG AN XÃ BỜ Y",
)  # fmt: skip


def drawn(**other):
    return Document(io.BytesIO(layout.written(replace(PAPER, **other))))


def lines(cell):
    return [one.text for one in cell.paragraphs if one.text]


def found(document, text):
    return next(one for one in document.paragraphs if one.text == text)


@pytest.fixture(autouse=True)
def _in_the_house(today):
    """Papers know what day it is."""


def test_the_sheet_has_the_margins_of_the_decree():
    section = drawn().sections[0]
    assert [round(one.mm) for one in (section.page_width, section.page_height)] == [210, 297]
    found = [round(one.mm) for one in (section.top_margin, section.bottom_margin, section.left_margin)]
    assert [*found, round(section.right_margin.mm)] == [20, 20, 30, 15]


def test_pages_are_numbered_at_the_top_in_the_middle_but_for_the_first():
    section = drawn().sections[0]
    number = section.header.paragraphs[0]
    assert number.alignment == ALIGN.CENTER
    assert number._p.find(qn("w:fldSimple")).get(qn("w:instr")) == "PAGE"
    assert section.different_first_page_header_footer
    assert not section.first_page_header.paragraphs[0]._p.findall(qn("w:fldSimple"))


def test_one_font_serves_all_scripts_and_the_language_is_vietnamese():
    properties = drawn().styles["Normal"].element.rPr
    fonts = properties.find(qn("w:rFonts"))
    assert {fonts.get(qn(f"w:{script}")) for script in ("ascii", "hAnsi", "cs", "eastAsia")} == {"Times New Roman"}
    assert not [name for name in fonts.attrib if "Theme" in name]
    assert properties.find(qn("w:lang")).get(qn("w:val")) == "vi-VN"


def test_the_head_names_who_issues_at_the_left_and_the_nation_at_the_right():
    left, right = drawn().tables[0].rows[0].cells
    assert lines(left) == ["CÔNG AN TỈNH QUẢNG NGÃI", "CÔNG AN XÃ BỜ Y", f"Số: {layout.BLANK}/QĐ-CAX"]
    assert not left.paragraphs[0].runs[0].bold
    assert left.paragraphs[1].runs[0].bold
    assert lines(right) == [
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "Bờ Y, ngày 05 tháng 02 năm 2026",
    ]  # fmt: skip
    assert right.paragraphs[-1].runs[0].italic
    assert [cell._tc.xml.count("w:pBdr") // 2 for cell in (left, right)] == [1, 1]


def test_the_number_stands_where_it_is_known_and_a_blank_day_where_none_is():
    left, right = drawn(number="05/QĐ-CAX", day=None).tables[0].rows[0].cells
    assert lines(left)[-1] == "Số: 05/QĐ-CAX"
    assert re.fullmatch(r"Bờ Y, ngày\s+tháng\s+năm 2026", lines(right)[-1])


def test_both_tables_have_exact_widths_and_no_borders():
    for table in drawn().tables:
        assert sum(round(cell.width.mm) for cell in table.rows[0].cells) == 165
        assert [column.width for column in table.columns] == [cell.width for cell in table.rows[0].cells]
        assert not table.autofit
        assert "w:tblBorders" not in table._tbl.xml


def test_grounds_are_italic_and_end_with_a_semicolon_but_for_the_last():
    document = drawn()
    first, last = found(document, "Căn cứ Luật;"), found(document, "Căn cứ Bản án.")
    assert first.runs[0].italic
    assert last.runs[0].italic


def test_an_article_has_its_number_in_bold_and_the_last_paragraph_the_end_mark():
    document = drawn()
    article = found(document, "Điều 1. Phân công.")
    assert [run.bold for run in article.runs] == [True, False]
    assert (article.alignment, article.runs[1].font.size) == (ALIGN.JUSTIFY, Pt(14))
    assert found(document, "Thi hành./.")


def test_the_foot_names_who_receives_it_and_who_signs():
    left, right = drawn().tables[1].rows[0].cells
    assert lines(left) == ["Nơi nhận:", "- Như Điều 3;", "- Lưu: VT, HS."]
    assert (left.paragraphs[0].runs[0].font.size, left.paragraphs[1].runs[0].font.size) == (Pt(12), Pt(11))
    assert lines(right) == ["TRƯỞNG CÔNG AN XÃ", "Trung tá Phan Đình Luân"]
    assert "w:cantSplit" in drawn().tables[1]._tbl.xml


def test_no_page_tears_the_signature_from_the_end_of_the_text():
    assert found(drawn(), "Thi hành./.").paragraph_format.keep_with_next


def test_a_submission_is_addressed_and_decides_nothing():
    document = drawn(name="TỜ TRÌNH", addressees=("Công an tỉnh",), authority="")
    assert found(document, "Kính gửi: Công an tỉnh")
    assert "QUYẾT ĐỊNH:" not in [one.text for one in document.paragraphs]


def test_of_several_addressees_each_has_a_line_and_the_last_a_full_stop():
    document = drawn(name="THÔNG BÁO", addressees=("UBND tỉnh", "Công an tỉnh"), authority="")
    for line in ("Kính gửi:", "- UBND tỉnh;", "- Công an tỉnh."):
        assert found(document, line).alignment == ALIGN.LEFT


def test_the_recipients_stay_on_the_page_of_two_signatures():
    document = drawn(name="BIÊN BẢN", authority="", beside=(Signature(("THƯ KÝ",), "Đặng Thu Trà"),))
    signed = document.tables[1].rows[0].cells
    assert all(one.paragraph_format.keep_with_next for cell in signed for one in cell.paragraphs)


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("</w:t><w:br/>", "</w:t><w:br/>"),
        ("{{ config }} {% raw %}", "{{ config }} {% raw %}"),
        ("=1+1 & <b>", "=1+1 & <b>"),
        ("một\x0bhai\x00\x1f\ufffe\ud800", "một hai"),
        ("hai\ndòng\tchữ", "hai dòng chữ"),
        ("Nguye\u0302\u0303n", "Nguye\u0302\u0303n"),
        ("ư" * 40_000, "ư" * 40_000),
        ('"quoted" \\fldSimple PAGE', '"quoted" \\fldSimple PAGE'),
    ],
)
def test_what_people_typed_is_text_and_nothing_else(typed, told):
    content = layout.written(replace(PAPER, text=(Clause(typed, "Điều 1"), Clause("Hết"))))
    assert found(Document(io.BytesIO(content)), f"Điều 1. {told}")
    fields = zipfile.ZipFile(io.BytesIO(content)).read("word/document.xml").count(b"fldSimple")
    assert fields == typed.count("fldSimple")


def test_the_file_does_not_tell_by_what_it_was_made():
    about = drawn().core_properties
    assert (about.author, about.comments, about.language) == ("CÔNG AN XÃ BỜ Y", "", "vi-VN")
    assert about.created.year == 2026


def test_the_names_of_two_who_sign_beside_each_other_stand_in_one_row_however_long_an_office_is():
    long = Signature(("ĐẠI DIỆN BAN CHỈ HUY QUÂN SỰ XÃ BỜ Y, TỈNH QUẢNG NGÃI",), "A Bình")
    document = drawn(name="BIÊN BẢN", authority="", beside=(long,))
    offices, names = document.tables[1].rows
    assert [cell.text.strip() for cell in names.cells] == ["A Bình", "Trung tá Phan Đình Luân"]
    assert "A Bình" not in offices.cells[0].text
