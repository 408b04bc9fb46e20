"""A whole village as suggested: of whom the page speaks, who is left out, and what changed meanwhile."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import abort, url_for
from sqlalchemy import Select

from portal.cases.models import Case
from portal.cases.months import spelled
from portal.cases.presenters.round.rows import Row, rows_of
from portal.engine.access import Actor
from portal.engine.db import db
from portal.engine.text import _
from portal.law.days import add_months
from portal.organisation.models import Unit, UnitKind


@dataclass(frozen=True)
class Village:
    """The people of a village whose assessment is missing."""

    month: date
    id: int
    title: str
    rows: Sequence[Row]

    @property
    def seals(self) -> str:
        """Of whom the page speaks and what it suggests, as a form carries it, so that a change is seen."""
        return ",".join(f"{row.id}:{row.standing.suggestion.seal}" for row in self.rows)

    @property
    def assessed(self) -> str:
        return spelled(add_months(self.month, -1))

    def chosen(self, out: Collection[int]) -> list[Row]:
        return [row for row in self.rows if row.id not in out]

    def counts(self, out: Collection[int]) -> list[tuple[str, int]]:
        """How many get which rating."""
        told = [row.suggested or _("without a rating") for row in self.chosen(out)]
        return [(rating, told.count(rating)) for rating in dict.fromkeys(told)]

    def url(self, endpoint: str = "cases.round_of_village") -> str:
        return url_for(endpoint, village=self.id, month=f"{self.month:%Y-%m}")

    @property
    def back(self) -> str:
        return url_for("cases.monthly_round", month=f"{self.month:%Y-%m}", village=self.id)


def page(user: Actor, cases: Select[Any], month: date, village: int) -> Village:
    """404 where there is no such village."""
    unit = db.session.get(Unit, village) if village else None
    if village and (unit is None or unit.kind != UnitKind.VILLAGE):
        abort(404)
    of_it = cases.where(_lives_in(village))
    rows = [row for row in rows_of(user, of_it, month) if row.asks_assessment]
    if unit is not None and not rows:
        _refuse_unknown(cases, unit)
    return Village(month, village, unit.title if unit else _("Village not told"), rows)


def _lives_in(village: int) -> Any:
    return Case.person.has(village_id=village or None)


def _refuse_unknown(cases: Select[Any], unit: Unit) -> None:
    """A village of another commune is no page."""
    if db.session.scalar(cases.where(_lives_in(unit.id)).limit(1)) is None:
        abort(404)


@dataclass(frozen=True)
class Changed:
    """Who came on the list since it was shown, how many went, and of whom something else is suggested."""

    came: Sequence[Row]
    gone: int
    otherwise: Sequence[Row]


def changed(shown: Village, before: Mapping[int, str]) -> Changed:
    now = {row.id: row for row in shown.rows}
    came = [row for number, row in now.items() if number not in before]
    otherwise = [
        row for row in shown.rows if before.get(row.id, row.standing.suggestion.seal) != row.standing.suggestion.seal
    ]
    return Changed(came, len(set(before) - set(now)), otherwise)
