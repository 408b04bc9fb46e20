"""The self-reports of six months on Home say what was asked for and what came, as the duties have it."""

import re
from datetime import date

from sqlalchemy import delete, select

from portal.cases.actions import record_check_in
from portal.cases.models import CaseType
from portal.duties.daily import renew_all
from portal.duties.models import Duty, Escalation
from portal.engine import clock
from portal.engine.db import own_transaction
from portal.engine.transaction import transaction
from tests.builders import a_case

MONTHS = ["6", "7", "8", "9", "10", "11"]


def grid(client):
    """By name, the word of each month."""
    page = client.get("/").text
    if 'class="grid"' not in page:
        return {}
    table = page[page.index('class="grid"') :].partition("</table>")[0]
    rows = table[table.index("<tbody>") :].split("<tr>")[1:]
    return {
        re.search(r'<th scope="row"><a [^>]*>([^<]*)', row)[1]: dict(zip(MONTHS, _words(row), strict=True))
        for row in rows
    }


def _words(row):
    return [re.sub(r"<[^>]*>", "", cell).strip() for cell in re.findall(r"<td>(.*?)</td>", row, re.DOTALL)]


def live(commune, day, deed):
    with clock.telling(clock.moment(day)), transaction(commune.officer):
        deed()


def entered(commune, day, name, **more):
    """A case that the portal has since a day."""
    with clock.telling(clock.moment(day)):
        case = a_case(commune, name, **more)
    renew_all()
    return case


def test_a_month_without_its_report_is_missing_once_its_window_closed(commune, browse_as):
    case = entered(commune, date(2026, 8, 3), "Hồ Công Nghị")
    live(commune, date(2026, 9, 4), lambda: record_check_in(case, date(2026, 9, 1), date(2026, 9, 4)))
    live(commune, date(2026, 10, 9), lambda: record_check_in(case, date(2026, 10, 1), date(2026, 10, 9)))
    told = grid(browse_as(commune.officer))["Hồ Công Nghị"]
    assert told == {
        "6": "not asked for", "7": "not asked for", "8": "missing", "9": "on time", "10": "late", "11": "missing",
    }  # fmt: skip
    with clock.telling(clock.moment(date(2026, 11, 5))):
        assert grid(browse_as(commune.officer))["Hồ Công Nghị"]["11"] == "not due"


def test_nothing_is_missing_of_the_months_in_which_a_case_was_suspended(commune, browse_as):
    case = entered(commune, date(2026, 8, 3), "Hồ Công Nghị")
    chief = commune.chief
    with clock.telling(clock.moment(date(2026, 9, 20))), transaction(chief):
        case.workflow.take("suspend", case, chief, "Tạm giam")
    assert set(grid(browse_as(commune.officer))["Hồ Công Nghị"].values()) == {"not asked for", "missing"}
    told = grid(browse_as(commune.officer))["Hồ Công Nghị"]
    assert [month for month, word in told.items() if word == "missing"] == ["8", "9"]


def test_what_was_owed_before_the_portal_had_the_case_is_not_missing(commune, browse_as):
    entered(commune, date(2026, 11, 20), "Hồ Công Nghị", received_on=date(2026, 2, 2), starts_on=date(2026, 1, 14))
    told = grid(browse_as(commune.officer))["Hồ Công Nghị"]
    assert [month for month, word in told.items() if word == "missing"] == ["10", "11"]


def test_a_case_that_the_army_supervises_asks_for_nothing(commune, browse_as):
    entered(commune, date(2026, 8, 3), "Hồ Công Nghị", unit="QS")
    assert grid(browse_as(commune.officer)) == {}


def test_supervised_residence_has_until_the_seventh(commune, browse_as):
    case = entered(
        commune, date(2026, 8, 3), "Phạm Văn Khoáng", type=CaseType.RESIDENCE_SUPERVISION, starts_on=date(2026, 2, 11)
    )
    live(commune, date(2026, 9, 7), lambda: record_check_in(case, date(2026, 9, 1), date(2026, 9, 7)))
    live(commune, date(2026, 11, 8), lambda: record_check_in(case, date(2026, 11, 1), date(2026, 11, 8)))
    told = grid(browse_as(commune.officer))["Phạm Văn Khoáng"]
    assert (told["9"], told["11"]) == ("on time", "late")
    assert [one.late_days for one in case.check_ins] == [0, 1]


def test_the_grid_says_what_the_rows_of_duties_say(commune, browse_as):
    case = entered(commune, date(2026, 8, 3), "Hồ Công Nghị")
    november = select(Duty.id).where(Duty.case_id == case.id, Duty.key == "2026-11", Duty.rule == "COM-SELF-REPORT")
    assert grid(browse_as(commune.officer))["Hồ Công Nghị"]["11"] == "missing"
    with own_transaction() as rows:
        rows.execute(delete(Escalation).where(Escalation.duty_id.in_(november)))
        rows.execute(delete(Duty).where(Duty.id.in_(november)))
    assert grid(browse_as(commune.officer))["Hồ Công Nghị"]["11"] == "not asked for"
