"""What the reception of a person asks for: to call them, to complete what the session lacked, the plan."""

from collections.abc import Iterable, Iterator
from typing import Any

from portal.cases.duties.rules import FAMILY, LACKS, PLAN, PRESENT, SUMMONING
from portal.cases.duties.wanting import of_law, wanted
from portal.cases.models import DECIDED, Case, Reception, SummonsPurpose, reception_of
from portal.duties.rules import Wanted
from portal.law import community
from portal.law.community import RECEPTION_ITEMS
from portal.law.competence import summoned_by_agency
from portal.law.results import Ground
from portal.law.rule import Due

PLAN_KIND = "supervision_plan"


def lacking(reception: Reception) -> list[Ground]:
    """What the law wants of the session and nobody has recorded yet; nothing where its law names no parts."""
    numbers = reception.case.regime.PARAMETERS
    if LACKS not in numbers.rules:
        return []
    return community.missing_at_reception(reception.held_on, reception.items, numbers)


def incomplete(case: Case) -> Iterator[Wanted]:
    """What a session lacks is owed from its day on, until all of it is there."""
    reception = reception_of(case)
    if reception is None:
        return
    if missing := lacking(reception):
        told = {"count": len(missing), "of": len(RECEPTION_ITEMS)}
        clause = {"source": missing[0].source, "confirmed": missing[0].confirmed}
        yield wanted(case, LACKS, reception.held_on, **clause | {"values": told})
    elif reception.completed_on and LACKS in case.regime.PARAMETERS.rules:
        done = {"done_on": reception.completed_on, "done_by_id": reception.changed_by_id}
        yield wanted(case, LACKS, reception.held_on, **done)


def shown_by(case: Case, due: Due) -> dict[str, Any] | None:
    """What shows a first step done, by its rule; None where the step is not asked for."""
    if due.rule in SUMMONING:
        called = _called(case)
        by_agency = summoned_by_agency(case.regime.PARAMETERS.rules, case.received_on)
        return None if by_agency and not called else called
    if due.rule == FAMILY:
        return _asked_family(case)
    return _planned(case) if due.rule == PLAN else {}


def presented(case: Case) -> Iterator[Wanted]:
    """Who is released comes within the days of the law; whoever does not is called, and owes the summons after that."""
    called = next((one for one in case.summonses if one.counts and one.purpose == SummonsPurpose.RECEPTION), None)
    done: dict[str, Any] = {}
    if case.reception_on:
        done = {"done_on": case.reception_on, "done_by_id": case.changed_by_id}
    elif called:
        done = {"done_on": called.summoned_on, "done_by_id": called.created_by_id}
    for due in case.law.calendar:
        if due.rule == PRESENT:
            yield of_law(case, due, PRESENT, **{"opens_on": case.starts_on, **done})


def _called(case: Case) -> dict[str, Any] | None:
    """The first summons. Who was received without one needs none."""
    called = [one for one in case.summonses if one.counts and one.purpose == SummonsPurpose.RECEPTION]
    if called:
        return {"done_on": called[0].summoned_on, "done_by_id": called[0].created_by_id}
    return None if case.reception_on else {}


def _asked_family(case: Case) -> dict[str, Any] | None:
    """The first visit or call since the papers came. Who was received is back."""
    asked = [one for one in case.contacts if one.voided_at is None]
    if asked:
        return {"done_on": asked[0].happened_on, "done_by_id": asked[0].created_by_id}
    return None if case.reception_on else {}


def plans(case: Case) -> Iterable[Any]:
    """The supervision plans that were decided, the oldest first."""
    return [one for one in case.proposals if one.kind == PLAN_KIND and one.state in DECIDED and one.voided_at is None]


def _planned(case: Case) -> dict[str, Any]:
    decided = next(iter(plans(case)), None)
    return {"done_on": decided.decided_on, "done_by_id": decided.created_by_id} if decided else {}
