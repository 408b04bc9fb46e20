"""The trail tells every deed in words."""

import re
from pathlib import Path

import pytest

from portal.audit import words
from tests.patrols.going import a_patrol, logged

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


def test_what_a_patrol_and_its_duties_kept_is_told_in_words_and_by_name(commune, browse_as):
    logged(commune, a_patrol(commune))
    page = browse_as(commune.inspector).get("/audit/").text
    told = dict(re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", page))
    assert told["Commune"].endswith(f"now {commune.unit.name}")
    assert told["Role that owes it"].startswith("–, now ")
    assert "_" not in told["Role that owes it"] + told["Rule"]
    assert "TT-2026-001" in told["What it names"]
    assert "{" not in told["What it names"]
    raw = {name for name in told if name[:1].islower()}
    assert not raw
