"""The page of what is counted, and the parts of a figure on its page."""

import re
from datetime import date

import pytest
from flask_babel import force_locale
from markupsafe import escape

from portal.engine.text import as_on_paper
from portal.reports import catalogue, outline
from portal.reports.conventions import CONVENTIONS
from tests.builders import a_case

PERIOD = "from=2026-01-01&to=2026-08-31"
RECEIVED = "cases.community.received"


def test_every_figure_is_told_with_its_definition_its_examples_and_a_way_to_its_records(commune, browse_as):
    page = browse_as(commune.chief).get("/reports/definitions").text
    for one in catalogue.indicators().values():
        assert f'id="{one.id}"' in page
        assert f'href="/reports/figures/{one.id}"' in page
    assert "a draft, or a file that waits to be opened" in page
    assert "What happened in the period" in page
    assert "What there is at the end of the last day" in page


def test_every_figure_says_what_counts_what_does_not_and_by_what_it_is_parted(commune):
    for one in outline.ordered():
        assert one.examples.counts, one.id
        assert one.examples.does_not, one.id
        assert one.id in catalogue.indicators()


def test_no_figure_is_told_by_another_one_that_is_not_there(commune):
    leaning = re.compile(r"^(of (these|those|them)|those)\b|\b(of|in) (these|those)\b", re.IGNORECASE)
    with force_locale("en"):
        told = {one.id: f"{one.label}\n{one.definition}" for one in outline.ordered()}
    assert [name for name, text in told.items() for line in text.splitlines() if leaning.search(line)] == []
    with as_on_paper():
        in_vietnamese = {one.id: (str(one.label), str(one.definition)) for one in outline.ordered()}
    leaning = re.compile(r"^trong đó|\b(vụ|đội|quyết định) (đó|nêu trên)", re.IGNORECASE)
    assert [name for name, lines in in_vietnamese.items() for line in lines if leaning.search(line)] == []


def test_what_holds_for_every_figure_is_told_once_over_all_of_them(commune, browse_as):
    page = browse_as(commune.chief).get("/reports/definitions").text
    with force_locale("en"):
        assert [one.title for one in CONVENTIONS if str(escape(one.text)) not in page] == []


def test_a_figure_is_found_by_its_words_without_their_marks(commune, browse_as):
    chief = browse_as(commune.chief)
    page = chief.get("/reports/definitions?q=METHAMPHETAMINE").text
    assert 'id="incidents.seizures.methamphetamine_g"' in page
    assert 'id="incidents.traffic.cases"' not in page
    assert "No figure is found." in chief.get("/reports/definitions?q=xyz").text


def test_what_there_is_on_a_day_is_parted_by_no_month(commune):
    stocks = [one for one in catalogue.indicators().values() if one.kind == "stock"]
    assert [one.id for one in stocks if "month" in {by.name for by in one.breakdowns}] == []
    assert "cameras.total" in {one.id for one in stocks}


@pytest.mark.parametrize("who", ["village_head", "military", "clerk", "province", "administrator"])
def test_definitions_are_for_those_who_count(commune, browse_as, who):
    assert browse_as(getattr(commune, who)).get("/reports/definitions").status_code == 403


def test_a_figure_shows_its_parts_beside_those_of_the_year_before(commune, browse_as):
    a_case(commune, received_on=date(2026, 8, 3))
    a_case(commune, "Trần Thị Ngạn", received_on=date(2026, 8, 9))
    a_case(commune, "Lê Văn Tám", received_on=date(2025, 3, 9))
    page = browse_as(commune.chief).get(f"/reports/figures/{RECEIVED}?{PERIOD}").text
    by_month = page.split('id="by-month"')[1].split("</section>")[0]
    assert "08/2026: 2, a year before 0" in by_month
    assert "03/2026: 0, a year before 1" in by_month
    assert "Suspended sentence" in page.split('id="by-type"')[1]
    assert f'href="/reports/definitions#{RECEIVED}"' in page


def test_a_figure_of_nothing_shows_no_parts(commune, browse_as):
    page = browse_as(commune.chief).get(f"/reports/figures/{RECEIVED}?{PERIOD}").text
    assert 'id="by-month"' not in page


def test_a_note_stands_beside_the_figure_that_it_warns_of(commune, browse_as):
    page = browse_as(commune.chief).get(f"/reports/figures/reintegration.managed?{PERIOD}").text
    assert "These are other people than those who serve a sentence" in page
