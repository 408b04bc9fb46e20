"""What stands at the beginning of a case: an officer, the report to the province, the plan. Later, another officer."""

from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import Any

from portal.cases import owed
from portal.cases.doubtful import about_minors
from portal.cases.duties.helping import helper_proposed
from portal.cases.duties.receiving import incomplete, presented, shown_by
from portal.cases.duties.rules import ASSIGNING, CASE_RULES, HELPERS, MINOR, chief
from portal.cases.duties.wanting import left_on, of_law, wanted
from portal.cases.models import ANSWER, LATE_ENTRY, Case
from portal.duties.rules import Wanted
from portal.engine import clock
from portal.engine.workflow import Step
from portal.law.asking import asked
from portal.law.rule import Due
from portal.organisation.models import User


def reception(case: Case, steps: Iterable[Step]) -> Iterator[Wanted]:
    """An officer, the report to the province, the plan, a helper; of a file that was entered while it was young."""
    held_on = case.reception_on or (case.received_on if case.origin_id else None)  # of a file that came, inherited
    first_dues = asked(case.regime.reception, case.received_on, held_on)
    young = entered_young(case)
    if case.officer is None or young:
        yield _assigning(case, next((due for due in first_dues if due.rule in ASSIGNING), None))
    corrected = young and case.reception_on and any(step.name == "correct_reception" for step in steps)
    known = {rule.id for rule in CASE_RULES} - {*ASSIGNING}
    for due in first_dues if young else ():
        if due.rule in known and not owed.on_paper(case, due):
            told = helper_proposed(case) if due.rule in HELPERS else shown_by(case, due)
            if told is not None:
                yield of_law(case, due, due.rule, stays_late=bool(corrected), **told)
    if young and case.origin_id is None:
        yield from presented(case)
    yield from incomplete(case)


def entered_young(case: Case) -> bool:
    """Whether the file is kept here since so soon after its receipt that its first steps are owed here."""
    return (case.kept_from or clock.day_of(case.created_at)) - case.received_on <= LATE_ENTRY


def checked_by_hand(case: Case) -> Iterator[Wanted]:
    """A minor's case, until the officer has recorded the check; the act gives no time, ours is that of an answer."""
    for one in about_minors(case)[:1]:
        since = max(case.received_on, one.holds_from or case.received_on)
        yield wanted(case, MINOR, since + ANSWER, source=one.source, confirmed=one.confirmed)


def _assigning(case: Case, due: Due | None) -> Wanted:
    """Done when the first officer has accepted. Where the law sets no limit, ours is as long."""
    taken = [one for one in case.assignments if one.kind == "officer" and one.since and one.voided_at is None]
    told: dict[str, Any] = {"owner_role": chief, "owner_id": None}
    if taken and case.officer:
        told |= {"done_on": taken[0].since, "done_by_id": taken[0].assignee_id}
    if due is not None:
        return of_law(case, due, ASSIGNING[0], **told)
    return wanted(case, ASSIGNING[0], case.received_on + ANSWER, confirmed=False, **told)


def left_draft(case: Case) -> Wanted:
    """A draft never lacks an owner either: the chief takes it over on the day after its author left, or discards it."""
    gone = case.owner
    told = {"officer": gone.full_name}
    return Wanted("DRAFT-LEFT", str(gone.id), left_on(gone) + timedelta(days=1), chief, values=told)


def another_officer(case: Case, gone: User) -> Wanted:
    """A case never lacks an owner: the chief finds another on the day after somebody left."""
    told = {"officer": gone.full_name}
    return Wanted("COM-ASSIGN-ANEW", str(case.owner_id), left_on(gone) + timedelta(days=1), chief, values=told)
