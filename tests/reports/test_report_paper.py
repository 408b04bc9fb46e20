"""The report as a Word file, read back: its sections, its footnotes, its head and its signature; and the command."""

import re
import zipfile
from datetime import date
from io import BytesIO

import pytest
from docx import Document
from docx.oxml.ns import qn
from lxml import etree

from portal.documents import layout
from portal.documents.paper import Annex, Clause, Issuer, Paper, Passage, Piece, Signature
from portal.documents.word import check
from portal.engine.db import db
from portal.reports import papers
from portal.reports.models import Report
from tests.builders import a_case
from tests.reports.report import TEXTS, a_draft, a_kind, an_approved

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def paper(*text, **more):
    facts = {"bases": (), "recipients": ("UBND xã", "Lưu: VT"), "signature": Signature(("TM. BAN CHỈ ĐẠO",)), **more}
    issuer = Issuer("ỦY BAN NHÂN DÂN XÃ BỜ Y", ("BAN CHỈ ĐẠO",), "Bờ Y")
    return Paper(issuer, "BC-BCĐ", "05/BC-BCĐ", date(2026, 2, 5), "BÁO CÁO", "Kết quả", text=text, **facts)


def noted(text, note):
    return Passage((Piece(text, note=(Piece(note),)), Piece(" và hết.")))


def footnotes(content):
    """The notes by their ids, and the ids in the order in which the text calls them."""
    container = zipfile.ZipFile(BytesIO(content))
    notes = etree.fromstring(container.read("word/footnotes.xml"))
    text = {one.get(f"{W}id"): "".join(one.itertext()) for one in notes if one.get(f"{W}type") is None}
    body = Document(BytesIO(content)).element.body
    return text, [one.get(qn("w:id")) for one in body.iter(qn("w:footnoteReference"))]


def words(content):
    return [one.text for one in Document(BytesIO(content)).paragraphs if one.text.strip()]


def test_footnotes_are_a_part_of_their_own_that_a_word_program_accepts():
    content = layout.written(paper(noted("Một", "Chú thích thứ nhất."), noted("Hai", "Thứ <hai> & hết.")))
    notes, called = footnotes(content)
    assert notes == {"1": " Chú thích thứ nhất.", "2": " Thứ <hai> & hết."}
    assert called == ["1", "2"]
    container = zipfile.ZipFile(BytesIO(content))
    assert "footnotes+xml" in container.read("[Content_Types].xml").decode()
    settings = container.read("word/settings.xml").decode()
    assert re.findall(r'<w:footnote w:id="(-?\d+)"/>', settings) == ["-1", "0"]
    separators = etree.fromstring(container.read("word/footnotes.xml"))
    assert [one.get(f"{W}type") for one in separators[:2]] == ["separator", "continuationSeparator"]
    check(content)


def test_a_paper_without_footnotes_has_no_such_part():
    content = layout.written(paper(Clause("Một đoạn.")))
    assert "word/footnotes.xml" not in zipfile.ZipFile(BytesIO(content)).namelist()


def test_the_last_passage_bears_the_end_mark_and_a_heading_stays_with_its_text():
    document = Document(
        BytesIO(layout.written(paper(Passage((Piece("I. MỘT", bold=True),), heading=True), noted("A", "b"))))
    )
    told = [one for one in document.paragraphs if one.text.strip()]
    assert told[-1].text == "A và hết./."
    heading = next(one for one in told if one.text == "I. MỘT")
    assert heading.paragraph_format.keep_with_next
    assert heading.runs[0].bold


def test_an_annex_begins_on_a_page_of_its_own_and_repeats_its_heads():
    annex = Annex("PHỤ LỤC", "Số liệu", ("Chỉ tiêu", "Kỳ này"), [("Vụ việc", "6"), ("Người", "7")])
    document = Document(BytesIO(layout.written(paper(Clause("Hết."), annex=annex))))
    table = document.tables[-1]
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["Chỉ tiêu", "Kỳ này"], ["Vụ việc", "6"], ["Người", "7"]
    ]  # fmt: skip
    assert table.rows[0]._tr.find(f".//{qn('w:tblHeader')}") is not None
    title = next(one for one in document.paragraphs if one.text == "PHỤ LỤC")
    assert title.paragraph_format.page_break_before


def test_the_approved_report_has_all_its_parts_and_nothing_to_retouch(commune, browse_as):
    a_case(commune)
    report = an_approved(commune)
    content = browse_as(commune.clerk).get(f"/reports/{report.id}/report.docx").data
    told = words(content)
    headings = [one for one in told if re.match(r"[IVX]+\. ", one)]
    assert headings == [
        "I. TÌNH HÌNH, ĐẶC ĐIỂM", "II. CÔNG TÁC THAM MƯU, CHỈ ĐẠO", "III. KẾT QUẢ THỰC HIỆN CÁC MẶT CÔNG TÁC",
        "IV. ĐÁNH GIÁ CHUNG", "V. NHIỆM VỤ TRỌNG TÂM 2 THÁNG CUỐI NĂM 2026",
    ]  # fmt: skip
    assert "BÁO CÁO" in told
    assert "Toàn xã có 01 bị án đang chấp hành." in told
    assert told[-1] == "2. Rà soát các mô hình./."
    assert "{" not in "".join(told)
    cells = [cell.text for table in Document(BytesIO(content)).tables for row in table.rows for cell in row.cells]
    head, nation, receivers, signature = cells
    assert head.split("\n")[:3] == ["ỦY BAN NHÂN DÂN XÃ BỜ Y", "BAN CHỈ ĐẠO PHONG TRÀO", "TOÀN DÂN BẢO VỆ ANTQ"]
    assert "Số: 01/BC-BCĐ" in head
    assert "Bờ Y, ngày 23 tháng 11 năm 2026" in nation
    assert receivers.startswith("Nơi nhận:")
    assert receivers.rstrip().endswith("- Lưu: VT, BCĐ.")
    assert signature.split("\n")[:3] == ["TM. BAN CHỈ ĐẠO", "TRƯỞNG BAN", "CHỦ TỊCH UBND XÃ"]
    assert signature.rstrip().endswith("Leader xã Bờ Y")


def test_a_deputy_signs_for_the_head(commune):
    report = a_draft(commune)
    signer = papers.Signer("commune_leader", "KT", "Phó Chủ tịch UBND xã", "Y Hlen")
    assert papers.signed(report, signer, date(2026, 11, 23)).lines == (
        "TM. BAN CHỈ ĐẠO", "KT. TRƯỞNG BAN", "PHÓ TRƯỞNG BAN", "PHÓ CHỦ TỊCH UBND XÃ"
    )  # fmt: skip


@pytest.mark.parametrize(
    ("capacity", "lines"),
    [("", ("TM. BAN CHỈ ĐẠO", "TRƯỞNG BAN", "TRƯỞNG CÔNG AN XÃ")),
     ("KT", ("TM. BAN CHỈ ĐẠO", "KT. TRƯỞNG BAN", "PHÓ TRƯỞNG BAN", "PHÓ TRƯỞNG CÔNG AN XÃ")),
     ("Q", ("TM. BAN CHỈ ĐẠO", "Q. TRƯỞNG BAN", "Q. TRƯỞNG CÔNG AN XÃ")),
     ("TL", ("TL. TRƯỞNG BAN", "PHÓ TRƯỞNG CÔNG AN XÃ"))],
)  # fmt: skip
def test_the_office_beside_that_in_the_committee_is_the_signers_own(commune, capacity, lines):
    signer = papers.Signer("police_chief", capacity, "Trung tá, Phó Trưởng Công an xã", "A Thuận")
    assert papers.signed(a_draft(commune), signer, date(2026, 11, 23)).lines == lines


@pytest.fixture
def run(commune, app):
    """Run a command of the portal."""

    def run(*arguments):
        db.session.rollback()
        return app.test_cli_runner().invoke(args=["report", *arguments])

    return run


DAYS = ("--from", "2026-01-01", "--to", "2026-10-31")


@pytest.mark.both_engines
def test_the_command_writes_the_report_of_any_period_and_keeps_nothing(commune, run, tmp_path):
    a_case(commune)
    out = tmp_path / "bao-cao.docx"
    answer = run("write", *DAYS, "--unit", "BY", "--out", str(out))
    assert answer.exit_code == 0, answer.output
    told = words(out.read_bytes())
    assert "Công an xã tiếp nhận 01 hồ sơ chấp hành án tại cộng đồng." in " ".join(told)
    assert not db.session.query(Report).count()


def test_the_command_takes_along_what_people_wrote_last(commune, run, tmp_path):
    a_draft(commune, date(2026, 1, 1), date(2026, 6, 30))
    out = tmp_path / "bao-cao.docx"
    assert run("write", *DAYS, "--unit", "BY", "--out", str(out)).exit_code == 0
    assert TEXTS["advice"] in words(out.read_bytes())


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((*DAYS,), "--out FILE.docx"),
        ((*DAYS, "--out", "/nowhere/at/all.docx"), "cannot be written"),
        ((*DAYS, "--kind", "poem", "--out", "x.docx"), "There is no kind of report 'poem'"),
        ((*DAYS, "--unit", "XX", "--out", "x.docx"), "There is no commune 'XX'"),
        (("--from", "2026-10-31", "--to", "2026-01-01", "--out", "x.docx"), "cannot be before"),
    ],
)
def test_the_command_says_what_is_wrong(commune, run, arguments, said):
    answer = run("write", *arguments)
    assert answer.exit_code != 0
    assert said in answer.output


def test_a_kind_of_the_communes_own_is_written_too(commune, run, tmp_path):
    kind = a_kind(commune, "order_quarter")
    out = tmp_path / "quy.docx"
    days = ("--from", "2026-06-15", "--to", "2026-09-14")
    assert run("write", *days, "--unit", "BY", "--kind", kind.code, "--out", str(out)).exit_code == 0
    told = words(out.read_bytes())
    assert "quý III năm\N{NO-BREAK SPACE}2026" in " ".join(told)
    assert "PHỤ LỤC" in told
