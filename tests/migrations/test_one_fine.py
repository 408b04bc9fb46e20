"""Of two fines that stood on one test the first stays."""

import pytest
from flask_migrate import downgrade

from portal.drugs.models import SECOND_FINE
from tests.migrations.filling import asked

pytestmark = pytest.mark.both_engines

BEFORE, AFTER = "0044_codes_of_own_kinds", "0045_one_fine"
ALIKE = "UPDATE fine_decision SET test_id = 1, voided_at = NULL, void_reason = '', annulled_on = NULL"
STANDING = "SELECT id FROM fine_decision WHERE voided_at IS NULL ORDER BY id"


def test_the_second_fine_on_a_test_is_struck_out_with_its_reason_and_the_way_back_lets_it_stand(bare):
    bare.filled(BEFORE, ALIKE)
    bare.upgrade(AFTER)
    assert asked(STANDING) == [(1,)]
    assert asked("SELECT void_reason, version FROM fine_decision WHERE id = 2") == [(SECOND_FINE, 3)]
    downgrade(directory=str(bare.migrations), revision=BEFORE)
    assert asked(STANDING) == [(1,), (2,)]


@pytest.mark.parametrize(
    "then",
    ["UPDATE fine_decision SET annulled_on = '2024-08-20' WHERE id = 1", "UPDATE fine_decision SET test_id = id"],
)
def test_a_fine_beside_an_annulled_one_or_on_another_test_stays(bare, then):
    bare.filled(BEFORE, ALIKE, then)
    bare.upgrade(AFTER)
    assert asked(STANDING) == [(1,), (2,)]
