"""The chief of the example signs what the rounds of a month brought, all of it at once, since the act of 2025."""

from collections.abc import Iterator
from datetime import date
from functools import partial

from portal.cases.actions import signing
from portal.cases.models import RoundKind
from portal.demo import working_days
from portal.demo.deeds import Deed, Scene, on
from portal.law.days import next_month
from portal.law.rule import ACT_2025

LAST_OF_ROUND = 5  # of the month: until then the people of the month are there, and the last one is assessed


def rounds_signed(today: date) -> Iterator[Deed]:
    """On the first working day after the round: the roll-call of the month, and the assessments of the last."""
    month = ACT_2025
    while month <= today:
        signed_on = working_days.after(month.replace(day=LAST_OF_ROUND))
        if signed_on < today:
            before = month.replace(day=1)
            last = before.replace(year=before.year - (before.month == 1), month=(before.month - 2) % 12 + 1)
            yield on(signed_on, 17, "police_chief", partial(sign, RoundKind.ROLL_CALL, month))
            yield on(signed_on, 17, "police_chief", partial(sign, RoundKind.ASSESSMENTS, last))
        month = next_month(month)


def sign(kind: RoundKind, month: date, scene: Scene) -> None:
    waiting = signing.unsigned(scene.actor, kind, month)
    if waiting:
        signing.sign_round(kind, month, signing.seal_of(waiting), scene.actor)
