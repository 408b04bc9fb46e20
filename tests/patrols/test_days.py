"""A patrol may lie on several days: each hour on the way keeps its day."""

import re
from datetime import datetime
from typing import Any

import pytest

from portal.engine import clock
from portal.engine.db import db
from portal.engine.transaction import transaction
from portal.patrols import actions
from portal.patrols.models import Patrol, Span
from tests.patrols.going import a_patrol, a_point, as_shown, at, disputed, error_at, logged


def out_since_yesterday(commune: Any) -> Patrol:
    """Set out yesterday at seven for 26 hours; it is eight now."""
    with clock.telling(at(6, days=-1)):
        patrol = a_patrol(commune, start=at(7, days=-1), hours=26, points=(a_point(commune),))
    with clock.telling(at(7, days=-1)), transaction(commune.officer):
        patrol.workflow.take("start", patrol, commune.officer)
    return patrol


def passed(patrol: Patrol) -> list[tuple[str, datetime | None]]:
    db.session.expire_all()
    return [(stop.name, stop.at) for stop in patrol.ways]


def test_a_point_of_the_second_day_keeps_its_day_where_the_log_is_sent_as_it_was_shown(commune, browse_as):
    patrol, officer = out_since_yesterday(commune), browse_as(commune.officer)
    with transaction(commune.border), clock.telling(at(7, 20)):
        actions.pass_point(patrol, patrol.ways[0].landmark, "", clock.now(), "Mốc nguyên vẹn")
    sent = as_shown(officer, f"/patrols/{patrol.id}/log", conclusion="Bình thường")
    assert officer.post(f"/patrols/{patrol.id}/log", data=sent).status_code == 302
    assert passed(patrol) == [("Mốc 790", at(7, 20))]
    assert patrol.log.stops == "23/11 07:20 Mốc 790: Mốc nguyên vẹn"


def test_a_point_that_is_noted_on_the_second_day_is_one_of_that_day(commune, browse_as):
    patrol, border = out_since_yesterday(commune), browse_as(commune.border)
    address = f"/patrols/{patrol.id}/point"
    sent = as_shown(border, address, where="Suối Đăk Ba", at="07:40")
    assert border.post(address, data=sent).status_code == 302
    of_first_day = as_shown(border, address, where="Lối mòn", at="07:40", passed_on="2026-11-22")
    assert border.post(address, data=of_first_day).status_code == 302
    assert passed(patrol)[1:] == [("Suối Đăk Ba", at(7, 40)), ("Lối mòn", at(7, 40, days=-1))]
    page = border.get(f"/patrols/{patrol.id}").text
    assert re.search(r"<b>07:40</b><small>22/11</small>.*Lối mòn.*<b>07:40</b><small>23/11</small>", page, re.DOTALL)


def test_an_hour_without_its_day_lies_where_the_patrol_was_and_is_asked_for_where_that_is_unclear(commune, browse_as):
    patrol, border = out_since_yesterday(commune), browse_as(commune.border)
    address, noted = f"/patrols/{patrol.id}/point", {"where": "Suối", "version": str(patrol.version), "passed_on": ""}
    twice = border.post(address, data={**noted, "at": "07:40"})
    assert (twice.status_code, 'value="Suối"' in twice.text) == (422, True)
    assert "Please say on which day it was passed." in error_at(twice.text, "passed_on")
    assert border.post(address, data={**noted, "at": "14:00"}).status_code == 302
    assert passed(patrol)[1:] == [("Suối", at(14, days=-1))]


def test_an_hour_on_a_disputed_patrol_is_one_of_its_day_and_never_of_today(commune, browse_as):
    patrol = disputed(commune, logged(commune, a_patrol(commune, start=at(3, days=-2))), "military")
    border, address = browse_as(commune.border), f"/patrols/{patrol.id}/point"
    assert border.post(address, data=as_shown(border, address, where="Suối", at="03:30")).status_code == 302
    assert passed(patrol) == [("Suối", at(3, 30, days=-2))]


def test_a_day_is_asked_for_only_where_a_patrol_lies_on_several(commune, browse_as):
    officer, point = browse_as(commune.officer), a_point(commune)
    for start, asked in ((at(3), False), (at(22, days=-1), True)):
        patrol = a_patrol(commune, start=start, points=(point,))
        (stop,) = patrol.ways
        assert (f'name="on_{stop.id}"' in officer.get(f"/patrols/{patrol.id}/log").text) is asked
        assert ('name="passed_on"' in officer.get(f"/patrols/{patrol.id}/point").text) is asked


def test_a_log_that_is_typed_over_several_days_asks_for_the_day_of_an_hour_that_they_share(commune, browse_as):
    patrol, officer = a_patrol(commune, start=at(2), points=(a_point(commune),)), browse_as(commune.officer)
    (stop,) = patrol.ways
    address = f"/patrols/{patrol.id}/log"
    typed = {"on": "21/11/2026", "starts": "02:00", "ends_on": "22/11/2026", "ends": "06:00", f"at_{stop.id}": "02:30"}
    asked = officer.post(address, data=as_shown(officer, address, **typed))
    assert asked.status_code == 422
    assert "Please say on which day it was passed." in error_at(asked.text, f"on_{stop.id}")
    said = as_shown(officer, address, **typed, **{f"on_{stop.id}": "2026-11-22"})
    assert officer.post(address, data=said).status_code == 302
    assert patrol.log.stops == "22/11 02:30 Mốc 790"


@pytest.mark.parametrize(
    ("hour", "days", "found"), [(23, 1, at(23)), (1, 1, at(1, days=1)), (12, 1, None), (23, 2, None), (1, 0, at(1))]
)
def test_an_hour_after_midnight_is_one_of_the_next_day(hour, days, found):
    span = Span(at(22), at(23, 30, days=days) if days != 1 else at(2, days=1))
    assert span.moment_of(at(hour).astimezone(clock.VIETNAM).time()) == found


def test_a_patrol_that_is_told_as_longer_than_any_offers_no_more_days_than_one_may_last():
    assert [day.day for day in Span(at(22), at(2, days=400)).days] == [23, 24, 25, 26]
