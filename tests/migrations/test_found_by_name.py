"""An entry about somebody keeps no copy of the name by which it is found."""

import pytest
from flask_migrate import downgrade

from tests.migrations.filling import asked

pytestmark = pytest.mark.both_engines

BEFORE, AFTER = "0045_one_fine", "0046_found_by_name"
SETTING = (
    "UPDATE person SET full_name = 'Phạm Công Cẩn' WHERE id = 1",
    "UPDATE drug_test SET number = 'XN-2024-001', person_id = 1, folded = 'xn-2024-001 pham cong can' WHERE id = 1",
    "UPDATE fine_decision SET number = 'XP-2024-001', paper_number = '5/QĐ-XPHC', person_id = 1 WHERE id = 1",
    "UPDATE fine_decision SET folded = 'xp-2024-001 pham cong can 5/qd-xphc' WHERE id = 1",
)
FOUND_BY = "SELECT folded FROM {} WHERE id = 1"


def test_what_was_found_by_a_copy_of_the_name_is_found_by_the_person(bare):
    bare.filled(BEFORE, *SETTING)
    bare.upgrade(AFTER)
    assert asked(FOUND_BY.format("drug_test")) == [("xn-2024-001",)]
    assert asked(FOUND_BY.format("fine_decision")) == [("xp-2024-001 5/qd-xphc",)]
    downgrade(directory=str(bare.migrations), revision=BEFORE)
    assert asked(FOUND_BY.format("drug_test")) == [("xn-2024-001 pham cong can",)]
    assert asked(FOUND_BY.format("fine_decision")) == [("xp-2024-001 pham cong can 5/qd-xphc",)]
