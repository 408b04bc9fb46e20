"""A right ends by its day, by somebody's deed, or in the middle of a request: the next answer knows it."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import text

from portal.cases.forms import ContactForm
from portal.cases.models import Assignment, Case
from portal.engine import clock
from portal.engine.db import db
from portal.engine.transaction import transaction
from portal.organisation import actions, passwords
from portal.organisation.models import OPENS_CASES, Role, RoleGrant, User
from tests.builders import PASSWORD, commune
from tests.conftest import TODAY
from tests.security import expectations as expected
from tests.security.conftest import Stage
from tests.security.expectations import CASES, places_of
from tests.security.test_reads import last, told_since
from tests.security.world import actor

READERS = [role for role in Role if role in CASES]
BODY = dict(expected.RECORD_PAGES["cases.contact"].body)


def change(stage: Stage, deed: Callable[[], Any]) -> None:
    """Do something as the portal itself would, between two requests."""
    with stage.app.app_context():
        with transaction(None):
            deed()
        db.session.remove()


def of(role: Role, scope: str = "own") -> User:
    return actor(commune("BY"), role, scope) if scope == "own" else db.session.scalars(
        db.select(User).where(User.username == f"{scope}.{role}")).one()  # fmt: skip


def end_grants(role: Role) -> None:
    for grant in of(role).grants:
        grant.valid_to = TODAY - timedelta(days=1)


def a_case_of(stage: Stage, role: Role) -> str:
    return f"/cases/{stage.world.places[min(places_of(CASES, role))].ids['case']}"


@pytest.mark.parametrize("role", READERS)
def test_a_grant_that_is_ended_opens_nothing_at_the_next_request(stage, role):
    browser, url = stage.browser(role), a_case_of(stage, role)
    assert browser.get(url).status_code == 200
    change(stage, lambda: end_grants(role))
    assert browser.get(url).status_code == 404
    assert browser.get("/cases/").status_code == 403
    assert stage.world.seen_in(browser.get("/").text + browser.get("/calendar").text) == set()


@pytest.mark.parametrize("role", Role)
def test_an_account_that_is_closed_is_led_to_the_sign_in_and_does_not_come_in(stage, role):
    browser = stage.browser(role)

    def close() -> None:
        of(role).disabled_at = clock.now()

    change(stage, close)
    for url in ("/", "/cases/", "/account"):
        assert browser.get(url).headers["Location"].startswith("/login")
    assert browser.post("/cases/new", data={}).headers["Location"].startswith("/login")
    answer = stage.app.test_client().post("/login", data={"username": _name(stage, role), "password": PASSWORD})
    assert answer.status_code == 422


def _name(stage: Stage, role: Role) -> str:
    with stage.app.app_context():
        return of(role).username


def test_a_changed_password_ends_every_other_session_at_the_next_request(stage):
    other, here = stage.browser(Role.POLICE_OFFICER), stage.sign_in("by.officer")
    new = "suối chảy qua bản 88"
    here.post("/account/password", data={"present": PASSWORD, "new": new, "again": new})
    assert other.get("/cases/").headers["Location"].startswith("/login")
    assert here.get("/cases/").status_code == 200


@pytest.mark.parametrize("role", sorted(OPENS_CASES))
def test_a_grant_that_opens_cases_holds_only_once_it_is_confirmed(stage, role):
    def unconfirm() -> None:
        for grant in of(role).grants:
            grant.confirmed_at = None

    def confirm() -> None:
        for grant in of(role).grants:
            actions.confirm_grant(grant, None)

    browser = stage.browser(role)
    change(stage, unconfirm)
    assert browser.get("/cases/").status_code == 403
    change(stage, confirm)
    assert browser.get("/cases/").status_code == 200


def test_every_role_that_opens_cases_is_confirmed_before_it_holds():
    assert set(CASES) | {Role.BORDER_GUARD} == OPENS_CASES


@pytest.mark.parametrize("role", [Role.POLICE_OFFICER, Role.POLICE_CHIEF])
def test_a_right_that_ends_while_the_form_is_open_saves_nothing_and_shows_nothing(stage, role):
    browser, url = stage.browser(role), f"/cases/{stage.world.places['own'].ids['case']}/contact"
    assert browser.get(url).status_code == 200
    change(stage, lambda: end_grants(role))
    before, contents = last(stage), stage.contents()
    answer = browser.post(url, data=BODY)
    assert (answer.status_code, stage.world.seen_in(answer.text)) == (404, set())
    assert [one.action for one in told_since(stage, before)] == ["refused"]
    assert stage.contents() == contents


def lose_the_right_on_the_way(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if the grant were ended in another browser while a request is between its form and its writing."""
    checked = ContactForm.validate_on_submit

    def validate_and_lose_the_right(form: Any) -> bool:
        good = bool(checked(form))
        db.session.rollback()
        with db.engine.begin() as connection:
            connection.execute(text("UPDATE role_grant SET valid_to = '2026-11-22'"))
        return good

    monkeypatch.setattr(ContactForm, "validate_on_submit", validate_and_lose_the_right)


def test_a_right_that_ends_between_the_check_and_the_writing_saves_nothing_either(stage, monkeypatch):
    lose_the_right_on_the_way(monkeypatch)
    url = f"/cases/{stage.world.places['own'].ids['case']}/contact"
    before, contents = last(stage), stage.contents()
    answer = stage.browser(Role.POLICE_OFFICER).post(url, data=BODY)
    assert (answer.status_code, stage.world.seen_in(answer.text)) == (404, set())
    assert [one.action for one in told_since(stage, before)] == ["look", "refused"]
    assert stage.contents() == contents


def test_a_step_taken_after_the_right_to_it_ended_is_refused(stage):
    chief, sent = stage.browser(Role.POLICE_CHIEF), stage.world.places["own"]
    assert chief.get(f"/proposals/{sent.ids['sent']}").status_code == 200
    change(stage, lambda: end_grants(Role.POLICE_CHIEF))
    contents = stage.contents()
    body = {"version": sent.versions["sent"]}
    assert chief.post(f"/proposals/{sent.ids['sent']}/endorse", data=body).status_code == 404
    assert stage.contents() == contents


def test_whoever_hands_a_case_on_no_longer_opens_it_and_whoever_took_it_does(stage):
    url = f"/cases/{stage.world.places['own'].ids['case']}"
    other = stage.sign_in("by.officer2")
    assert (stage.browser(Role.POLICE_OFFICER).get(url).status_code, other.get(url).status_code) == (200, 404)

    def hand_on() -> None:
        db.session.get_one(Case, stage.world.places["own"].ids["case"]).owner_id = commune("BY").officer2.id

    change(stage, hand_on)
    assert (stage.browser(Role.POLICE_OFFICER).get(url).status_code, other.get(url).status_code) == (404, 200)


def test_a_helper_whose_entrusting_ended_no_longer_knows_the_person(stage):
    own, browser = stage.world.places["own"], stage.browser(Role.TEAM_MEMBER)
    assert browser.get(f"/cases/{own.ids['case']}").status_code == 200

    def end() -> None:
        one = db.session.get_one(Assignment, own.ids["assignment"])
        one.state, one.until = "ended", TODAY

    change(stage, end)
    assert browser.get(f"/cases/{own.ids['case']}").status_code == 404
    for page in ("/", "/cases/", "/calendar"):
        assert not {place for place, _group in stage.world.seen_in(browser.get(page).text)} & {"own"}


@pytest.mark.parametrize(
    ("day", "holds"),
    [(TODAY - timedelta(days=1), False), (TODAY, True), (TODAY + timedelta(days=30), True),
     (TODAY + timedelta(days=31), False)],
)  # fmt: skip
def test_a_deputy_acts_from_the_first_day_to_the_last_both_included(stage, day: date, holds):
    with clock.telling(clock.moment(day)):
        browser = stage.sign_in(f"deputy.{Role.COMMUNE_LEADER}")
        found = browser.get("/cases/").status_code, browser.get("/proposals/").status_code
    assert found == ((200, 200) if holds else (403, 403))


def test_what_a_deputy_decides_says_for_whom(stage):
    laid, browser = stage.world.places["own"], stage.browser(Role.COMMUNE_LEADER, "deputy")
    before = last(stage)
    answer = browser.post(f"/proposals/{laid.ids['laid']}/approve", data={"version": laid.versions["laid"]})
    assert answer.status_code == 302
    events = [one for one in told_since(stage, before) if one.action == "approve"]
    with stage.app.app_context():
        leader, deputy = of(Role.COMMUNE_LEADER), of(Role.COMMUNE_LEADER, "deputy")
        assert [(one.user_id, one.on_behalf_of_id) for one in events] == [(deputy.id, leader.id)]


def test_two_roles_of_one_person_are_held_one_at_a_time_and_the_other_stays_when_one_ends(stage):
    def second_role() -> None:
        here = commune("BY")
        actions.grant_role(here.officer, Role.ADMINISTRATOR, here.unit, TODAY)

    change(stage, second_role)
    browser, url = stage.browser(Role.POLICE_OFFICER), f"/cases/{stage.world.places['own'].ids['case']}"
    assert browser.get(url).status_code == 200
    browser.post("/acting", data={"role": "administrator:"})
    assert browser.get(url).status_code == 404
    change(stage, lambda: _end(Role.ADMINISTRATOR))
    assert browser.get(url).status_code == 200


def _end(role: Role) -> None:
    for grant in db.session.scalars(db.select(RoleGrant).where(RoleGrant.role == role)):
        grant.valid_to = TODAY - timedelta(days=1)


def test_a_key_of_a_role_that_is_not_held_changes_nothing(stage):
    browser = stage.browser(Role.TEAM_MEMBER)
    for key in ("police_chief:", "inspector:", "police_chief:1", "", "team_member:9"):
        browser.post("/acting", data={"role": key})
        assert browser.get("/audit/").status_code == 403
        assert browser.get("/cases/on-duty").status_code == 403


# ── the check finds what it is there to find ────────────────────────────────────────────────────────────────────────
def test_a_right_that_is_kept_beyond_the_request_is_found(stage, monkeypatch):
    """With the second question taken out, what the test above sends would be saved."""
    monkeypatch.setattr("portal.engine.transaction._still_open", lambda: None)
    lose_the_right_on_the_way(monkeypatch)
    url = f"/cases/{stage.world.places['own'].ids['case']}/contact"
    contents = stage.contents()
    stage.browser(Role.POLICE_OFFICER).post(url, data=BODY)
    assert stage.contents() != contents


def test_passwords_in_this_world_are_real_ones(stage):
    """So that a closed account is refused for being closed."""
    with stage.app.app_context():
        assert passwords.matches(PASSWORD, of(Role.POLICE_OFFICER).password_hash)
