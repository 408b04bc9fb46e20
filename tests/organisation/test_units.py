"""The administrator's pages of units."""

from datetime import date

import pytest

from portal.engine.db import db
from portal.engine.indicators import Period
from portal.engine.text import as_on_paper
from portal.engine.transaction import transaction
from portal.organisation import actions
from portal.organisation.models import Role, RoleGrant, Unit
from portal.organisation.unit_codes import letters
from portal.reports import catalogue, figures, queries
from tests.conftest import TODAY
from tests.incidents.written import an_incident
from tests.organisation.doing import account, give, open_account


@pytest.fixture
def administrator(commune, browse_as):
    return browse_as(commune.administrator)


def enter(client, name="thôn Đăk Răng", kind="village", **more):
    return client.post("/units/new", data={"name": name, "kind": kind, "valid_from": "01/11/2026", **more})


def named(name):
    return db.session.scalar(db.select(Unit).where(Unit.name == name))


@pytest.mark.both_engines
def test_a_village_is_entered_and_a_role_can_be_given_in_it(commune, administrator):
    assert enter(administrator).status_code == 302
    village = named("thôn Đăk Răng")
    assert (village.commune_id, village.heir_id, village.kind) == (commune.id, village.id, "village")
    open_account(administrator)
    assert give(administrator, account("ly.huong"), "village_head", village).status_code == 200


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "thôn Bắc Phong"}, "name"),
        ({"kind": "commune"}, "kind"),
        ({"kind": "province"}, "kind"),
        ({"valid_from": "31/02/2026"}, "valid_from"),
        ({"phone": "không có"}, "phone"),
    ],
)
def test_what_does_not_fit_is_told_at_the_field_and_nothing_is_entered(administrator, typed, field):
    before = db.session.scalar(db.select(db.func.count(Unit.id)))
    page = enter(administrator, **{"name": "thôn Đăk Răng", **typed})
    assert page.status_code == 422
    assert f'id="{field}-error"' in page.text
    assert db.session.scalar(db.select(db.func.count(Unit.id))) == before


def test_units_of_one_name_in_two_communes_get_codes_of_their_own(commune, neighbour, browse_as):
    for one in (commune, neighbour):
        enter(browse_as(one.administrator))
        enter(browse_as(one.administrator), "thôn Đăk Rang")
    codes = db.session.scalars(db.select(Unit.code).where(Unit.name.like("thôn Đăk R%"))).all()
    assert len(set(codes)) == 4


@pytest.mark.parametrize(("name", "code"), [("xã Bờ Y", "BY"), ("thôn Iệc", "IEC"), ("Công an xã Bờ Y", "CAXBY"),
                                            ("thôn 5", "5"), ("???", "U")])  # fmt: skip
def test_a_code_is_made_of_the_letters_of_the_name(name, code):
    assert letters(name) == code


def test_a_name_is_changed_and_code_and_kind_stay(commune, administrator):
    village = commune.place("BPH")
    typed = {"version": village.version, "name": "thôn Bắc Phong Mới", "kind": "police", "code": "X", "superior": "",
             "phone": ""}  # fmt: skip
    administrator.post(f"/units/{village.id}/edit", data=typed)
    assert (commune.place("BPH").name, commune.place("BPH").kind) == ("thôn Bắc Phong Mới", "village")


def rename(client, village, since, name="thôn Bắc Phong Mới"):
    typed = {"version": village.version, "name": name, "superior": "", "phone": "", "called_since": since}
    return client.post(f"/units/{village.id}/edit", data=typed)


def test_figures_of_the_time_before_name_a_village_as_it_was_called_then(commune, administrator, browse_as):
    an_incident(commune, occurred_on=date(2026, 8, 12))
    an_incident(commune, occurred_on=date(2026, 10, 2), detected_on=date(2026, 10, 2))
    assert rename(administrator, commune.place("BPH"), "01/09/2026").status_code == 302
    assert "Called until 31/08/2026" in administrator.get(f"/units/{commune.place('BPH').id}").text
    one, here = catalogue.indicators()["incidents.security.cases"], queries.taken_in(commune.unit)
    by = next(each for each in one.breakdowns if each.name == "village")
    august, october = (date(2026, 8, 1), date(2026, 8, 31)), (date(2026, 10, 1), date(2026, 10, 31))
    with as_on_paper():
        told = [figures.parted(one, Period(*days, here), by)["now"] for days in (august, october)]
    assert told == [[["Thôn Bắc Phong", 1]], [["Thôn Bắc Phong Mới", 1]]]


@pytest.mark.parametrize("since", ["24/11/2026", "01/01/1990", "31/02/2026"])
def test_a_day_on_which_no_new_name_can_begin_is_told_at_its_field(commune, administrator, since):
    page = rename(administrator, commune.place("BPH"), since)
    assert page.status_code == 422
    assert 'id="called_since-error"' in page.text
    assert commune.place("BPH").name == "thôn Bắc Phong"


def test_a_day_without_a_new_name_and_one_before_the_present_name_began_are_refused(commune, administrator):
    assert 'id="called_since-error"' in rename(administrator, commune.place("BPH"), "01/09/2026", "thôn Bắc Phong").text
    rename(administrator, commune.place("BPH"), "01/09/2026")
    assert 'id="called_since-error"' in rename(administrator, commune.place("BPH"), "01/09/2026", "thôn Bắc").text
    assert rename(administrator, commune.place("BPH"), "02/10/2026", "thôn Bắc").status_code == 302
    assert commune.place("BPH").names_before == [
        (date(2026, 8, 31), "thôn Bắc Phong"), (date(2026, 10, 1), "thôn Bắc Phong Mới"),
    ]  # fmt: skip


def test_a_unit_that_ends_takes_its_roles_with_it_and_another_stands_for_it(commune, browse_as, administrator):
    old, new = commune.place("BPH"), commune.place("NHA")
    head = browse_as(commune.village_head)
    typed = {"version": old.version, "last_day": "22/11/2026", "successor_id": new.id}
    assert administrator.post(f"/units/{old.id}/end", data=typed).status_code == 302
    assert (commune.place("BPH").valid_to, commune.place("BPH").heir_id) == (date(2026, 11, 22), new.id)
    assert commune.village_head.held_today == []
    assert head.get("/cases/").status_code == 403
    assert commune.village_head2.held_today


def test_a_unit_ends_neither_in_the_future_nor_before_it_began_nor_for_a_unit_of_another_kind(commune, administrator):
    village = commune.place("BPH")
    for typed, field in (
        ({"last_day": "24/11/2026"}, "last_day"),
        ({"last_day": "31/12/2019"}, "last_day"),
        ({"successor_id": commune.place("CA").id}, "successor_id"),
        ({"successor_id": village.id}, "successor_id"),
    ):
        typed = {"version": village.version, "last_day": "22/11/2026", "successor_id": "", **typed}
        page = administrator.post(f"/units/{village.id}/end", data=typed)
        assert (page.status_code, f'id="{field}-error"' in page.text) == (422, True), typed
    assert commune.place("BPH").valid_to is None


def end(client, unit, last_day):
    return client.post(f"/units/{unit.id}/end", data={"version": unit.version, "last_day": last_day})


@pytest.mark.parametrize("last_day", ["21/11/2026", "01/07/2025"])
def test_a_unit_does_not_end_before_yesterday_while_roles_hold_in_it(commune, administrator, last_day):
    page = end(administrator, commune.place("BPH"), last_day)
    assert page.status_code == 422
    assert "A role was held in this unit until 22/11/2026" in page.text
    assert commune.place("BPH").valid_to is None
    assert commune.village_head.held_today


def test_a_unit_ends_no_earlier_than_the_last_role_that_was_held_in_it_and_leaves_what_was_over(commune, administrator):
    village = commune.place("BPH")
    heads = [commune.village_head.grants[0], commune.helper.grants[0]]
    with transaction(None):
        for grant, last in zip(heads, (date(2026, 9, 30), date(2026, 8, 31)), strict=True):
            grant.valid_to = last
        actions.grant_role(commune.village_head2, Role.VILLAGE_HEAD, village, date(2026, 10, 1))  # never confirmed
    page = end(administrator, village, "29/09/2026")
    assert (page.status_code, 'id="last_day-error"' in page.text) == (422, True)
    assert "until 30/09/2026" in page.text
    assert end(administrator, village, "30/09/2026").status_code == 302
    db.session.expire_all()
    assert [grant.valid_to for grant in heads] == [date(2026, 9, 30), date(2026, 8, 31)]
    waited = db.session.scalars(db.select(RoleGrant).where(RoleGrant.valid_from == date(2026, 10, 1))).unique().one()
    assert waited.voided_at is not None


def test_a_unit_in_which_a_role_begins_today_does_not_end_before_today(commune, administrator):
    village = commune.place("BPH")
    with transaction(None):
        for grant in (commune.village_head.grants[0], commune.helper.grants[0]):
            grant.valid_from = TODAY
    assert end(administrator, village, "22/11/2026").status_code == 422
    assert end(administrator, village, "23/11/2026").status_code == 302
    assert commune.village_head.held_today


def test_a_unit_in_which_nobody_held_a_role_ends_when_it_did(commune, administrator):
    enter(administrator, valid_from="01/11/2020")
    village = named("thôn Đăk Răng")
    assert end(administrator, village, "30/06/2025").status_code == 302
    assert named("thôn Đăk Răng").valid_to == date(2025, 6, 30)


def test_the_commune_itself_ends_by_no_page(commune, administrator):
    assert administrator.get(f"/units/{commune.id}/end").status_code == 403


@pytest.mark.parametrize("path", ["", "/edit", "/end"])
def test_units_of_another_commune_are_not_there(commune, neighbour, administrator, path):
    assert administrator.get(f"/units/{neighbour.place('BPH').id}{path}").status_code == 404
    assert administrator.get(f"/units/{commune.place('BPH').id}{path}").status_code == 200


def test_the_list_shows_units_by_kind_and_none_of_another_commune(commune, neighbour, administrator):
    page = administrator.get("/units/").text
    assert page.index("UBND xã Bờ Y") < page.index("Công an xã Bờ Y") < page.index("Thôn Bắc Phong")
    assert neighbour.unit.name not in page
    assert "Công an" not in administrator.get("/units/?show=village").text
