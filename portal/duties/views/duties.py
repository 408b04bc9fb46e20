"""Pages of duties: the calendar, what is past its day, and which rules make them."""

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask_login import current_user
from sqlalchemy import Select

from portal.duties import actions, presenter, queries
from portal.duties.calendar import Asked, chips, near, of_month, weeks
from portal.duties.forms import FinishForm, RightForm
from portal.duties.models import Duty
from portal.engine import audit, clock, notice
from portal.engine.access import holds, lists, opens, signed_in
from portal.engine.db import db
from portal.engine.deeds import attempt
from portal.engine.forms import EditForm
from portal.engine.intake import day_asked_for
from portal.engine.listing import month_asked
from portal.engine.text import _
from portal.law.days import add_months
from portal.organisation.models import ROLE_NAMES, Role
from portal.organisation.queries import users_named

bp = Blueprint("duties", __name__)


@bp.get("/calendar")
@lists(Duty)
def calendar(_duties: Select[Any]) -> Any:
    """A list of what is near or, where the address names one, a month; of the whole unit for whoever oversees it."""
    oversees = holds(current_user, "oversee", Duty)
    asked = Asked(month_asked(), day_asked_for("day"), oversees and request.args.get("whose") == "unit")
    month = asked.month
    shown: dict[str, Any] = {"asked": asked, "chips": chips(asked, oversees=oversees)}
    if month is None:
        groups, cut = near(current_user, asked)
        shown |= {"months": groups}
        count = sum(map(len, groups.values()))
    else:
        days, cut = of_month(current_user, asked, month)
        around = {"before": add_months(month, -1), "after": add_months(month, 1)}
        shown |= {name: asked.url(month=first, on=None) for name, first in around.items()}
        shown |= {"weeks": weeks(current_user, asked, month), "days": days}
        count = sum(map(len, days.values()))
    if asked.unit:
        audit.tell("list", current_user, None, type="duty", rows=count)  # other people's work, with names
    return render_template("duties/month.html" if month else "duties/calendar.html", **shown, cut=cut)


@bp.get("/overdue")
@lists(Duty, to="oversee")
def overdue(duties: Select[Any]) -> Any:
    """Everything of the commune that is past its day, and whose it is."""
    late = duties.where(queries.still_open(), Duty.is_right.is_(False), Duty.due_on < clock.today())
    oldest = late.options(*queries.loaded()).order_by(Duty.due_on, Duty.id).limit(presenter.MOST)
    rows = presenter.rows(current_user, db.session.scalars(oldest).unique())
    audit.tell("list", current_user, None, type="duty", rows=len(rows))  # other people's work, with names
    return render_template("duties/overdue.html", rows=rows, count=queries.how_many(late))


@bp.get("/automatic")
@signed_in
def rules() -> Any:
    """Each rule that makes duties, whose they are and to whom they climb."""
    rules = [(rule, presenter.sources_of(rule)) for rule in presenter.rules().values()]
    return render_template("duties/rules.html", rules=rules, role=lambda code: ROLE_NAMES[Role(code)])


@bp.get("/duties/<int:id>")
@opens(Duty, to="read")
def follow(duty: Duty) -> Any:
    """Where a duty is done or, of one that has climbed, looked at: for a notice that speaks of it."""
    row = next(iter(presenter.rows(current_user, [duty])), None)
    return redirect(row.url if row and row.url else url_for(".calendar"))


@bp.route("/duties/<int:id>/finish", methods=["GET", "POST"])
@opens(Duty, to="finish", form=RightForm)
def finish(duty: Duty) -> Any:
    """Say that something was done which no other record shows; of a right only that it is not used, and why."""
    form = (RightForm if duty.is_right else FinishForm)(on=clock.today(), version=duty.version)
    tried = attempt(form, lambda: _said(duty, form), duty)
    if tried.done:
        notice.done(_("Recorded, for the chief to see.") if _is_left(form) else _("Recorded as done."))
        return redirect(url_for("home.show"))
    row = next(iter(presenter.rows(current_user, [duty])), None)
    again_on = actions.asked_again_on(duty)
    shown = {"duty": duty, "row": row, "form": form, "refused": tried.refused, "again_on": again_on}
    return render_template("duties/finish.html", **shown), tried.status


@bp.route("/duties/<int:id>/ask-again", methods=["GET", "POST"])
@opens(Duty, to="ask_again")
def ask_again(duty: Duty) -> Any:
    """Why a right is not used, and the step by which it is asked for again before its time."""
    form = EditForm(version=duty.version)
    tried = attempt(form, lambda: actions.ask_again(duty), duty)
    if tried.done:
        notice.done(_("The right is asked for again."))
        return redirect(url_for("cases.show", id=duty.case_id))
    by = users_named({duty.done_by_id}).get(duty.done_by_id or 0)
    shown = {"duty": duty, "form": form, "refused": tried.refused, "by": by.full_name if by else ""}
    return render_template("duties/ask_again.html", **shown), tried.status


def _said(duty: Duty, form: FinishForm) -> None:
    say = actions.leave if _is_left(form) else actions.finish
    say(duty, form.on.data, form.note.data or "", current_user.id)


def _is_left(form: FinishForm) -> bool:
    return isinstance(form, RightForm)
