"""Cameras: those put up in a period, and those in place at its end."""

from datetime import date, timedelta

import pytest

from portal.books import actions
from portal.engine import voiding
from portal.engine.indicators import Period
from portal.engine.transaction import transaction
from portal.forces.indicators import CAMERAS, NEW_CAMERAS
from portal.forces.models import Camera

FIRST, LAST = date(2024, 1, 1), date(2024, 8, 31)
DAY = timedelta(days=1)


def a_camera(commune, installed_on, removed_on=None):
    facts = {
        "village_id": commune.place("BPH").id, "location": "Ngã ba", "installed_on": installed_on,
        "removed_on": removed_on,
    }  # fmt: skip
    with transaction(commune.officer):
        return actions.write_down(Camera, commune.id, facts, None)


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


def test_a_struck_out_camera_counts_nowhere_and_a_corrected_one_by_its_present_day(commune):
    wrong, moved = a_camera(commune, FIRST), a_camera(commune, FIRST - DAY)
    with transaction(commune.officer):
        voiding.void(wrong, "Ghi hai lần")
        moved.installed_on = LAST
    assert counted(commune) == (1, 1)
