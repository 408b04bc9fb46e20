"""The administrator's pages of accounts."""

from datetime import timedelta

import pytest

from portal.engine import clock
from portal.engine.audit import AuditEvent
from portal.engine.db import db
from portal.engine.transaction import transaction
from portal.organisation.actions import grant_role
from portal.organisation.models import Role, User
from tests.builders import PASSWORD, a_case
from tests.organisation.doing import account, confirm, give, latest_grant, open_account, shown
from tests.proposals.ways import a_deputy, also

NEW = "suối chảy qua bản 88"


@pytest.fixture
def administrator(commune, browse_as):
    return browse_as(commune.administrator)


def sign_in(app, username, password):
    client = app.test_client()
    return client, client.post("/login", data={"username": username, "password": password})


def choose(client, present, new=NEW):
    return client.post("/account/password", data={"present": present, "new": new, "again": new})


@pytest.mark.both_engines
def test_an_account_is_opened_and_its_first_password_stands_on_that_answer_only(app, commune, browse_as):
    administrator = browse_as(commune.administrator)
    page = open_account(administrator)
    password = shown(page)
    assert page.status_code == 200
    assert password not in str(page.headers)
    assert password not in administrator.get("/accounts/").text + administrator.get("/accounts/new").text
    assert password not in str([event.changes for event in db.session.scalars(db.select(AuditEvent))])
    assert account("ly.huong").commune_id == commune.id


def test_a_first_password_works_once_and_only_to_choose_ones_own(app, commune, browse_as):
    password = shown(open_account(browse_as(commune.administrator)))
    client, first = sign_in(app, "ly.huong", password)
    assert first.headers["Location"] == "/"
    assert client.get("/").headers["Location"] == "/account/password"
    assert sign_in(app, "ly.huong", password)[1].status_code == 422
    choose(client, password)
    assert client.get("/").status_code == 200
    assert sign_in(app, "ly.huong", NEW)[1].status_code == 302


@pytest.mark.parametrize(("days", "status"), [(6, 302), (8, 422)])
def test_a_first_password_is_worth_nothing_after_a_week(app, commune, browse_as, days, status):
    password = shown(open_account(browse_as(commune.administrator)))
    with clock.telling(clock.now() + timedelta(days=days)):
        assert sign_in(app, "ly.huong", password)[1].status_code == status


def test_the_first_password_cannot_be_kept(app, commune, browse_as):
    password = shown(open_account(browse_as(commune.administrator)))
    client, _answer = sign_in(app, "ly.huong", password)
    assert choose(client, password, password).status_code == 422


@pytest.mark.parametrize("username", ["by.officer", "", "ab", "Lý.Hường", "a b c", "huong'--", "huong.", "a" * 41])
def test_a_user_name_that_is_taken_or_cannot_be_typed_is_refused_at_the_field(commune, browse_as, username):
    page = open_account(browse_as(commune.administrator), username)
    assert page.status_code == 422
    assert 'id="username-error"' in page.text
    assert "Lý Thị Hường" in page.text
    assert not db.session.scalars(db.select(User).where(User.full_name == "Lý Thị Hường")).all()


def test_who_somebody_is_can_be_corrected_but_neither_user_name_nor_commune(commune, neighbour, browse_as):
    officer = commune.officer
    typed = {"full_name": "Đặng Văn Ước", "title": "Đại úy", "address_word": "anh", "phone": "0901234567",
             "version": officer.version, "username": "other", "commune_id": neighbour.id, "demo": "1"}  # fmt: skip
    browse_as(commune.administrator).post(f"/accounts/{officer.id}/edit", data=typed)
    db.session.expire_all()
    assert (officer.full_name, officer.title, officer.phone) == ("Đặng Văn Ước", "Đại úy", "0901234567")
    assert (officer.username, officer.commune_id, officer.demo) == ("by.officer", commune.id, False)


def test_two_who_correct_one_account_do_not_overwrite_each_other(commune, browse_as):
    officer, administrator = commune.officer, browse_as(commune.administrator)
    typed = {"full_name": "Đặng Văn Ước", "title": "", "address_word": "", "phone": "", "version": officer.version}
    administrator.post(f"/accounts/{officer.id}/edit", data=typed)
    late = administrator.post(f"/accounts/{officer.id}/edit", data={**typed, "full_name": "Người đến sau"})
    assert late.status_code == 409
    assert "Người đến sau" in late.text
    assert account("by.officer").full_name == "Đặng Văn Ước"


def test_closing_an_account_signs_every_browser_out_and_opening_it_again_revives_none(app, commune, browse_as):
    officer, administrator = commune.officer, browse_as(commune.administrator)
    client = browse_as(officer)
    typed = {"version": officer.version, "reason": "Chuyển công tác"}
    assert administrator.post(f"/accounts/{officer.id}/close", data={**typed, "reason": " "}).status_code == 422
    assert client.get("/cases/").status_code == 200
    administrator.post(f"/accounts/{officer.id}/close", data=typed)
    assert client.get("/cases/").status_code == 302
    assert sign_in(app, "by.officer", PASSWORD)[1].status_code == 422
    assert "Chuyển công tác" in administrator.get(f"/accounts/{officer.id}").text
    administrator.post(f"/accounts/{officer.id}/open-again", data={"version": account("by.officer").version})
    assert client.get("/cases/").status_code == 302
    assert sign_in(app, "by.officer", PASSWORD)[1].status_code == 302


def test_an_account_opened_again_opens_cases_only_once_that_was_confirmed_anew(app, commune, browse_as):
    case, officer, administrator = a_case(commune), commune.officer, browse_as(commune.administrator)
    vouch(officer)
    version = account("by.officer").version
    administrator.post(f"/accounts/{officer.id}/close", data={"version": version, "reason": "Nghỉ"})
    administrator.post(f"/accounts/{officer.id}/open-again", data={"version": account("by.officer").version})
    client = browse_as(officer)
    assert client.get(f"/cases/{case.id}").status_code == 404
    confirm(browse_as(commune.chief), latest_grant(officer))
    assert client.get(f"/cases/{case.id}").status_code in (200, 302)


def test_what_somebody_did_before_their_account_was_closed_stays_done_in_their_role(commune, browse_as):
    officer, administrator = commune.officer, browse_as(commune.administrator)
    held = latest_grant(officer)
    began, confirmed_at, today = held.valid_from, held.confirmed_at, clock.today()
    administrator.post(f"/accounts/{officer.id}/close", data={"version": officer.version, "reason": "Nghỉ"})
    administrator.post(f"/accounts/{officer.id}/open-again", data={"version": account("by.officer").version})
    db.session.expire_all()
    waiting = latest_grant(officer)
    assert (held.valid_from, held.valid_to, held.confirmed_at) == (began, today, confirmed_at)
    assert (held.standing, commune.officer.held_today) == (False, [])
    assert (waiting.role, waiting.unit, waiting.valid_from) == (held.role, held.unit, clock.today())
    assert waiting.needs_confirmation


def deputy_opened_again(commune, browse_as):
    """A deputy of the chief whose account was closed for two days, in which the chief left."""
    administrator = browse_as(commune.administrator)
    deputy = a_deputy(commune, "deputy", Role.POLICE_CHIEF, "CA", commune.chief)
    vouch(deputy)
    administrator.post(f"/accounts/{deputy.id}/close", data={"version": deputy.version, "reason": "Nghỉ"})
    with clock.telling(clock.moment(clock.today() + timedelta(days=2))):
        with transaction(None):
            commune.chief.grants[0].valid_to = clock.today() - timedelta(days=1)
        browse_as(commune.administrator).post(f"/accounts/{deputy.id}/open-again", data={"version": deputy.version})
        db.session.expire_all()
        return [(grant.valid_to, grant.standing) for grant in deputy.grants]


def test_no_deputy_comes_back_for_somebody_who_left_the_office_meanwhile(commune, browse_as):
    assert deputy_opened_again(commune, browse_as) == [(clock.today(), False)]


def test_the_page_says_before_and_after_which_role_does_not_come_back_with_its_account_and_why(commune, browse_as):
    administrator = browse_as(commune.administrator)
    deputy = a_deputy(commune, "deputy", Role.POLICE_CHIEF, "CA", commune.chief)
    also(commune, deputy, Role.POLICE_OFFICER, "CA")
    administrator.post(f"/accounts/{deputy.id}/close", data={"version": deputy.version, "reason": "Nghỉ"})
    with transaction(None):
        commune.chief.grants[0].valid_to = clock.today() - timedelta(days=1)
    address, why = (
        f"/accounts/{deputy.id}/open-again",
        f"{commune.chief.full_name} does not hold this role in this unit",
    )
    before = administrator.get(address)
    assert "Some roles do not come back with the account" in before.text
    assert why in before.text
    administrator.post(address, data={"version": account("by.deputy").version})
    after = administrator.get(f"/accounts/{deputy.id}").text
    assert "Not made anew: Chief of commune police, on behalf of" in after
    assert why in after
    assert [(grant.role, grant.standing) for grant in deputy.grants if grant.standing] == [(Role.POLICE_OFFICER, True)]


def test_where_every_role_comes_back_nothing_is_said_of_lost_ones(commune, browse_as):
    administrator, officer = browse_as(commune.administrator), commune.officer
    administrator.post(f"/accounts/{officer.id}/close", data={"version": officer.version, "reason": "Nghỉ"})
    address = f"/accounts/{officer.id}/open-again"
    assert "do not come back" not in administrator.get(address).text
    administrator.post(address, data={"version": account("by.officer").version})
    assert "Not made anew" not in administrator.get(f"/accounts/{officer.id}").text


def test_no_role_is_confirmed_that_does_not_fit_any_more(commune, browse_as, administrator):
    open_account(administrator)
    user = account("ly.huong")
    with transaction(None):
        grant = grant_role(
            user, Role.POLICE_CHIEF, commune.place("CA"), clock.today(), on_behalf_of=commune.chief, capacity="KT"
        )
        commune.chief.grants[0].valid_to = clock.today() - timedelta(days=1)
    answer = browse_as(commune.leader).post(f"/grants/{grant.id}/confirm", data={"version": grant.version})
    assert answer.status_code == 422
    assert f"{commune.chief.full_name} does not hold this role in this unit." in answer.text
    assert latest_grant(user).needs_confirmation


def test_the_list_finds_without_marks_and_shows_who_waits_and_who_is_closed(commune, browse_as):
    administrator = browse_as(commune.administrator)
    open_account(administrator)
    give(administrator, account("ly.huong"), "police_officer", commune.place("CA"))
    assert "Lý Thị Hường" in administrator.get("/accounts/?q=thi+huong").text
    assert "Lý Thị Hường" not in administrator.get("/accounts/?q=officer").text
    assert "Lý Thị Hường" in administrator.get("/accounts/?show=waiting").text
    assert "Lý Thị Hường" not in administrator.get("/accounts/?show=closed").text
    assert administrator.get("/accounts/?show=nonsense").status_code == 404


def test_a_list_of_accounts_costs_the_same_however_long(app, commune, browse_as):
    administrator = browse_as(commune.administrator)

    def queries():
        asked = []
        with app.app_context():
            engine = db.engine
        db.event.listen(engine, "before_cursor_execute", count := lambda *_: asked.append(1))
        administrator.get("/accounts/")
        db.event.remove(engine, "before_cursor_execute", count)
        return len(asked)

    before = queries()
    for number in range(8):
        open_account(administrator, f"villager{number}")
    assert queries() <= before


@pytest.mark.parametrize("path", ["", "/edit", "/close", "/reset", "/roles", "/roles/police_officer"])
def test_accounts_of_another_commune_are_not_there(commune, neighbour, browse_as, path):
    assert browse_as(commune.administrator).get(f"/accounts/{neighbour.officer.id}{path}").status_code == 404
    assert browse_as(commune.administrator).get(f"/accounts/{commune.officer.id}{path}").status_code == 200


def test_the_list_shows_nobody_of_another_commune(commune, neighbour, browse_as):
    page = browse_as(commune.administrator).get("/accounts/").text
    assert commune.unit.name in page
    assert neighbour.unit.name not in page


@pytest.mark.parametrize("deed", ["close", "reset", "roles", "roles/administrator"])
def test_an_administrator_does_none_of_it_to_themselves(commune, browse_as, deed):
    own = commune.administrator
    assert browse_as(own).get(f"/accounts/{own.id}/{deed}").status_code == 403


@pytest.mark.parametrize("who", ["officer", "village_head", "inspector", "clerk", "province"])
def test_nobody_else_comes_to_accounts_units_or_roles(commune, browse_as, who):
    client = browse_as(getattr(commune, who))
    for path in ("/accounts/", "/accounts/new", "/units/", "/units/new", "/grants/"):
        assert client.get(path).status_code == 403
    assert client.get(f"/accounts/{commune.chief.id}").status_code == 404


def test_chief_and_leader_read_accounts_and_change_nothing_in_them(commune, browse_as):
    for who in (commune.chief, commune.leader):
        client = browse_as(who)
        assert client.get(f"/accounts/{commune.officer.id}").status_code == 200
        for deed in ("edit", "close", "reset", "roles"):
            assert client.get(f"/accounts/{commune.officer.id}/{deed}").status_code == 403


def test_a_reset_of_an_account_without_cases_holds_at_once_and_signs_out(app, commune, browse_as):
    clerk, administrator = commune.clerk, browse_as(commune.administrator)
    client = browse_as(clerk)
    password = shown(administrator.post(f"/accounts/{clerk.id}/reset", data={"version": clerk.version}))
    assert client.get("/").status_code == 302
    assert sign_in(app, "by.clerk", PASSWORD)[1].status_code == 422
    assert sign_in(app, "by.clerk", password)[1].status_code == 302


@pytest.mark.both_engines
def test_a_reset_that_opens_cases_is_two_halves_of_which_nobody_sees_both(app, commune, browse_as):
    officer, administrator, chief = commune.officer, browse_as(commune.administrator), browse_as(commune.chief)
    vouch(officer)
    first = shown(administrator.post(f"/accounts/{officer.id}/reset", data={"version": officer.version}))
    assert sign_in(app, "by.officer", first)[1].status_code == 422
    assert sign_in(app, "by.officer", PASSWORD)[1].status_code == 302
    assert f"/accounts/{officer.id}/reset/confirm" in chief.get("/").text
    version = account("by.officer").version
    page = chief.post(f"/accounts/{officer.id}/reset/confirm", data={"version": version})
    second = shown(page)
    assert first not in page.text
    assert sign_in(app, "by.officer", PASSWORD)[1].status_code == 422
    assert sign_in(app, "by.officer", second)[1].status_code == 422
    client, answer = sign_in(app, "by.officer", f"{first}-{second}")
    assert answer.status_code == 302
    assert client.get("/").headers["Location"] == "/account/password"
    assert f"/accounts/{officer.id}/reset/confirm" not in chief.get("/").text


def test_a_reset_is_confirmed_by_neither_administrator_nor_the_person_nor_another_commune(
    commune, neighbour, browse_as
):
    chief, administrator = commune.chief, browse_as(commune.administrator)
    administrator.post(f"/accounts/{chief.id}/reset", data={"version": chief.version})
    path, typed = f"/accounts/{chief.id}/reset/confirm", {"version": account("by.chief").version}
    assert administrator.post(path, data=typed).status_code == 403
    assert browse_as(chief).post(path, data=typed).status_code == 403
    assert browse_as(neighbour.leader).post(path, data=typed).status_code == 404
    assert path in browse_as(commune.leader).get("/").text
    assert browse_as(commune.leader).post(path, data=typed).status_code == 200


def test_a_reset_can_be_refused_and_the_present_password_goes_on(app, commune, browse_as):
    officer, chief = commune.officer, browse_as(commune.chief)
    administrator = browse_as(commune.administrator)
    administrator.post(f"/accounts/{officer.id}/reset", data={"version": officer.version})
    path, version = f"/accounts/{officer.id}/reset/refuse", account("by.officer").version
    assert chief.post(path, data={"version": version, "reason": ""}).status_code == 422
    chief.post(path, data={"version": version, "reason": "Anh ấy không xin"})
    assert sign_in(app, "by.officer", PASSWORD)[1].status_code == 302
    assert not account("by.officer").reset_waits


def test_a_role_taken_away_and_given_back_does_not_leave_the_administrator_a_password(app, commune, browse_as):
    """End the roles, start a new password, which holds at once, give the role again: cases stay shut to it."""
    officer, administrator = commune.officer, browse_as(commune.administrator)
    vouch(officer)
    grant = latest_grant(officer)
    typed = {"version": grant.version, "last_day": "22/11/2026", "reason": "Nhầm"}
    administrator.post(f"/grants/{grant.id}/end", data=typed)
    version = account("by.officer").version
    known = shown(administrator.post(f"/accounts/{officer.id}/reset", data={"version": version}))
    first = shown(give(administrator, officer, "police_officer", commune.place("CA")))
    second = shown(confirm(browse_as(commune.chief), latest_grant(officer)))
    assert sign_in(app, "by.officer", known)[1].status_code == 422
    assert sign_in(app, "by.officer", f"{first}-{second}")[1].status_code == 302


def vouch(user):
    """As if the user had long chosen a password that no colleague knew."""
    with transaction(None):
        account(user.username).vouched_at = clock.now()
