"""What a rule is told: the facts of a case, as its papers tell them."""

import hashlib
from dataclasses import dataclass, replace
from datetime import date
from typing import Any


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
    already deducted (three for each day of detention); negative: days that are not counted as served. kept_ends_on: the
    last day as it was worked out from these very facts before; it holds until two people take another one over.
    printed_paper_on: the day of the paper that prints the last day, where it is not the first one: what a court cut by
    then is in that day already.
    handed_over_on: the file went to the agency.
    """

    starts_on: date
    months: int
    received_on: date
    printed_ends_on: date | None = None
    cuts: tuple[Cut, ...] = ()
    credit_days: int = 0
    born_on: date | None = None
    ended_on: date | None = None
    kept_ends_on: date | None = None
    printed_paper_on: date | None = None
    handed_over_on: date | None = None

    def otherwise(self, **facts: Any) -> "Term":
        """The same term if some facts were others: what was kept of these says nothing of those."""
        return replace(self, kept_ends_on=None, **facts)


def digest_of(term: Term) -> str:
    """The facts from which the days of a term follow. That a case is closed moves none of them.

    Nor do days that are not counted as served: what was kept holds until two people take the later days over.
    """
    told: tuple[Any, ...] = (
        term.starts_on, term.months, term.received_on, term.printed_ends_on, term.cuts,
        max(0, term.credit_days),
    )  # fmt: skip
    if term.printed_paper_on is not None:  # only then: what was kept before there was such a day keeps its digest
        told = (*told, term.printed_paper_on)
    return hashlib.sha256(repr(told).encode()).hexdigest()[:16]
