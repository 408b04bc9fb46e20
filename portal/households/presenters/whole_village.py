"""A whole village on one sheet: of whom the page speaks, and how many would sign."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from portal.engine.db import db
from portal.households.actions import fingerprint
from portal.households.models import CallResult, CampaignGoal
from portal.households.presenters.village import Row, rows
from portal.households.queries import not_signed


@dataclass(frozen=True)
class WholeVillage:
    """Everybody who has not signed, and the fingerprint by which a change is seen."""

    rows: Sequence[Row]
    among: str

    def signing(self, exceptions: Mapping[int, CallResult]) -> int:
        return sum(1 for row in self.rows if row.signer.id not in exceptions)

    def excepted(self, exceptions: Mapping[int, CallResult]) -> list[tuple[Row, CallResult]]:
        return [(row, exceptions[row.signer.id]) for row in self.rows if row.signer.id in exceptions]


def page(goal: CampaignGoal, on: date | None = None) -> WholeVillage:
    """Of a day on which the sheet was signed, once that is said: without those who came since."""
    found = list(db.session.scalars(not_signed(goal, on)))
    return WholeVillage(rows(goal.campaign, found), fingerprint(one.id for one in found))
