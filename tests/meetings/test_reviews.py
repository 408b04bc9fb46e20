"""The review of half a year or a year: figures beside those of a year before, coverage, and each force's work."""

import re
from datetime import date, timedelta
from html import unescape

import pytest
from flask_babel import force_locale

from portal.access_table import ACCESS
from portal.engine import clock
from portal.engine.access import reach
from portal.engine.db import db
from portal.engine.indicators import Period
from portal.engine.text import as_on_paper
from portal.engine.transaction import transaction
from portal.meetings import actions
from portal.meetings.models import AgendaItem, MeetingKind
from portal.meetings.presenters.page import minutes_of
from portal.meetings.presenters.page import title as title_of
from portal.meetings.queries import readable_items
from portal.meetings.reviewing import result, work_in_words
from portal.organisation import actions as organisation
from portal.organisation.models import CoordinationPlan, UnitKind
from portal.patrols.models import PatrolKind
from tests.builders import FOUNDED, a_case
from tests.meetings.meeting import a_held, a_meeting, an_order, item_of
from tests.meetings.test_agenda import a_breach
from tests.patrols.going import a_patrol, a_point, at, logged

SECOND_HALF = "/meetings/reviews?year=2026&half=second"


def rows_of(page, heading):
    """The rows of the table under a heading, each as its cells in words."""
    part = page.split(f'id="{heading}"')[1].split("</table>")[0]
    return [
        [" ".join(re.sub(r"<[^>]+>", " ", cell).split()) for cell in re.findall(r"<t[hd].*?</t[hd]>", row, re.DOTALL)]
        for row in re.findall(r"<tr.*?</tr>", part.split("<tbody>")[1], re.DOTALL)
    ]


def figures_of(page, heading):
    return {row[0]: (row[1], row[2]) for row in rows_of(page, heading)}


def test_patrols_and_coverage_stand_beside_those_of_a_year_before(commune, browse_as):
    passed, _alone = a_point(commune, "Mốc 790"), a_point(commune, "Mốc 791")
    logged(commune, a_patrol(commune, points=(passed,)), violations_found=2)
    a_year_ago = clock.moment(date(2025, 11, 10), 2)
    with clock.telling(a_year_ago + timedelta(days=1)):
        for hours in (0, 8):
            logged(commune, a_patrol(commune, a_year_ago + timedelta(hours=hours)))
    page = browse_as(commune.leader).get(SECOND_HALF).text
    patrols, coverage = figures_of(page, "patrols"), figures_of(page, "patrols-coverage")
    assert patrols["Order patrols in the commune"] == ("1", "2")
    assert patrols["Order patrols that found a violation"] == ("1", "0")
    assert coverage["Points passed at least once"] == ("1", "0")
    assert coverage["Points that nobody passed"] == ("1", "2")
    assert "<b>Points that nobody passed:</b> Mốc 791." in page


def test_every_figure_of_patrols_opens_the_page_of_what_it_counts(commune, browse_as):
    logged(commune, a_patrol(commune, kind=PatrolKind.BORDER), violations_found=2)
    leader = browse_as(commune.leader)
    page = leader.get(SECOND_HALF).text
    for part in ("patrols", "patrols-coverage"):
        body = page.split(f'id="{part}"')[1].split("</table>")[0].split("<tbody>")[1]
        for cell in re.findall(r'<td class="num">(.*?)</td>', body):
            link = re.search(r'href="(.*?)"', cell)
            assert link or cell == "0", cell
            assert link is None or leader.get(unescape(link[1])).status_code == 200, cell
    for figure in ("patrols.border.count", "patrols.border.with_violations"):
        assert "TT-2026-001" in leader.get(f"/reports/figures/{figure}?from=2026-07-01&to=2026-11-23").text


def test_what_the_plan_asks_for_is_counted_month_by_month_as_far_as_they_have_come(commune, browse_as):
    with transaction(commune.leader):
        db.session.add(CoordinationPlan(
            commune_id=commune.id, doc_number="12/KH", dated_on=date(2026, 8, 20), valid_from=date(2026, 9, 1),
            patrols_a_month=3,
        ))  # fmt: skip
    page = browse_as(commune.leader).get(SECOND_HALF).text
    assert figures_of(page, "patrols")["Patrols asked for by the plan"] == ("9", "0")  # September to November


def test_by_force_it_says_who_came_who_patrolled_and_which_tasks_were_on_time(commune, browse_as):
    logged(commune, a_patrol(commune, forces=(("CA", 3, ""), ("BP", 2, ""))))
    with clock.telling(clock.moment(date(2026, 11, 5), 7)):
        meeting = a_held(commune, date(2026, 11, 5), away=("border",))
    with clock.telling(clock.moment(date(2026, 11, 5), 10)):
        task = an_order(commune, item_of(meeting, "military"), "QS", date(2026, 11, 20))
        late = an_order(commune, item_of(meeting, "border"), "BP", date(2026, 11, 20))
    for one, who, on in ((task, "military", date(2026, 11, 19)), (late, "border", date(2026, 11, 21))):
        with clock.telling(clock.moment(on)), transaction(getattr(commune, who)):
            actions.take_task(one, "finish", getattr(commune, who), "Đã xong")
    page = browse_as(commune.leader).get(SECOND_HALF).text
    came, tasks = ({row[0]: row[1:] for row in rows_of(page, part)} for part in ("forces", "force-tasks"))
    assert came["Ban CHQS xã Bờ Y"] == ["1 of 1 meetings", "0 a year before 0"]
    assert came["Đồn Biên phòng xã Bờ Y"] == ["0 of 1 meetings", "1 a year before 0"]
    now = {unit: [int(cell.split()[0]) for cell in cells] for unit, cells in tasks.items()}
    assert now["Ban CHQS xã Bờ Y"] == [1, 1, 0, 0, 0, 0]  # given, on time, late, past their day, not due, dropped
    assert now["Đồn Biên phòng xã Bờ Y"] == [1, 0, 1, 0, 0, 0]


def test_annual_reviews_have_a_line_and_each_figure_opens_its_meetings_of_both_years(commune, browse_as):
    with clock.telling(clock.moment(date(2025, 11, 20), 7)):
        a_held(commune, date(2025, 11, 20), kind=MeetingKind.ANNUAL_REVIEW)
    page = browse_as(commune.leader).get(SECOND_HALF).text
    row = next(one for one in page.split("<tr") if "Annual reviews of the coordination held" in one)
    figure = "/reports/figures/meetings.annual_reviews.held?from="
    assert f"{figure}2026-07-01&amp;to=2026-11-23" in row
    assert f"{figure}2025-07-01&amp;to=2025-11-23" in row


def test_figures_of_cases_are_shown_to_whoever_may_count_them(commune, browse_as):
    assert 'id="cases"' in browse_as(commune.chief).get(SECOND_HALF).text
    page = browse_as(commune.military).get(SECOND_HALF)
    assert (page.status_code, 'id="patrols"' in page.text, 'id="cases"' in page.text) == (200, True, False)


@pytest.mark.parametrize("who", ["leader", "chief", "officer", "inspector", "clerk", "military", "border"])
def test_the_agenda_of_a_review_tells_a_reader_of_cases_what_the_page_of_the_review_tells_them(commune, browse_as, who):
    a_case(commune)
    meeting = a_meeting(commune, date(2026, 12, 25), kind=MeetingKind.INTERIM_REVIEW)
    title = next(one.title for one in meeting.agenda if one.source_id == "meetings.review.cases")
    reader = browse_as(getattr(commune, who))
    on_the_page = 'id="cases"' in reader.get(SECOND_HALF).text
    assert (title in reader.get(f"/meetings/{meeting.id}").text) is on_the_page
    assert on_the_page is (who in ("leader", "chief", "officer", "inspector"))
    openly = next(one for one in meeting.agenda if one.source_id == "meetings.review")
    assert not any(figure.opens.startswith("cases.") for figure in openly.figures)
    with as_on_paper():
        told = minutes_of(meeting, readable_items(getattr(commune, who), meeting))
    assert any(one.text.startswith(title) for one in told) is on_the_page


@pytest.fixture
def review(commune):
    """A review that runs, chaired by the military and written down by the border post, with a breach on its agenda."""
    on = date(2026, 11, 25)
    with clock.telling(clock.moment(on, 7)):
        a_breach(commune, a_case(commune))
        plan = {"kind": MeetingKind.INTERIM_REVIEW, "chair": commune.military.acting, "secretary": commune.border}
        meeting = a_held(commune, on, **plan)
    with clock.telling(clock.moment(on, 10)):
        yield meeting


def results_of_cases(meeting):
    return next(one for one in meeting.items if one.source_id == "meetings.review.cases")


WHO = ("leader", "chief", "officer", "inspector", "clerk", "military", "border", "village_head")


@pytest.mark.parametrize("who", WHO)
def test_no_right_on_an_item_goes_beyond_reading_it(commune, review, who):
    user = getattr(commune, who)

    def reached(right):
        return {one.id for one in db.session.scalars(reach(user, right, AgendaItem))}

    beyond = {right: reached(right) - reached("read") for right in ACCESS[AgendaItem]}
    assert {right for right, ids in beyond.items() if ids} == set()


@pytest.mark.parametrize(
    ("who", "status"), [("leader", 200), ("chief", 200), ("officer", 403), ("military", 404), ("border", 404)]
)
def test_the_results_of_cases_are_recorded_by_a_leader_or_the_chief_and_not_by_whoever_may_not_read_them(
    commune, browse_as, review, who, status
):
    item = results_of_cases(review)
    page = browse_as(getattr(commune, who)).get(f"/meetings/items/{item.id}/record")
    assert (page.status_code, item.title in page.text) == (status, status == 200)


def test_a_half_year_that_runs_stands_beside_the_same_days_of_the_year_before(commune, browse_as):
    with clock.telling(clock.moment(date(2025, 12, 9), 7)):
        a_held(commune, date(2025, 12, 9))  # after the day of the year that it is today
    page = browse_as(commune.leader).get(SECOND_HALF).text
    assert "01/07/2026 to 23/11/2026" in page
    assert "Coordination briefings held" in page
    assert result(Period(date(2025, 7, 1), date(2025, 12, 31), (commune.id,))).whole.asked == 4
    assert "a year before 1 of 1" not in page


def test_the_agenda_of_a_review_brings_its_results_and_that_of_a_briefing_does_not(commune):
    with clock.telling(clock.moment(date(2026, 11, 5), 7)):
        a_held(commune, date(2026, 11, 5), away=("border",))
    logged(commune, a_patrol(commune, at(2)))
    with clock.telling(clock.moment(clock.today() + timedelta(days=1), 7)):  # an agenda tells whole days
        review = a_meeting(commune, date(2026, 11, 25), kind=MeetingKind.INTERIM_REVIEW)
    item = next(one for one in review.items if one.source_id == "meetings.review")
    told = {one.label: one.value for one in item.figures}
    assert told["Order patrols in the commune"] == "1 (a year before: 0)"
    assert "– Đồn Biên phòng xã Bờ Y: came to 0 of 1 meetings; did 0 of 0 due tasks on time." in item.text
    assert all(one.source_id != "meetings.review" for one in a_meeting(commune, date(2026, 11, 25)).items)


def test_a_half_year_review_looks_back_to_the_annual_one_and_an_annual_one_over_the_year(commune):
    with clock.telling(clock.moment(date(2025, 12, 22), 7)):
        assert a_held(commune, date(2025, 12, 22), kind=MeetingKind.ANNUAL_REVIEW).period_first == date(2024, 12, 22)
    assert a_meeting(commune, kind=MeetingKind.INTERIM_REVIEW).period_first == date(2025, 12, 22)
    assert a_meeting(commune, kind=MeetingKind.ANNUAL_REVIEW).period_first == date(2025, 12, 22)


@pytest.mark.parametrize(
    ("kind", "on", "title"),
    [
        (MeetingKind.ANNUAL_REVIEW, date(2026, 12, 22), "Annual review of 2026"),
        (MeetingKind.INTERIM_REVIEW, date(2026, 6, 25), "Review of the first half of 2026"),
        (MeetingKind.INTERIM_REVIEW, date(2026, 12, 22), "Review of the second half of 2026"),
    ],
)
def test_a_review_is_called_by_what_it_looks_back_on(commune, kind, on, title):
    with clock.telling(clock.moment(on, 7)):
        meeting = a_meeting(commune, on, kind=kind)
    with force_locale("en"):
        assert title_of(meeting) == title


def test_a_task_that_is_not_due_yet_is_told_apart_and_measures_nobody(commune, browse_as):
    for year, ends in ((2025, date(2025, 11, 21)), (2026, date(2026, 11, 19))):
        with clock.telling(clock.moment(date(year, 11, 5), 7)):
            meeting = a_held(commune, date(year, 11, 5))
        with clock.telling(clock.moment(date(year, 11, 5), 10)):
            task = an_order(commune, item_of(meeting, "military"), "QS", date(year, 11, 20))
        with clock.telling(clock.moment(ends)), transaction(commune.military):
            actions.take_task(task, "finish", commune.military, "Đã xong")
    with clock.telling(clock.moment(date(2026, 11, 5), 10)):
        an_order(commune, item_of(meeting, "border"), "BP", date(2026, 11, 30))
        an_order(commune, item_of(meeting, "police"), "CA", date(2026, 11, 22))
    page = browse_as(commune.leader).get(SECOND_HALF).text
    tasks = {row[0]: [int(cell.split()[0]) for cell in row[1:]] for row in rows_of(page, "force-tasks")}
    assert tasks["Đồn Biên phòng xã Bờ Y"] == [
        1,
        0,
        0,
        0,
        1,
        0,
    ]  # given, on time, late, past their day, not due, dropped
    assert tasks["Công an xã Bờ Y"] == [1, 0, 0, 1, 0, 0]
    figure = next(row for row in page.split("<tr") if "Tasks done on time, of those due" in row)
    assert [told in figure for told in ("1 of 2", "0 of 1", "+50 percentage points")] == [True] * 3


def test_the_forces_are_called_as_they_were_in_the_period(commune, browse_as):
    with transaction(None):
        now = commune.place("CA")
        old = organisation.create_unit(
            "PY-CA", "Công an xã Pờ Y", UnitKind.POLICE, FOUNDED, commune=commune.unit, valid_to=date(2025, 6, 30)
        )
        organisation.take_over(now, old)
        now.valid_from = date(2025, 7, 1)
    for day in (date(2025, 4, 10), date(2025, 10, 10)):
        with clock.telling(clock.moment(day, 7)):
            a_held(commune, day)
    for half, name in (("first", "Công an xã Pờ Y"), ("second", "Công an xã Bờ Y")):
        page = browse_as(commune.leader).get(f"/meetings/reviews?year=2025&half={half}").text
        assert [row[0].startswith(name) for row in rows_of(page, "forces")].count(True) == 1, half
        assert name in [row[0] for row in rows_of(page, "force-tasks")], half
    first = Period(date(2025, 1, 1), date(2025, 6, 30), (commune.id,))
    with force_locale("en"):
        assert any("Công an xã Pờ Y:" in line for line in work_in_words(first))
