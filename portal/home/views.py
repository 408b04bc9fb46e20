"""Home."""

from typing import Any

from flask import Blueprint, render_template

from portal.engine.access import signed_in

bp = Blueprint("home", __name__)


@bp.get("/")
@signed_in
def show() -> Any:
    return render_template("home/show.html")
