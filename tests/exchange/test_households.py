"""A commune's own list of households in Excel: any heading, looked at row by row, entered once it is agreed."""

import io
import re
from datetime import date

import pytest
from openpyxl import Workbook
from sqlalchemy import select

from portal.engine.audit import AuditEvent
from portal.engine.db import db
from portal.engine.transaction import in_deed, transaction
from portal.exchange import own_list
from portal.exchange.households import changes_of
from portal.exchange.own_list import guessed
from portal.exchange.views import households as view
from portal.households.models import Household
from tests.exchange.test_reading import NO_WORKBOOKS
from tests.exchange.workbooks import repacked, saved
from tests.households.doors import some_households

HEADS = ("STT", "Họ và tên chủ hộ", "Số khẩu", "Thôn", "Ở từ ngày", "Mã hộ", "Điện thoại")
PAGE = "/exchange/households"


@pytest.fixture
def clerk(commune, browse_as):
    return browse_as(commune.clerk)


def a_list(*rows, heads=HEADS, title="DANH SÁCH HỘ GIA ĐÌNH") -> bytes:
    book = Workbook()
    sheet = book.active
    sheet.append([title])
    sheet.merge_cells("A1:G1")
    sheet.append([])
    sheet.append(list(heads))
    for row in rows:
        sheet.append(list(row))
    return saved(book)


def a_row(head="Y Bường", people=4, village="Bắc Phong", since=date(2019, 5, 20), number=None, stt=1):
    return (stt, head, people, village, since, number, "0901234567")


def brought(browser, content, name="ho.xlsx"):
    return browser.post(PAGE, data={"file": (io.BytesIO(content), name)}, content_type="multipart/form-data")


def answers(page) -> dict[str, str]:
    """What a browser sends back of the page as it stands."""
    found = {}
    for tag in re.findall(r"<input[^>]*>", page.text):
        name, value = re.search(r'name="([^"]+)"', tag), re.search(r'value="([^"]*)"', tag)
        if name and 'type="checkbox"' not in tag:
            found[name.group(1)] = value.group(1) if value else ""
    for name, options in re.findall(r'<select[^>]*name="([^"]+)"[^>]*>(.*?)</select>', page.text, re.DOTALL):
        chosen = re.search(r'<option selected value="([^"]*)"', options) or re.search(
            r'value="([^"]*)" selected', options
        )
        found[name] = chosen.group(1) if chosen else ""
    return found


def looked_at(browser, content, **more):
    return browser.post(PAGE, data={**answers(brought(browser, content)), "only": "rows", **more})


def decided(browser, page, **more):
    return browser.post(PAGE, data={**answers(page), "only": "decide", **more})


def households():
    db.session.rollback()
    return list(db.session.scalars(select(Household).order_by(Household.id)))


def village_name(commune, code="BPH"):
    return commune.place(code).name


def test_a_list_is_looked_at_and_entered_in_one_deed(commune, clerk):
    here, there = village_name(commune), village_name(commune, "NHA").upper()
    content = a_list(
        a_row(village=here), a_row("Thao Bảy", 3.0, there, "01/02/2020"), (None, None, None, None, None, None, None)
    )
    columns = brought(clerk, content)
    assert columns.status_code == 200
    assert {name: answers(columns)[name] for name in ("heading", "head", "people", "village", "since", "number")} == {
        "heading": "3", "head": "1", "people": "2", "village": "3", "since": "4", "number": "5",
    }  # fmt: skip
    rows = looked_at(clerk, content)
    assert rows.status_code == 200
    assert "2 rows are new" in rows.text
    assert not households()
    done = decided(clerk, rows)
    assert (done.status_code, done.location) == (302, "/households/")
    one, other = households()
    assert (one.head, one.people, one.number) == ("Y Bường", 4, "HH-BPH-0001")
    assert (other.head, other.people, other.number) == ("Thao Bảy", 3, "HH-NHA-0001")
    assert [stay.since for stay in other.stays] == [date(2020, 2, 1)]
    event = db.session.scalars(select(AuditEvent).where(AuditEvent.action == "import")).one()
    assert event.changes["rows"] == 2


def test_rows_that_are_likely_there_are_decided_one_by_one_or_alike(commune, clerk):
    (there,) = some_households(commune, 1, head="Nguyễn Văn Bường")
    here = village_name(commune)
    content = a_list(a_row("NGUYEN VAN BUONG", village=here), a_row("Y Lan", village=here, number=1),
                     a_row("Y Mới", village=here), a_row("Y Mới", village=here))  # fmt: skip
    rows = looked_at(clerk, content)
    assert "1 row is new" in rows.text
    assert "3 rows are likely there already" in rows.text
    assert there.number in rows.text
    assert "Row 6 of the list says the same." in rows.text
    undecided = decided(clerk, rows, **{"double-4": "leave_out"})
    assert undecided.status_code == 422
    assert "Of 2 rows nothing is decided." in undecided.text
    assert answers(undecided)["double-4"] == "leave_out"
    assert len(households()) == 1
    assert decided(clerk, undecided, **{"double-5": "enter"}, doubles="leave_out").status_code == 302
    assert [(one.head, one.number) for one in households()[1:]] == [("Y Lan", "HH-BPH-0002"), ("Y Mới", "HH-BPH-0003")]


def test_a_number_of_people_that_changed_is_taken_over_by_the_household_that_is_there(commune, clerk):
    (there,), (other,) = some_households(commune), some_households(commune, head="Y Lan")
    here = village_name(commune)
    before = other.people
    content = a_list(
        a_row(there.head, there.people + 3, village=here), a_row(other.head, other.people, village=here),
        a_row("Y Mới", village=here),
    )  # fmt: skip
    rows = looked_at(clerk, content)
    assert f"{there.people} people are recorded there" in rows.text
    assert rows.text.count('value="take"') == 2  # for all of them, and for the one that says another number
    people = there.people + 3
    done = decided(clerk, rows, doubles="take")
    assert done.status_code == 302
    assert "of 1 household is taken over" in clerk.get(done.location).text
    assert [one.people for one in households()[:2]] == [people, before]
    assert len(households()) == 3


def test_all_doubles_alike(commune, clerk):
    some_households(commune, 1, head="Y Lan")
    content = a_list(a_row("Y Lan", village=village_name(commune)))
    nothing = decided(clerk, looked_at(clerk, content), doubles="leave_out")
    assert nothing.status_code == 422
    assert "Nothing would be entered." in nothing.text
    assert decided(clerk, looked_at(clerk, content), doubles="enter").status_code == 302
    assert len(households()) == 2


def test_wrong_rows_say_what_would_be_right_and_are_left_out_only_if_somebody_says_so(commune, clerk):
    here = village_name(commune)
    content = a_list(
        a_row("Y Đúng", village=here), a_row("Y Sai", 0, here), a_row("", 3, here), a_row(village="Làng Ma <b>"),
        a_row("Y Mai", 3, here, date(2199, 1, 1)), a_row("Y Hai", 3, here, number="K/7"), a_row("Y Ba", "ba", here),
        a_row("Tổng cộng", "=SUM(C4:C9)", None, None),
    )  # fmt: skip
    rows = looked_at(clerk, content)
    assert "7 rows are wrong" in rows.text
    for told in ("A number from 1 to 99", "This is needed.", "Làng Ma &lt;b&gt;", "no village of this name",
                 "The day lies in the future.", "HH-NHA-0012", "whole number", "A formula."):  # fmt: skip
        assert told in rows.text
    refused = decided(clerk, rows)
    assert refused.status_code == 422
    assert "Mend these rows in the file" in refused.text
    assert not households()
    assert decided(clerk, rows, without_wrong="y").status_code == 302
    assert [one.head for one in households()] == ["Y Đúng"]


def test_numbers_of_the_commune_are_kept_and_new_ones_come_after_them(commune, clerk):
    here = village_name(commune)
    content = a_list(a_row("Y Một", village=here, number="HH-BPH-0020"), a_row("Y Hai", village=here),
                     a_row("Y Ba", village=here, number="7"))  # fmt: skip
    assert decided(clerk, looked_at(clerk, content)).status_code == 302
    assert {one.head: (one.number, one.walk) for one in households()} == {
        "Y Một": ("HH-BPH-0020", 20), "Y Hai": ("HH-BPH-0021", 21), "Y Ba": ("HH-BPH-0007", 7),
    }  # fmt: skip


def test_village_and_day_are_said_once_where_the_list_says_none(commune, clerk):
    content = a_list(("Y Lan", 3), ("Y Mai", 4), heads=("Chu ho", "Nhan khau"))
    missing = looked_at(clerk, content)
    assert missing.status_code == 422
    assert missing.text.count("Please choose a column, or say it here for all rows.") == 4
    said = {"all_in": str(commune.place("NHA").id), "all_since": "01/01/2020"}
    rows = looked_at(clerk, content, **said)
    assert "2 rows are new" in rows.text
    assert decided(clerk, rows).status_code == 302
    assert {one.village_id for one in households()} == {commune.place("NHA").id}


def test_another_heading_and_another_sheet_are_guessed_anew_before_anything_is_looked_at(commune, clerk):
    book = Workbook()
    book.active.append(["Ghi chú"])
    sheet = book.create_sheet("Thôn 2")
    sheet.append(["Tên chủ hộ", "Số người"])
    sheet.append(["Y Lan", 3])
    hidden = book.create_sheet("Ẩn")
    hidden.append(["Tên chủ hộ"])
    hidden.sheet_state = "hidden"
    page = brought(clerk, saved(book))
    assert "Ẩn" not in page.text
    again = clerk.post(PAGE, data={**answers(page), "sheet": "1", "only": "rows"})
    assert again.status_code == 200
    assert {name: answers(again)[name] for name in ("head", "people")} == {"head": "0", "people": "1"}
    assert "Which column is which" in again.text


def test_a_column_says_one_thing(commune, clerk):
    page = looked_at(clerk, a_list(a_row()), people="1")
    assert page.status_code == 422
    assert "This column is chosen twice." in page.text


def test_cells_that_are_merged_below_the_heading_are_wrong(commune, clerk):
    book = Workbook()
    sheet = book.active
    for row in (HEADS, a_row("Y Lan", village=village_name(commune)), a_row("Y Mai", village=None)):
        sheet.append(list(row))
    sheet.merge_cells("D2:D3")
    rows = looked_at(clerk, saved(book))
    assert "2 rows are wrong" in rows.text
    assert "D2:D3" in rows.text


@pytest.mark.parametrize("case", NO_WORKBOOKS)
def test_what_is_no_workbook_or_hides_something_is_refused_here_too(clerk, case):
    make, reason = NO_WORKBOOKS[case]
    page = brought(clerk, make(_two_sheets()))
    assert page.status_code == 422
    assert reason in page.text


def _two_sheets() -> bytes:
    book = Workbook()
    book.active.append(["Chủ hộ"])
    book.create_sheet("Hai").append(["Chủ hộ"])
    return saved(book)


def test_an_empty_workbook_and_one_that_is_too_long_are_told(clerk, monkeypatch):
    assert "The workbook holds no rows." in brought(clerk, saved(Workbook())).text
    monkeypatch.setattr(own_list, "MOST_ROWS", 3)
    page = brought(clerk, a_list(*(a_row() for _number in range(25))))
    assert page.status_code == 422
    assert "At most 3 rows come in at once" in page.text


def test_a_list_that_was_changed_or_is_anothers_is_asked_for_again(commune, clerk, browse_as):
    page = answers(brought(clerk, a_list(a_row())))
    for kept in ("x", "é", page["kept"][:-8] + "AAAAAAAA"):
        again = clerk.post(PAGE, data={**page, "kept": kept, "only": "rows"})
        assert again.status_code == 422
        assert "Please choose the file again." in again.text
    assert browse_as(commune.officer).post(PAGE, data={**page, "only": "rows"}).status_code == 422
    assert "Bường" not in page["kept"]


def test_what_was_entered_meanwhile_is_no_longer_new(commune, clerk):
    content = a_list(a_row("Y Lan", village=village_name(commune)))
    rows = looked_at(clerk, content)
    some_households(commune, 1, head="Y Lan")
    late = decided(clerk, rows)
    assert late.status_code == 422
    assert "Of 1 row nothing is decided." in late.text
    assert len(households()) == 1


@pytest.mark.parametrize(("changes", "times"), [([[1], [1]], 1), ([[1], [2], [2]], 2)])
def test_rows_are_judged_again_under_the_lock_where_the_register_was_changed(
    commune, clerk, monkeypatch, changes, times
):
    rows = looked_at(clerk, a_list(a_row("Y Lan", village=village_name(commune))))
    judged = []

    class Counted(view.Judge):
        def rows(self):
            judged.append(in_deed())
            return super().rows()

    numbers = iter(changes)
    monkeypatch.setattr(view, "Judge", Counted)
    monkeypatch.setattr(view, "changes_of", lambda _commune: next(numbers))
    assert decided(clerk, rows).status_code == 302
    assert judged == [False, True][:times]
    assert len(households()) == 1


def test_every_change_of_households_and_villages_is_one_of_the_register(commune, neighbour):
    seen = [changes_of(commune.id)]
    (household,) = some_households(commune, 1)
    seen.append(changes_of(commune.id))
    with transaction(commune.clerk):
        household.head = "Y Lan"
    seen.append(changes_of(commune.id))
    with transaction(None):
        commune.place("BPH").name = "thôn Bắc Phong Mới"
    seen.append(changes_of(commune.id))
    some_households(neighbour, 1)
    assert seen[3] == changes_of(commune.id)
    assert len({tuple(one) for one in seen}) == 4


def test_who_enters_no_households_brings_no_list(commune, neighbour, browse_as):
    for who, status in (("officer", 200), ("chief", 200), ("clerk", 200), ("leader", 403), ("village_head", 403)):
        assert browse_as(getattr(commune, who)).get(PAGE).status_code == status
    stranger = browse_as(neighbour.clerk)
    rows = looked_at(stranger, a_list(a_row(village=commune.place("BPH").code)))
    assert "no village of this name" in rows.text


def test_a_million_empty_rows_and_a_far_row_are_read_in_time(clerk):
    content = repacked(_two_sheets(), r"xl/worksheets/sheet1\.xml", lambda data: data.replace(
        b"</sheetData>", b'<row r="1048577"><c r="A1048577"><v>1</v></c></row></sheetData>'))  # fmt: skip
    assert "cannot be read to its end" in brought(clerk, content).text


@pytest.mark.parametrize(
    ("labels", "found"),
    [
        (("TT", "HỌ TÊN CHỦ HỘ", "SỐ NHÂN KHẨU", "Thôn/Làng"), {"head": 1, "people": 2, "village": 3}),
        (("stt", "ho va ten", "tong so khau", "dia chi"), {"head": 1, "people": 2, "village": 3}),
        (("Số hộ", "Tên chủ hộ (ghi rõ)", "Khẩu", "Hộ khẩu thường trú"), {"number": 0, "head": 1, "people": 2}),
        (("A", "B"), {}),
    ],
)
def test_columns_are_guessed_with_diacritics_and_without(labels, found):
    assert guessed(labels) == found
