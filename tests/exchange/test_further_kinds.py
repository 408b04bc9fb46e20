"""Hotlines, protected events, series of meetings and breaches go out and come in."""

from sqlalchemy import select

from portal.engine.db import db
from portal.engine.transaction import transaction
from portal.forces import actions as forces
from portal.forces.models import Hotline
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
