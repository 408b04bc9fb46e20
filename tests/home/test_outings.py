"""The patrols of today stand first on Home, for each force that goes, until their log is written."""

import re

from portal.engine import clock
from portal.engine.transaction import transaction
from tests.patrols.going import a_patrol, at, logged

LINK = r'<a href="(/patrols/\d+)">Open (TT-[\d-]+)</a>'


def on_home(browser) -> list[str]:
    """The numbers of the patrols above all that is due, in their order."""
    return [number for _url, number in re.findall(LINK, browser.get("/").text.split('class="group"')[0])]


def test_whoever_goes_on_a_patrol_today_opens_it_from_the_top_of_home(commune, browse_as):
    patrol = a_patrol(commune, start=at(9), forces=(("CA", 2, ""), ("BP", 2, "")))
    for who, sees in (("officer", True), ("chief", True), ("border", True), ("military", False), ("leader", False)):
        assert on_home(browse_as(getattr(commune, who))) == ([patrol.number] if sees else []), who
    page = browse_as(commune.border).get("/").text
    assert "Patrol today, 09:00 to 13:00." in page
    assert f'href="/patrols/{patrol.id}">Open {patrol.number}' in page


def test_a_patrol_that_is_under_way_stands_before_those_to_come_and_one_that_is_logged_no_more(commune, browse_as):
    early, late = a_patrol(commune, start=at(7)), a_patrol(commune, start=at(7, 30), forces=(("CA", 1, ""),))
    officer = browse_as(commune.officer)
    assert on_home(officer) == [early.number, late.number]
    with transaction(commune.officer):
        late.workflow.take("start", late, commune.officer)
    assert on_home(officer) == [late.number, early.number]
    logged(commune, early, end=at(7, 50))
    assert on_home(officer) == [late.number]


def test_a_patrol_of_last_night_is_one_of_today_and_one_of_another_day_is_not(commune, browse_as):
    night = a_patrol(commune, start=at(22, days=-1), hours=6)
    a_patrol(commune, start=at(8, days=1))
    a_patrol(commune, start=at(8, days=-1))
    assert on_home(browse_as(commune.border)) == [night.number]


def test_every_patrol_of_today_is_reached_whatever_else_presses(commune, browse_as):
    for hours in range(6):
        logged(commune, a_patrol(commune, start=at(hours, days=-9), hours=1, forces=(("CA", 1, ""), ("BP", 1, ""))))
    patrol = a_patrol(commune, start=at(9), forces=(("BP", 1, ""),), by="border")
    assert on_home(browse_as(commune.border)) == [patrol.number]


def test_of_many_patrols_of_one_day_the_rest_is_one_tap_away(commune, browse_as):
    patrols = [a_patrol(commune, start=at(9 + number), hours=1, forces=(("CA", 1, ""),)) for number in range(5)]
    officer = browse_as(commune.officer)
    assert on_home(officer) == [one.number for one in patrols[:4]]
    assert 'href="/patrols/?show=planned"' in officer.get("/").text
    listed = officer.get("/patrols/?show=planned").text
    assert all(one.number in listed for one in patrols)


def test_a_patrol_that_is_out_still_after_midnight_stays_on_home_though_it_was_planned_until_eleven(commune, browse_as):
    patrol = a_patrol(commune, start=at(20, days=-1), hours=3)
    with clock.telling(at(20, 5, days=-1)), transaction(commune.officer):
        patrol.workflow.take("start", patrol, commune.officer)
    with clock.telling(at(0, 30)):
        assert on_home(browse_as(commune.border)) == [patrol.number]


def test_a_patrol_of_last_night_is_told_with_the_day_on_which_it_begins(commune, browse_as):
    a_patrol(commune, start=at(22, days=-1), hours=6)
    page = browse_as(commune.border).get("/").text
    assert "Patrol of 22/11, 22:00 to 04:00, 23/11." in page
    assert "Patrol today" not in page
