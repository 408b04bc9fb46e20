"""The calendar: a list and a month of the same duties, one's own or, for whoever oversees them, the whole unit's."""

import re
from datetime import date

import pytest
from sqlalchemy import select

from portal.duties.models import Duty
from portal.engine.audit import AuditEvent
from portal.engine.db import db
from portal.engine.transaction import transaction
from tests.architecture.test_queries import counted
from tests.builders import a_case

NOVEMBER, DECEMBER = "/calendar?month=2026-11", "/calendar?month=2026-12"


def cell(page, day):
    """What the month says of a day."""
    table = page.text[page.text.index('<table class="month">') : page.text.index("</table>")]
    cells = re.findall(r"<td class=\"([^\"]*)\">(.*?)</td>", table, re.DOTALL)
    return next((css, inner) for css, inner in cells if re.search(rf"<b>{day}</b>", inner))


def words(html):
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def test_a_month_tells_each_day_what_is_owed_on_it_and_lists_it_below(commune, browse_as):
    a_case(commune)
    page = browse_as(commune.officer).get(DECEMBER)
    assert page.status_code == 200
    _css, inside = cell(page, 5)
    assert "Monthly self-report" in words(inside)
    assert "Roll-call" in words(inside) or "roll-call" in words(inside)
    below = page.text[page.text.index('id="days"') :]
    assert "self-report for 12/2026" in below


def test_days_off_today_and_what_is_done_are_told_apart(commune, browse_as):
    a_case(commune)
    duty = db.session.scalars(select(Duty).where(Duty.due_on == date(2026, 11, 5))).first()
    with transaction(None):
        duty.done_on = date(2026, 11, 5)
    page = browse_as(commune.officer).get(NOVEMBER)
    assert "today" in cell(page, 23)[0].split()
    for off in (1, 21, 22, 24):  # weekends, and a day off of the table
        assert "off" in cell(page, off)[0].split()
    assert "off" not in cell(page, 25)[0].split()
    assert "1 done" in words(cell(page, 5)[1])


def test_a_month_begins_on_monday_and_ends_on_sunday(commune, browse_as):
    page = browse_as(commune.officer).get(NOVEMBER).text  # the first is a Sunday, the last a Monday
    table = page[page.index('<table class="month">') : page.index("</table>")]
    assert table.count("<tr>") == 1 + 6
    assert table.count('class="outside') == 12


def test_a_day_of_the_month_is_shown_alone(commune, browse_as):
    a_case(commune)
    officer = browse_as(commune.officer)
    href = re.search(r'href="([^"#]*)#days"', cell(officer.get(DECEMBER), 5)[1])[1].replace("&amp;", "&")
    below = officer.get(href).text.partition('id="days"')[2]
    assert "Open on 05/12/2026" in officer.get(href).text
    assert "Thứ Bảy, 05/12" in below
    assert len(re.findall(r'class="group"', below)) == 1


def test_list_and_month_lead_to_each_other_and_months_to_their_neighbours(commune, browse_as):
    officer = browse_as(commune.officer)
    assert 'href="/calendar?month=2026-11"' in officer.get("/calendar").text
    month = officer.get(DECEMBER).text
    for path in ("/calendar", "/calendar?month=2026-11", "/calendar?month=2027-01"):
        assert f'href="{path}"' in month


def test_whoever_oversees_sees_the_whole_unit_in_both_ways_and_that_is_an_event(commune, browse_as):
    a_case(commune, name="Nguyễn Công Trứng")
    a_case(commune, name="Vũ Đình Quyết", officer="officer2")
    chief = browse_as(commune.chief)
    for path in ("/calendar?whose=unit", f"{DECEMBER}&whose=unit"):
        before = len(_lists())
        page = chief.get(path).text
        for name in ("Nguyễn Công Trứng", "Vũ Đình Quyết", "Officer xã Bờ Y", "Officer2 xã Bờ Y"):
            assert name in page
        assert len(_lists()) == before + 1
    assert "Vũ Đình Quyết" not in chief.get(DECEMBER).text
    assert "Whole unit" in chief.get("/calendar").text


def _lists():
    db.session.rollback()
    return db.session.scalars(select(AuditEvent).where(AuditEvent.action == "list")).all()


@pytest.mark.parametrize("who", ["officer", "clerk", "village_head"])
def test_nobody_else_sees_more_than_their_own_by_the_same_address(commune, browse_as, who):
    a_case(commune, name="Vũ Đình Quyết", officer="officer2")
    reader = browse_as(getattr(commune, who))
    for path in ("/calendar?whose=unit", f"{DECEMBER}&whose=unit"):
        page = reader.get(path).text
        assert "Vũ Đình Quyết" not in page
        assert "Whole unit" not in page


def test_of_another_commune_nothing_is_seen(commune, neighbour, browse_as):
    a_case(neighbour, name="Vũ Đình Quyết")
    page = browse_as(commune.chief).get(f"{DECEMBER}&whose=unit").text
    assert "Vũ Đình Quyết" not in page
    assert "Monthly self-report" not in page


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("month=2026-13", 404), ("month=xx", 404), ("month=2026-12&day=2026-02-30", 200), ("day=%00", 200),
        ("month=2026-12&day=2026-11-05", 200), ("whose=%27", 200), ("month=1899-01", 404),
    ],
)  # fmt: skip
def test_an_address_that_was_mistyped_shows_no_wrong_month(commune, browse_as, query, status):
    assert browse_as(commune.officer).get(f"/calendar?{query}").status_code == status


def test_a_month_of_many_asks_no_more_than_one_of_few(app, commune, browse_as):
    chief = browse_as(commune.chief)

    def questions():
        with counted(app) as asked:
            assert chief.get(f"{DECEMBER}&whose=unit").status_code == 200
        return len(asked)

    for number in range(3):
        a_case(commune, name=f"Vũ Đình {number}")
    questions()
    few = questions()
    for number in range(9):
        a_case(commune, name=f"Lê Thị {number}")
    assert questions() <= few


def test_more_than_a_page_holds_is_counted_whole_in_the_month_and_said_below(commune, browse_as, monkeypatch):
    monkeypatch.setattr("portal.duties.presenter.MOST", 2)
    for number in range(3):
        a_case(commune, name=f"Vũ Đình {number}")
    page = browse_as(commune.officer).get(f"{DECEMBER}&day=2026-12-05")
    assert "The 2 nearest of" in page.text
    assert "× 3" in words(cell(page, 5)[1])
