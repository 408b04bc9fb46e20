"""Two who confirm, refuse or end the same role: one does, the other learns who was faster, and a stranger nothing."""

import re

import pytest

from tests.organisation.doing import account, confirm, give, latest_grant, open_account, shown
from tests.proposals.test_races import at_once

FASTER = r"%s changed this at \d\d:\d\d, 23/11/2026\."


@pytest.fixture
def administrator(commune, browse_as):
    return browse_as(commune.administrator)


@pytest.fixture
def newcomer(administrator):
    open_account(administrator)
    return account("ly.huong")


def test_whoever_confirms_second_learns_who_was_faster(commune, browse_as, administrator, newcomer):
    give(administrator, newcomer, "police_officer", commune.place("CA"))
    grant = latest_grant(newcomer)
    sent = {"version": grant.version, "reason": "Không phải cán bộ của xã"}
    confirm(browse_as(commune.chief), grant)
    for step in ("confirm", "refuse"):
        late = browse_as(commune.leader).post(f"/grants/{grant.id}/{step}", data=sent)
        assert late.status_code == 409
        assert re.search(FASTER % commune.chief.full_name, late.text), late.text
        assert f'href="/grants/{grant.id}"' in late.text
        assert "Không phải cán bộ của xã" in late.text
    assert latest_grant(newcomer).confirmed_by_id == commune.chief.id


@pytest.mark.both_engines
def test_of_ten_who_confirm_at_the_same_moment_one_does_and_the_others_learn_who(
    commune, browse_as, administrator, newcomer
):
    give(administrator, newcomer, "police_officer", commune.place("CA"))
    grant = latest_grant(newcomer)
    address, sent = f"/grants/{grant.id}/confirm", {"version": grant.version}
    browsers = [browse_as(one) for one in (commune.chief, commune.leader) for _five in range(5)]
    answers = at_once(browsers, lambda browser, _number: browser.post(address, data=sent))
    assert sorted(one.status_code for one in answers) == [200] + [409] * 9
    lost = [one.text for one in answers if one.status_code == 409]
    assert all(re.search(FASTER % r"\w+ xã Bờ Y", text) for text in lost)
    assert sum('class="once"' in one.text for one in answers) == 1


def test_of_two_who_confirm_a_new_password_the_second_learns_who_was_faster(commune, browse_as, administrator):
    address, user = f"/accounts/{commune.officer.id}/reset", commune.officer
    administrator.post(address, data={"version": user.version})
    sent = {"version": commune.officer.version}
    assert shown(browse_as(commune.chief).post(f"{address}/confirm", data=sent))
    late = browse_as(commune.leader).post(f"{address}/confirm", data=sent)
    assert (late.status_code, 'class="once"' in late.text) == (409, False)
    assert re.search(FASTER % commune.chief.full_name, late.text)


def test_a_lost_race_over_the_end_of_a_role_keeps_what_was_typed(commune, browse_as, administrator):
    grant, chief = commune.officer.grants[0], browse_as(commune.chief)
    sent = {"version": grant.version, "last_day": "22/11/2026", "reason": "Chuyển công tác"}
    assert administrator.post(f"/grants/{grant.id}/end", data=sent).status_code == 302
    late = chief.post(f"/grants/{grant.id}/end", data={**sent, "reason": "Nghỉ hưu <b>"})
    assert late.status_code == 409
    assert re.search(FASTER % commune.administrator.full_name, late.text)
    assert "Last day: 22/11/2026\nReason: Nghỉ hưu &lt;b&gt;" in late.text


def test_a_lost_race_tells_a_stranger_nothing(commune, neighbour, browse_as, administrator, newcomer):
    give(administrator, newcomer, "police_officer", commune.place("CA"))
    grant = latest_grant(newcomer)
    sent = {"version": grant.version, "reason": "Vì"}
    confirm(browse_as(commune.chief), grant)
    for who, status in ((neighbour.chief, 404), (commune.officer, 404), (commune.administrator, 403)):
        for version in (sent["version"], 0, 10**8, "x"):
            for step in ("confirm", "refuse"):
                page = browse_as(who).post(f"/grants/{grant.id}/{step}", data={**sent, "version": version})
                assert page.status_code == status
                assert commune.chief.full_name not in page.text


@pytest.mark.parametrize("version", ["", "0", "x", "same", "99999999"])
def test_only_an_older_version_is_a_lost_race(commune, browse_as, administrator, newcomer, version):
    give(administrator, newcomer, "police_officer", commune.place("CA"))
    confirm(browse_as(commune.chief), latest_grant(newcomer))
    grant = latest_grant(newcomer)
    sent = {"version": grant.version if version == "same" else version}
    assert browse_as(commune.leader).post(f"/grants/{grant.id}/confirm", data=sent).status_code == 403


def test_a_lost_race_over_the_end_of_a_unit_names_whoever_was_chosen_to_take_it_over(commune, browse_as, administrator):
    unit, heir = commune.place("BPH"), commune.place("NHA")
    sent = {"version": unit.version, "last_day": "22/11/2026", "successor_id": heir.id}
    assert administrator.post(f"/units/{unit.id}/end", data=sent).status_code == 302
    late = browse_as(commune.administrator).post(f"/units/{unit.id}/end", data=sent)
    assert late.status_code == 409
    assert f"Who takes it over: {heir.title}" in late.text


def test_two_roles_of_one_person_that_wait_are_one_row_of_home_that_names_both(
    commune, browse_as, administrator, newcomer
):
    give(administrator, newcomer, "police_officer", commune.place("CA"))
    give(administrator, newcomer, "military_command", commune.place("QS"))
    home = browse_as(commune.chief).get("/").text
    assert home.count("a role waits for your confirmation") == 1
    assert "Commune police officer; Commune military command" in home


def test_roles_of_two_who_bear_the_same_name_are_two_rows_of_home(commune, browse_as, administrator, newcomer):
    open_account(administrator, username="ly.huong.2", full_name=newcomer.full_name)
    give(administrator, newcomer, "police_officer", commune.place("CA"))
    give(administrator, account("ly.huong.2"), "military_command", commune.place("QS"))
    assert browse_as(commune.chief).get("/").text.count("a role waits for your confirmation") == 2
