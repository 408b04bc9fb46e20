"""A last day that was checked because of a date of birth stands as one that a paper prints; other grounds stay."""

import pytest

from tests.migrations.filling import asked

pytestmark = pytest.mark.both_engines

BEFORE, AFTER = "0100_consents_and_medical_papers", "0101_grounds_of_a_last_day"


def test_a_date_of_birth_is_no_ground_any_more_and_every_other_ground_stays(bare):
    bare.filled(
        BEFORE, "UPDATE end_check SET ground = 'birth', paper = 'GKS 12' WHERE id = 1",
        "UPDATE end_check SET ground = 'start' WHERE id = 2",
    )  # fmt: skip
    before = asked("SELECT id, last_on, paper, state FROM end_check ORDER BY id")
    bare.upgrade(AFTER)
    assert asked("SELECT ground FROM end_check ORDER BY id") == [("printed",), ("start",)]
    assert asked("SELECT id, last_on, paper, state FROM end_check ORDER BY id") == before
