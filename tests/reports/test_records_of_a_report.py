"""All records behind a figure of a signed report, page by page, and those that make a difference to it."""

import re
from datetime import date

import pytest

from portal.engine import voiding
from portal.engine.audit import AuditEvent
from portal.engine.db import db
from portal.engine.transaction import transaction
from portal.reports import actions
from portal.reports.models import ReportFigure
from tests.builders import a_case
from tests.reports.report import a_draft, an_approved, answered, approved, taken
from tests.reports.test_typed_figures import typed

RECEIVED, SERVING = "cases.community.received", "cases.community.serving"
INSIDE, AFTERWARDS = date(2026, 9, 1), date(2026, 11, 5)  # the report ends in October
ROOM = 20  # records that stand beside a figure without its list


@pytest.fixture
def pages_of(app):
    """Let pages of lists hold so many rows."""
    before = app.config["PAGE_SIZE"]

    def hold(rows):
        app.config["PAGE_SIZE"] = rows

    yield hold
    hold(before)


def some_cases(commune, count, **more):
    return [a_case(commune, f"Người {number}", received_on=INSIDE, **more) for number in range(count)]


def address(report, page="figures", figure=RECEIVED):
    return f"/reports/{report.id}/{page}/{figure}"


def ids_shown(client, path):
    """The cases that all pages of a list lead to, from one page to the next."""
    found = []
    while path:
        page = client.get(path).text
        found += map(int, re.findall(r'<th scope="row"><a href="/cases/(\d+)"', page))
        following = re.search(r'rel="next" href="([^"]+)"', page)
        path = following[1].replace("&amp;", "&") if following else ""
    return found


def strike_out(commune, one):
    with transaction(commune.chief):
        voiding.void(one, "Ghi nhầm")


def move(commune, case, day):
    with transaction(commune.chief):
        case.received_on = day


# ── what was frozen ─────────────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.both_engines
def test_the_list_holds_exactly_the_frozen_records_whatever_became_of_them(commune, browse_as, pages_of):
    cases = some_cases(commune, 7)
    report, frozen = an_approved(commune), sorted(case.id for case in cases)
    a_case(commune, "Trần Văn Muộn", received_on=INSIDE)
    strike_out(commune, cases[0])
    move(commune, cases[1], AFTERWARDS)
    pages_of(3)
    chief = browse_as(commune.chief)
    assert sorted(ids_shown(chief, address(report))) == frozen == sorted(report.figure(RECEIVED).ids)
    page = chief.get(address(report)).text
    assert "7 records counted" in page
    assert "Tell the inspector" not in page


def test_the_opened_figure_leads_to_the_list_where_it_has_no_room_for_all(commune, browse_as):
    some_cases(commune, ROOM + 2)
    chief, report = browse_as(commune.chief), an_approved(commune)
    page = chief.get(f"/reports/{report.id}?opened={RECEIVED}").text
    assert f'<a href="{address(report)}">Open all 22 in the list</a>' in page
    assert len(ids_shown(chief, address(report))) == ROOM + 2


def test_a_draft_leads_to_the_list_of_its_days_and_keeps_none_of_its_own(commune, browse_as):
    some_cases(commune, ROOM + 1)
    chief, report = browse_as(commune.chief), a_draft(commune)
    page = chief.get(f"/reports/{report.id}?opened={RECEIVED}").text
    assert f'href="/reports/figures/{RECEIVED}?from=2026-01-01&amp;to=2026-10-31"' in page
    assert chief.get(address(report)).status_code == 404
    assert chief.get(address(report, "late")).status_code == 404
    assert chief.get(address(report, "differences")).status_code == 404


def test_records_that_a_reader_may_not_open_are_counted_and_not_shown(commune, browse_as):
    cases = [*some_cases(commune, 2), *some_cases(commune, 3, officer="officer2")]
    report = an_approved(commune)
    officer, province = browse_as(commune.officer), browse_as(commune.province)
    assert sorted(ids_shown(officer, address(report))) == sorted(case.id for case in cases[:2])
    page = officer.get(address(report)).text
    assert "5 records counted" in page
    assert "You may open 2 of 5." in page
    page = province.get(address(report)).text
    assert "5 records counted" in page
    assert "None of these records is yours to open." in page
    assert "Người" not in page


@pytest.mark.parametrize("page", ["figures", "late"])
def test_whoever_may_not_read_the_report_opens_no_list_of_it(commune, neighbour, browse_as, page):
    some_cases(commune, 1)
    report = an_approved(commune)
    for reader in (commune.military, commune.village_head, neighbour.chief):
        assert browse_as(reader).get(address(report, page)).status_code == 404


def test_a_figure_that_the_report_has_not_is_not_found(commune, browse_as):
    report, chief = an_approved(commune), browse_as(commune.chief)
    for page in ("figures", "late"):
        for name in ("cases.community.nobody", "typed.nothing", "%00"):
            assert chief.get(address(report, page, name)).status_code == 404


def test_each_page_of_the_list_is_an_event(commune, browse_as):
    some_cases(commune, 2)
    report, chief = an_approved(commune), browse_as(commune.chief)
    chief.get(address(report))
    told = [one.changes for one in db.session.query(AuditEvent).filter_by(action="list")]
    assert told == [{"type": "case", "rows": 2}]


def test_a_list_whose_records_were_changed_in_the_database_says_so(commune, browse_as):
    some_cases(commune, 2)
    report, chief = an_approved(commune), browse_as(commune.chief)
    path = address(report)
    db.session.rollback()
    with db.engine.begin() as raw:
        raw.execute(ReportFigure.__table__.update().where(ReportFigure.figure_id == RECEIVED).values(ids=[]))
    assert "records of this figure were changed after the approval" in chief.get(path).text


def test_a_typed_figure_that_was_struck_out_since_still_opens_what_was_approved(commune, browse_as):
    one = typed(commune)
    report, chief = an_approved(commune), browse_as(commune.chief)
    strike_out(commune, one)
    for page in (f"/reports/{report.id}?opened=typed.loans", address(report, figure="typed.loans")):
        assert one.number in chief.get(page).text


# ── what differs ────────────────────────────────────────────────────────────────────────────────────────────────────
def part_of(page, label, head):
    """What a page of differences tells of a figure under one of its heads."""
    figure = page.split(f"<h2>{label}</h2>")[1].split("</section>")[0]
    return figure.split(f"<h3>{head}</h3>")[1].split("<h3>")[0]


FILES = "Community-sentence files received in the period"
CAME, WENT = "Counts now and did not", "Counted and does not now"


def test_what_came_late_and_what_went_stand_in_lists_page_by_page(commune, browse_as, pages_of):
    before = some_cases(commune, 4)
    report = an_approved(commune)
    came = some_cases(commune, ROOM + 3)
    strike_out(commune, before[0])
    move(commune, before[1], AFTERWARDS)
    chief = browse_as(commune.chief)
    told = part_of(chief.get(f"/reports/{report.id}/late").text, FILES, CAME)
    assert "and 3 more." in told
    assert f'<a href="{address(report, "late")}?show=came">Open all 23 in the list</a>' in told
    assert "may not open" not in told
    pages_of(5)
    assert sorted(ids_shown(chief, f"{address(report, 'late')}?show=came")) == sorted(case.id for case in came)
    assert sorted(ids_shown(chief, f"{address(report, 'late')}?show=went")) == sorted(case.id for case in before[:2])


def test_more_records_than_there_is_room_for_are_not_told_as_those_of_others(commune, browse_as):
    report = an_approved(commune)
    some_cases(commune, ROOM + 1)
    some_cases(commune, 2, officer="officer2")
    officer = browse_as(commune.officer)
    told = part_of(officer.get(f"/reports/{report.id}/late").text, FILES, CAME)
    assert "and one more." in told
    assert "Open all 21 in the list" in told
    assert "2 more that you may not open." in told
    page = officer.get(address(report, "late")).text
    assert "23 records" in page
    assert "You may open 21 of 23." in page


def test_a_correction_lists_what_it_changes_before_and_after_its_approval(commune, browse_as):
    gone, _stays = some_cases(commune, 2)
    first = an_approved(commune)
    late = a_case(commune, "Trần Văn Muộn", received_on=INSIDE)
    strike_out(commune, gone)
    with transaction(commune.chief):
        second = actions.correct(first, "Sót một hồ sơ.")
    chief = browse_as(commune.chief)
    sides = [f"{address(second, 'differences')}?show={side}" for side in ("came", "went")]
    assert [ids_shown(chief, side) for side in sides] == [[late.id], [gone.id]]
    approved(commune, taken(answered(commune, second), commune.chief, "submit"))
    a_case(commune, "Phan Văn Sau", received_on=INSIDE)
    assert [ids_shown(chief, side) for side in sides] == [[late.id], [gone.id]]


def test_a_figure_that_differs_no_more_says_that_there_is_no_such_record(commune, browse_as):
    some_cases(commune, 1)
    report, chief = an_approved(commune), browse_as(commune.chief)
    late = a_case(commune, "Trần Văn Muộn", received_on=INSIDE)
    assert ids_shown(chief, address(report, "late")) == [late.id]
    strike_out(commune, late)
    answer = chief.get(address(report, "late"))
    assert answer.status_code == 200
    assert "There is no such record." in answer.text
