"""A force that was asked along is written out by nobody alone: the log waits for its word, for some days."""

from typing import Any

import pytest
from lxml import html
from sqlalchemy import select

from portal.duties.models import Notification
from portal.engine import clock
from portal.engine.db import db
from portal.patrols.models import Outcome, Patrol
from tests.patrols.going import a_patrol, agreed, at, logged, signed
from tests.patrols.test_countersigning import a_log, duties, state
from tests.patrols.test_told import ids, users_told, waiting

TWO = (("CA", 3, "Trần Văn Toản"), ("BP", 2, "Hồ Sỹ Mạnh"))


def left_out(commune: Any, **more: Any) -> Patrol:
    """A patrol of the police and the post, and the log of the police that says that the post sent nobody."""
    return logged(commune, a_patrol(commune, forces=TWO), counts={commune.place("BP").id: 0}, **more)


def ten_minutes_pass(app: Any, days: int, hour: int = 0) -> None:
    """The job of every ten minutes, on a later day."""
    with clock.telling(at(hour, 10, days=days)):
        assert app.test_cli_runner().invoke(args=["jobs", "run", "patrols"]).exit_code == 0


@pytest.mark.parametrize("corrected", [False, True])
def test_nobody_completes_a_log_alone_by_writing_another_force_out(commune, browse_as, corrected):
    patrol, officer = a_patrol(commune, forces=TWO), browse_as(commune.officer)
    if corrected:
        logged(commune, patrol)
    without = a_log(patrol, **{f"count_{commune.place('BP').id}": "0"})
    assert officer.post(f"/patrols/{patrol.id}/log", data=without).status_code == 302
    assert state(patrol) == "logged"
    assert waiting("PATROL-LEFT-OUT") == ids(commune, "border")
    assert duties("PATROL-LEFT-OUT") == [("border_guard", "26/11", True)]
    border = browse_as(commune.border)
    assert patrol.number in border.get("/patrols/?show=mine").text
    said = as_asked(border, f"/patrols/{patrol.id}/dispute", reason="Đồn có 2 người đi cùng")
    assert border.post(f"/patrols/{patrol.id}/dispute", data=said).status_code == 302
    assert state(patrol) == "disputed"
    assert duties("PATROL-LEFT-OUT") == [("border_guard", "26/11", False)]


def as_asked(browser: Any, address: str, **typed: str) -> dict[str, str]:
    """What a page that asks once more sends back."""
    (form,) = html.document_fromstring(browser.get(address).text).xpath("//form[contains(@class, 'confirm')]")
    return dict(form.form_values()) | typed


def test_a_force_that_agrees_that_it_took_no_part_closes_the_patrol(commune, browse_as):
    patrol, border = left_out(commune), browse_as(commune.border)
    page = border.get(f"/patrols/{patrol.id}").text
    assert "Left out: your word is asked" in page
    assert f'href="/patrols/{patrol.id}/agree"' in page
    answer = border.post(f"/patrols/{patrol.id}/agree", data=as_asked(border, f"/patrols/{patrol.id}/agree"))
    assert (answer.status_code, state(patrol)) == (302, "closed")
    assert [one.outcome for one in patrol.log.signatures] == [Outcome.LOGGED, Outcome.AGREED]
    page = border.get(f"/patrols/{patrol.id}").text
    assert "agreed that their force took no part" in page
    assert "Took no part, and says so" in page
    assert waiting("PATROL-LEFT-OUT") == []
    assert duties("PATROL-LEFT-OUT") == [("border_guard", "26/11", False)]


def test_a_force_that_says_nothing_is_waited_for_three_days_and_then_the_log_stands_by_itself(app, commune, browse_as):
    patrol = left_out(commune)
    ten_minutes_pass(app, 3, 23)
    assert (state(patrol), waiting("PATROL-LEFT-OUT")) == ("logged", ids(commune, "border"))
    ten_minutes_pass(app, 4)
    assert (state(patrol), waiting("PATROL-LEFT-OUT")) == ("closed", [])
    assert duties("PATROL-LEFT-OUT") == [("border_guard", "26/11", False)]
    page = browse_as(commune.officer).get(f"/patrols/{patrol.id}").text
    assert "A force that the log leaves out let the days pass" in page
    assert "Takes no part" in page
    assert patrol.number in page


def test_a_log_that_stands_by_itself_is_told_and_its_recommendation_waits_for_the_chair(app, commune):
    patrol = left_out(commune, recommendation="Đặt biển")
    ten_minutes_pass(app, 4)
    assert state(patrol) == "countersigned"
    assert users_told("PATROL-COUNTERSIGNED") == ids(commune, "officer", "leader")
    assert duties("PATROL-CLOSE") == [("commune_leader", "04/12", True)]


def test_a_log_that_another_force_has_yet_to_sign_stands_by_no_passing_of_days(app, commune):
    patrol = logged(commune, a_patrol(commune), counts={commune.place("BP").id: 0})
    ten_minutes_pass(app, 9)
    assert state(patrol) == "logged"
    with clock.telling(at(8, days=9)):
        signed(commune, patrol, "military")
    assert state(patrol) == "closed"


def test_whoever_takes_part_agrees_to_no_absence(commune, browse_as):
    patrol = logged(commune, a_patrol(commune))
    answer = browse_as(commune.border).post(f"/patrols/{patrol.id}/agree", data={"version": str(patrol.version)})
    assert (answer.status_code, state(patrol)) == (403, "logged")
    assert "/agree" not in browse_as(commune.border).get(f"/patrols/{patrol.id}").text


def test_after_a_correction_the_days_of_a_force_that_is_left_out_begin_anew(app, commune):
    patrol = left_out(commune)
    with clock.telling(at(8, days=2)):
        logged(commune, patrol, conclusion="Đã sửa", counts={commune.place("BP").id: 0})
    ten_minutes_pass(app, 4)
    assert state(patrol) == "logged"
    told = select(Notification).where(Notification.kind == "PATROL-LEFT-OUT")
    assert len(db.session.scalars(told).all()) == 2
    agreed(commune, patrol, "border")
    assert state(patrol) == "closed"
