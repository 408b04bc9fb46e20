"""Which points nobody passed for how long."""

from typing import Any

from flask import Blueprint, render_template
from flask_login import current_user

from portal.engine import clock
from portal.engine.access import allows
from portal.patrols.models import Landmark
from portal.patrols.presenters import coverage as covering

bp = Blueprint("coverage", __name__, url_prefix="/coverage")


@bp.get("/")
@allows(Landmark, to="read")
def show() -> Any:
    today = clock.today()
    rows = covering.coverage(current_user.acting.commune_id, today)
    return render_template(
        "patrols/coverage.html", rows=rows, sketch=covering.drawn(rows), long=covering.LONG, day=today
    )
