"""Sessions: rows that begin anew at the door and end when they are told to."""

from datetime import timedelta

import pytest

from portal.engine import clock
from portal.engine.db import db
from portal.engine.transaction import transaction
from portal.organisation import actions
from portal.organisation.models import Role, UserSession
from tests.builders import FOUNDED, PASSWORD


def cookie_of(client):
    cookie = client.get_cookie("portal")
    return cookie.value if cookie else None


def test_a_token_from_before_signing_in_is_worth_nothing_afterwards(app, commune):
    """Fixation: whoever planted a cookie in the browser is not signed in by its owner."""
    victim, planter = app.test_client(), app.test_client()
    planter.get("/login")
    if planted := cookie_of(planter):
        victim.set_cookie("portal", planted)
    with victim.session_transaction() as kept:
        kept["token"] = "planted"
    planted = cookie_of(victim)
    victim.post("/login", data={"username": "by.officer", "password": PASSWORD})
    planter.set_cookie("portal", planted)
    assert victim.get("/cases/").status_code == 200
    assert planter.get("/cases/").status_code == 302


def test_signing_in_twice_leaves_one_session_in_the_browser(app, commune, browse_as):
    client = browse_as(commune.officer)
    copied = app.test_client()
    copied.set_cookie("portal", cookie_of(client))
    client.post("/login", data={"username": "by.officer", "password": PASSWORD})
    assert copied.get("/cases/").status_code == 302


def test_the_database_keeps_no_token_and_the_cookie_no_name(app, commune, browse_as):
    client = browse_as(commune.officer)
    with client.session_transaction() as kept:
        token = kept["token"]
        assert set(kept) <= {"token", "language", "csrf_token", "_fresh", "_flashes"}
    assert len(token) >= 22  # 128 bits and more
    hashes = db.session.scalars(db.select(UserSession.token_hash)).all()
    assert all(token not in kept for kept in hashes)


def test_a_session_ends_after_twelve_hours_however_busy(commune, browse_as):
    client, begun = browse_as(commune.officer), clock.now()
    for minutes in range(20, 12 * 60, 20):
        with clock.telling(begun + timedelta(minutes=minutes)):
            assert client.get("/more").status_code == 200
    with clock.telling(begun + timedelta(hours=12, seconds=1)):
        assert client.get("/more").status_code == 302


def test_a_copied_cookie_ends_with_the_change_of_role(app, commune, browse_as):
    with transaction(None):
        second = actions.grant_role(commune.clerk, Role.PROVINCE_VIEWER, commune.unit, FOUNDED)
    client, copied = browse_as(commune.clerk), app.test_client()
    copied.set_cookie("portal", cookie_of(client))
    client.post("/acting", data={"role": second.key})
    assert client.get("/more").status_code == 200
    assert copied.get("/more").status_code == 302


def test_a_change_of_the_password_ends_all_other_browsers_and_keeps_this_one(commune, browse_as):
    here, there = browse_as(commune.officer), browse_as(commune.officer)
    new = "suối chảy qua bản 88"
    here.post("/account/password", data={"present": PASSWORD, "new": new, "again": new})
    assert here.get("/more").status_code == 200
    assert there.get("/more").status_code == 302


def test_the_role_stays_the_chosen_one_after_the_password_was_changed(commune, browse_as):
    with transaction(None):
        second = actions.grant_role(commune.clerk, Role.PROVINCE_VIEWER, commune.unit, FOUNDED)
    client, new = browse_as(commune.clerk), "suối chảy qua bản 88"
    client.post("/acting", data={"role": second.key})
    client.post("/account/password", data={"present": PASSWORD, "new": new, "again": new})
    assert "You act" in client.get("/account").text
    assert "Province viewer" in client.get("/account").text.partition("You act")[2][:200]


def test_signing_out_everywhere_else_keeps_this_browser(commune, browse_as):
    here, there, further = (browse_as(commune.officer) for _ in range(3))
    assert here.get("/account/sessions").text.count("Sign out there") == 2
    here.post("/account/sessions/end", data={"id": "others"})
    assert [client.get("/more").status_code for client in (here, there, further)] == [200, 302, 302]


@pytest.mark.parametrize("wanted", ["0", "-1", "999999999999999999999", "abc", ""])
def test_a_session_that_is_not_ones_own_is_not_there(commune, browse_as, wanted):
    client = browse_as(commune.officer)
    assert client.post("/account/sessions/end", data={"id": wanted}).status_code == 404
    assert client.get("/more").status_code == 200


def test_the_language_is_switched_before_signing_in_and_stays_afterwards(app, commune):
    client = app.test_client()
    assert '<html lang="vi"' in client.get("/login").text
    client.post("/language", data={"locale": "en", "next": "/login"})
    assert '<html lang="en"' in client.get("/login").text
    client.post("/login", data={"username": "by.officer", "password": PASSWORD})
    assert '<html lang="en"' in client.get("/account").text


def test_the_language_chosen_in_the_account_is_there_in_the_next_browser(commune, browse_as):
    browse_as(commune.officer).post("/language", data={"locale": "en", "next": "/account"})
    assert '<html lang="en"' in browse_as(commune.officer).get("/account").text
    browse_as(commune.officer).post("/language", data={"locale": "xx"})
    assert commune.officer.locale == "en"


@pytest.mark.parametrize(("theme", "shown"), [("dark", True), ("light", True), ("", False), ("purple", False)])
def test_light_or_dark_is_the_accounts_choice_else_the_devices(commune, browse_as, theme, shown):
    client = browse_as(commune.officer)
    client.post("/account/theme", data={"theme": theme})
    assert (f'data-theme="{theme}"' in browse_as(commune.officer).get("/more").text) is shown
