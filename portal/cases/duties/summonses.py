"""What a summons asks for: to record whether somebody came and, where they did not, the steps of the law after it."""

from collections.abc import Iterator
from typing import Any

from portal.cases.duties.rules import APPEAR
from portal.cases.duties.wanting import of_law, wanted
from portal.cases.models import ANSWER, Case, Summons, SummonsOutcome, SummonsPurpose
from portal.duties.rules import Wanted
from portal.law.asking import asked
from portal.law.rule import Due


def no_show(summons: Summons) -> list[Due]:
    """The steps of the law after a summons to the reception that was not obeyed: by when to appear, to propose."""
    if summons.missed_on is None or summons.purpose != SummonsPurpose.RECEPTION:
        return []
    return asked(summons.case.regime.no_show, summons.missed_on)


def appearance(summons: Summons) -> Due | None:
    """By when somebody has to appear who did not obey a summons; None where the law sets no time."""
    return next(iter(no_show(summons)), None)


def of_summons(summons: Summons) -> Iterator[Wanted]:
    case = summons.case
    if not summons.counts or not case.running or case.under_military:
        return
    yield wanted(case, "SUMMONED", summons.appear_on, opens_on=summons.appear_on, **_recorded(summons))
    if summons.outcome == SummonsOutcome.EXCUSED and summons.purpose == SummonsPurpose.RECEPTION:
        yield from _anew(case, summons)
    if due := appearance(summons):
        yield of_law(case, due, APPEAR, **_appeared(case, summons))


def _anew(case: Case, summons: Summons) -> Iterator[Wanted]:
    """Who had a good reason is called once more, or comes without that. The days for it are our own policy."""
    later = next(
        (one for one in case.summonses if one.id > summons.id and one.counts and one.purpose == summons.purpose), None
    )
    done = {"done_on": later.summoned_on, "done_by_id": later.created_by_id} if later else {}
    if later or case.reception_on is None:
        yield wanted(case, "SUMMON-ANEW", (summons.outcome_on or summons.appear_on) + ANSWER, **done)


def _recorded(summons: Summons) -> dict[str, Any]:
    """Whether it is recorded what became of it."""
    on = summons.outcome_on
    return {"done_on": on, "done_by_id": summons.changed_by_id} if summons.outcome and on else {}


def _appeared(case: Case, summons: Summons) -> dict[str, Any]:
    """Done once they came after all, or once it is recorded that they did not."""
    if case.reception_on:
        return {"done_on": case.reception_on, "done_by_id": case.changed_by_id}
    again = summons.missed_again_on
    return {"done_on": again, "done_by_id": summons.changed_by_id} if again else {}
