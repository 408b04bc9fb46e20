"""The story of a case, the latest first: what was recorded, decided and changed, told once and in one place.

What was entered in error stays, struck through, with its reason.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import url_for

from portal.cases import law_days, queries
from portal.cases.models import ASSIGNMENT_KIND_NAMES, CLOSING_REASON_NAMES, Assignment, Case, CaseType, reception_of
from portal.cases.presenters import birth, breaches
from portal.cases.presenters.entries import Entry
from portal.cases.presenters.legal_calendar import share_of
from portal.cases.presenters.recorded import recorded
from portal.cases.presenters.rights import answered
from portal.duties.models import Duty
from portal.engine import clock
from portal.engine.excerpts import excerpts_of
from portal.engine.presentation import day
from portal.engine.text import _, say
from portal.engine.workflow import Step, steps_of
from portal.law.rule import ACT_2025, DECREE
from portal.organisation.models import User
from portal.organisation.presenters.stories import sentence
from portal.organisation.queries import users_named

SHOWN = 8
SAME_LAW = frozenset({CaseType.REINTEGRATION})  # nothing of theirs changed on 01/07/2026


@dataclass(frozen=True)
class Timeline:
    """The entries that a page shows, and how many there are."""

    shown: Sequence[Entry]
    total: int

    @property
    def whole(self) -> bool:
        return len(self.shown) == self.total


def timeline(
    case: Case, name: str, assignments: Sequence[Assignment], proposals: Sequence[Any], duties: Sequence[Duty],
    *, with_notes: bool, whole: bool, may_ask_again: bool = False,
) -> Timeline:  # fmt: skip
    """Tell the story from what the reader may read; *with_notes*: also what officers recorded in it.

    *name* is what the reader may know of the person's.
    """
    told = [*_frame(case, with_notes=with_notes), *_rights(case), *_of_steps(case, name, proposals)]
    told += _of_assignments(assignments, with_reasons=with_notes)
    if with_notes:
        told += [*recorded(case), *breaches.fines(case)]
        told += [*_of_changes(case), *_of_checks(case), *_of_corrections(case), *_of_meetings(case)]
        told += answered(duties, may_ask_again=may_ask_again)
    told.sort(key=lambda entry: (entry.on, entry.recorded_at or case.created_at), reverse=True)
    return Timeline(told if whole else told[:SHOWN], len(told))


# ── the frame: receipt, change of law, rights, closing ──────────────────────────────────────────────────────────────
def _frame(case: Case, *, with_notes: bool) -> Iterator[Entry]:
    yield Entry(case.received_on, "done", _("Papers received, case %(number)s", number=case.number))
    if case.kept_from:
        yield Entry(case.kept_from, "todo", _("Kept here from this day on; before it on paper"))
    if case.reception_on and (not with_notes or reception_of(case) is None):
        yield Entry(case.reception_on, "done", _("Reception: rights and duties explained, commitment signed"))
    if _lived_through_the_change(case):
        text = _("%(law)s holds for what follows. What was finished before stays as it was.", law=DECREE)
        yield Entry(ACT_2025, "todo", _("New rules from %(day)s", day=day(ACT_2025)), text)
    if case.closed_on:
        reason = str(CLOSING_REASON_NAMES[case.closing_reason]) if case.closing_reason else ""
        yield Entry(case.closed_on, "done", _("Case closed"), reason, recorded_at=case.changed_at)


def _lived_through_the_change(case: Case) -> bool:
    ran_before = min(case.received_on, case.starts_on) < ACT_2025 <= clock.today()
    return ran_before and case.type not in SAME_LAW and (case.closed_on is None or case.closed_on > ACT_2025)


def _rights(case: Case) -> Iterator[Entry]:
    until = min(clock.today(), case.closed_on or clock.today())
    for due in law_days.calendar(case):
        if due.kind == "right" and due.due_on <= until and not due.period.endswith("floor"):
            title, label = share_of(due), say(due.label)
            yield Entry(due.due_on, "right", title, label if label != title else "")


# ── who has it, and what was decided ────────────────────────────────────────────────────────────────────────────────
def _of_assignments(assignments: Sequence[Assignment], *, with_reasons: bool) -> Iterator[Entry]:
    answers = {step.record_id: step for step in queries.steps_of_many("assignment", [one.id for one in assignments])}
    for one in assignments:
        values = {"name": one.assignee.full_name, "kind": str(ASSIGNMENT_KIND_NAMES[one.kind])}
        answer = answers.get(one.id)
        why = answer.reason if answer and with_reasons else ""
        answered_at = answer.at if answer else one.created_at
        if one.voided_at:
            yield Entry(
                one.proposed_on, "cancelled", _("%(kind)s proposed: %(name)s", **values), voided=one.void_reason,
                recorded_at=one.created_at,
            )  # fmt: skip
        elif one.state == "proposed":
            url, title = url_for("cases.assignment", id=one.id), _("%(kind)s proposed: %(name)s", **values)
            given = one.reason if with_reasons else ""
            yield Entry(one.proposed_on, "waiting", title, given, url=url, recorded_at=one.created_at)
        elif one.state == "recalled":
            title = _("%(kind)s asked, and taken back: %(name)s", **values)
            yield Entry(clock.day_of(answered_at), "cancelled", title, why, recorded_at=answered_at)
        elif one.state == "declined":
            title = _("%(kind)s declined: %(name)s", **values)
            yield Entry(clock.day_of(answered_at), "returned", title, why, recorded_at=answered_at)
        if one.since:
            given = one.reason if with_reasons else ""
            yield Entry(one.since, "done", _("%(kind)s: %(name)s", **values), given, recorded_at=answered_at)
        if one.until:
            title = _("%(kind)s until this day: %(name)s", **values)
            yield Entry(one.until, "done", title, recorded_at=one.changed_at)


def _of_steps(case: Case, name: str, proposals: Sequence[Any]) -> Iterator[Entry]:
    by_id = {one.id: one for one in proposals}
    own, others = steps_of(case), queries.steps_of_many("proposal", by_id)
    users = users_named({one for step in (*own, *others) for one in (step.by_id, step.on_behalf_of_id)})
    for step in own:
        yield _step(case, step, users, step.reason, "")
    for step in others:
        proposal = by_id[step.record_id]
        yield _step(proposal, step, users, proposal.titled(name), url_for("proposals.show", id=proposal.id))


def _of_changes(case: Case) -> Iterator[Entry]:
    """Who confirmed or refused a shortening, and who asked to take it back and answered."""
    by_id = {one.id: one for one in case.term_changes}
    steps = queries.steps_of_many("term_change", by_id)
    users = users_named({one for step in steps for one in (step.by_id, step.on_behalf_of_id)})
    for step in steps:
        yield _step(by_id[step.record_id], step, users, step.reason, url_for("cases.term_changed", id=step.record_id))


def _of_checks(case: Case) -> Iterator[Entry]:
    """Who confirmed or refused the last day of the term."""
    by_id = {one.id: one for one in case.end_checks}
    steps = queries.steps_of_many("end_check", by_id) if by_id else ()
    users = users_named({one for step in steps for one in (step.by_id, step.on_behalf_of_id)}) if steps else {}
    for step in steps:
        yield _step(by_id[step.record_id], step, users, step.reason, url_for("cases.end_checked", id=step.record_id))


def _of_meetings(case: Case) -> Iterator[Entry]:
    """What a meeting concluded about the case."""
    for one in excerpts_of(case):
        title = _("Spoken of at a meeting (%(source)s)", source=one.source)
        yield Entry(one.concluded_on, "done", title, one.text, recorded_at=one.at)


def _of_corrections(case: Case) -> Iterator[Entry]:
    """Who asked for another date of birth, and who confirmed or refused it."""
    by_id = {one.id: one for one in case.birth_corrections}
    yield from map(birth.entry, by_id.values())
    steps = queries.steps_of_many("birth_correction", by_id)
    users = users_named({one for step in steps for one in (step.by_id, step.on_behalf_of_id)})
    for step in steps:
        url = url_for("cases.birth_correction", id=step.record_id)
        yield _step(by_id[step.record_id], step, users, step.reason, url)


def _step(record: Any, step: Step, users: Mapping[int, User], text: str, url: str) -> Entry:
    shape = record.workflow.states[step.to_state].shape if step.to_state in record.workflow.states else "done"
    shape = "done" if shape == "waiting" else shape  # that the step was taken is past, whoever it waits for now
    on = clock.day_of(step.at)
    return Entry(on, shape, sentence(record, step, users), text, url, recorded_at=step.at)
