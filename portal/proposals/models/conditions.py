"""What the law asks of a proposal, one condition each: facts without words, so that they can be kept as they were."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from portal.engine import clock
from portal.engine.refusal import Reason
from portal.law.rule import Due, Ground, Parameter


@dataclass(frozen=True)
class Condition:
    """One thing that the law asks, with its outcome and the numbers from which it follows.

    *about* says which sentence tells it: a general one (`portal.proposals.conditions`) or one of the kind's; "against"
    has its *message* with it.
    """

    result: str  # ok refused note limit, or ahead: a day that is still to come
    about: str
    numbers: Mapping[str, Any] = field(default_factory=dict)
    source: str = ""
    confirmed: bool = True
    rule: str = ""
    message: str = ""
    holds_from: date | None = None  # the version of the rule


NOTHING_AGAINST = Condition("ok", "nothing")


def version_of(reason: Reason) -> date | None:
    """The version of the rule that gave a reason; None where no law did."""
    found: date | None = getattr(reason, "holds_from", None)
    return found


def against(reasons: Sequence[Reason]) -> list[Condition]:
    return [_by_reason("refused", one) for one in reasons]


def in_doubt(reasons: Sequence[Reason]) -> list[Condition]:
    """What is to be considered and forbids nothing."""
    return [_by_reason("note", one) for one in reasons]


def _by_reason(result: str, one: Reason) -> Condition:
    return Condition(
        result, "against", one.numbers, one.source, one.confirmed, one.rule, one.message, version_of(one)
    )  # fmt: skip


def by_rule(result: str, about: str, rule: Parameter | Ground, **numbers: Any) -> Condition:
    return Condition(result, about, numbers, rule.source, rule.confirmed, rule.rule, holds_from=rule.holds_from)


def by_due(result: str, about: str, due: Due, **numbers: Any) -> Condition:
    return Condition(result, about, numbers, due.source, due.confirmed, due.rule, holds_from=due.holds_from)


def by_day(past: str, about: str, due: Due, **numbers: Any) -> Condition:
    """A day that follows from the law: nothing is met by it while it is still to come; *past* once it is over."""
    return by_due("ahead" if due.due_on >= clock.today() else past, about, due, day=due.due_on, **numbers)
