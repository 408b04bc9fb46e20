"""What a rule is told: the facts of a case, as its papers tell them."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Cut:
    """A shortening that was decided; *printed_ends_on* is the last day that the decision itself names."""

    decided_on: date
    months: int
    printed_ends_on: date | None = None


@dataclass(frozen=True)
class Term:
    """The facts of a case, as its papers tell them.

    starts_on: suspended sentence: pronouncement; conditional release: effect of the decision; non-custodial reform:
    receipt of the order by the agency; residence supervision or ban, reintegration: release; drug-user management: the
    decision. months: as decided, before any cut. received_on: the commune received the order or file. printed_ends_on:
    the last day on the first paper; it wins over the computed one, and cuts decided later shorten it. credit_days: days
    already deducted (three for each day of detention); negative: days that are not counted as served.
    """

    starts_on: date
    months: int
    received_on: date
    printed_ends_on: date | None = None
    cuts: tuple[Cut, ...] = ()
    credit_days: int = 0
    born_on: date | None = None
    ended_on: date | None = None
