"""The self-reports of twelve months: how many were due, came in time, late or not, and whose they were."""

import re
from datetime import date

import pytest
from lxml import html

from portal.cases.actions import record_check_in
from portal.cases.actions.custody import record_custody
from portal.cases.models import SELF_REPORT_RULES
from portal.duties.daily import renew_all
from portal.duties.models import Duty
from portal.engine import clock, voiding
from portal.engine.audit import AuditEvent
from portal.engine.db import db
from portal.engine.transaction import transaction
from tests.builders import a_case

PAGE = "/cases/regularity"


def entered(commune, name, day=date(2026, 8, 3), **more):
    """A case that the portal has since a day."""
    with clock.telling(clock.moment(day)):
        case = a_case(commune, name, **more)
    renew_all()
    return case


def came(commune, case, month, day):
    with clock.telling(clock.moment(date(2026, month, day))), transaction(commune.officer):
        report = record_check_in(case, date(2026, month, 1), date(2026, month, day))
    renew_all()  # the duties of the day on which it came know nothing of the months since
    return report


def months(client):
    """By month the numbers of the table: due, in time, late, not handed in."""
    (table,) = html.document_fromstring(client.get(PAGE).text).xpath("//table[contains(@class, 'behind')]")
    rows = [[cell.text_content().strip() for cell in row] for row in table.xpath("./tbody/tr")]
    return {row[0]: tuple(map(int, row[1:5])) for row in rows}


def opened(client, month, what):
    """The names behind a number."""
    page = html.document_fromstring(client.get(f"{PAGE}?month={month}&show={what}").text)
    return [one.text_content() for one in page.xpath("//div[@class='records']//li/a")]


def test_each_month_says_how_many_were_due_and_how_they_came(commune, browse_as):
    one, other = entered(commune, "Hồ Công Nghị"), entered(commune, "Y Hlim")
    entered(commune, "A Xuân")
    came(commune, one, 9, 4)
    came(commune, other, 9, 9)
    told = months(browse_as(commune.chief))
    assert (told["09/2026"], told["10/2026"]) == ((3, 1, 1, 1), (3, 0, 0, 3))
    assert len(told) == 12
    assert told["06/2026"] == (0, 0, 0, 0)


def test_a_number_opens_the_reports_that_it_counted(commune, browse_as):
    one, other = entered(commune, "Hồ Công Nghị"), entered(commune, "Y Hlim")
    came(commune, one, 9, 4)
    came(commune, other, 9, 9)
    chief = browse_as(commune.chief)
    assert opened(chief, "2026-09", "in_time") == ["Hồ Công Nghị"]
    assert opened(chief, "2026-09", "late") == ["Y Hlim"]
    assert opened(chief, "2026-09", "missing") == []
    assert sorted(opened(chief, "2026-10", "missing")) == ["Hồ Công Nghị", "Y Hlim"]
    assert "due until 05/09/2026, came on 09/09/2026" in chief.get(f"{PAGE}?month=2026-09&show=late").text


def test_the_picture_is_named_by_what_it_shows_and_what_comes_of_it(commune, browse_as):
    came(commune, entered(commune, "Hồ Công Nghị"), 9, 4)
    page = html.document_fromstring(browse_as(commune.chief).get(PAGE).text)
    (name,) = page.xpath("//svg[@role='img']/@aria-label")
    counted = "From 12/2025 to 11/2026 4 were due: 1 came in time, 0 late, 3 not at all."
    assert name == f"Self-reports by month. {counted}"
    assert len(page.xpath("//svg[@role='img']/rect[@class='chart-hollow']")) == 3


def test_an_officer_counts_the_own_cases_and_the_commune_beside_none(commune, neighbour, browse_as):
    entered(commune, "Hồ Công Nghị")
    entered(commune, "Y Hlim", officer="officer2")
    entered(neighbour, "A Xuân")
    assert months(browse_as(commune.officer))["10/2026"] == (1, 0, 0, 1)
    assert months(browse_as(commune.chief))["10/2026"] == (2, 0, 0, 2)
    assert opened(browse_as(commune.officer), "2026-10", "missing") == ["Hồ Công Nghị"]


def test_a_case_or_a_report_that_was_entered_in_error_counts_nowhere(commune, browse_as):
    case = entered(commune, "Hồ Công Nghị")
    report = came(commune, case, 9, 4)
    came(commune, case, 10, 4)
    with transaction(commune.officer):
        voiding.void(report, "Nhập nhầm")
    told = months(browse_as(commune.chief))
    assert (told["09/2026"], told["10/2026"]) == ((1, 0, 0, 1), (1, 1, 0, 0))
    with transaction(commune.chief):
        voiding.void(case, "Nhập nhầm")
    assert "No self-report was due in these months" in browse_as(commune.chief).get(PAGE).text


def test_what_is_not_due_yet_is_told_beside_and_not_counted(commune, browse_as):
    entered(commune, "Hồ Công Nghị")
    with clock.telling(clock.moment(date(2026, 11, 3))):
        chief = browse_as(commune.chief)
        assert months(chief)["11/2026"] == (0, 0, 0, 0)
        assert "1 not due yet" in chief.get(PAGE).text


def test_where_nothing_was_due_the_page_says_so_and_draws_nothing(commune, browse_as):
    page = browse_as(commune.chief).get(PAGE).text
    assert "No self-report was due in these months" in page
    assert 'role="img"' not in page


@pytest.mark.parametrize("asked", ["month=2026-09", "show=late", "month=2026-09&show=all", "month=2024-09&show=late"])
def test_a_number_that_there_is_not_is_no_page(commune, browse_as, asked):
    assert browse_as(commune.chief).get(f"{PAGE}?{asked}").status_code == 404


def test_the_name_of_a_minor_is_withheld_behind_a_number_too(commune, browse_as):
    case = entered(commune, "Hồ Công Nghị")
    with transaction(commune.officer):
        case.person.birth_date = date(2010, 1, 1)
    text = browse_as(commune.inspector).get(f"{PAGE}?month=2026-10&show=missing").text
    assert "Hồ Công Nghị" not in text
    assert "Name withheld (minor)" in text


def test_opening_a_number_is_written_down_and_looking_at_the_chart_is_not(commune, browse_as):
    entered(commune, "Hồ Công Nghị")
    chief = browse_as(commune.chief)
    listed = db.session.query(AuditEvent).filter_by(action="list", user_id=commune.chief.id)
    chief.get(PAGE)
    assert listed.count() == 0
    chief.get(f"{PAGE}?month=2026-10&show=missing")
    assert listed.count() == 1


def test_home_and_the_chart_say_the_same(commune, browse_as):
    case = entered(commune, "Hồ Công Nghị")
    came(commune, case, 9, 9)
    officer = browse_as(commune.officer)
    home = officer.get("/").text
    grid = home[home.index('class="grid"') :].partition("</table>")[0]
    words = [re.sub(r"<[^>]*>", "", cell).strip() for cell in re.findall(r"<td>(.*?)</td>", grid, re.DOTALL)]
    told = list(months(officer).values())[-6:]
    assert (words.count("late"), words.count("missing")) == (sum(m[2] for m in told), sum(m[3] for m in told))


def test_whoever_does_not_read_what_is_recorded_in_cases_is_not_told_how_regularly_it_is(commune, browse_as):
    entered(commune, "Hồ Công Nghị")
    for who in (commune.leader, commune.military, commune.village_head):
        assert browse_as(who).get(PAGE).status_code == 403
    assert "Self-reports by month" not in browse_as(commune.leader).get("/cases/").text


def test_the_calendar_of_a_case_accuses_of_no_month_in_which_nobody_was_asked(commune, browse_as):
    case = a_case(commune, received_on=date(2025, 1, 31), starts_on=date(2025, 1, 14), term_months=36)
    with transaction(commune.officer):
        record_custody(case, commune.officer, date(2026, 9, 25), date(2026, 11, 20))
    page = browse_as(commune.officer).get(f"/cases/{case.id}").text
    asked = db.session.scalars(db.select(Duty).where(Duty.case_id == case.id, Duty.rule.in_(SELF_REPORT_RULES))).all()
    missing = [one.key for one in asked if one.open and one.days_left < 0]
    assert f"not handed in: {len(missing)}." in page
    assert not {"2026-10", "2026-11", "2025-03"} & set(missing)
