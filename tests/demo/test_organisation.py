"""The example's units and people hold on every day of its story, and nobody holds what they should not."""

from datetime import date

import pytest
from sqlalchemy import select

from portal.app import create_app
from portal.demo.organisation import load_organisation
from portal.demo.units import SET_UP_ON
from portal.documents import issuers
from portal.engine import clock
from portal.engine.db import db
from portal.organisation import passwords
from portal.organisation.demo_accounts import DEMO_ACCOUNTS, DEMO_PASSWORD
from portal.organisation.models import Role, RoleGrant, Unit, UnitKind, User
from portal.organisation.queries import first_commune, holders, villages
from tests.conftest import CHEAP

TODAY = date(2026, 11, 23)


@pytest.fixture
def told(tmp_path):
    app = create_app(instance=tmp_path, TESTING=True, PASSWORD_COST=CHEAP)
    with app.app_context():
        db.create_all()
        with clock.telling(clock.moment(SET_UP_ON)):
            yield load_organisation(TODAY)
        db.session.remove()
        db.engine.dispose()


def test_every_role_can_be_tried_today(told):
    with clock.telling(clock.moment(TODAY)):
        for account in DEMO_ACCOUNTS:
            user = told.people[account.username]
            assert (user.full_name, user.acting.role) == (account.full_name, account.role)
            assert user.demo
            assert passwords.matches(DEMO_PASSWORD, user.password_hash)
    assert {account.role for account in DEMO_ACCOUNTS} == set(Role)


@pytest.mark.parametrize("day", [date(2022, 1, 10), date(2025, 6, 30), date(2025, 7, 1), TODAY])
def test_officer_chief_leader_and_helpers_hold_their_roles_on_every_day_of_the_story(told, day):
    with clock.telling(clock.moment(day)):
        for username in ("police_officer", "a_nhuin", "tran_thi_dieu", "police_chief", "commune_leader", "team_member"):
            acting = told.people[username].acting
            assert acting is not None
            assert acting.unit.valid_on(day)
        assert told.people["police_officer"].acting.commune_id == told.force("", day).id


def test_the_old_commune_ends_when_the_new_one_begins_and_its_records_go_over(told):
    old, new = told.units["PY"], told.units["BY"]
    assert (old.valid_to, new.valid_from) == (date(2025, 6, 30), date(2025, 7, 1))
    assert first_commune() is old
    assert old.heir is new
    assert told.units["PY-CA"].heir is told.units["BY-CA"]
    with clock.telling(clock.moment(TODAY)):
        assert [user.username for user in holders(Role.POLICE_CHIEF, old.id)] == ["police_chief"]
        assert {village.short_name for village in villages(old.id)} >= {"Đăk Mế", "Iệc", "Ngọc Tân", "Tà Ka"}


def test_no_grant_that_opens_cases_was_confirmed_by_its_holder(told):
    grants = db.session.scalars(select(RoleGrant)).all()
    assert not [grant for grant in grants if grant.needs_confirmation]
    assert not [grant for grant in grants if grant.confirmed_by_id == grant.user_id]


def test_the_inspector_is_there_for_a_purpose_and_for_a_limited_time(told):
    grant = told.people["inspector"].grants[0]
    assert grant.purpose
    assert grant.valid_to == date(2027, 12, 31)


def test_the_neighbour_has_people_of_its_own(told):
    at = db.session.scalars(select(User).where(User.commune_id == told.units["DN"].id)).all()
    assert len(at) == 7
    assert told.units["DN"].kind == UnitKind.COMMUNE
    assert told.units["DN"].heir is told.units["DN"]


def test_each_force_of_before_the_merger_knows_to_whom_it_reported(told):
    day = date(2025, 4, 10)
    old = db.session.scalars(select(Unit).where(Unit.code == "PY")).one()
    forces = [db.session.scalars(select(Unit).where(Unit.code == code)).one() for code in ("PY-CA", "BY-BP")]
    assert [issuers.above(unit, old, day) for unit in forces] == [
        "Công an tỉnh Kon Tum", "Bộ Chỉ huy BĐBP tỉnh Kon Tum",
    ]  # fmt: skip
