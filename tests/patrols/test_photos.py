"""Files of a patrol: attached by the forces that take part, until another than that of its writer has signed."""

from typing import Any

import pytest
from sqlalchemy import select

from portal.documents.models import Attachment
from portal.engine.db import db
from portal.engine.transaction import transaction
from portal.patrols.models import Patrol
from tests.documents.files import photograph
from tests.patrols.going import a_patrol, at, disputed, logged, signed
from tests.patrols.test_on_the_way import attach


def a_photo(browser: Any, patrol: Patrol) -> Attachment:
    assert attach(browser, patrol, photograph()).status_code == 302
    return db.session.scalars(select(Attachment).order_by(Attachment.id.desc())).first()


def strike_out(browser: Any, photo: Attachment) -> int:
    sent = {"version": str(photo.version), "reason": "Ảnh mờ"}
    return int(browser.post(f"/attachments/{photo.id}/void", data=sent).status_code)


def to_come(commune: Any) -> Patrol:
    return a_patrol(commune, start=at(8, days=1))


def planned(commune: Any) -> Patrol:
    """Of this very day: as whoever enters it afterwards has it before the log."""
    return a_patrol(commune)


def under_way(commune: Any) -> Patrol:
    patrol = a_patrol(commune)
    with transaction(commune.officer):
        patrol.workflow.take("start", patrol, commune.officer)
    return patrol


def waiting(commune: Any) -> Patrol:
    return logged(commune, a_patrol(commune))


def signed_by_one(commune: Any) -> Patrol:
    return signed(commune, waiting(commune), "military")


def in_dispute(commune: Any) -> Patrol:
    return disputed(commune, signed_by_one(commune), "border")


def countersigned(commune: Any) -> Patrol:
    return signed(commune, logged(commune, a_patrol(commune), recommendation="Đặt biển"), "military", "border")


def closed(commune: Any) -> Patrol:
    return signed(commune, logged(commune, a_patrol(commune)), "military", "border")


def cancelled(commune: Any) -> Patrol:
    patrol = a_patrol(commune)
    with transaction(commune.officer):
        patrol.workflow.take("cancel", patrol, commune.officer, "Mưa bão")
    return patrol


@pytest.mark.parametrize("gone", [planned, under_way, waiting, in_dispute])
def test_a_force_attaches_until_another_has_signed_and_again_after_a_dispute(commune, browse_as, gone):
    patrol, military = gone(commune), browse_as(commune.military)
    assert f'href="/patrols/{patrol.id}/photos"' in military.get(f"/patrols/{patrol.id}").text
    assert military.get(f"/patrols/{patrol.id}/photos").status_code == 200
    assert a_photo(military, patrol).unit_id == commune.place("QS").id


@pytest.mark.parametrize("still", [to_come, signed_by_one, countersigned, closed, cancelled])
def test_nobody_attaches_before_the_day_of_a_patrol_or_once_another_force_has_signed_its_log(commune, browse_as, still):
    patrol, officer = still(commune), browse_as(commune.officer)
    assert "/photos" not in officer.get(f"/patrols/{patrol.id}").text
    assert officer.get(f"/patrols/{patrol.id}/photos").location == f"/patrols/{patrol.id}"
    answer = attach(officer, patrol, photograph())
    assert (answer.status_code, 'value="Mốc 790"' in answer.text) == (422, True)
    assert "until another force has signed" in answer.text
    assert db.session.scalars(select(Attachment)).all() == []


def test_a_file_is_struck_out_by_the_force_that_attached_it_and_by_no_other(commune, browse_as):
    patrol = waiting(commune)
    photo = a_photo(browse_as(commune.military), patrol)
    for other in (commune.officer, commune.chief, commune.border):
        assert f"/attachments/{photo.id}/void" not in browse_as(other).get(f"/patrols/{patrol.id}").text
        assert strike_out(browse_as(other), photo) == 403
    assert f"/attachments/{photo.id}/void" in browse_as(commune.military).get(f"/patrols/{patrol.id}").text
    assert strike_out(browse_as(commune.military), photo) == 302


def test_nobody_strikes_out_a_file_beside_a_log_that_another_force_has_signed(commune, browse_as):
    patrol, military = waiting(commune), browse_as(commune.military)
    photo = a_photo(military, patrol)
    signed(commune, patrol, "border")
    assert f"/attachments/{photo.id}/void" not in military.get(f"/patrols/{patrol.id}").text
    assert strike_out(military, photo) == 422
    assert military.get(f"/attachments/{photo.id}").status_code == 200
    db.session.refresh(photo)
    assert photo.voided_at is None
