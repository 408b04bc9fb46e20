"""Cameras: those put up in a period, and those in place at its end."""

from datetime import date, timedelta

import pytest

from portal.books import actions
from portal.engine import voiding
from portal.engine.db import db
from portal.engine.indicators import Period
from portal.engine.refusal import Refused
from portal.engine.transaction import transaction
from portal.forces.indicators import CAMERAS, NEW_CAMERAS
from portal.forces.models import Camera, CameraCheck, CameraState
from portal.forces.models.camera import BROKEN, WORKING

FIRST, LAST = date(2024, 1, 1), date(2024, 8, 31)
DAY = timedelta(days=1)


def a_camera(commune, installed_on, removed_on=None):
    facts = {
        "village_id": commune.place("BPH").id, "location": "Ngã ba", "installed_on": installed_on,
        "removed_on": removed_on,
    }  # fmt: skip
    with transaction(commune.officer):
        return actions.write_down(Camera, commune.id, facts, None)


def looked_at(camera, on, state):
    with transaction(None):
        return actions.add_line(CameraCheck, camera, {"seen_on": on, "state": state, "note": ""}, None)


def counted(commune):
    period = Period(FIRST, LAST, (commune.id,))
    return NEW_CAMERAS.value(period), CAMERAS.value(period)


@pytest.mark.parametrize(
    ("installed_on", "removed_on", "figures"),
    [
        (FIRST, None, (1, 1)), (LAST, None, (1, 1)), (FIRST - DAY, None, (0, 1)), (LAST + DAY, None, (0, 0)),
        (FIRST, LAST, (1, 0)), (FIRST, LAST + DAY, (1, 1)), (FIRST, FIRST + DAY, (1, 0)),
    ],
)  # fmt: skip
@pytest.mark.both_engines
def test_a_camera_counts_as_new_on_its_day_and_in_place_until_the_day_before_it_was_taken_down(
    commune, installed_on, removed_on, figures
):
    a_camera(commune, installed_on, removed_on)
    assert counted(commune) == figures


@pytest.mark.parametrize("last", CameraState)
def test_of_two_looks_on_one_day_the_later_entered_says_how_a_camera_stands_on_its_page_and_in_the_list(
    commune, browse_as, last
):
    camera = a_camera(commune, FIRST)
    first = next(one for one in CameraState if one != last)
    for state in (first, last):
        looked_at(camera, LAST, state)
    db.session.expire_all()
    assert camera.standing == (BROKEN if last == CameraState.BROKEN else WORKING)
    listed = browse_as(commune.officer).get("/cameras/?show=broken").text
    assert (camera.number in listed) is (last == CameraState.BROKEN)


@pytest.mark.parametrize(("on", "fits"), [(FIRST - DAY, False), (FIRST, True), (LAST, True), (LAST + DAY, False)])
def test_nobody_looks_at_a_camera_on_a_day_on_which_it_was_not_there(commune, on, fits):
    camera = a_camera(commune, FIRST, LAST)
    if fits:
        assert looked_at(camera, on, CameraState.WORKING).seen_on == on
        return
    with pytest.raises(Refused) as refused:
        looked_at(camera, on, CameraState.WORKING)
    db.session.rollback()
    assert [one.field for one in refused.value.reasons] == ["seen_on"]


def test_a_struck_out_camera_counts_nowhere_and_a_corrected_one_by_its_present_day(commune):
    wrong, moved = a_camera(commune, FIRST), a_camera(commune, FIRST - DAY)
    with transaction(commune.officer):
        voiding.void(wrong, "Ghi hai lần")
        moved.installed_on = LAST
    assert counted(commune) == (1, 1)
