"""What the law asks of a change of residence, and the days of its steps."""

from collections.abc import Iterator, Sequence

from portal.cases.models import Case
from portal.engine.refusal import Reason
from portal.law import moving
from portal.proposals.kinds.residence_change.change import Change, steps
from portal.proposals.models.conditions import Condition, against, by_day, by_rule


def of_change(case: Case, change: Change, reasons: Sequence[Reason]) -> list[Condition]:
    """What stands against it or, where nothing does, by when each step is done, and whose it is."""
    if reasons:
        return against(reasons)
    if not change.leaves:
        return [Condition("ok", "within_commune", {"day": change.holds_from})]
    return [*_steps(case, change)]


def _steps(case: Case, change: Change) -> Iterator[Condition]:
    dues = steps(case, change)
    for due in dues:
        yield by_day("note", f"move_{due.period or 'in_all'}", due)
    if not dues:
        yield Condition("note", "silent_on_moves")
        return
    rule = case.regime.PARAMETERS.on(change.asked_on)[moving.key_of(case.regime.PARAMETERS)]
    yield by_rule("note", "good_reason", rule)
