"""The rail: one place a section, its pages as tabs, only what opens, and how much waits at each."""

import html
import re

import pytest

from portal.app import AREAS
from portal.engine.area import Place
from tests.patrols.going import a_patrol, logged

ROLES = ["officer", "chief", "leader", "clerk", "military", "border", "village_head", "inspector", "administrator"]
PLACES = [place for area in AREAS for place in area.places]


def entries(page, part: str) -> dict[str, str]:
    """The links of a part of the frame: what each is called, without its number, and where it leads."""
    start = page.text.split(part)[1].split("</nav>")[0].split('<div class="me">')[0]
    links = re.findall(r'<a href="([^"]*)"[^>]*>(.*?)</a>', start, re.S)
    bare = ((re.sub(r'<span class="count.*', "", inner, flags=re.S), url) for url, inner in links)
    return {html.unescape(re.sub(r"<[^>]*>", "", inner)).strip(): url for inner, url in bare}


def rail(page) -> dict[str, str]:
    return entries(page, '<nav class="rail"')


def tabs(page) -> dict[str, str]:
    return entries(page, '<nav class="family"') if '<nav class="family"' in page.text else {}


def number_at(page, url: str) -> int:
    found = re.search(rf'<a href="{url}"[^>]*>(?:(?!</a>).)*?<span class="count[^>]*>(\d+)', page.text, re.S)
    return int(found[1]) if found else 0


def test_the_rail_of_the_chief_names_sections_and_each_page_of_one_is_its_tab(commune, browse_as):
    chief = browse_as(commune.chief)
    named = rail(chief.get("/"))
    assert "Patrols" in named
    assert "Points passed" not in named
    assert list(tabs(chief.get("/patrols/")))[:3] == ["Patrols", "Plan against done", "Points passed"]
    assert list(tabs(chief.get("/coverage/"))) == list(tabs(chief.get("/patrols/")))


def test_the_page_of_a_record_has_no_tabs(commune, browse_as):
    patrol = a_patrol(commune)
    assert tabs(browse_as(commune.chief).get(f"/patrols/{patrol.id}")) == {}


@pytest.mark.parametrize("name", ROLES)
def test_the_rail_of_nobody_is_longer_than_fifteen(commune, browse_as, name):
    assert len(rail(browse_as(getattr(commune, name)).get("/"))) <= 15


@pytest.mark.parametrize("path", ["/coverage/", "/protections/", "/coordination-plans/", "/landmarks/"])
def test_a_section_is_lit_on_each_of_its_pages(commune, browse_as, path):
    page = browse_as(commune.chief).get(path).text.split('<nav class="rail"')[1]
    assert re.findall(r'<a href="([^"]*)" aria-current', page.split('<div class="me">')[0]) == ["/patrols/"]


def test_where_a_section_is_closed_the_first_of_its_pages_stands_for_it(commune, browse_as):
    clerk = browse_as(commune.clerk)
    named = rail(clerk.get("/"))
    assert "Points passed" in named
    assert {"Patrols", "Coordination plans"} & set(named) == set()
    assert list(tabs(clerk.get("/coverage/")))[:2] == ["Points passed", "Coordination plans"]


@pytest.mark.parametrize("name", ROLES)
def test_no_place_and_no_tab_leads_nowhere(commune, browse_as, name):
    browser = browse_as(getattr(commune, name))
    for url in rail(browser.get("/")).values():
        page = browser.get(url)
        assert (url, page.status_code) == (url, 200)
        assert [(tab, browser.get(tab).status_code) for tab in tabs(page).values() if tab != url] == [
            (tab, 200) for tab in tabs(page).values() if tab != url
        ]


def test_a_place_counts_what_waits_for_the_reader_before_its_day(commune, browse_as):
    logged(commune, a_patrol(commune))
    page = browse_as(commune.border).get("/")
    assert number_at(page, "/patrols/") == 1
    assert number_at(browse_as(commune.clerk).get("/"), "/patrols/") == 0


@pytest.mark.parametrize("place", [one for one in PLACES if one.under], ids=lambda one: one.endpoint)
def test_what_stands_under_a_place_stands_under_one_that_is_there(place: Place):
    above = [one for one in PLACES if one.endpoint == place.under]
    assert len(above) == 1
    assert above[0].under == ""
