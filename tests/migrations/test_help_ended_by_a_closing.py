"""With which closing the end of a help was proposed is read from its words for the last time."""

import pytest
from flask_migrate import downgrade

from tests.migrations.filling import asked

pytestmark = pytest.mark.both_engines

BEFORE, AFTER = "0100_consents_and_medical_papers", "0109_help_ended_by_a_closing"
CLOSING = "UPDATE proposal SET case_id = 1, number = 'ĐX-2026-087' WHERE id = 1"
WITH_IT = "UPDATE proposal SET case_id = 1, number = 'ĐX-2026-088', reason = '{}' WHERE id = 2"
WORDS = "Đề xuất cùng với việc kết thúc hồ sơ (ĐX-2026-{})."
TOLD = "SELECT id, completion_id FROM helper_end_proposal ORDER BY id"


@pytest.mark.parametrize(("words", "closing"), [
    (WORDS.format("087"), 1), (WORDS.format("123"), None), ("Ốm nặng", None),
])  # fmt: skip
def test_an_end_knows_the_closing_that_its_words_name_and_the_way_back_drops_it(bare, words, closing):
    bare.filled(BEFORE, CLOSING, WITH_IT.format(words))
    bare.upgrade(AFTER)
    assert asked(TOLD) == [(1, None), (2, closing)]
    downgrade(directory=str(bare.migrations), revision=BEFORE)
    assert asked("SELECT id FROM helper_end_proposal ORDER BY id") == [(1,), (2,)]


def test_an_end_in_another_case_is_not_of_that_closing(bare):
    bare.filled(BEFORE, CLOSING, WITH_IT.format(WORDS.format("087")), "UPDATE proposal SET case_id = 2 WHERE id = 2")
    bare.upgrade(AFTER)
    assert asked(TOLD) == [(1, None), (2, None)]
