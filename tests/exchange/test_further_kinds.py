"""Hotlines, protected events, series of meetings and breaches go out and come in."""

from datetime import date

from sqlalchemy import select

from portal.engine.db import db
from portal.engine.transaction import transaction
from portal.forces import actions as forces
from portal.forces.models import Hotline
from portal.patrols.actions import Protected, record_protection
from portal.patrols.models import EventProtection
from tests.exchange.test_rooms import bring, moved, run, same, template

__all__ = ["bring", "moved", "run", "template"]


# ── hotlines ────────────────────────────────────────────────────────────────────────────────────────────────────────
HOTLINE = {"phone": "02603123456", "name": "Trực ban Công an xã", "position": 1}


def test_the_numbers_that_a_commune_publishes_come_into_another_portal(commune, moved):
    with transaction(commune.clerk):
        for number in (
            forces.Number("Trực ban Công an xã", "02603123456", "Tin báo, tố giác", 1),
            forces.Number("Trực ban Công an xã", "02603123456", "Ban đêm", 2),
            forces.Number("Đồn Biên phòng", "114", "", 2),
        ):
            forces.publish(commune.id, number)
    assert same(moved(), "hotlines")
    told = select(Hotline.phone, Hotline.purpose, Hotline.position).order_by(Hotline.position, Hotline.name)
    assert db.session.execute(told).all() == [
        ("02603123456", "Tin báo, tố giác", 1), ("02603123456", "Ban đêm", 2), ("114", "", 2),
    ]  # fmt: skip


def test_what_does_not_fit_of_hotlines_is_refused(commune, bring):
    for row, reason in (
        ({**HOTLINE, "phone": "12"}, "A number has three to eleven digits"),
        ({**HOTLINE, "phone": 2603123456}, "loses its zeros"),
        ({**HOTLINE, "position": 0}, "A number from 1 to 99"),
        ({**HOTLINE, "name": None}, "This is needed"),
    ):
        assert reason in bring({"hotlines": [row]}).output, reason
    assert not db.session.scalars(select(Hotline)).all()


def test_a_hotline_is_brought_in_by_whoever_publishes_one_and_changed_on_its_page(commune, bring):
    assert "Your role does not write this" in bring({"hotlines": [HOTLINE]}, "--as", "by.officer").output
    assert bring({"hotlines": [HOTLINE]}, "--as", "by.clerk").exit_code == 0
    assert "Change it on its page" in bring({"hotlines": [{**HOTLINE, "position": 3}]}, "--as", "by.clerk").output
    assert [one.position for one in db.session.scalars(select(Hotline))] == [1]


# ── protected events ────────────────────────────────────────────────────────────────────────────────────────────────
FEAST = {"occasion": "Lễ hội đường phố", "held_on": date(2026, 11, 20), "forces": "BY-CA: 4"}


def test_protected_events_come_into_another_portal_with_how_many_of_each_force_were_there(commune, moved):
    counts = {commune.place("CA"): 4, commune.place("BP"): 2, commune.place("QS"): 0}
    with transaction(commune.officer):
        for place in ("Sân vận động", "", ""):
            record_protection(commune.id, Protected("Lễ hội", date(2026, 11, 20), place, "An toàn"), counts)
    assert same(moved(), "protections")
    found = db.session.scalars(select(EventProtection)).all()
    assert [(one.people, {part.unit.code for part in one.forces}) for one in found] == [(6, {"BY-CA", "BY-BP"})] * 3


def test_what_does_not_fit_of_protected_events_is_refused(commune, bring):
    for row, reason in (
        ({**FEAST, "forces": "BY-CA"}, "each force by its code, a colon"),
        ({**FEAST, "forces": "BY-CA: không"}, "each force by its code, a colon"),
        ({**FEAST, "forces": "BY-CA: 0"}, "each force by its code, a colon"),
        ({**FEAST, "forces": "BY-CA: 2; BY-CA – Công an xã: 3"}, "BY-CA stands there twice"),
        ({**FEAST, "forces": "BY-XX: 2"}, "no unit of this code"),
        ({**FEAST, "held_on": date(2027, 1, 1)}, "The day lies in the future"),
    ):
        assert reason in bring({"protections": [row]}).output, reason
    assert not db.session.scalars(select(EventProtection)).all()


def test_an_event_is_brought_in_by_the_forces_that_record_one(commune, bring):
    assert "Your role does not write this" in bring({"protections": [FEAST]}, "--as", "by.clerk").output
    assert bring({"protections": [FEAST]}, "--as", "by.officer").exit_code == 0
    assert "nothing added" in bring({"protections": [FEAST]}, "--as", "by.officer").output
    other = {**FEAST, "forces": "BY-CA – Công an xã: 5"}
    assert "Change it on its page" in bring({"protections": [other]}).output
