"""The page of figures, and the records behind each number."""

import re
from datetime import date

import pytest

from portal.cases.indicators import INDICATORS
from tests.builders import a_case
from tests.reports.events import a_check_in

AUGUST = "from=2026-08-01&to=2026-08-31"


def test_the_page_tells_each_figure_with_its_change_in_words(commune, browse_as):
    a_case(commune, received_on=date(2026, 8, 3))
    page = browse_as(commune.chief).get(f"/reports/figures?{AUGUST}").text
    assert "01/08/2026 to 31/08/2026" in page
    assert "Up 1, a year before 0" in page
    for one in INDICATORS:
        assert f"/reports/figures/{one.id}?from=2026-08-01" in page
        assert f"/reports/figures/{one.id}?from=2025-08-01" in page


def test_without_a_period_the_year_up_to_today_is_shown(commune, browse_as):
    page = browse_as(commune.leader).get("/reports/figures").text
    assert "01/01/2026 to 23/11/2026" in page


def test_a_figure_opens_exactly_the_records_that_it_counted(commune, neighbour, browse_as):
    mine = a_case(commune, "Nguyễn Công Trứng", received_on=date(2026, 8, 3))
    a_case(commune, "Trần Thị Ngạn", received_on=date(2026, 9, 3))
    a_case(neighbour, "Hoàng Hữu Diệm", received_on=date(2026, 8, 3))
    page = browse_as(commune.chief).get(f"/reports/figures/cases.community.received?{AUGUST}").text
    assert re.findall(r'href="/cases/(\d+)"', page) == [str(mine.id)]
    assert "Nguyễn Công Trứng" in page
    assert "Trần Thị Ngạn" not in page
    assert "Hoàng Hữu Diệm" not in page


def test_an_officer_sees_the_whole_number_and_opens_only_their_own_records(commune, browse_as):
    for number, officer in enumerate(("officer", "officer", "officer2")):
        a_case(commune, f"Người {number}", officer=officer, received_on=date(2026, 8, 3))
    page = browse_as(commune.officer).get(f"/reports/figures/cases.community.received?{AUGUST}").text
    assert "3 records counted" in page
    assert "You may open 2 of 3." in page
    assert "Người 2" not in page


def test_self_reports_open_their_cases(commune, browse_as):
    case = a_case(commune, received_on=date(2026, 7, 3))
    a_check_in(commune, case, date(2026, 8, 1), date(2026, 8, 4))
    page = browse_as(commune.chief).get(f"/reports/figures/cases.community.self_reports?{AUGUST}").text
    assert f'href="/cases/{case.id}"' in page
    assert "Month 08/2026" in page


@pytest.mark.parametrize("who", ["village_head", "helper", "military", "border", "clerk", "province", "administrator"])
@pytest.mark.parametrize("address", ["/reports/figures", "/reports/figures/cases.community.received"])
def test_nobody_without_the_right_to_count_reads_a_total(commune, browse_as, who, address):
    a_case(commune, received_on=date(2026, 8, 3))
    answer = browse_as(getattr(commune, who)).get(f"{address}?{AUGUST}")
    assert answer.status_code == 403
    assert "figure-table" not in answer.text


HOSTILE = [
    "from=&to=", "from=2026-08-01", "to=2026-08-31", "from=2026-08-31&to=2026-08-01", "from=1500-01-01&to=2026-01-01",
    "from=1901-01-01&to=2199-01-01", "from=2016-08-01&to=2026-08-01", "from=2024-02-30&to=2024-03-01",
    "from=0000-00-00&to=9999-99-99", "from=2026-08-01&from=2026-08-02&to=2026-08-31", "from[]=2026-08-01&to=x",
    "from=%00&to=%00", "from=٢٠٢٦-٠٨-٠١&to=2026-08-31", "from=" + "9" * 3000 + "&to=2026-08-31",
    "from=<script>&to=';--", "from=2026-08-01T00:00&to=2026-08-31",
]  # fmt: skip


@pytest.mark.parametrize("query", HOSTILE)
@pytest.mark.parametrize("address", ["/reports/figures", "/reports/figures/cases.community.received"])
def test_a_period_that_is_none_is_refused_with_a_message_and_no_figure(commune, browse_as, address, query):
    answer = browse_as(commune.chief).get(f"{address}?{query}")
    assert answer.status_code == 422
    assert 'class="error"' in answer.text
    assert "figure-table" not in answer.text
    assert "<script>&" not in answer.text


def test_a_period_of_ten_years_is_the_longest(commune, browse_as):
    chief = browse_as(commune.chief)
    assert chief.get("/reports/figures?from=2016-08-01&to=2026-07-31").status_code == 200
    assert "at most 10 years" in chief.get("/reports/figures?from=2016-08-01&to=2026-08-01").text


@pytest.mark.parametrize("address", ["/reports/figures", "/reports/figures/patrols.order.count"])
def test_days_to_come_have_no_figures(commune, browse_as, address):
    chief = browse_as(commune.chief)
    refused = chief.get(f"{address}?from=2030-01-01&to=2030-12-31")
    assert refused.status_code == 422
    assert "The period has not begun yet." in refused.text
    assert 'value="01/01/2030"' in refused.text or 'value="2030-01-01"' in refused.text
    assert chief.get(f"{address}?from=2026-11-23&to=2026-12-31").status_code == 200  # it has begun today


@pytest.mark.parametrize("address", ["/reports/figures", "/reports/figures/patrols.order.count"])
def test_a_period_ends_this_year_at_the_latest(commune, browse_as, address):
    refused = browse_as(commune.chief).get(f"{address}?from=2026-01-01&to=2027-01-01")
    assert refused.status_code == 422
    assert "a period ends this year at the latest" in refused.text


def test_it_is_told_where_a_period_is_longer_than_the_year_that_it_is_compared_over(commune, browse_as):
    chief, told = browse_as(commune.chief), "the days that both have count on both sides"
    assert told in chief.get("/reports/figures?from=2024-01-01&to=2025-01-01").text
    assert told not in chief.get("/reports/figures?from=2024-01-01&to=2024-12-31").text


def test_a_figure_that_does_not_exist_is_not_found(commune, browse_as):
    for name in ("nothing", "cases.community", "../cases", "%00"):
        assert browse_as(commune.chief).get(f"/reports/figures/{name}?{AUGUST}").status_code == 404


def test_every_page_of_the_records_keeps_the_period(commune, browse_as, app):
    app.config["PAGE_SIZE"] = 2
    for number in range(3):
        a_case(commune, f"Người {number}", received_on=date(2026, 8, 3))
    chief = browse_as(commune.chief)
    page = chief.get(f"/reports/figures/cases.community.received?{AUGUST}").text
    following = re.search(r'rel="next" href="([^"]+)"', page)[1].replace("&amp;", "&")
    second = chief.get(following).text
    app.config["PAGE_SIZE"] = 25
    assert "01/08/2026 to 31/08/2026" in second
    assert len(re.findall(r'href="/cases/\d+"', second)) == 1
