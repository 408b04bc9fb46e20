"""Plan against done, over the months of a year."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from flask import abort, render_template, request, url_for
from flask_login import current_user
from sqlalchemy import Select

from portal.engine import clock
from portal.engine.access import lists
from portal.engine.text import _
from portal.organisation.models import Unit
from portal.organisation.queries import forces_on, plans_of
from portal.patrols.models import Patrol
from portal.patrols.months import counted, went_between
from portal.patrols.presenters import months as counting
from portal.patrols.presenters.coverage import walking
from portal.patrols.views.blueprint import bp


@bp.get("/months")
@lists(Patrol)
def months(found: Select[Any]) -> Any:
    """Of all patrols or, where the address names a force, of those in which it takes part."""
    today, commune_id = clock.today(), current_user.acting.commune_id
    years, last = counting.years_told(found), counting.last_told(found)
    year = request.args.get("year", today.year, int)
    forces = {unit.heir_id or unit.id: unit for unit in forces_on(commune_id, today)}
    asked = request.args.get("force", 0, int)
    if year not in years or (asked and asked not in forces):
        abort(404)
    begins, ends = date(year, 1, 1), date(year, 12, 31)
    every = went_between(found, begins, ends)
    shown = [one for one in every if not asked or asked in one.forces]
    return render_template(
        "patrols/months.html", this_month=today.replace(day=1), year=year, asked=asked, whole=counted(shown),
        rows=counting.by_month(shown, begins, min(ends, last), [] if asked else plans_of(commune_id)),
        forces=counting.by_force(every, forces),
        years=[_chip(str(one), one == year, year=one, force=asked or None) for one in reversed(years)],
        chips=[_chip(_("All patrols"), not asked, year=year), *_chips(forces, year, asked)],
    )  # fmt: skip


def _chips(forces: Mapping[int, Unit], year: int, asked: int) -> list[dict[str, Any]]:
    named = ((unit.heir_id or unit.id, unit.title) for unit in walking([*forces.values()]))
    return [_chip(title, key == asked, year=year, force=key) for key, title in named]


def _chip(label: str, current: bool, **address: Any) -> dict[str, Any]:
    return {"label": label, "url": url_for(".months", **address), "current": current}
