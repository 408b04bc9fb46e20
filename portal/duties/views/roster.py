"""Pages of the roster: who is on call now, and a month of one's own force written in one go."""

from datetime import date, timedelta
from typing import Any

from flask import Blueprint, redirect, render_template, url_for
from flask_login import current_user
from sqlalchemy import Select

from portal.duties import roster
from portal.duties.forms import roster_form
from portal.duties.models import DutyRoster
from portal.duties.month import month
from portal.engine import clock, notice
from portal.engine.access import allows, lists
from portal.engine.db import db
from portal.engine.deeds import attempt
from portal.engine.listing import month_asked
from portal.engine.text import _
from portal.law.days import last_of_month
from portal.organisation.models import Unit
from portal.organisation.queries import people_in

bp = Blueprint("roster", __name__, url_prefix="/roster")


@bp.get("/")
@lists(DutyRoster)
def index(turns: Select[Any]) -> Any:
    """Who is on call now, then a month of all forces by day."""
    first = _month()
    within = DutyRoster.on.between(first, last_of_month(first)), DutyRoster.voided_at.is_(None)
    shown = turns.where(*within).join(Unit, Unit.id == DutyRoster.unit_id).order_by(DutyRoster.on, Unit.name)
    return render_template(
        "duties/roster.html", month=month(db.session.scalars(shown.options(*roster.loaded()))), first=first,
        now=roster.on_call_in(current_user.acting.commune_id, clock.now()), model=DutyRoster, **_around(first),
    )  # fmt: skip


@bp.route("/plan", methods=["GET", "POST"])
@allows(DutyRoster, to="plan")
def plan() -> Any:
    """A month of one's own force, one row a day."""
    first, unit = _month(), current_user.acting.unit
    people, kept = people_in(unit.id), roster.month_of(unit, first)
    days = [first + timedelta(days=number) for number in range(last_of_month(first).day)]
    gone = [turn for turn in kept.values() if turn.id in roster.gone_among(kept.values())]
    free = [turn for turn in gone if turn.on >= clock.today()]
    standing = _standing({day: turn for day, turn in kept.items() if turn not in free}, roster.version_of(unit, first))
    stood = {
        turn.on: (turn.user_id, _("%(name)s (has left)", name=turn.user.full_name)) for turn in gone if turn not in free
    }
    form = roster_form(days, {one.id: one.full_name for one in people.values()}, stood)(data=standing)
    phones = {one.id: one.phone for one in people.values()}

    def deed() -> None:
        version = form.shown_version() or 0
        roster.plan(unit, first, form.from_hour.data or 0, form.turns(phones), people, version)

    tried = attempt(form, deed)
    if tried.done:
        notice.done(_("The month is written down."))
        return redirect(url_for(".index", month=f"{first:%Y-%m}"))
    if tried.status == 409:
        form.version.data = str(roster.version_of(unit, first))
    left = {turn.on: turn.user.full_name for turn in free}
    shown = {"form": form, "unit": unit, "first": first, "refused": tried.refused, "left": left}
    return render_template("duties/roster_plan.html", **shown, **_around(first)), tried.status


def _standing(kept: dict[date, DutyRoster], version: int) -> dict[str, Any]:
    """What stands in the roster, by the names of the form's fields."""
    told: dict[str, Any] = {"version": version}
    told["from_hour"] = next((turn.from_hour for turn in kept.values()), roster.USUAL_HOUR)
    for day, turn in kept.items():
        told |= {f"who_{day.day}": str(turn.user_id), f"phone_{day.day}": turn.phone}
    return told


def _month() -> date:
    """The first day of the month that the address asks for or, without one, of this month."""
    return month_asked() or clock.today().replace(day=1)


def _around(first: date) -> dict[str, str]:
    """The months before and after, as the address has them."""
    before, after = first - timedelta(days=1), last_of_month(first) + timedelta(days=1)
    return {"before": f"{before:%Y-%m}", "after": f"{after:%Y-%m}"}
