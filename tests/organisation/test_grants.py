"""Roles: who gives them, who confirms them, what fits, when they hold."""

from datetime import date, timedelta

import pytest

from portal.access_table import ACCESS
from portal.engine import clock
from portal.engine.access import may
from portal.engine.db import db
from portal.engine.refusal import Refused
from portal.engine.transaction import transaction
from portal.engine.workflow import steps_of
from portal.organisation import actions, confirming, passwords
from portal.organisation.fitting import Wanted, misfits
from portal.organisation.models import CONFIRMING, ROLE_UNITS, Role, RoleGrant, UnitKind
from tests.builders import PASSWORD, a_case, an_absence
from tests.conftest import TODAY
from tests.organisation.doing import account, confirm, give, latest_grant, open_account, shown
from tests.security.found_forms import leading_nowhere


@pytest.fixture
def administrator(commune, browse_as):
    return browse_as(commune.administrator)


@pytest.fixture
def newcomer(administrator):
    open_account(administrator)
    return account("ly.huong")


def error_at(page, field):
    assert page.status_code == 422, page.status_code
    return f'id="{field}-error"' in page.text


@pytest.mark.both_engines
def test_a_role_that_opens_cases_holds_once_the_chief_has_confirmed_it(commune, browse_as, administrator, newcomer):
    assert shown(give(administrator, newcomer, "police_officer", commune.place("CA")))
    assert account("ly.huong").held_today == []
    chief, grant = browse_as(commune.chief), latest_grant(newcomer)
    assert f"/grants/{grant.id}" in chief.get("/").text
    assert "Lý Thị Hường" in chief.get("/grants/").text
    confirm(chief, grant)
    assert [held.role for held in account("ly.huong").held_today] == [Role.POLICE_OFFICER]
    assert f"/grants/{grant.id}" not in chief.get("/").text


def test_a_role_that_opens_no_cases_holds_at_once(commune, administrator, newcomer):
    assert give(administrator, newcomer, "office_clerk", commune.place("UB")).status_code == 302
    assert [held.role for held in account("ly.huong").held_today] == [Role.OFFICE_CLERK]


def test_the_halves_of_a_password_are_shown_to_two_people(commune, browse_as, administrator, newcomer, app):
    first = shown(give(administrator, newcomer, "police_officer", commune.place("CA")))
    page = confirm(browse_as(commune.chief), latest_grant(newcomer))
    second = shown(page)
    assert first not in page.text
    for tried, status in ((first, 422), (second, 422), (f"{first}-{second}", 302)):
        answer = app.test_client().post("/login", data={"username": "ly.huong", "password": tried})
        assert answer.status_code == status


def test_nobody_is_shown_a_whole_password_when_the_first_half_was_forgotten(
    commune, browse_as, administrator, newcomer
):
    give(administrator, newcomer, "police_officer", commune.place("CA"))
    chief, path = browse_as(commune.chief), f"/accounts/{newcomer.id}/reset"
    administrator.post(path, data={"version": account("ly.huong").version})
    chief.post(f"{path}/refuse", data={"version": account("ly.huong").version, "reason": "Chị ấy không xin"})
    answer = confirm(chief, latest_grant(newcomer))
    assert answer.status_code == 422
    assert 'class="once"' not in answer.text
    assert "ask the administrator to start one first" in answer.text
    assert latest_grant(newcomer).confirmed_at is None
    first = shown(administrator.post(path, data={"version": account("ly.huong").version}))
    assert first not in shown(confirm(chief, latest_grant(newcomer)))
    assert latest_grant(newcomer).confirmed_at is not None


def test_a_second_role_of_somebody_who_has_a_password_brings_no_other(commune, browse_as, administrator, newcomer):
    give(administrator, newcomer, "police_officer", commune.place("CA"))
    confirm(browse_as(commune.chief), latest_grant(newcomer))
    assert give(administrator, newcomer, "village_head", commune.place("BPH")).status_code == 302
    assert confirm(browse_as(commune.chief), latest_grant(newcomer)).status_code == 302


def test_neither_administrator_nor_officer_nor_another_commune_confirms(
    commune, neighbour, browse_as, administrator, newcomer
):
    give(administrator, newcomer, "police_officer", commune.place("CA"))
    grant = latest_grant(newcomer)
    assert confirm(administrator, grant).status_code == 403
    assert confirm(browse_as(commune.officer), grant).status_code == 404
    assert confirm(browse_as(neighbour.chief), grant).status_code == 404
    assert latest_grant(newcomer).confirmed_at is None


def test_nobody_confirms_a_role_of_their_own_and_the_leader_confirms_the_chief(commune, browse_as, administrator):
    give(administrator, commune.chief, "commune_leader", commune.place("UB"))
    grant = latest_grant(commune.chief)
    chief, leader = browse_as(commune.chief), browse_as(commune.leader)
    assert confirm(chief, grant).status_code == 404
    assert f"/grants/{grant.id}" not in chief.get("/").text
    assert f"/grants/{grant.id}" in leader.get("/").text
    assert confirm(leader, grant).status_code == 200


def test_whoever_is_administrator_and_chief_does_not_confirm_what_they_gave(commune, browse_as, newcomer):
    both = commune.administrator
    with transaction(None):
        mine = actions.grant_role(both, Role.POLICE_CHIEF, commune.place("CA"), date(2026, 1, 1))
        actions.confirm_grant(mine, None)
        newcomer.vouched_at = clock.now()  # so that nobody was shown half of a password
    client = browse_as(both)
    give(client, newcomer, "police_officer", commune.place("CA"))
    grant = latest_grant(newcomer)
    client.post("/acting", data={"role": "police_chief:"})
    assert client.get("/cases/").status_code == 200
    assert confirm(client, grant).status_code == 403
    assert client.get("/grants/").text.count("Lý Thị Hường") == 0


def test_whoever_was_shown_the_first_half_does_not_get_the_second(commune, neighbour, browse_as, newcomer):
    """One administrator gives the role, another, who is chief as well, starts the password."""
    both = commune.administrator
    with transaction(None):
        actions.confirm_grant(actions.grant_role(both, Role.POLICE_CHIEF, commune.place("CA"), date(2026, 1, 1)), None)
        actions.grant_role(newcomer, Role.POLICE_OFFICER, commune.place("CA"), date(2026, 1, 1))
    client = browse_as(both)
    client.post(f"/accounts/{newcomer.id}/reset", data={"version": account("ly.huong").version})
    client.post("/acting", data={"role": "police_chief:"})
    assert confirm(client, latest_grant(newcomer)).status_code == 403
    assert client.get(f"/accounts/{newcomer.id}/reset/confirm").status_code == 403
    assert confirm(browse_as(commune.leader), latest_grant(newcomer)).status_code == 200


def test_a_deputy_does_not_confirm_what_concerns_whom_they_act_for(commune, browse_as, administrator, newcomer):
    with transaction(None):
        deputy = actions.grant_role(newcomer, Role.POLICE_CHIEF, commune.place("CA"), date(2026, 1, 1),
                                    on_behalf_of=commune.chief, capacity="KT")  # fmt: skip
        actions.confirm_role(deputy, None, passwords.hashed(PASSWORD))
        newcomer.must_change_password = False
        newcomer.password_hash, newcomer.vouched_at = commune.chief.password_hash, clock.now()
    give(administrator, commune.chief, "village_head", commune.place("BPH"))
    grant = latest_grant(commune.chief)
    assert confirm(browse_as(newcomer), grant).status_code == 403
    assert latest_grant(commune.chief).confirmed_at is None


def test_a_role_that_is_refused_never_held_and_the_administrator_reads_why(commune, browse_as, administrator, newcomer):
    give(administrator, newcomer, "police_officer", commune.place("CA"))
    chief, grant = browse_as(commune.chief), latest_grant(newcomer)
    typed = {"version": grant.version, "reason": ""}
    assert chief.post(f"/grants/{grant.id}/refuse", data=typed).status_code == 422
    chief.post(f"/grants/{grant.id}/refuse", data={**typed, "reason": "Không phải cán bộ của xã"})
    assert "Không phải cán bộ của xã" in administrator.get(f"/grants/{grant.id}").text
    assert f"/grants/{grant.id}" not in chief.get("/").text
    assert confirm(chief, latest_grant(newcomer)).status_code == 403


def test_no_role_is_struck_out_without_a_reason(commune, newcomer):
    with transaction(None):
        grant = actions.grant_role(newcomer, Role.POLICE_OFFICER, commune.place("CA"), clock.today())
    for deed in (lambda: actions.refuse_grant(grant, " "), lambda: actions.end_grant(grant, clock.today(), " ")):
        with pytest.raises(Refused, match="Please give the reason"), transaction(None):
            deed()
    assert grant.voided_at is None


@pytest.mark.parametrize("role", list(Role))
def test_a_role_is_held_only_in_a_unit_that_fits(commune, administrator, newcomer, role):
    for code, kind in (("CA", UnitKind.POLICE), ("UB", UnitKind.COMMITTEE), ("BPH", UnitKind.VILLAGE),
                       ("QS", UnitKind.MILITARY), ("BP", UnitKind.BORDER_POST)):  # fmt: skip
        page = give(administrator, newcomer, role, commune.place(code), valid_to="31/12/2026", purpose="Kiểm sát")
        if kind in ROLE_UNITS[role]:
            assert page.status_code in (200, 302), code
        else:
            assert error_at(page, "unit_id"), code


@pytest.mark.parametrize("role", list(Role))
def test_no_role_is_held_above_the_commune(commune, newcomer, role):
    with transaction(None):
        province = actions.create_unit("QN", "tỉnh Quảng Ngãi", UnitKind.PROVINCE, date(2020, 1, 1))
    found = misfits(newcomer, Wanted(role, province, TODAY, TODAY, purpose="Kiểm sát"))
    assert "“%(role)s” is not held in a unit of this kind." in [one.message for one in found]


def test_the_rule_of_units_holds_behind_the_form_too(commune, newcomer):
    found = misfits(newcomer, Wanted(Role.POLICE_OFFICER, commune.place("BPH"), TODAY))
    assert [one.field for one in found] == ["unit_id"]


def test_a_unit_of_another_commune_is_none_to_choose(commune, neighbour, administrator, newcomer):
    assert error_at(give(administrator, newcomer, "police_officer", neighbour.place("CA")), "unit_id")


def test_the_days_are_in_order_and_within_those_of_the_unit(commune, administrator, newcomer):
    unit = commune.place("UB")
    early = give(administrator, newcomer, "office_clerk", unit, valid_from="01/01/2019")
    assert error_at(early, "valid_from")
    turned = give(administrator, newcomer, "office_clerk", unit, valid_to="22/11/2026")
    assert error_at(turned, "valid_to")
    assert error_at(give(administrator, newcomer, "office_clerk", unit, valid_from="31/02/2026"), "valid_from")
    assert latest_grant(newcomer) is None


def test_one_role_is_not_held_twice_on_a_day(commune, administrator, newcomer):
    unit = commune.place("UB")
    give(administrator, newcomer, "office_clerk", unit, valid_to="31/12/2026")
    again = give(administrator, newcomer, "office_clerk", unit, valid_from="31/12/2026")
    assert error_at(again, "valid_from")
    assert give(administrator, newcomer, "office_clerk", unit, valid_from="01/01/2027").status_code == 302


def test_an_inspector_has_a_purpose_and_a_last_day(commune, administrator, newcomer):
    bare = give(administrator, newcomer, "inspector", commune.unit)
    assert error_at(bare, "valid_to")
    assert error_at(bare, "purpose")
    whole = give(administrator, newcomer, "inspector", commune.unit, valid_to="31/12/2026", purpose="Kiểm sát")
    assert whole.status_code == 200
    assert latest_grant(newcomer).purpose == "Kiểm sát"


def test_a_deputy_acts_for_somebody_who_holds_the_office_and_says_how_they_sign(
    commune, neighbour, administrator, newcomer
):
    unit, leader = commune.place("UB"), commune.leader
    for typed, field in (
        ({"on_behalf_of_id": leader.id}, "capacity"),
        ({"capacity": "KT"}, "on_behalf_of_id"),
        ({"capacity": "KT", "on_behalf_of_id": neighbour.leader.id}, "on_behalf_of_id"),
        ({"capacity": "KT", "on_behalf_of_id": commune.chief.id}, "on_behalf_of_id"),
        ({"capacity": "XX", "on_behalf_of_id": leader.id}, "capacity"),
    ):
        assert error_at(give(administrator, newcomer, "commune_leader", unit, **typed), field), typed
    give(administrator, newcomer, "commune_leader", unit, capacity="KT", on_behalf_of_id=leader.id)
    grant = latest_grant(newcomer)
    assert (grant.on_behalf_of_id, grant.capacity) == (leader.id, "KT")


def test_nobody_gives_themselves_a_role(commune, administrator):
    own = commune.administrator
    assert give(administrator, own, "police_officer", commune.place("CA")).status_code == 403
    assert {grant.role for grant in own.grants} == {Role.ADMINISTRATOR}


def test_a_closed_account_gets_no_role(commune, administrator, newcomer):
    typed = {"version": newcomer.version, "reason": "Nhầm"}
    administrator.post(f"/accounts/{newcomer.id}/close", data=typed)
    assert give(administrator, newcomer, "office_clerk", commune.place("UB")).status_code == 403


@pytest.mark.parametrize(("last_day", "status"), [("22/11/2026", 404), ("23/11/2026", 200)])
def test_a_role_that_is_ended_opens_nothing_after_its_last_day(commune, browse_as, administrator, last_day, status):
    case, client, grant = a_case(commune), browse_as(commune.officer), commune.officer.grants[0]
    typed = {"version": grant.version, "last_day": last_day, "reason": "Chuyển công tác"}
    assert administrator.post(f"/grants/{grant.id}/end", data=typed).status_code == 302
    assert client.get(f"/cases/{case.id}").status_code == status


def test_a_role_is_not_ended_further_back_than_yesterday(commune, administrator):
    grant = commune.officer.grants[0]
    typed = {"version": grant.version, "last_day": "21/11/2026", "reason": "Chuyển công tác"}
    assert error_at(administrator.post(f"/grants/{grant.id}/end", data=typed), "last_day")
    assert administrator.post(f"/grants/{grant.id}/end", data={**typed, "reason": ""}).status_code == 422


def test_a_confirmed_role_becomes_shorter_but_not_longer(commune, browse_as, administrator, newcomer):
    give(administrator, newcomer, "police_officer", commune.place("CA"), valid_to="31/12/2026")
    grant = latest_grant(newcomer)
    confirm(browse_as(commune.chief), grant)

    def correct(first, last):
        typed = {"version": latest_grant(newcomer).version, "valid_from": first, "valid_to": last}
        return administrator.post(f"/grants/{grant.id}/days", data=typed)

    assert error_at(correct("23/11/2026", "01/01/2027"), "valid_to")
    assert error_at(correct("23/11/2026", ""), "valid_to")
    assert error_at(correct("22/11/2026", "31/12/2026"), "valid_from")
    assert correct("23/11/2026", "30/11/2026").status_code == 302
    assert latest_grant(newcomer).valid_to == date(2026, 11, 30)


def test_a_role_that_waits_can_be_corrected_either_way(commune, administrator, newcomer):
    give(administrator, newcomer, "police_officer", commune.place("CA"), valid_to="31/12/2026")
    grant = latest_grant(newcomer)
    typed = {"version": grant.version, "valid_from": "01/11/2026", "valid_to": ""}
    assert administrator.post(f"/grants/{grant.id}/days", data=typed).status_code == 302
    assert latest_grant(newcomer).valid_from == date(2026, 11, 1)


@pytest.mark.parametrize("first", ["24/11/2026", "02/01/2020", "01/01/2027"])
def test_the_first_day_of_a_role_that_has_held_is_not_moved_on(commune, administrator, first):
    for grant in (commune.officer.grants[0], commune.clerk.grants[0]):
        typed = {"version": grant.version, "valid_from": first, "valid_to": ""}
        page = administrator.post(f"/grants/{grant.id}/days", data=typed)
        assert error_at(page, "valid_from")
        assert "The role has held since 01/01/2020" in page.text
        assert latest_grant(grant.user).valid_from == date(2020, 1, 1)


def test_a_role_to_come_begins_later_if_the_administrator_says_so(commune, administrator, newcomer):
    give(administrator, newcomer, "office_clerk", commune.place("UB"), valid_from="01/12/2026")
    grant = latest_grant(newcomer)
    typed = {"version": grant.version, "valid_from": "10/12/2026", "valid_to": ""}
    assert administrator.post(f"/grants/{grant.id}/days", data=typed).status_code == 302
    assert latest_grant(newcomer).valid_from == date(2026, 12, 10)


def test_a_role_to_come_holds_from_its_first_day_on(commune, administrator, newcomer):
    give(administrator, newcomer, "office_clerk", commune.place("UB"), valid_from="01/12/2026", valid_to="02/12/2026")
    for day, held in ((30, 0), (31, 1), (32, 1), (33, 0)):
        with clock.telling(clock.moment(date(2026, 11, 1) + timedelta(days=day - 1))):
            assert len(account("ly.huong").held_today) == held


def test_what_a_deputy_signs_says_on_behalf_of_whom(commune, browse_as, administrator, newcomer):
    case = a_case(commune)
    with transaction(None):
        newcomer.must_change_password, newcomer.password_hash = False, commune.chief.password_hash
        newcomer.vouched_at = clock.now()
    give(administrator, newcomer, "office_clerk", commune.place("UB"))
    give(administrator, newcomer, "police_chief", commune.place("CA"), capacity="KT", on_behalf_of_id=commune.chief.id)
    confirm(browse_as(commune.leader), latest_grant(newcomer))
    client = browse_as(newcomer)
    assert client.get("/cases/").status_code == 403
    client.post("/acting", data={"role": latest_grant(newcomer).key})
    page = client.get("/").text
    assert "Chief of commune police, on behalf of Chief xã Bờ Y" in page
    leave = an_absence(commune, case, date(2026, 12, 1), date(2026, 12, 10))
    with transaction(commune.officer):
        leave.workflow.take("submit", leave, commune.officer)
    client.post(f"/proposals/{leave.id}/endorse", data={"version": leave.version})
    client.post(f"/proposals/{leave.id}", data={"transition": "endorse", "version": leave.version, "confirmed": "1"})
    endorsed = [step for step in steps_of(leave) if step.name == "endorse"]
    assert [(step.by_id, step.on_behalf_of_id) for step in endorsed] == [(newcomer.id, commune.chief.id)]
    assert "on behalf of Chief xã Bờ Y" in client.get(f"/proposals/{leave.id}").text


def test_a_role_that_nobody_holds_changes_nothing_when_chosen(commune, browse_as):
    client = browse_as(commune.clerk)
    client.post("/acting", data={"role": "police_chief:"})
    assert client.get("/cases/").status_code == 403


def test_the_duty_of_confirming_climbs_to_the_leader_and_belongs_to_nobody_else(
    commune, neighbour, browse_as, administrator, newcomer
):
    give(administrator, newcomer, "police_officer", commune.place("CA"))
    link = f"/grants/{latest_grant(newcomer).id}"
    assert link not in browse_as(commune.leader).get("/").text
    with clock.telling(clock.now() + timedelta(days=3)):
        assert link in browse_as(commune.leader).get("/").text
        for other in (commune.officer, commune.administrator, commune.inspector, neighbour.leader):
            assert link not in browse_as(other).get("/").text


def test_without_a_chief_the_duty_is_the_leaders_at_once(commune, browse_as, administrator, newcomer):
    with transaction(None):
        db.session.get_one(RoleGrant, commune.chief.grants[0].id).valid_to = TODAY - timedelta(days=1)
    give(administrator, newcomer, "police_officer", commune.place("CA"))
    assert f"/grants/{latest_grant(newcomer).id}" in browse_as(commune.leader).get("/").text


def test_grants_of_another_commune_are_not_there(commune, neighbour, administrator, browse_as):
    foreign = neighbour.officer.grants[0]
    for client in (administrator, browse_as(commune.chief), browse_as(commune.leader)):
        assert client.get(f"/grants/{foreign.id}").status_code == 404
        assert client.get(f"/grants/{foreign.id}/end").status_code == 404


def test_only_chief_and_leader_are_asked(app):
    assert set(ACCESS[RoleGrant]["confirm"]) == set(CONFIRMING)


def test_the_summary_leads_to_the_reason_that_is_missing_where_a_role_or_a_password_is_refused(
    commune, browse_as, administrator, newcomer
):
    give(administrator, newcomer, "police_officer", commune.place("CA"))
    administrator.post(f"/accounts/{commune.officer.id}/reset", data={"version": commune.officer.version})
    chief, grant = browse_as(commune.chief), latest_grant(newcomer)
    for address in (f"/grants/{grant.id}/refuse", f"/accounts/{commune.officer.id}/reset/refuse"):
        page = chief.post(address, data={"version": "1", "reason": ""})
        assert (page.status_code, leading_nowhere(page.text)) == (422, [])
        assert 'href="#reason-refuse"' in page.text
    twice = administrator.post(f"/grants/{grant.id}/days", data={"version": ["1", "2"], "valid_from": "23/11/2026"})
    assert (twice.status_code, leading_nowhere(twice.text)) == (422, [])


def vacate(*people):
    """Let offices fall vacant, as the administrator does."""
    with transaction(None):
        for user in people:
            for grant in user.grants:
                if grant.role in CONFIRMING:
                    grant.valid_to = clock.today() - timedelta(days=1)


@pytest.mark.parametrize(("role", "unit"), [("commune_leader", "UB"), ("police_chief", "CA")])
def test_while_there_is_no_chair_the_role_of_one_or_of_a_deputy_chief_stands_on_the_chiefs_home(
    role, unit, commune, browse_as, administrator, newcomer
):
    vacate(commune.leader)
    page = give(administrator, newcomer, role, commune.place(unit))
    assert "they find it on their page of today" in page.text
    grant, chief = latest_grant(newcomer), browse_as(commune.chief)
    assert f'href="/grants/{grant.id}"' in chief.get("/").text
    assert confirm(chief, grant).status_code == 200


def test_a_role_that_nobody_could_confirm_reaches_home_when_an_office_is_filled(
    commune, browse_as, administrator, newcomer
):
    chief = commune.chief
    vacate(commune.leader, chief)
    assert "today nobody can confirm it" in administrator.get(f"/accounts/{newcomer.id}/roles/commune_leader").text
    given = give(administrator, newcomer, "commune_leader", commune.place("UB"))
    assert "today nobody can confirm it" in given.text
    assert "page of today" not in given.text
    grant = latest_grant(newcomer)
    assert "today nobody can confirm it" in administrator.get(f"/grants/{grant.id}").text
    with transaction(None):
        actions.confirm_grant(actions.grant_role(chief, Role.POLICE_CHIEF, commune.place("CA"), clock.today()), None)
    assert f'href="/grants/{grant.id}"' in browse_as(chief).get("/").text
    assert "It waits for the chief or the chair." in administrator.get(f"/grants/{grant.id}").text


def test_a_new_password_of_the_chief_moves_to_a_deputy_chief_when_the_chair_leaves(
    commune, browse_as, administrator, newcomer
):
    with transaction(None):
        actions.confirm_grant(actions.grant_role(newcomer, Role.POLICE_CHIEF, commune.place("CA"), TODAY), None)
        newcomer.password_hash, newcomer.must_change_password = passwords.hashed(PASSWORD), False
    path = f"/accounts/{commune.chief.id}/reset"
    administrator.post(path, data={"version": commune.chief.version})
    deputy, link = browse_as(account("ly.huong")), f'href="{path}/confirm"'
    assert link in browse_as(commune.leader).get("/").text
    assert link not in deputy.get("/").text
    vacate(commune.leader)
    assert link in deputy.get("/").text
    assert link not in browse_as(commune.chief).get("/").text


def test_whoever_is_asked_to_confirm_may_and_where_nobody_may_nobody_is_asked(
    commune, browse_as, administrator, newcomer
):
    """The twin in people of the scope in the access table, over each office that may be vacant."""
    for role, unit in (("police_officer", "CA"), ("police_chief", "CA"), ("commune_leader", "UB")):
        give(administrator, newcomer, role, commune.place(unit))
    offices = (), (commune.chief,), (commune.leader,)
    for vacant in offices:
        vacate(*vacant)
        for grant in newcomer.grants:
            able = [user for user in (commune.chief, commune.leader) if may(user, "confirm", grant)]
            asked = confirming.of_grant(grant)
            assert asked.somebody is bool(able)
            assert not able or any(user.acting.role == asked.role for user in able)
