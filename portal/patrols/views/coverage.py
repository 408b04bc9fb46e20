"""Which points nobody passed for how long."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, abort, render_template, request, url_for
from flask_login import current_user

from portal.engine import clock
from portal.engine.access import allows
from portal.engine.text import _
from portal.organisation.models import Unit
from portal.organisation.queries import forces_on, plans_of
from portal.patrols.models import Landmark
from portal.patrols.months import asked_in
from portal.patrols.presenters import coverage as covering

bp = Blueprint("coverage", __name__, url_prefix="/coverage")


@bp.get("/")
@allows(Landmark, to="read")
def show() -> Any:
    """Of any force or, where the address names one, of that force alone."""
    today, commune_id = clock.today(), current_user.acting.commune_id
    units = {str(unit.id): unit for unit in covering.walking(forces_on(commune_id, today))}
    asked = request.args.get("force", "")
    if asked and asked not in units:
        abort(404)
    unit = units.get(asked)
    rows = covering.coverage(commune_id, today, unit)
    return render_template(
        "patrols/coverage.html", rows=rows, sketch=covering.drawn(rows), long=covering.LONG, day=today,
        ago=covering.ago, force=unit.title if unit else "",
        chart=covering.chart(rows, asked_in(plans_of(commune_id), today.replace(day=1))),
        chips=_chips(units, asked), pointless=covering.without_a_point(rows, commune_id),
    )  # fmt: skip


def _chips(units: Mapping[str, Unit], asked: str) -> list[dict[str, Any]]:
    every = {"label": _("Any force"), "url": url_for(".show"), "current": not asked}
    return [
        every,
        *(
            {"label": unit.title, "url": url_for(".show", force=key), "current": key == asked}
            for key, unit in units.items()
        ),
    ]
