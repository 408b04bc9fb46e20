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
from portal.drugs.books import FINES, REVIEWS, TESTS
from portal.drugs.models import DrugTest, ReviewSource, TestContext, TestResult
from portal.engine.db import db
from portal.engine.vietnamese import fold
from portal.forces.books import CAMERAS, TEAMS
from portal.forces.models import CameraState, Task, TeamKind
from portal.incidents.books import DISPUTES, INCIDENTS, TIP_BOXES, TIPS
from portal.incidents.models import (
    Agency,
    BoxPlace,
    Channel,
    DisputeKind,
    Harm,
    IncidentKind,
    IncidentRole,
    Offence,
    Outcome,
    Settlement,
    Substance,
    TipAssessment,
    VehicleKind,
)
from portal.law import fines
from portal.movement.books import COMMENDATIONS, MODELS, TITLES
from portal.movement.models import Commended, Comparison, Honour, ModelKind, TitleKind, Verdict
from portal.movement.models import Outcome as OutcomeOfTitle
from portal.organisation.models import Role, Unit
from portal.outreach.books import MATERIALS, SESSIONS, VISITS
from portal.outreach.models import Extent, MaterialKind, SessionForm, Visited
from portal.prevention.books import WEAPONS
from portal.prevention.models import CustodyStep, WeaponType
from portal.profile.books import ABROAD, FACTS, TOTALS
from portal.profile.catalogue import FactKey
from portal.profile.models import Country
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
POLICE_AND_INSPECTOR: Roles = dict.fromkeys((officer, chief, inspector), BOTH)
TOLD: Roles = dict.fromkeys((officer, chief, leader, military, border, inspector), BOTH)
KNOWING: Roles = dict.fromkeys((officer, chief, leader, inspector), BOTH)
REGISTERING: Roles = dict.fromkeys((officer, chief, clerk), BOTH)
DESCRIBING: Roles = dict.fromkeys((clerk, chief), BOTH)
OWN_VILLAGE: Roles = {villager: "shelf"}

Facts = Callable[[Commune, Unit, str], dict[str, Any]]


@dataclass(frozen=True)
class Sample:
    """*facts* fill an entry of a village, with a word that is found in it; *parts* fill its lines.

    *ahead* writes down what has to be there before, within a transaction; *anew* what a second entry needs of its own.
    """

    book: Book
    reads: Roles
    writes: Roles
    facts: Facts
    parts: Mapping[str, Facts] = field(default_factory=dict)
    strikes_out: Roles | None = None
    by: str = "officer"  # who writes it in tests
    part_reads: Mapping[str, Roles] = field(default_factory=dict)  # of lines that fewer read than their entry
    shows: bool = True  # whether the word stands on its list and in its table
    ahead: Callable[[Commune, Unit], None] = lambda _commune, _village: None
    anew: Callable[[Commune, Unit], None] = lambda _commune, _village: None

    @property
    def name(self) -> str:
        return self.book.name

    @property
    def voids(self) -> Roles:
        return self.writes if self.strikes_out is None else self.strikes_out


def _person(village: Unit, word: str) -> dict[str, Any]:
    return {"full_name": f"A Thử {word}", "birth_year": 1990, "national_id": None, "village_id": village.id}


def _tested(commune: Commune, village: Unit) -> None:
    """Somebody of the village, whom a fine can be about."""
    if not _test_in(commune, village):
        _another_test(commune, village)


def _another_test(commune: Commune, village: Unit) -> None:
    from portal.books import actions

    facts = {**_person(village, "Dương"), "context": TestContext.REVIEW, "taken_on": date(2024, 7, 15),
             "result": TestResult.POSITIVE}  # fmt: skip
    actions.write_down(DrugTest, commune.id, facts, None)
    db.session.flush()


def _test_in(commune: Commune, village: Unit) -> int | None:
    of_village = db.select(DrugTest.id).where(DrugTest.commune_id == commune.id, DrugTest.village_id == village.id)
    return db.session.scalar(of_village.where(DrugTest.result == TestResult.POSITIVE).order_by(DrugTest.id.desc()))


SAMPLES: tuple[Sample, ...] = (
    Sample(
        REVIEWS, POLICE_AND_INSPECTOR, POLICE,
        lambda _commune, village, word: {
            **_person(village, word), "listed_on": date(2024, 7, 8), "source_kind": ReviewSource.VILLAGE,
            "reason": "Có biểu hiện nghi vấn", "reviewer_id": _commune.officer.id, "review_until": date(2024, 12, 31),
        },
    ),
    Sample(
        TESTS, POLICE_AND_INSPECTOR, POLICE,
        lambda _commune, village, word: {
            **_person(village, word), "context": TestContext.FOLLOW_UP, "taken_on": date(2024, 7, 22),
            "result": TestResult.NEGATIVE, "location": "Trạm y tế", "device": "Que thử 5 chân",
        },
    ),
    Sample(
        FINES, POLICE_AND_INSPECTOR, POLICE,
        lambda commune, village, word: {
            "test_id": _test_in(commune, village), "paper_number": f"{word}/QĐ-XPHC", "decided_on": date(2024, 7, 18),
            "amount_vnd": 1_500_000, "village_id": village.id, "offence": fines.Offence.DRUG_USE,
        },
        ahead=_tested, anew=_another_test,
    ),
    Sample(
        WEAPONS, OFFICE, POLICE,
        lambda _commune, village, word: {
            "handed_over_on": date(2024, 4, 26), "village_id": village.id, "received_by": f"Ca trực {word}",
        },
        {
            "items": lambda _commune, _village, word: {
                "weapon_type": WeaponType.ALCOHOL_GUNS, "quantity": 2, "marks": word,
            },
            "custody": lambda _commune, _village, word: {
                "step": CustodyStep.KEPT, "since_on": date(2024, 4, 26), "kept_at": f"Kho {word}",
            },
        },
    ),
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
            "last_on": date(2026, 12, 31), "plan": "7/KH-UBND", "outcome": OutcomeOfTitle.OPEN, "note": word,
        },
        {
            "criteria": lambda _commune, _village, word: {
                "text": f"Số mô hình {word}", "figure": "models.running", "comparison": Comparison.AT_LEAST,
                "target": 1000, "unit": "mô hình",
            },
            "evidence": lambda _commune, _village, word: {"paper": "7/KH-UBND", "note": word},
        },
    ),
    Sample(
        INCIDENTS, TOLD, POLICE,
        lambda _commune, village, word: {
            "kind": IncidentKind.SECURITY, "category": Offence.THEFT, "village_id": village.id,
            "location": f"Chợ {word}", "text": f"Mất trộm xe máy, {word}", "occurred_on": date(2026, 11, 2),
            "detected_on": date(2026, 11, 3), "detected_by": Agency.COMMUNE_POLICE,
            "outcome": Outcome.PENDING,
        },
        {
            "persons": lambda _commune, _village, word: {
                "role": IncidentRole.SUBJECT, "full_name": f"Lê Văn {word.replace('-', ' ')}", "birth_year": 1990,
                "residence": word,
            },
            "seizures": lambda _commune, _village, word: {
                "substance": Substance.METHAMPHETAMINE, "grams": 3_420, "text": word,
            },
            "vehicles": lambda _commune, _village, _word: {
                "kind": VehicleKind.MOTORBIKE, "quantity": 1, "harm": Harm.DAMAGED,
            },
        },
        part_reads={"persons": KNOWING}, shows=False,
    ),
    Sample(
        TIPS, dict.fromkeys((officer, chief, inspector), BOTH), POLICE,
        lambda _commune, village, word: {
            "received_on": date(2026, 11, 2), "channel": Channel.BOX, "village_id": village.id, "text": f"Tin {word}",
            "assessment": TipAssessment.PENDING,
        },
        shows=False,
    ),
    Sample(
        TIP_BOXES, OFFICE, POLICE,
        lambda _commune, village, word: {
            "place_kind": BoxPlace.VILLAGE_HALL, "village_id": village.id, "location": f"Hội trường {word}",
            "installed_on": date(2024, 7, 9), "note": word,
        },
        {"openings": lambda commune, _village, word: {
            "opened_on": date(2026, 11, 2), "first_id": commune.officer.id, "second_name": "Y Ngao", "found": 1,
            "note": word,
        }},
    ),
    Sample(
        DISPUTES, {**OFFICE, villager: "shelf"},
        {**dict.fromkeys((officer, chief, clerk), BOTH), villager: "shelf"},
        lambda _commune, village, word: {
            "taken_up_on": date(2026, 11, 2), "village_id": village.id, "kind": DisputeKind.LAND, "parties": 2,
            "mediator": f"Tổ hòa giải {word}", "text": word, "result": Settlement.PENDING,
        },
    ),
    Sample(
        SESSIONS, {**OFFICE, **OWN_VILLAGE}, {**REGISTERING, **OWN_VILLAGE},
        lambda _commune, village, word: {  # planned, so that what becomes of it can still be told
            "form": SessionForm.LAUNCH, "held_on": date(2026, 12, 10), "village_id": village.id,
            "extent": Extent.SEVERAL, "topic": f"Ra mắt mô hình {word}", "audience": "Nhân dân", "note": word,
        },
    ),
    Sample(
        MATERIALS, OFFICE, REGISTERING,
        lambda _commune, village, word: {
            "kind": MaterialKind.LEAFLET, "quantity": 80, "topic": f"Pháo {word}", "village_id": village.id,
            "distributed_on": date(2026, 11, 18), "note": word,
        },
    ),
    Sample(
        VISITS, OFFICE, REGISTERING,
        lambda _commune, village, word: {
            "body": Visited.PERSON_OF_PRESTIGE, "count": 4, "occasion": f"Tết {word}", "village_id": village.id,
            "visited_on": date(2026, 2, 10),
        },
    ),
    Sample(
        TOTALS, OFFICE, DESCRIBING,
        lambda _commune, village, word: {
            "village_id": village.id, "as_of": date(2026, 8, 20), "households": 212, "persons": 690,
            "minority_households": 205, "minority_persons": 668, "religious_households": 6, "religious_persons": 20,
            "source": f"Biểu {word}",
        },
        by="clerk",
    ),
    Sample(
        FACTS, OFFICE, DESCRIBING,
        lambda _commune, _village, word: {
            "key": FactKey.NEW_RURAL_CRITERION, "value": "19.2", "valid_from": date(2024, 8, 20),
            "source": f"Báo cáo {word}",
        },
        by="clerk",
    ),
    Sample(
        ABROAD, OFFICE, DESCRIBING,
        lambda _commune, village, word: {
            "name": f"Bản {word}", "country": Country.LAOS, "households": 128, "persons": 634,
            "as_of": date(2024, 8, 20), "village_id": village.id,
        },
        by="clerk",
    ),
)  # fmt: skip


# Those whose entries are perhaps one without being about one person.
BY_FACTS = [one for one in SAMPLES if one.book.twice and "person_id" not in one.book.twice]


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
    sample.ahead(commune, unit)
    facts = sample.facts(commune, unit, word)
    entry: Entry = actions.write_down(sample.book.record, commune.id, facts, None)
    for part in sample.book.parts:
        if part.name in sample.parts:
            actions.add_line(part.record, entry, sample.parts[part.name](commune, unit, word), None)
    db.session.flush()
    return entry
