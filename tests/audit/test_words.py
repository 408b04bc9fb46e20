"""The trail tells every deed in words."""

import re
from pathlib import Path

import pytest

from portal.audit import words

SOURCES = Path(__file__).parents[2] / "portal"
NAMED = sorted({
    name
    for path in SOURCES.rglob("*.py")
    for name in re.findall(r'audit\.(?:note|tell)\("(\w+)"', path.read_text(encoding="utf-8"))
})  # fmt: skip


@pytest.mark.parametrize("deed", NAMED)
def test_each_deed_that_is_written_into_the_trail_has_a_sentence(deed):
    assert deed in words.DEEDS


def test_the_deeds_of_the_code_were_found():
    assert {"finish", "sign_in_failed"} <= set(NAMED)
