"""What the law of a case makes of a change of residence: why it may not be, and which steps follow."""

import enum
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from portal.cases.models import Case
from portal.engine import clock
from portal.engine.refusal import Misfit, Plain, Reason
from portal.engine.text import _l, mark
from portal.law import moving
from portal.law.asking import asked
from portal.law.rule import Due, NotInForceError


class Reach(enum.StrEnum):
    """How far somebody moves."""

    WITHIN = "within"
    SAME_PROVINCE = "same_province"
    OTHER_PROVINCE = "other_province"


REACH_NAMES = {
    Reach.WITHIN: _l("Within the commune"),
    Reach.SAME_PROVINCE: _l("To another commune of the province"),
    Reach.OTHER_PROVINCE: _l("To another province"),
}


@dataclass(frozen=True)
class Change:
    """A change of residence as far as it is typed."""

    reach: Reach
    asked_on: date
    holds_from: date

    @property
    def leaves(self) -> bool:
        """Whether the person leaves the commune."""
        return self.reach != Reach.WITHIN


def refuse_change(case: Case, change: Change) -> list[Reason]:
    """Why it may not be asked for as it stands."""
    if not case.running:
        return [Plain(mark("The case is not open."))]
    return [*misfits(case, change), *_by_law(case, change), *_under_way(case, change)]


def misfits(case: Case, change: Change) -> Iterator[Misfit]:
    """Days that cannot be."""
    if change.asked_on > clock.today():
        yield Misfit("asked_on", mark("%(day)s lies in the future."), day=change.asked_on)
    if change.asked_on < case.received_on:
        yield Misfit("asked_on", mark("The case was received only on %(day)s."), day=case.received_on)
    if change.holds_from < change.asked_on:
        told = mark("Nobody moves with leave before it is asked for: on %(day)s at the earliest.")
        yield Misfit("holds_from", told, day=change.asked_on)


def _by_law(case: Case, change: Change) -> Iterator[Reason]:
    if not change.leaves:
        return
    try:
        for one in moving.refuse_leaving(change.asked_on, case.regime.PARAMETERS):
            yield Misfit.by("reach", one)
    except NotInForceError:
        yield Plain(mark("The portal does not know the law of that day."))


def _under_way(case: Case, change: Change) -> Iterator[Reason]:
    """One move after the other."""
    move = case.move
    if change.leaves and move is not None and not move.refused:
        told = mark("A move that was asked for on %(day)s is under way. Record how it ended, or strike it out.")
        yield Plain(told, day=move.known_on)


def steps(case: Case, change: Change) -> list[Due]:
    """The steps that follow beyond the commune, and the day by which all of it is decided."""
    if not change.leaves:
        return []
    other = change.reach == Reach.OTHER_PROVINCE
    return asked(case.regime.residence_change, change.asked_on, (), other)
