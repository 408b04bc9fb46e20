"""What is no workbook of the template, or hides something, is refused with its reason, and nothing is written."""

import io
import re
import time
import zipfile
from datetime import date

import pytest
from flask_babel import force_locale
from openpyxl import load_workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from sqlalchemy import select

from portal.documents.refused import RefusedFile
from portal.engine.db import db
from portal.exchange.catalogue import all_sheets
from portal.exchange.importing import Import, NotTakenIn
from portal.exchange.reading import Workbook
from portal.exchange.writing import write_template
from portal.forces.models import Camera
from tests.exchange.workbooks import filled, filled_whole, repacked, saved

DOCTYPE = b'<!DOCTYPE a [<!ENTITY b "c">]>'
NFD = "Nga\u0303 ba \u0110a\u0306k Me\u0302\u0301"


@pytest.fixture(autouse=True)
def _in_english(commune):
    with force_locale("en"):
        yield


@pytest.fixture
def template(commune):
    written = io.BytesIO()
    write_template(written, all_sheets(), [])
    return written.getvalue()


def camera(**more):
    return {"number": "CAM-2024-007", "village_id": "BY-BPH", "location": "Ngã ba", "installed_on": date(2024, 5, 20),
            **more}  # fmt: skip


def brought(commune, content):
    Import(content, all_sheets(), commune.unit).take_in()
    return db.session.scalars(select(Camera)).one()


def problems(commune, content):
    with pytest.raises(NotTakenIn) as not_taken:
        Import(content, all_sheets(), commune.unit).take_in()
    assert not db.session.scalars(select(Camera)).all()
    return [one.message for one in not_taken.value.outcome.problems]


def changed(template, change):
    book = load_workbook(io.BytesIO(filled_whole(template, {"cameras": [camera()]})))
    change(book, next(sheet for sheet in book.worksheets if sheet["A1"].value == "cameras"))
    return saved(book)


def bomb(data: bytes) -> bytes:
    return data.replace(b"</sheetData>", b"<row>" + b"<c/>" * 20_000_000 + b"</row></sheetData>")


NO_WORKBOOKS = {
    "nothing": (lambda _file: b"", "empty"),
    "a text": (lambda _file: b"number,village\n1,BPH\n", "no Excel workbook"),
    "an old or locked one": (lambda _file: b"\xd0\xcf\x11\xe0" + bytes(600), "locked by a password"),
    "cut off": (lambda file: file[: len(file) // 2], "cannot be read to its end"),
    "macros": (lambda file: repacked(file, "-", None, {"xl/vbaProject.bin": b"x"}), "holds macros"),
    "a bomb": (lambda file: repacked(file, r"xl/worksheets/sheet2\.xml", bomb), "unpacks to far more"),
    "entities": (
        lambda file: repacked(file, r"xl/worksheets/sheet2\.xml", lambda data: DOCTYPE + data),
        "cannot be read to its end",
    ),
    "macros by type": (
        lambda file: repacked(file, r"\[Content_Types\]\.xml", lambda data: data.replace(
            b"spreadsheetml.sheet.main+xml", b"ms-excel.sheet.macroEnabled.main+xml")),
        "holds macros",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", NO_WORKBOOKS)
def test_what_is_no_workbook_is_refused_before_it_is_opened(template, case):
    make, reason = NO_WORKBOOKS[case]
    content, before = make(template), time.monotonic()
    with pytest.raises(RefusedFile, match=reason):
        Workbook(content)
    assert time.monotonic() - before < 20


def test_a_workbook_of_another_make_is_refused(commune):
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as made:
        made.writestr("word/document.xml", "<a/>")
    for content in (written.getvalue(), saved(load_workbook(io.BytesIO(_plain())))):
        with pytest.raises(RefusedFile):
            Import(content, all_sheets(), commune.unit)


def _plain() -> bytes:
    from openpyxl import Workbook as New

    return saved(New())


def a_bare_number(_book, sheet):
    sheet["E5"].value, sheet["E5"].number_format = 45432, "General"


def test_what_hides_or_computes_is_told_at_its_place(commune, template):
    cases = (
        (lambda _book, sheet: sheet.merge_cells("C5:D5"), "Cells are merged here: C5:D5"),
        (lambda _book, sheet: setattr(sheet, "sheet_state", "hidden"), "This sheet is hidden"),
        (lambda _book, sheet: setattr(sheet["D5"], "value", '="Ngã "&"ba"'), "A formula"),
        (a_bare_number, "A bare number is no day"),
        (lambda _book, sheet: setattr(sheet["E5"], "value", "31/12/1899"), "The year must lie between"),
        (lambda _book, sheet: setattr(sheet["D2"], "value", "ort"), "Columns are missing"),
        (lambda book, _sheet: book.create_sheet("Ghi chú"), "none of the template"),
    )
    for change, reason in cases:
        assert any(reason in one for one in problems(commune, changed(template, change))), reason


def test_a_merged_cell_and_a_column_that_is_missing_are_told_by_row_column_and_value(commune, template):
    content = changed(template, lambda _book, sheet: sheet.merge_cells("D5:E5"))
    merged = next(one for one in Import(content, all_sheets(), commune.unit).look().problems if "merged" in one.message)
    sheet = load_workbook(io.BytesIO(content))[merged.sheet]
    assert (merged.row, merged.column, merged.value) == (5, str(sheet["D3"].value).rstrip(" *"), sheet["D5"].value)
    content = changed(template, lambda _book, sheet: setattr(sheet["D2"], "value", "ort"))
    missing = next(
        one for one in Import(content, all_sheets(), commune.unit).look().problems if "missing" in one.message
    )
    assert (missing.row, missing.column) == (2, merged.column)


def test_the_days_of_the_other_calendar_are_read_rightly(commune, template):
    def of_1904(book, _sheet):
        book.epoch = CALENDAR_MAC_1904

    assert brought(commune, changed(template, of_1904)).installed_on == date(2024, 5, 20)


def test_texts_and_days_are_taken_as_they_are_meant(commune, template):
    row = camera(location=f" {NFD}\u200b ", installed_on="20/05/2024", note=912, from_paper="no")
    one = brought(commune, filled(template, {"cameras": [row]}))
    assert (one.location, one.installed_on, one.note, one.from_paper) == (
        "Ngã ba Đăk Mế", date(2024, 5, 20), "912", False)  # fmt: skip


def test_a_sheet_that_claims_to_be_endless_is_read_as_far_as_it_goes(commune, template):
    content = filled(template, {"cameras": [camera()]})
    content = repacked(
        content, r"xl/worksheets/sheet\d+\.xml",
        lambda data: re.sub(rb'<dimension ref="[^"]*"', b'<dimension ref="A1:XFD1048576"', data),
    )  # fmt: skip
    parts = zipfile.ZipFile(io.BytesIO(content))
    assert [name for name in parts.namelist() if b"XFD1048576" in parts.read(name)]
    assert brought(commune, content).number == "CAM-2024-007"
