"""Somebody with several roles acts in one of them at a time, sees which, and changes it at the top of the page."""

from datetime import date

from portal.engine.transaction import transaction
from portal.organisation import actions
from portal.organisation.models import Role
from tests.builders import a_case

FOUNDED = date(2020, 1, 1)


def second_role(commune, user, role, unit, **more):
    with transaction(commune.administrator):
        grant = actions.grant_role(user, role, unit, FOUNDED, **more)
    with transaction(commune.chief):
        actions.confirm_grant(grant, commune.chief)
    return grant


def test_each_role_sees_its_own_and_the_rights_of_two_never_add_up(commune, browse_as):
    case = a_case(commune)
    grant = second_role(commune, commune.officer, Role.VILLAGE_HEAD, commune.place("BPH"))
    both = browse_as(commune.officer)
    home = both.get("/").text
    assert "Act as" in home
    assert case.person.full_name in home
    assert both.get(f"/cases/{case.id}").status_code == 200
    assert both.post("/acting", data={"role": grant.key}).status_code == 302
    assert both.get(f"/cases/{case.id}").status_code == 404
    assert case.person.full_name not in both.get("/cases/").text
    assert "Village head" in both.get("/").text


def test_a_role_that_one_does_not_hold_cannot_be_chosen(commune, browse_as):
    case = a_case(commune)
    head = browse_as(commune.village_head)
    head.post("/acting", data={"role": "police_chief"})
    assert head.get(f"/cases/{case.id}").status_code == 404


def test_the_page_names_for_whom_a_deputy_acts(commune, browse_as):
    second_role(
        commune, commune.clerk, Role.COMMUNE_LEADER, commune.place("UB"), on_behalf_of=commune.leader, capacity="KT"
    )
    page = browse_as(commune.clerk).get("/").text
    assert f"on behalf of {commune.leader.full_name}" in page


def test_somebody_with_one_role_is_offered_no_other(commune, browse_as):
    assert "Act as" not in browse_as(commune.officer).get("/").text
