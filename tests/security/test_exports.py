"""What leaves the portal as a table is text as text: nothing that people wrote is ever computed."""

import re
from datetime import date
from io import BytesIO
from zipfile import ZipFile

import pytest
from defusedxml import ElementTree
from openpyxl import load_workbook

from portal.cases.models import Case
from portal.engine.db import db
from portal.engine.sheets import HEAD_ROWS, Column, in_lines, typed, workbook
from tests import builders
from tests.security.expectations import ROLE_PAGES
from tests.security.found_forms import pages
from tests.security.hostile import VALUES
from tests.security.test_matrix import leaks, text_of

NAMES = (
    "=1+1", "+84 901", "-1+1", "@SUM(A1)", "\t=1+1", "\r=1+1", "=cmd|' /C calc'!A0", "</w:t>", "]]>", "{{ 7*7 }}",
    "&amp;", "'=1", "_x0041_", "70000000", "001079012345", "1e309", "31/02/2026", "TRUE", "#REF!", "x" * 32_768,
    "Nguyễn\x00A", "\ud800x",
)  # fmt: skip


def written(texts: tuple[str, ...]) -> bytes:
    columns = (
        Column("Name", lambda row: row),
        Column("Day", lambda _row: date(2026, 11, 23)),
        Column("=Money", lambda _row: 70_000_000),
    )
    return workbook("=[Cases]:*?/\\'", columns, texts, "=1+1 &P hostile\r\n")


def test_no_text_becomes_a_formula_and_each_stays_what_was_written():
    hostile = [value.text for value in VALUES if typed(value.text).strip()]
    texts = tuple(dict.fromkeys([*NAMES, *hostile]))
    sheet = load_workbook(BytesIO(written(texts))).active
    lines = [part for text in texts for (part,) in in_lines([text])]
    assert len(lines) > len(texts)
    for row, text in enumerate(lines, start=HEAD_ROWS + 1):
        cell = sheet.cell(row, 1)
        assert cell.data_type in ("s", "n"), text[:40]
        assert (cell.value or "") == typed(text), text[:40]
        assert cell.quotePrefix or not typed(text)
    assert sheet.cell(1, 1).data_type == "s"
    assert sheet.cell(HEAD_ROWS, 3).data_type == "s"


def test_the_file_is_well_formed_in_all_its_parts_and_holds_no_formula():
    with ZipFile(BytesIO(written(NAMES))) as parts:
        for name in parts.namelist():
            if name.endswith((".xml", ".rels")):
                tree = ElementTree.fromstring(parts.read(name))
                assert not [one for one in tree.iter() if one.tag.endswith("}f")], name


def test_an_amount_stays_a_number_and_a_day_a_day():
    sheet = load_workbook(BytesIO(written(("x",)))).active
    assert sheet.cell(HEAD_ROWS + 1, 2).value.date() == date(2026, 11, 23)
    assert sheet.cell(HEAD_ROWS + 1, 3).value == 70_000_000


@pytest.mark.parametrize("name", ["=1+1", "@SUM(A1)", "</w:t>{{ 7*7 }}", "<script>hostile</script>"])
def test_an_exported_list_holds_a_hostile_name_as_its_text(commune, browse_as, name):
    builders.a_case(commune, name)
    chief = browse_as(commune.chief)
    answer = chief.post("/cases/export", data={"purpose": "meeting", "details": "=1+1"})
    assert answer.status_code == 200
    sheet = load_workbook(BytesIO(answer.data)).active
    assert name in [cell.value for row in sheet.iter_rows() for cell in row]
    assert not [cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    assert "\r" not in answer.headers["Content-Disposition"]


@pytest.mark.parametrize("role", sorted(ROLE_PAGES["exchange.export"].roles))
def test_a_workbook_with_all_that_a_role_may_choose_holds_nothing_that_is_not_theirs(stage, role):
    browser = stage.browser(role)
    offered = re.findall(r'name="sheets"[^>]*value="([a-z_]+)"', browser.get("/exchange/export").text)
    answer = browser.post("/exchange/export", data={**ROLE_PAGES["exchange.export"].body, "sheets": offered})
    assert answer.status_code == 200
    assert stage.world.seen_in(text_of(answer))
    assert leaks(stage, role, "exchange.export", text_of(answer)) == []


def test_every_page_shows_hostile_texts_of_records_as_texts(commune, browse_as):
    """What was imported or written before today's checks may be anything; pages bear it."""
    payload = "</textarea></title>\"'><script>hostile</script>{{ 7*7 }}%s%(x)s\u202e"
    case = builders.a_case(commune, payload, offence=payload, court=payload, judgment_number=payload)
    builders.an_absence(commune, case, date(2026, 12, 1), date(2026, 12, 5))
    seen = list(pages(browse_as(commune.chief), "/"))
    assert any(f"/cases/{case.id}" in address for address, _text in seen)
    assert not [address for address, text in seen if "<script>hostile" in text or "{{ 49" in text]
    assert db.session.get(Case, case.id) is not None
