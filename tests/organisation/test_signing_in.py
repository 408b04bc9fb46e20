"""Doors: signing in and out, sessions, waits, first passwords."""

import re
from datetime import timedelta

import pytest

from portal.engine import clock
from portal.engine.db import db
from portal.engine.transaction import transaction
from portal.organisation.models import RoleGrant, UserSession
from tests.builders import PASSWORD, a_case
from tests.conftest import TODAY


def sign_in(client, username, password=PASSWORD):
    return client.post("/login", data={"username": username, "password": password})


def token_of(client):
    cookie = client.get_cookie("portal")
    return cookie.value if cookie else None


def test_whoever_is_not_signed_in_is_led_to_the_sign_in_and_back(app, commune):
    client = app.test_client()
    assert client.get("/cases/").headers["Location"] == "/login?next=/cases/"
    answer = client.post("/login", data={"username": "by.officer", "password": PASSWORD, "next": "/cases/"})
    assert answer.headers["Location"] == "/cases/"


@pytest.mark.parametrize("elsewhere", ["https://example.org/", "//example.org", "/\\example.org", "javascript:x"])
def test_signing_in_never_leads_out_of_the_portal(app, commune, elsewhere):
    answer = app.test_client().post("/login", data={"username": "by.officer", "password": PASSWORD, "next": elsewhere})
    assert answer.headers["Location"] == "/"


def test_every_sign_in_and_every_change_of_role_gives_a_new_token(commune, browse_as):
    client = browse_as(commune.officer)
    first = token_of(client)
    sign_in(client, "by.officer")
    second = token_of(client)
    client.post("/acting", data={"role": commune.officer.grants_today[0].key})
    assert len({first, second, token_of(client)}) == 3


def test_a_cookie_copied_before_signing_out_is_worth_nothing_afterwards(app, commune, browse_as):
    client, thief = browse_as(commune.officer), app.test_client()
    thief.set_cookie("portal", token_of(client))
    assert thief.get("/cases/").status_code == 200
    client.post("/logout")
    assert thief.get("/cases/").status_code == 302


@pytest.mark.parametrize(("minutes", "alive"), [(29, True), (31, False)])
def test_a_session_ends_after_thirty_idle_minutes(commune, browse_as, minutes, alive):
    client = browse_as(commune.officer)
    with clock.telling(clock.now() + timedelta(minutes=minutes)):
        assert (client.get("/cases/").status_code == 200) is alive


def test_an_account_that_is_closed_is_out_at_the_next_request(commune, browse_as):
    client = browse_as(commune.officer)
    with transaction(None):
        commune.officer.disabled_at = clock.now()
    assert client.get("/cases/").status_code == 302


def test_a_role_that_ended_gives_nothing_at_the_next_request(commune, browse_as):
    case, client = a_case(commune), browse_as(commune.officer)
    assert client.get(f"/cases/{case.id}").status_code == 200
    with transaction(None):
        db.session.get_one(RoleGrant, commune.officer.grants[0].id).valid_to = TODAY - timedelta(days=1)
    assert client.get(f"/cases/{case.id}").status_code == 404


def test_after_the_fourth_wrong_password_the_waits_double_and_say_how_long(app, commune):
    client = app.test_client()
    answers = [sign_in(client, "by.officer", "wrong").status_code for _ in range(5)]
    waiting = sign_in(client, "by.officer")
    assert answers == [422] * 5
    assert (waiting.status_code, waiting.headers["Retry-After"]) == (429, "2")
    with clock.telling(clock.now() + timedelta(seconds=3)):
        assert sign_in(client, "by.officer").status_code == 302


def test_nobody_can_keep_a_colleague_out_of_a_browser_they_know(app, commune, browse_as):
    known, outsider = browse_as(commune.officer), app.test_client()
    known.post("/logout")
    for _ in range(6):
        sign_in(outsider, "by.officer", "wrong")
    assert sign_in(outsider, "by.officer").status_code == 429
    assert sign_in(known, "by.officer").status_code == 302


def test_an_unknown_user_gets_the_same_answer_as_a_wrong_password(app, commune):
    client = app.test_client()
    assert "User name or password is wrong." in sign_in(client, "nobody", "wrong").text
    assert "User name or password is wrong." in sign_in(client, "by.officer", "wrong").text


def test_a_first_password_is_good_for_choosing_ones_own_and_ends_other_sessions(app, commune, browse_as):
    other = browse_as(commune.officer)
    with transaction(None):
        commune.officer.must_change_password = True
    client = app.test_client()
    sign_in(client, "by.officer")
    assert client.get("/cases/").headers["Location"] == "/account/password"
    new = "suối chảy qua bản 88"
    client.post("/account/password", data={"present": PASSWORD, "new": new, "again": new})
    assert client.get("/cases/").status_code == 200
    assert other.get("/cases/").status_code == 302


@pytest.mark.parametrize(
    ("weak", "why"),
    [
        ("ngắn quá", "at least 12 characters"),
        ("password1234", "list of common ones"),
        ("officer-của-tôi-đây", "must not be made of"),
        ("congan-moi-ngay-8", "must not be made of"),
    ],
)
def test_a_password_that_anybody_would_guess_is_refused_with_the_reason(commune, browse_as, weak, why):
    with transaction(None):
        commune.officer.full_name = "Officer"
    page = browse_as(commune.officer).post("/account/password", data={"present": PASSWORD, "new": weak, "again": weak})
    assert page.status_code == 422
    assert why in page.text


def test_the_page_of_sessions_ends_one_or_all_others_but_never_somebody_elses(commune, browse_as):
    here, there, foreign = (browse_as(user) for user in (commune.officer, commune.officer, commune.chief))
    others = db.session.scalar(db.select(UserSession.id).where(UserSession.user_id == commune.chief.id))
    assert here.post("/account/sessions/end", data={"id": others}).status_code == 404
    here.post("/account/sessions/end", data={"id": "others"})
    assert there.get("/cases/").status_code == 302
    assert here.get("/cases/").status_code == 200
    assert foreign.get("/cases/").status_code == 200


def test_whoever_is_not_let_in_reads_whom_to_ask_and_nothing_of_whether_the_account_exists(app, commune):
    with transaction(None):
        commune.officer2.disabled_at = clock.now()
    client = app.test_client()
    told = [sign_in(client, name, "wrong").text for name in ("nobody", "by.officer", "by.officer2")]
    assert all("ask the administrator of your commune" in text for text in told)
    said = [re.sub(r"by\.officer2?|nobody|(?<=value=\")[^\"]+|\d", "", text) for text in told]
    assert said[0] == said[1] == said[2]
