"""Printed cards: they open a village head's phone once, for the own village alone, and nothing else."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from portal.duties.models import Duty
from portal.duties.queries import still_open
from portal.engine import clock
from portal.engine.audit import AuditEvent
from portal.engine.db import db
from portal.engine.refusal import Refused
from portal.engine.transaction import transaction
from portal.organisation import actions
from portal.organisation.models import Role, SignInCard, UserSession
from tests.builders import FOUNDED, PASSWORD, a_case
from tests.conftest import TODAY

GOOD_FOR_NOTHING = "This card does not open the portal. Please ask the office for a new one."


def office_of(user):
    return next(grant for grant in user.grants if grant.role == Role.VILLAGE_HEAD)


def a_card(commune, user=None):
    """The digits of a card that the office made."""
    with transaction(commune.clerk):
        _card, digits = actions.make_card(office_of(user or commune.village_head))
    return digits


def latest():
    return db.session.scalars(select(SignInCard).order_by(SignInCard.id.desc())).first()


def use(client, digits):
    return client.post("/card", data={"code": digits})


@pytest.fixture
def phone(app, commune):
    """A phone that a card opened."""
    client = app.test_client()
    assert use(client, a_card(commune)).status_code == 302
    return client


# ── the office ──────────────────────────────────────────────────────────────────────────────────────────────────────
def test_the_office_makes_a_card_whose_digits_are_shown_once_and_kept_nowhere(app, commune, browse_as):
    clerk, head = browse_as(commune.clerk), office_of(commune.village_head)
    page = clerk.post("/cards/new", data={"grant_id": head.id, "send_id": "a" * 22})
    digits = re.search(r'class="card-digits">([0-9 ]{14})<', page.text)[1]
    assert '<path d="M' in page.text
    assert digits not in clerk.get("/cards/").text
    assert digits.replace(" ", "") not in latest().code_hash
    again = clerk.post("/cards/new", data={"grant_id": head.id, "send_id": "a" * 22})
    assert (again.status_code, digits in again.text) == (302, False)
    assert use(app.test_client(), digits).status_code == 302


def test_the_office_sees_which_cards_are_out_used_expired_and_taken_back(app, commune, browse_as):
    clerk = browse_as(commune.clerk)
    a_card(commune)
    assert "Handed out, not used yet" in clerk.get("/cards/").text
    with clock.telling(clock.now() + timedelta(days=7, seconds=1)):
        assert "Not used in time" in browse_as(commune.clerk).get("/cards/?show=expired").text
    use(app.test_client(), a_card(commune))
    assert "thôn Bắc Phong" in clerk.get("/cards/?show=used").text.replace("Thôn", "thôn")
    assert "thôn Bắc Phong" in clerk.get("/cards/?show=taken_back").text.replace("Thôn", "thôn")  # the first one


def test_a_card_is_refused_for_whoever_holds_an_office_that_opens_more(commune, browse_as):
    with transaction(None):
        actions.confirm_grant(
            actions.grant_role(commune.village_head, Role.MILITARY_COMMAND, commune.place("QS"), FOUNDED), None
        )
    refused = browse_as(commune.clerk).post("/cards/new", data={"grant_id": office_of(commune.village_head).id})
    assert refused.status_code == 422
    assert "Whoever holds another office signs in with a password." in refused.text
    assert latest() is None


def test_an_office_that_is_none_of_a_village_head_of_the_commune_is_not_offered(commune, neighbour, browse_as):
    clerk = browse_as(commune.clerk)
    for grant in (commune.officer.grants[0], neighbour.village_head.grants[0]):
        assert clerk.post("/cards/new", data={"grant_id": grant.id}).status_code == 422
    assert latest() is None


def test_the_village_head_and_the_chief_are_told_of_a_card(commune, browse_as):
    a_card(commune)
    assert "The office made a sign-in card for you" in browse_as(commune.village_head).get("/notices/").text
    assert "A sign-in card was made for Village_head" in browse_as(commune.chief).get("/notices/").text
    assert "sign-in card was made" not in browse_as(commune.officer).get("/notices/").text


# ── once, for a week, alike ─────────────────────────────────────────────────────────────────────────────────────────
def test_a_card_opens_a_phone_once(app, commune):
    digits, first, second = a_card(commune), app.test_client(), app.test_client()
    assert use(first, f"{digits[:4]} {digits[4:8]} {digits[8:]}").headers["Location"] == "/"
    assert first.get("/more").status_code == 200
    assert use(second, digits).status_code == 422
    assert second.get("/more").status_code == 302


def test_looking_at_the_address_of_a_card_spends_nothing(app, commune):
    digits = a_card(commune)
    app.test_client().get("/card")
    assert latest().used_at is None
    assert use(app.test_client(), digits).status_code == 302


@pytest.mark.both_engines
def test_of_two_phones_that_hold_the_same_card_one_is_let_in(commune):
    a_card(commune)
    card = latest()
    with transaction(commune.village_head):
        actions.use_card(card)
    with pytest.raises(Refused), transaction(commune.village_head):
        actions.use_card(card)


@pytest.mark.parametrize("case", ["never", "used", "expired", "taken_back", "closed", "ended", "not digits"])
def test_every_card_that_opens_nothing_is_answered_alike(app, commune, case):
    digits = a_card(commune)
    client, now = app.test_client(), clock.now()
    if case == "never":
        digits = "000000000000"
    if case == "not digits":
        digits = "mười hai số"
    if case == "used":
        use(app.test_client(), digits)
    if case == "expired":
        now += timedelta(days=7, seconds=1)
    with transaction(commune.clerk):
        if case == "taken_back":
            actions.take_back(latest())
        if case == "closed":
            commune.village_head.disabled_at = clock.now()
        if case == "ended":
            office_of(commune.village_head).valid_to = TODAY - timedelta(days=1)
    with clock.telling(now):
        answer = use(client, digits)
    assert (answer.status_code, GOOD_FOR_NOTHING in answer.text) == (422, True)
    assert client.get("/more").status_code == 302


def test_a_new_card_puts_away_the_one_that_nobody_used(app, commune):
    first = a_card(commune)
    second = a_card(commune)
    assert use(app.test_client(), first).status_code == 422
    assert use(app.test_client(), second).status_code == 302


def test_guessing_cards_has_to_wait_longer_and_longer_and_then_even_a_good_one_waits(app, commune):
    client = app.test_client()
    tried = [use(client, f"{number:012}").status_code for number in range(12)]
    assert 429 in tried
    assert tried.index(429) <= 10
    assert use(client, a_card(commune)).status_code == 429
    with clock.telling(clock.now() + timedelta(minutes=16)):
        assert use(client, a_card(commune)).status_code == 302


def test_each_use_of_a_card_and_each_failure_is_an_event(app, commune):
    use(app.test_client(), "123412341234")
    use(app.test_client(), a_card(commune))
    told = db.session.scalars(select(AuditEvent).order_by(AuditEvent.sequence)).all()
    names = [one.action for one in told]
    assert {"card_failed", "use_card", "sign_in_by_card"} <= set(names)
    assert "123412341234" not in "".join(str(one.changes) for one in told)


# ── what it opens ───────────────────────────────────────────────────────────────────────────────────────────────────
def test_a_card_opens_the_own_village_alone_where_somebody_is_head_of_two(app, commune):
    with transaction(None):
        actions.confirm_grant(
            actions.grant_role(commune.village_head, Role.VILLAGE_HEAD, commune.place("NHA"), FOUNDED), None
        )
    client = app.test_client()
    use(client, a_card(commune))
    with client.session_transaction() as kept:
        assert set(kept) <= {"token", "language", "csrf_token", "_fresh", "_flashes", "_permanent"}
    assert "Ngọc Hải" not in client.get("/").text


def test_another_office_and_whatever_is_about_the_password_asks_for_the_password(app, commune):
    with transaction(None):
        other = actions.grant_role(commune.village_head, Role.TEAM_MEMBER, commune.place("BPH"), FOUNDED)
        actions.confirm_grant(other, None)
    client = app.test_client()
    use(client, a_card(commune))
    assert "Helper" not in client.get("/more").text
    for method, address in (("POST", "/acting"), ("GET", "/account/password"), ("POST", "/account/email")):
        answer = client.open(address, method=method, data={"role": other.key, "email": "x@example.org"})
        assert answer.headers["Location"].startswith("/login")
    assert "You act" in client.get("/account").text
    assert "Village head" in client.get("/account").text.partition("You act")[2][:200]
    with client.session_transaction() as kept:
        assert kept["token"]
    assert db.session.scalars(select(UserSession.card_id).where(UserSession.ended_at.is_(None))).all() != [None]


def test_a_village_head_who_never_had_a_password_is_not_asked_to_choose_one(app, commune):
    with transaction(None):
        commune.village_head.must_change_password = True
    client = app.test_client()
    use(client, a_card(commune))
    assert client.get("/").status_code == 200


@pytest.mark.parametrize(("days", "alive"), [(29, True), (31, False)])
def test_the_phone_stays_signed_in_for_thirty_days_without_being_used_and_no_longer(phone, days, alive):
    with clock.telling(clock.now() + timedelta(days=days)):
        assert (phone.get("/more").status_code == 200) is alive


def test_the_phone_is_out_after_thirty_days_however_often_it_is_used(phone):
    begun = clock.now()
    for day in range(1, 30, 4):
        with clock.telling(begun + timedelta(days=day)):
            assert phone.get("/more").status_code == 200
    with clock.telling(begun + timedelta(days=30, seconds=1)):
        assert phone.get("/more").status_code == 302


def test_the_cookie_of_such_a_phone_outlives_the_browser_and_no_other_does(app, commune, browse_as, phone):
    lasting = phone.get("/more").headers.get("Set-Cookie", "")
    assert "Expires=" in lasting
    other = browse_as(commune.village_head)
    assert "Expires=" not in other.post("/language", data={"locale": "vi"}).headers.get("Set-Cookie", "")


@pytest.mark.parametrize("how", ["role ended", "account closed", "card taken back", "office given", "signed out there"])
def test_what_ends_the_office_or_the_card_ends_the_phone_at_its_next_request(commune, phone, browse_as, how):
    head = commune.village_head
    with transaction(commune.administrator):
        if how == "role ended":
            office_of(head).valid_to = TODAY - timedelta(days=1)
        if how == "account closed":
            actions.close_account(head, "Chuyển đi")
        if how == "card taken back":
            actions.take_back(latest())
        if how == "office given":
            more = actions.grant_role(head, Role.POLICE_OFFICER, commune.place("CA"), FOUNDED)
            actions.confirm_grant(more, None)
    if how == "signed out there":
        browse_as(head).post("/account/sessions/end", data={"id": "others"})
    assert phone.get("/").status_code == 302


def test_signing_such_a_phone_out_is_asked_once_more_since_it_needs_a_new_card_then(phone):
    asked = phone.post("/logout")
    assert (asked.status_code, "you need a new card" in asked.text) == (422, True)
    assert phone.get("/more").status_code == 200
    assert phone.post("/logout", data={"sure": "yes"}).status_code == 302
    assert phone.get("/more").status_code == 302


def test_a_card_that_is_out_is_good_no_more_once_the_account_was_closed_and_opened_again(app, commune):
    digits = a_card(commune)
    with transaction(commune.administrator):
        actions.close_account(commune.village_head, "Nhầm")
    with transaction(commune.administrator):
        actions.reopen_account(commune.village_head)
        for grant in commune.village_head.grants:
            if grant.needs_confirmation:
                actions.confirm_grant(grant, None)
    assert use(app.test_client(), digits).status_code == 422


def test_where_i_am_signed_in_shows_the_phone_and_which_card_opened_it(commune, phone, browse_as):
    page = browse_as(commune.village_head).get("/account/sessions")
    assert "Opened with a card, for thôn Bắc Phong alone" in page.text


# ── whose phone it is ───────────────────────────────────────────────────────────────────────────────────────────────
def asked_whose():
    asked = select(Duty).where(Duty.rule == "CONFIRM-PHONE", still_open())
    return [(one.owner_role, one.values["name"]) for one in db.session.scalars(asked)]


def confirm(client):
    return client.post(f"/cards/{latest().id}/confirm", data={"version": latest().version})


def test_a_phone_that_a_card_opened_shows_whom_its_owner_helps_once_the_chief_confirmed_it_and_no_other_case(
    app, commune, browse_as
):
    mine, other = a_case(commune, helper="village_head"), a_case(commune, "A Hluân")
    client = app.test_client()
    use(client, a_card(commune))
    home = client.get("/").text
    assert "Shown here once the chief of police has confirmed" in home
    assert all(word not in home for word in (mine.person.full_name, mine.person.phone, mine.number))
    assert client.get(f"/cases/{mine.id}").status_code == 404
    assert client.get(f"/cases/{mine.id}/helper-report").status_code == 404
    assert (client.get("/campaigns/").status_code, client.get("/observations/report").status_code) == (200, 200)
    assert asked_whose() == [("police_chief", commune.village_head.full_name)]
    chief = browse_as(commune.chief)
    assert f"/cards/{latest().id}/confirm" in chief.get("/").text
    assert confirm(chief).status_code == 302
    assert mine.person.full_name in client.get("/").text
    assert client.get(f"/cases/{mine.id}").status_code == 200
    assert client.get(f"/cases/{other.id}").status_code == 404
    assert asked_whose() == []


def test_with_the_password_a_village_head_sees_whom_they_help_whatever_became_of_a_card(commune, app, browse_as):
    case = a_case(commune, helper="village_head")
    use(app.test_client(), a_card(commune))
    assert browse_as(commune.village_head).get(f"/cases/{case.id}").status_code == 200


def test_of_a_village_head_who_helps_nobody_nothing_is_to_be_confirmed_until_they_are_asked_to_help(commune, phone):
    assert asked_whose() == []
    assert "confirmed that this phone is yours" not in phone.get("/").text
    a_case(commune, helper="village_head")
    assert asked_whose() == [("police_chief", commune.village_head.full_name)]


def test_neither_the_office_nor_whoever_made_the_card_confirms_whose_phone_it_is(app, commune, browse_as):
    a_case(commune, helper="village_head")
    with transaction(None):
        more = actions.grant_role(commune.clerk, Role.POLICE_CHIEF, commune.place("CA"), FOUNDED)
        actions.confirm_grant(more, None)
    use(app.test_client(), a_card(commune))
    clerk = browse_as(commune.clerk)
    assert confirm(clerk).status_code == 403
    clerk.post("/acting", data={"role": more.key})
    assert confirm(clerk).status_code == 403
    assert latest().confirmed_at is None


@pytest.mark.parametrize("when", ["before it is used", "taken back", "twice"])
def test_only_a_phone_that_is_open_is_confirmed_and_once(app, commune, browse_as, when):
    a_case(commune, helper="village_head")
    digits, chief = a_card(commune), browse_as(commune.chief)
    if when != "before it is used":
        use(app.test_client(), digits)
    if when == "taken back":
        with transaction(commune.clerk):
            actions.take_back(latest())
    if when == "twice":
        confirm(chief)
    db.session.expire_all()
    assert confirm(chief).status_code in (403, 409)
    assert (latest().confirmed_at is not None) is (when == "twice")
    assert asked_whose() == []


def test_signing_in_with_the_password_beside_it_is_as_before(commune, app):
    a_card(commune)
    client = app.test_client()
    assert client.post("/login", data={"username": "by.village_head", "password": PASSWORD}).status_code == 302
    assert client.get("/more").status_code == 200


def test_the_card_and_the_page_say_what_helps_where_the_lock_is_forgotten(app, commune, browse_as):
    assert "nothing is lost" in app.test_client().get("/card").text
    page = browse_as(commune.clerk).post("/cards/new", data={"grant_id": office_of(commune.village_head).id})
    assert "nothing is lost" in page.text
