"""Whose names may go: people of whom nothing that is kept still runs, is still young, is held, or waits for an answer.

People with one ID number are one in every figure, so they lose their names together or not at all.
"""

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from portal.cases.models import Case
from portal.drugs.models import DrugReviewEntry, DrugTest, FineDecision
from portal.engine import clock
from portal.engine.db import db
from portal.engine.text import mark
from portal.incidents.models import Incident, IncidentPerson, Outcome
from portal.law import personal_data
from portal.law.personal_data import Kept
from portal.law.rule import Parameters
from portal.lawbook.queries import law_of
from portal.organisation.models import Unit, line_of
from portal.people.models import LegalHold, Person, PersonRequest
from portal.privacy import beside

RUNS = mark("Something of theirs still runs or waits for its end")
YOUNG = mark("The time of keeping is not over")
HELD = mark("A legal hold stands")
ASKED = mark("A request of theirs waits for its answer")
WAITS = (RUNS, YOUNG, HELD, ASKED)
NEVER_OPENED = ("rejected", "discarded")


@dataclass(frozen=True)
class Mention:
    """One record that speaks of somebody: what it is called, when it ended, and until when its names stand."""

    person_id: int
    told: str
    ended_on: date | None
    kept: Kept


@dataclass(frozen=True)
class Group:
    """People who are one in every figure, with all that speaks of them; *waits* is the reason why names stay."""

    people: Sequence[int]
    mentions: Sequence[Mention]
    waits: str = ""

    @property
    def told(self) -> str:
        return ", ".join(sorted({one.told for one in self.mentions}))

    @property
    def ended_on(self) -> date:
        """The day on which the last of it ended."""
        return max(one.ended_on for one in self.mentions if one.ended_on)


@dataclass(frozen=True)
class DryRun:
    """What a round of today would touch, and how many it would leave, by the reason."""

    due: Sequence[Group]
    waiting: Mapping[str, int]
    rules: Sequence[tuple[str, int, Kept]]  # each with how many records stand under it
    nobodys: Sequence[Incident] = ()  # past their time, with a name in them that leads to no record of a person

    @property
    def people(self) -> list[int]:
        return [one for group in self.due for one in group.people]

    @property
    def fingerprint(self) -> str:
        """What a page carries of it: another one once anybody else would lose their name."""
        return hashlib.sha256(" ".join(str(one) for one in sorted(self.people)).encode()).hexdigest()[:32]

    def by_person(self) -> Iterator[tuple[int, Group]]:
        for group in self.due:
            for one in group.people:
                yield one, group


def law_on_data(commune: Unit) -> Parameters:
    """The numbers that hold in a commune: those that the portal comes with, and what was approved there."""
    table: Parameters = law_of(commune)["personal_data"].PARAMETERS
    return table


def dry_run(commune: Unit) -> DryRun:
    """Look at everybody of whom a commune keeps anything, and whose name still stands."""
    groups = groups_of(commune)
    waiting: dict[str, int] = dict.fromkeys(WAITS, 0)
    for one in groups:
        if one.waits:
            waiting[one.waits] += 1
    rules: dict[str, list[Kept]] = defaultdict(list)
    for one in groups:
        for mention in one.mentions:
            rules[mention.kept.rule].append(mention.kept)
    counted = [(rule, len(those), those[0]) for rule, those in sorted(rules.items())]
    return DryRun([one for one in groups if not one.waits], waiting, counted, _nobodys(commune))


def groups_of(commune: Unit, people: Collection[int] | None = None) -> list[Group]:
    """All groups, or those to which some people belong, the longest ended first."""
    asked = select(Person.id, Person.identity).where(
        Person.commune_id.in_(line_of(commune.id)), Person.forgotten_on.is_(None)
    )
    identities: dict[str, list[int]] = defaultdict(list)
    for person_id, identity in db.session.execute(asked):
        identities[identity].append(person_id)
    chosen = [ids for ids in identities.values() if people is None or set(ids) & set(people)]
    said = _mentions(commune, {one for ids in chosen for one in ids})
    holding, waiting = held(), _asked()
    groups = [_group(ids, said, holding, waiting) for ids in chosen if any(one in said for one in ids)]
    return sorted(groups, key=lambda one: (bool(one.waits), min(m.ended_on or date.max for m in one.mentions)))


def _group(ids: Sequence[int], said: Mapping[int, list[Mention]], holding: set[int], waiting: set[int]) -> Group:
    mentions = [mention for one in ids for mention in said.get(one, ())]
    today = clock.today()
    if holding & set(ids):
        return Group(ids, mentions, HELD)
    if waiting & set(ids):
        return Group(ids, mentions, ASKED)
    if any(one.kept.until is None for one in mentions):
        return Group(ids, mentions, RUNS)
    young = any(one.kept.until is not None and one.kept.until >= today for one in mentions)
    return Group(ids, mentions, YOUNG if young else "")


def stays(group: Group, within: Collection[int]) -> str:
    """Why those who are one keep their names though a round names some of them; empty where they go. Of whoever joined
    them since then nobody decided anything."""
    return group.waits if set(group.people) <= set(within) else RUNS


def held() -> set[int]:
    """Of whom a legal hold stands today."""
    return set(db.session.scalars(select(LegalHold.person_id).where(LegalHold.stands_on(clock.today()))))


def _asked() -> set[int]:
    """Whose request is not over: also one that was answered and not told yet."""
    open_ = PersonRequest.voided_at.is_(None), PersonRequest.state.in_(("received", "answered", "refused"))
    return set(db.session.scalars(select(PersonRequest.person_id).where(*open_)))


# ── what speaks of somebody ─────────────────────────────────────────────────────────────────────────────────────────
def _mentions(commune: Unit, people: set[int]) -> dict[int, list[Mention]]:
    found: dict[int, list[Mention]] = defaultdict(list)
    numbers = law_on_data(commune)
    for source in (_cases, _tests, _fines, _reviews, _incidents):
        for one in source(commune, numbers):
            if one.person_id in people:
                found[one.person_id].append(one)
    return found


def _cases(commune: Unit, numbers: Parameters) -> Iterator[Mention]:
    today = clock.today()
    columns = (
        Case.person_id, Case.number, Case.type, Case.state, Case.closed_on, Case.closing_reason, Case.voided_at,
        Case.changed_at,
    )  # fmt: skip
    for one in db.session.execute(_of(commune, Case, columns)):
        if one.voided_at or one.state in NEVER_OPENED:
            ended: date | None = clock.day_of(one.voided_at or one.changed_at)
            kept = personal_data.kept_until("RET-UNOPENED", ended, today, numbers)
        else:
            ended = one.closed_on if one.state == "closed" else None
            kept = personal_data.of_case(one.type, ended, one.closing_reason or "", today, numbers)
        yield Mention(one.person_id, one.number, ended, kept)


def _tests(commune: Unit, numbers: Parameters) -> Iterator[Mention]:
    return _entries(commune, numbers, DrugTest, DrugTest.taken_on, "RET-TESTED")


def _fines(commune: Unit, numbers: Parameters) -> Iterator[Mention]:
    return _entries(commune, numbers, FineDecision, FineDecision.decided_on, "RET-TESTED")


def _reviews(commune: Unit, numbers: Parameters) -> Iterator[Mention]:
    return _entries(commune, numbers, DrugReviewEntry, DrugReviewEntry.removed_on, "RET-LISTED")


def _entries(commune: Unit, numbers: Parameters, model: Any, day: Any, rule: str) -> Iterator[Mention]:
    """Entries of a book; what was struck out ended with that."""
    asked = _of(commune, model, (model.person_id, model.number, day.label("ended"), model.voided_at))
    for one in db.session.execute(asked):
        ended = one.ended or (clock.day_of(one.voided_at) if one.voided_at else None)
        yield Mention(one.person_id, one.number, ended, personal_data.kept_until(rule, ended, clock.today(), numbers))


def _incidents(commune: Unit, numbers: Parameters) -> Iterator[Mention]:
    """What people had a part in, also where a line has their name alone and is theirs by that."""
    linked = select(IncidentPerson).where(
        IncidentPerson.commune_id.in_(line_of(commune.id)), IncidentPerson.person_id.is_not(None)
    )
    for one in db.session.scalars(linked.options(joinedload(IncidentPerson.incident))):
        yield Mention(one.person_id or 0, one.incident.number, *_in_incident(one, numbers))
    for named in beside.lines_in(commune):
        for person_id in named.people:
            yield Mention(person_id, named.line.incident.number, *_in_incident(named.line, numbers))


def _in_incident(line: IncidentPerson, numbers: Parameters) -> tuple[date | None, Kept]:
    """When what a line tells of ended, and until when its name stands."""
    incident = line.incident
    out = incident.voided_at or line.voided_at
    ended = clock.day_of(out) if out else None if incident.outcome == Outcome.PENDING else incident.outcome_on
    return ended, personal_data.kept_until("RET-INCIDENT", ended, clock.today(), numbers)


def _nobodys(commune: Unit) -> list[Incident]:
    """Incidents that are past their time and name somebody of whom nothing is kept: whether anything of theirs still
    runs nobody can look up."""
    numbers, today = law_on_data(commune), clock.today()
    lines = [one.line for one in beside.lines_in(commune) if not one.people]
    untils = ((one.incident, _in_incident(one, numbers)[1].until) for one in lines)
    return sorted({one for one, until in untils if until and until < today}, key=lambda one: one.number)


def _of(commune: Unit, model: Any, columns: Iterable[Any]) -> Any:
    return select(*columns).select_from(model).where(model.commune_id.in_(line_of(commune.id)))
