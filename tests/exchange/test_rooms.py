"""What is no book goes out and comes in as well: units, accounts, households, pledges, documents, patrols, meetings.

Each is told by actions in one portal, taken into the same commune of another, and taken out of that one again.
"""

from datetime import date

import pytest
from sqlalchemy import select

from portal.engine.access import may
from portal.engine.audit import AuditEvent
from portal.engine.db import db
from portal.engine.transaction import transaction
from portal.organisation import actions, passwords
from portal.organisation.models import Role, RoleGrant, Unit, UnitKind, User
from portal.organisation.queries import user_named
from tests.exchange.workbooks import cells_of, filled

FIRST, LAST = date(2021, 7, 1), date(2025, 6, 30)


@pytest.fixture
def run(app):
    return lambda *words: app.test_cli_runner().invoke(args=["data", *words])


@pytest.fixture
def template(commune, run, tmp_path):
    made = run("template", str(tmp_path / "mau.xlsx"), "--unit", "BY")
    assert made.exit_code == 0, made.output
    return (tmp_path / "mau.xlsx").read_bytes()


@pytest.fixture
def bring(run, template, tmp_path):
    """Bring rows in, by the keys of their sheets, and give what was told."""

    def bring(sheets, *words):
        file = tmp_path / "vao.xlsx"
        file.write_bytes(filled(template, sheets))
        return run("import", str(file), "--unit", "BY", *words)

    return bring


@pytest.fixture
def moved(run, houses, engine_name, tmp_path):
    """Take everything out, into another portal of the same commune, and out again: gives the cells of both files.

    There it is brought in twice, and the second time nothing is added.
    """

    def moved():
        first, second = tmp_path / "ra.xlsx", tmp_path / "lai.xlsx"
        assert run("export", str(first), "--unit", "BY").exit_code == 0
        db.session.remove()
        houses(engine_name).fresh()
        for told in ("new", "nothing added"):
            taken = run("import", str(first), "--unit", "BY")
            assert taken.exit_code == 0, taken.output
            assert told in taken.output
        assert run("export", str(second), "--unit", "BY").exit_code == 0
        return cells_of(first.read_bytes()), cells_of(second.read_bytes())

    return moved


def same(cells, *keys):
    """Whether the sheets hold something, and the same on both sides."""
    out, back = cells
    for key in keys:
        assert out[key], key
        assert back[key] == out[key], key
    return True


# ── units and accounts ──────────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.both_engines
def test_units_with_those_that_became_them_and_accounts_with_their_roles_come_into_another_portal(commune, moved):
    with transaction(None):
        old = actions.create_unit("PY", "xã Pờ Y", UnitKind.COMMUNE, FIRST, valid_to=LAST)
        province = actions.create_unit("QN", "tỉnh Quảng Ngãi", UnitKind.PROVINCE, FIRST)
        village = actions.create_unit("PY-CU", "thôn Cũ", UnitKind.VILLAGE, FIRST, commune=old, above=old)
        actions.take_over(commune.unit, old)
        commune.unit.above = province
        actions.end_unit(village, LAST, commune.place("BPH"))
        helper, _first = actions.create_user("a_bih", "A Bih", commune.unit, title="Bí thư", phone="0901234567")
        grant = actions.grant_role(helper, Role.TEAM_MEMBER, village, FIRST, LAST)
        actions.confirm_grant(grant, commune.chief)
        actions.close_account(helper, "Đã chuyển đi")
    assert same(moved(), "units", "accounts", "accounts.roles")
    village = db.session.scalars(select(Unit).where(Unit.code == "PY-CU")).one()
    assert (village.heir.code, village.commune.heir.code, village.valid_to) == ("BY-BPH", "BY", LAST)
    helper = user_named("a_bih")
    assert (helper.disabled_reason, [one.confirmed_by_id for one in helper.grants]) == (
        "Đã chuyển đi", [user_named("by.chief").id])  # fmt: skip


def test_nobody_signs_in_to_an_account_that_was_brought_in(commune, bring):
    told = bring({"accounts": [{"username": "moi", "full_name": "Y Mới"}]})
    assert told.exit_code == 0, told.output
    account = user_named("moi")
    assert not account.password_hash
    assert not passwords.matches("", account.password_hash)
    created = select(AuditEvent).where(AuditEvent.record_type == "user", AuditEvent.record_id == account.id)
    assert [one.action for one in db.session.scalars(created)] == ["create"]


def test_the_commune_that_was_set_up_by_hand_learns_what_the_workbook_knows(commune, bring):
    rows = {
        "units": [{"code": "BY", "kind": "commune", "name": "xã Bờ Y", "superior": "tỉnh Quảng Ngãi",
                   "phone": "02603123456", "valid_from": date(2019, 5, 1)}],
        "accounts": [{"username": "by.administrator", "full_name": "Administrator xã Bờ Y", "title": "Văn phòng"}],
        "accounts.roles": [{"user_id": "by.administrator", "role": "administrator", "unit_id": "BY",
                            "valid_from": date(2019, 5, 1)}],
    }  # fmt: skip
    assert bring(rows).exit_code == 0
    assert "nothing added" in bring(rows).output
    account = user_named("by.administrator")
    assert (commune.unit.valid_from, commune.unit.phone, account.title) == (
        date(2019, 5, 1),
        "02603123456",
        "Văn phòng",
    )
    assert [one.valid_from for one in account.grants] == [date(2019, 5, 1)]


REFUSED_OFFICE = (
    ({"units": [{"code": "XX", "kind": "commune", "name": "xã Lạ", "valid_from": FIRST}]}, "is of the commune XX"),
    ({"units": [{"code": "DN-CA", "kind": "police", "name": "Công an", "valid_from": FIRST}]}, "of another commune"),
    ({"units": [{"code": "BY-M", "kind": "village", "name": "thôn Mới", "commune_id": "BY", "valid_from": FIRST,
                 "successor_id": "BY-CA"}]}, "Only a unit of the same kind"),
    ({"accounts": [{"username": "Lý Hường", "full_name": "Lý Hường"}]}, "A user name has at least 3 small letters"),
    ({"accounts": [{"username": "dn.chief", "full_name": "Ai đó"}]}, "This user name is taken"),
    ({"accounts.roles": [{"user_id": "by.clerk", "role": "police_officer", "unit_id": "BY-BPH", "valid_from": FIRST}]},
     "is not held in a unit of this kind"),
    ({"accounts.roles": [{"user_id": "by.chief", "role": "police_chief", "unit_id": "BY-CA",
                          "valid_from": date(2022, 1, 1)}]}, "is held in this unit"),
)  # fmt: skip


@pytest.mark.parametrize(("rows", "reason"), REFUSED_OFFICE)
def test_what_does_not_fit_of_units_accounts_and_roles_is_refused(commune, bring, rows, reason):
    before = len(db.session.scalars(select(User)).all()), len(db.session.scalars(select(Unit)).all())
    told = bring(rows)
    assert told.exit_code == 1
    assert reason in told.output
    assert before == (len(db.session.scalars(select(User)).all()), len(db.session.scalars(select(Unit)).all()))


def test_a_role_that_somebody_brings_in_by_their_right_is_confirmed_by_somebody_else(commune, bring):
    row = {"user_id": "by.clerk", "role": "police_officer", "unit_id": "BY-CA", "valid_from": FIRST}
    refused = bring({"accounts.roles": [{**row, "confirmed_at": "01/07/2021 08:00"}]}, "--as", "by.administrator")
    assert "Only whoever keeps the machine takes this in" in refused.output
    assert "Your role does not write this" in bring({"accounts.roles": [row]}, "--as", "by.officer").output
    assert bring({"accounts.roles": [row]}, "--as", "by.administrator").exit_code == 0
    grant = db.session.scalars(select(RoleGrant).where(RoleGrant.user_id == commune.clerk.id)).unique().all()[-1]
    assert grant.needs_confirmation
    assert not may(commune.administrator, "confirm", grant)
