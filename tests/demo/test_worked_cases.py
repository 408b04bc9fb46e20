"""Cases of the example that were worked by hand (docs/worked-cases.md), beside what `rules explain` answers."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

DOCUMENT = Path(__file__).parents[2] / "docs" / "worked-cases.md"
MONTHS = "The month before, this month and the next"
ROW = re.compile(
    r"\| (?P<rule>[A-Z][\w.-]+)(?P<doubt>\*?)(?: \((?P<month>[\d-]+)\))? \| (?P<day>[^|]+) \| [^|]+ \| [^|]+ \|"
)
TOLD = re.compile(r"(?P<day>\d{2}/\d{2}/\d{4}\S*)  .*?(?: \((?P<month>\d{4}-\d{2}|\d{4}-Q\d)\))?")


@dataclass(frozen=True, order=True)
class Worked:
    """A day of a rule; of a monthly one with its month, of one counted backwards with the day of its alert."""

    rule: str
    month: str
    day: str
    confirmed: bool


def by_hand() -> dict[str, set[Worked]]:
    """The rows of each case, by its number."""
    found: dict[str, set[Worked]] = {}
    for part in DOCUMENT.read_text(encoding="utf-8").split("\n## ")[1:]:
        lines = part.splitlines()
        rows = [ROW.fullmatch(line) for line in lines if line.startswith("| ") and not line.startswith("| Rule")]
        assert all(rows), f"A row of {lines[0]} cannot be read."
        found[lines[0].split(" · ")[0]] = {
            Worked(row["rule"], row["month"] or "", row["day"].strip(), not row["doubt"]) for row in rows if row
        }
    return found


def answered(output: str) -> Iterator[tuple[str, Worked]]:
    """What the command says: each day with the part in which it stands."""
    part, lines = "", output.splitlines()
    for place, line in enumerate(lines):
        if found := TOLD.fullmatch(line):
            further = re.split(r"\n(?! {12})", "\n".join(lines[place + 1 :]), maxsplit=1)[0]
            alert = re.search(r"alert on (\S+)\.", further)
            day = found["day"] + (f" → {alert[1]}" if alert else "")
            yield part, Worked(further.split()[0], found["month"] or "", day, "[confirmed]" in further)
        elif line and not line.startswith(" "):
            part = line


@pytest.fixture
def explained(example, monkeypatch):
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")

    def explain(number):
        answer = example.test_cli_runner().invoke(args=["rules", "explain", number])
        assert answer.exit_code == 0, answer.output
        return list(answered(answer.output))

    return explain


@pytest.mark.parametrize("number", by_hand())
def test_what_was_worked_by_hand_is_what_the_command_explains(number, explained):
    told, worked = explained(number), by_hand()[number]
    assert {one for _part, one in told} >= worked
    assert {one for part, one in told if part != MONTHS} == {one for one in worked if not one.month}


def test_the_worked_cases_are_of_different_kinds():
    rules = [{one.rule.partition("-")[0] for one in rows} for rows in by_hand().values()]
    assert set().union(*rules) >= {"SS", "PAR", "NCR", "RS", "DRU", "REC", "COM"}
    assert len(rules) >= 5
