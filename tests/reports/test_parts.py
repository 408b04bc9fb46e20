"""The parts of a figure, wherever they are shown: nothing of the figure is lost, and nothing told twice."""

import re
from datetime import date

import pytest

from portal.cases.indicators import LAW_VIOLATIONS, SELF_REPORTS
from portal.cases.indicators import RECEIVED as RECEIVED_FILES
from portal.engine.db import db
from portal.engine.indicators import Period
from portal.engine.text import as_on_paper, in_english
from portal.engine.transaction import transaction
from portal.incidents.indicators import METHAMPHETAMINE, VALUABLE_TIPS
from portal.incidents.models import Incident, Seizure, Tip
from portal.organisation.actions import create_unit
from portal.organisation.breakdowns import by_village
from portal.organisation.models import Unit, UnitKind
from portal.reports import figures
from portal.reports.presenters.side_by_side import MONTH, drawn, heads, months_told, rows
from tests.builders import FOUNDED, a_case, a_person
from tests.incidents.written import a_tip
from tests.reports.events import a_check_in, a_violation
from tests.reports.randomly.rows import FIRST_ID, Places, put
from tests.reports.report import a_draft, an_approved

RECEIVED = "cases.community.received"
YEAR = date(2025, 12, 15), date(2026, 12, 14)  # as the usual report of a year has it


def a_part(now, before=()):
    return {"label": "", "now": now, "before": before}


def test_a_month_stands_beside_the_same_month_of_the_year_before_in_the_order_of_time():
    part = a_part([["01/2026", 4], ["12/2025", 1], ["12/2026", 2]], [["12/2024", 3], ["12/2025", 5]])
    assert rows(MONTH, part) == [("12/2025", 1, 3), ("01/2026", 4, 0), ("12/2026", 2, 5)]


def test_parts_of_one_name_are_added_up_rather_than_one_lost():
    part = a_part([["Thôn 5", 1], ["Thôn 6", 9], ["Thôn 5", 2]], [["Thôn 7", 1], ["Thôn 5", 4], ["Thôn 5", 4]])
    assert rows("village", part) == [("Thôn 6", 9, 0), ("Thôn 5", 3, 8), ("Thôn 7", 0, 1)]
    weighed = drawn("village", "", rows("village", a_part([["Thôn 5", 0.1], ["Thôn 5", 0.204]])), *YEAR)
    assert weighed.rows == [("Thôn 5", "0.304", "0")]


@pytest.mark.parametrize(
    ("first", "last", "said", "columns"),
    [
        (date(2026, 1, 1), date(2026, 12, 31), [f"{month:02}" for month in range(1, 13)],
         [str(month) for month in range(1, 13)]),
        (date(2025, 11, 1), date(2026, 1, 31), ["11/2025", "12/2025", "01/2026"], ["11/25", "12/25", "1/26"]),
        (*YEAR, ["12/2025", *[f"{month:02}/2026" for month in range(1, 13)]], None),
        (date(2023, 1, 1), date(2026, 12, 31), ["03/2024"], None),
    ],
)  # fmt: skip
def test_months_carry_their_year_where_a_period_lies_in_two_and_have_room_or_are_bars(first, last, said, columns):
    month = "03/2024" if said == ["03/2024"] else f"{first:%m/%Y}"
    found = drawn(MONTH, "", rows(MONTH, a_part([[month, 1]]), months_told(first, last)), first, last)
    assert [what for what, _now, _before in found.rows] == said
    assert ([bar[1] for bar in found.columns.bars] if found.columns else None) == columns
    assert [bar["label"] for bar in found.bars] == ([] if columns else said)


def test_the_years_stand_over_the_values_where_each_period_lies_in_one():
    assert heads(date(2026, 1, 1), date(2026, 8, 31)) == ("2026", "2025")
    assert heads(*YEAR) == ("This period", "A year before")


def told(page, after):
    """The rows of the first table after some words, as far as they tell of anything."""
    table = page.split(after, 1)[1].split("</thead>")[1].split("</table>")[0]
    found = [re.findall(r">([^<>\n]+)<", row) for row in table.split("</tr>")[:-1]]
    return [row for row in found if row[1:] != ["0", "0"]]


def test_the_two_decembers_of_a_year_are_both_told_on_every_page(commune, browse_as):
    for number, day in enumerate(("2025-12-20", "2026-12-01", "2026-12-02", "2024-12-30", "2025-12-01")):
        a_case(commune, f"Người {number}", received_on=date.fromisoformat(day))
    chief, report = browse_as(commune.chief), a_draft(commune, *YEAR)
    both = [["12/2025", "1", "1"], ["12/2026", "2", "1"]]
    assert told(chief.get(f"/reports/figures/{RECEIVED}?from=2025-12-15&to=2026-12-14").text, 'id="by-month"') == both
    page = chief.get(f"/reports/{report.id}?opened={RECEIVED}").text
    assert told(page, 'id="by-month"') == both
    assert "Most in month 12/2026: 2 files" in page
    assert told(page.split('class="records"')[1], ">By month<") == both


def test_a_part_of_which_nobody_wrote_down_the_village_says_so(commune, browse_as):
    a_tip(commune, village_id=None, assessment="valuable", assessed_on=date(2026, 8, 13))
    page = browse_as(commune.chief).get("/reports/figures/tips.valuable?from=2026-08-01&to=2026-08-31").text
    assert told(page, 'id="by-village"') == [["Not recorded", "1", "0"]]


FIVE, AGAIN, OLD_FIVE, SIX = range(FIRST_ID, FIRST_ID + 4)


@pytest.fixture
def merged(commune, neighbour):
    """A commune that took another over, both with a village 5, its own set up twice."""
    places = Places(commune, neighbour)
    places.take_over()
    villages = (
        (FIVE, "thôn 5", "here"), (AGAIN, "thôn 5", "here"), (OLD_FIVE, "thôn 5", "taken over"), (SIX, "thôn 6", "here")
    )  # fmt: skip
    put(Unit, [
        {"id": village, "code": f"T-{village}", "name": name, "kind": "village", "commune_id": places.at(where),
         "folded": "", "valid_from": FOUNDED}
        for village, name, where in villages
    ])  # fmt: skip
    yield places
    db.session.rollback()


@pytest.mark.parametrize(
    ("villages", "names"),
    [
        ([FIVE, SIX, None], ["Thôn 5", "Thôn 6"]),
        ([FIVE, OLD_FIVE, SIX], ["Thôn 5 (xã Bờ Y)", "Thôn 5 (xã Cũ)", "Thôn 6"]),
        ([FIVE, AGAIN, OLD_FIVE], [f"Thôn 5 (T-{FIVE})", f"Thôn 5 (T-{AGAIN})", "Thôn 5 (xã Cũ)"]),
    ],
)
def test_villages_of_one_name_are_told_apart_by_their_commune_else_by_their_code(merged, villages, names):
    called = by_village(None).called(villages, date(2026, 8, 31))
    assert [called[village] for village in villages if village] == names


def test_two_villages_of_one_name_keep_their_rows_also_where_each_has_something_in_one_year_only(merged):
    put(Tip, [
        {"id": FIRST_ID + number, "commune_id": merged.at("here"), "village_id": village, "number": f"T-{number}",
         "received_on": day, "assessment": "valuable", "channel": "phone", "text": ""}
        for number, (village, day) in enumerate([(FIVE, date(2025, 1, 1)), (OLD_FIVE, date(2026, 1, 1))])
    ])  # fmt: skip
    period = Period(date(2026, 1, 1), date(2026, 12, 31), (merged.commune.id,))
    with as_on_paper():
        part = figures.parted(VALUABLE_TIPS, period, VALUABLE_TIPS.breakdowns[0])
    assert rows("village", part) == [("Thôn 5 (xã Cũ)", 1, 0), ("Thôn 5 (xã Bờ Y)", 0, 1)]


def test_parts_that_are_weighed_are_told_to_three_places(merged):
    day = date(2026, 1, 1)
    put(Incident, [
        {"id": village, "commune_id": merged.at("here"), "village_id": village, "number": f"T-{village}",
         "kind": "security", "detected_on": day, "text": ""}
        for village in (FIVE, SIX)
    ])  # fmt: skip
    put(Seizure, [
        {"commune_id": merged.at("here"), "incident_id": village, "substance": "methamphetamine", "grams": 4}
        for village in (FIVE, SIX)
    ])  # fmt: skip
    period = Period(day, day, (merged.commune.id,))
    assert METHAMPHETAMINE.value(period) == 0.01
    assert METHAMPHETAMINE.parted(period, METHAMPHETAMINE.breakdowns[0]).values == {FIVE: 0.004, SIX: 0.004}


def test_months_that_were_once_frozen_of_what_there_is_on_a_day_are_shown_no_more(commune, browse_as):
    report = an_approved(commune)
    month = {"label": "By month", "now": [["03/2021", 1]], "before": []}
    for name in ("cameras.total", "cameras.new"):
        with transaction(None):
            kept = next(one for one in report.figures if one.figure_id == name)
            kept.parts = {"month": month}
        page = browse_as(commune.chief).get(f"/reports/{report.id}?opened={name}").text.split('class="records"')[1]
        assert (">By month<" in page) == (name == "cameras.new")


def test_files_self_reports_and_violations_are_told_by_the_village_of_their_person(commune):
    case, day = a_case(commune, received_on=date(2026, 8, 3)), date(2026, 8, 4)
    a_check_in(commune, case, date(2026, 8, 1), day)
    a_violation(commune, case, day)
    period = Period(date(2026, 8, 1), date(2026, 8, 31), (commune.id,))
    for one in (RECEIVED_FILES, SELF_REPORTS, LAW_VIOLATIONS):
        assert one.parted(period, the_villages(one)).values == {case.person.village_id: 1}


def the_villages(one):
    return next(by for by in one.breakdowns if by.name == "village")


def test_people_of_a_village_in_which_they_are_fewer_than_three_are_told_with_those_of_other_such_villages(commune):
    home = commune.unit
    with transaction(None):
        create_unit(f"{home.code}-DR", "thôn Đăk Răng", UnitKind.VILLAGE, FOUNDED, commune=home, above=home)
    received = [("BPH", 2026)] * 3 + [("BPH", 2025)] * 4 + [("NHA", 2026)] * 3 + [("NHA", 2025)] + [("DR", 2026)]
    for number, (village, year) in enumerate(received):
        person = a_person(commune, f"Người {number}", village)
        case = a_case(commune, person=person, received_on=date(year, 8, 3))
    for month in range(1, 4):
        a_check_in(commune, case, date(2026, month, 1), date(2026, 8, month))
    few, period = "Villages with fewer than 3 people each", Period(date(2026, 8, 1), date(2026, 8, 31), (commune.id,))
    with in_english():
        files, reports = (figures.parted(one, period, the_villages(one)) for one in (RECEIVED_FILES, SELF_REPORTS))
    assert rows("village", files) == [(few, 4, 1), (commune.place("BPH").title, 3, 4)]
    assert rows("village", reports) == []  # nothing would be told apart


OVERLAP = "Whoever stands in several parts is counted in each of them; in the whole once."


def test_where_one_may_stand_in_several_parts_each_page_says_so(commune, browse_as):
    a_case(commune, received_on=date(2026, 8, 3))
    chief, report = browse_as(commune.chief), a_draft(commune)
    for name, said in (("cases.community.serving", True), (RECEIVED, False)):
        figure = chief.get(f"/reports/figures/{name}?from=2026-01-01&to=2026-10-31").text
        opened = chief.get(f"/reports/{report.id}?opened={name}").text
        assert (OVERLAP in figure) == said
        assert (OVERLAP in opened) == said
        definition = chief.get("/reports/definitions").text.split(f'id="{name}"')[1].split("</article>")[0]
        assert (OVERLAP in definition) == said
