"""A whole village on one sheet: of whom the page speaks, how many would sign, and who came or went meanwhile."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from portal.engine.access import Actor, reach
from portal.engine.db import db
from portal.households.models import CallResult, CampaignGoal, Household, Signer
from portal.households.presenters.village import Row, rows
from portal.households.queries import not_signed


@dataclass(frozen=True)
class WholeVillage:
    """Everybody who has not signed."""

    rows: Sequence[Row]

    @property
    def among(self) -> str:
        """Their ids, as a form carries them, by which a change is seen."""
        return ",".join(str(row.signer.id) for row in self.rows)

    @property
    def said_before(self) -> bool:
        return any(row.before for row in self.rows)

    def signing(self, exceptions: Mapping[int, CallResult], told: Mapping[int, bool]) -> int:
        """How many would sign: all but the exceptions, and those that are left as they stand."""
        return sum(1 for row in self.rows if row.signer.id not in exceptions and told.get(row.signer.id, True))

    def left(self, told: Mapping[int, bool]) -> list[Row]:
        """Those of whom it is said that what was noted down stands."""
        return [row for row in self.rows if told.get(row.signer.id) is False]

    def after_all(self, told: Mapping[int, bool]) -> list[Row]:
        """Those of whom something else was noted down, and who are said to have signed now."""
        return [row for row in self.rows if row.before and told.get(row.signer.id)]

    def excepted(self, exceptions: Mapping[int, CallResult]) -> list[tuple[Row, CallResult]]:
        return [(row, exceptions[row.signer.id]) for row in self.rows if row.signer.id in exceptions]


@dataclass(frozen=True)
class Changed:
    """Who is left to sign now and was not when the page was opened, and the other way round."""

    came: Sequence[Signer]
    went: Sequence[Household]


def page(goal: CampaignGoal, on: date | None = None) -> WholeVillage:
    """Of a day on which the sheet was signed, once that is said: without those who came since."""
    return WholeVillage(rows(goal.campaign, list(db.session.scalars(not_signed(goal, on)))))


def changed(user: Actor, shown: WholeVillage, before: Collection[int]) -> Changed:
    """What changed since a page spoke of those *before*; of whom went, as far as the reader may know of them."""
    now = {row.signer.id: row.signer for row in shown.rows}
    went = reach(user, "read", Household).where(Household.id.in_(set(before) - set(now))).order_by(Household.walk)
    return Changed([one for number, one in now.items() if number not in set(before)], db.session.scalars(went).all())
