"""What the law asks of a proposal, one condition each: facts without words, so that they can be kept as they were."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from portal.engine.refusal import Reason
from portal.law.rule import Due, Parameter


@dataclass(frozen=True)
class Condition:
    """One thing that the law asks, with its outcome and the numbers from which it follows.

    *about* says which sentence tells it: a general one (`portal.proposals.conditions`) or one of the kind's; "against"
    has its *message* with it.
    """

    result: str  # ok refused note limit
    about: str
    numbers: Mapping[str, Any] = field(default_factory=dict)
    source: str = ""
    confirmed: bool = True
    rule: str = ""
    message: str = ""


NOTHING_AGAINST = Condition("ok", "nothing")


def against(reasons: Sequence[Reason]) -> list[Condition]:
    return [
        Condition("refused", "against", one.numbers, one.source, one.confirmed, one.rule, one.message)
        for one in reasons
    ]


def by_rule(result: str, about: str, rule: Parameter, **numbers: Any) -> Condition:
    return Condition(result, about, numbers, rule.source, rule.confirmed, rule.rule)


def by_due(result: str, about: str, due: Due, **numbers: Any) -> Condition:
    return Condition(result, about, numbers, due.source, due.confirmed, due.rule)
