"""Cases and shortenings of before keep what they say; the end of a term has its tables, and the way back takes them."""

import pytest
from flask_migrate import downgrade

from tests.migrations.filling import asked

pytestmark = pytest.mark.both_engines

BEFORE, AFTER = "0053_drug_management", "0061_end_of_a_term"
TOLD = "SELECT id, case_id, decided_on, months, decision_number, state FROM term_change ORDER BY id"
ADDED = ("end_check", "certificate_hold", "left_undone", "shortening_proposal", "helper_end_proposal")


def test_shortenings_of_before_keep_what_they_say_and_print_no_day(bare):
    bare.filled(BEFORE)
    before = asked(TOLD)
    bare.upgrade(AFTER)
    assert len(before) == 2
    assert asked(TOLD) == before
    assert asked("SELECT DISTINCT printed_ends_on FROM term_change") == [(None,)]
    assert asked('SELECT DISTINCT printed_paper_on FROM "case"') == [(None,)]


def test_the_way_back_takes_the_tables_of_the_end_and_nothing_else(bare):
    bare.filled(AFTER)
    before = asked(TOLD)
    assert [asked(f"SELECT count(*) FROM {name}") for name in ADDED] == [[(2,)]] * len(ADDED)  # noqa: S608
    downgrade(directory=str(bare.migrations), revision=BEFORE)
    assert asked(TOLD) == before
