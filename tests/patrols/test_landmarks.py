"""The catalogue of points: on no day do two of them bear one name."""

from datetime import date

import pytest
from sqlalchemy import select

from portal.engine.db import db
from portal.engine.transaction import transaction
from portal.patrols import actions
from portal.patrols.actions import LandmarkFacts
from portal.patrols.models import Landmark, LandmarkKind

OLD = LandmarkFacts(LandmarkKind.CHECK_POINT, "Chốt suối", 100, 100)
NEW = LandmarkFacts(LandmarkKind.CHECK_POINT, "Ngã ba", 200, 200)


@pytest.fixture
def old(commune) -> Landmark:
    """A point that was there from 2020 to the end of March 2026."""
    with transaction(commune.clerk):
        point = actions.enter_landmark(commune.id, OLD, date(2020, 1, 1))
        actions.end_landmark(point, date(2026, 3, 31))
    return point


@pytest.fixture
def new(commune, old) -> Landmark:
    """One of today."""
    with transaction(commune.clerk):
        return actions.enter_landmark(commune.id, NEW, date(2026, 4, 1))


def typed(point: Landmark, **more: str) -> dict[str, str]:
    facts = {"kind": point.kind.value, "name": point.name, "x": "100", "y": "100", "version": str(point.version)}
    return {**facts, **more}


def names() -> list[str]:
    db.session.expire_all()
    return list(db.session.scalars(select(Landmark.name).order_by(Landmark.id)))


def test_a_name_that_is_free_again_may_be_given_to_a_later_point(commune, old, browse_as):
    later = typed(old, valid_from="01/04/2026")
    del later["version"]
    assert browse_as(commune.clerk).post("/landmarks/new", data=later).status_code == 302
    assert names() == ["Chốt suối", "Chốt suối"]


def test_a_point_entered_from_an_earlier_day_does_not_take_the_name_of_a_later_one(commune, new, browse_as):
    earlier = {"kind": "check_point", "name": "ngã ba", "x": "1", "y": "1", "valid_from": "01/01/2026"}
    answer = browse_as(commune.clerk).post("/landmarks/new", data=earlier)
    assert (answer.status_code, "of this name already, from 01/04/2026 on" in answer.text) == (422, True)


def test_a_point_that_is_still_there_does_not_take_the_name_of_one_that_came_later(commune, old, new, browse_as):
    clerk = browse_as(commune.clerk)
    with transaction(commune.clerk):
        still = actions.enter_landmark(commune.id, LandmarkFacts(LandmarkKind.POST, "Chốt tổ", 1, 1), date(2019, 1, 1))
    answer = clerk.post(f"/landmarks/{still.id}/edit", data=typed(still, name="Ngã ba"))
    assert (answer.status_code, "of this name already, from 01/04/2026 on" in answer.text) == (422, True)
    ended = clerk.post(f"/landmarks/{still.id}/edit", data=typed(still, name="Chốt suối"))
    assert "of this name already, from 01/01/2020 to 31/03/2026" in ended.text
    assert names() == ["Chốt suối", "Ngã ba", "Chốt tổ"]


def test_a_point_that_ended_bears_the_name_of_a_later_one_only_if_it_is_not_made_to_last_into_its_days(
    commune, old, new, browse_as
):
    clerk = browse_as(commune.clerk)
    assert clerk.post(f"/landmarks/{old.id}/edit", data=typed(old, name="Ngã ba")).status_code == 302
    db.session.refresh(old)
    longer = {"last_day": "01/04/2026", "version": str(old.version)}
    answer = clerk.post(f"/landmarks/{old.id}/end", data=longer)
    assert (answer.status_code, "of this name already, from 01/04/2026 on" in answer.text) == (422, True)
    db.session.refresh(old)
    assert old.valid_to == date(2026, 3, 31)
