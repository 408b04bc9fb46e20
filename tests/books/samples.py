"""One entry of every book, as somebody would write it, and who reads it, writes it and strikes it out.

A book without a sample fails `test_every_book`, and so does a sample whose rights the portal does not give.
"""

import enum
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from portal.books import Book
from portal.books.forms import Amount
from portal.books.models import Entry
from portal.engine.db import db
from portal.engine.vietnamese import fold
from portal.forces.books import CAMERAS, TEAMS
from portal.forces.models import CameraState, Task, TeamKind
from portal.movement.books import COMMENDATIONS, MODELS, TITLES
from portal.movement.models import Commended, Comparison, Honour, ModelKind, Outcome, TitleKind, Verdict
from portal.organisation.models import Role, Unit
from portal.reports.books import TYPED
from tests.builders import Commune

officer, chief, leader = Role.POLICE_OFFICER, Role.POLICE_CHIEF, Role.COMMUNE_LEADER
military, border = Role.MILITARY_COMMAND, Role.BORDER_GUARD
villager, member = Role.VILLAGE_HEAD, Role.TEAM_MEMBER
inspector, clerk = Role.INSPECTOR, Role.OFFICE_CLERK

# Shelves: of the village of the head who is asked, and of another village of the commune.
SHELVES = {"shelf": "BPH", "shelf_sister": "NHA"}
BOTH = " ".join(SHELVES)
Roles = Mapping[Role, str]  # the shelves of each role

OFFICE: Roles = dict.fromkeys((officer, chief, leader, inspector, clerk), BOTH)
POLICE: Roles = dict.fromkeys((officer, chief), BOTH)
COMMITTEE_TOO: Roles = dict.fromkeys((officer, chief, leader, clerk), BOTH)

Facts = Callable[[Commune, Unit, str], dict[str, Any]]


@dataclass(frozen=True)
class Sample:
    """*facts* fill an entry of a village, with a word that is found in it; *parts* fill its lines."""

    book: Book
    reads: Roles
    writes: Roles
    facts: Facts
    parts: Mapping[str, Facts] = field(default_factory=dict)
    strikes_out: Roles | None = None
    by: str = "officer"  # who writes it in tests
    shows: bool = True  # whether the word stands on its list and in its table

    @property
    def name(self) -> str:
        return self.book.name

    @property
    def voids(self) -> Roles:
        return self.writes if self.strikes_out is None else self.strikes_out


SAMPLES: tuple[Sample, ...] = (
    Sample(
        TYPED, OFFICE, POLICE,
        lambda _commune, village, word: {
            "key": re.sub(r"[^a-z0-9]+", "_", f"loans {fold(word)} {village.id}"), "label": f"Số hộ vay vốn {word}",
            "value": 120000, "unit": "hộ", "first": date(2026, 1, 1), "last": date(2026, 10, 31),
            "definition": f"Hộ được vay vốn, {village.title}.", "evidence": f"Báo cáo của Ngân hàng CSXH {word}",
        },
    ),
    Sample(
        CAMERAS, OFFICE, POLICE,
        lambda _commune, village, word: {
            "village_id": village.id, "location": f"Ngã ba {word}", "installed_on": date(2024, 5, 20), "note": word,
        },
        {"checks": lambda _commune, _village, word: {
            "seen_on": date(2026, 11, 2), "state": CameraState.BROKEN, "note": word,
        }},
    ),
    Sample(
        TEAMS, OFFICE, POLICE,
        lambda _commune, village, word: {
            "kind": TeamKind.SECURITY, "village_id": village.id, "name": f"Tổ {word}",
            "established_on": date(2024, 7, 1), "decision": "15/QĐ-UBND", "note": word,
        },
        {
            "members": lambda _commune, _village, word: {
                "name": f"Lương Văn {word}", "birth_year": 1980, "task": Task.LEADER, "joined_on": date(2024, 7, 1),
                "note": word,
            },
            "reorganisations": lambda _commune, _village, word: {
                "reorganised_on": date(2026, 3, 2), "decision": "9/QĐ-UBND", "note": word,
            },
        },
    ),
    Sample(
        MODELS, OFFICE, POLICE,
        lambda _commune, _village, word: {
            "name": f"Thôn {word} bình yên", "kind": ModelKind.SECURITY, "launched_on": date(2024, 7, 5),
            "led_by": "Hội Phụ nữ xã", "about": word,
        },
        {
            "villages": lambda commune, village, word: {
                "village_id": village.id if word != "Ngọc Hải" else commune.place("NHA").id,
            },
            "reviews": lambda _commune, _village, word: {
                "reviewed_on": date(2025 if word == "Ngọc Hải" else 2024, 12, 12), "verdict": Verdict.KEEP,
                "reason": word,
            },
            "trainings": lambda _commune, _village, word: {
                "held_on": date(2024, 8, 12), "count": 24, "subject": word,
            },
        },
    ),
    Sample(
        COMMENDATIONS, OFFICE, COMMITTEE_TOO,
        lambda _commune, village, word: {
            "whom": Commended.GROUP, "name": f"Tập thể {word}", "village_id": village.id, "honour": Honour.MERIT,
            "given_by": "UBND xã", "given_on": date(2024, 8, 19), "decision": "140/QĐ-UBND", "reason": word,
        },
    ),
    Sample(
        TITLES, OFFICE, COMMITTEE_TOO,
        lambda _commune, _village, word: {
            "name": f"Danh hiệu {word}", "kind": TitleKind.OTHER, "year": 2026, "first_on": date(2026, 1, 1),
            "last_on": date(2026, 12, 31), "plan": "7/KH-UBND", "outcome": Outcome.OPEN, "note": word,
        },
        {
            "criteria": lambda _commune, _village, word: {
                "text": f"Số mô hình {word}", "figure": "models.running", "comparison": Comparison.AT_LEAST,
                "target": 1000, "unit": "mô hình",
            },
            "evidence": lambda _commune, _village, word: {"paper": "7/KH-UBND", "note": word},
        },
    ),
)  # fmt: skip


def typed(form: Any, facts: Mapping[str, Any]) -> dict[str, str]:
    """Facts as somebody types them into a form."""
    return {name: _typed(form[name], value) for name, value in facts.items() if name in form}


def _typed(of: Any, value: Any) -> str:
    if isinstance(of, Amount):
        return f"{value / 1000:.3f}".replace(".", ",")
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, enum.Enum):
        return str(value.value)
    return "" if value is None else str(value)


def kept(sample: Sample, commune: Commune, village: str = "BPH", word: str = "Bờ Y") -> Entry:
    """An entry with a line of each part. Call it within a transaction."""
    from portal.books import actions

    unit = commune.place(village)
    facts = sample.facts(commune, unit, word)
    entry: Entry = actions.write_down(sample.book.record, commune.id, facts, None, facts.get(sample.book.on.key))
    for part in sample.book.parts:
        if part.name in sample.parts:
            actions.add_line(part.record, entry, sample.parts[part.name](commune, unit, word), None)
    db.session.flush()
    return entry
