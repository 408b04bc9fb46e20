"""The round of shortenings: everybody on one page, with the reason for each who cannot be proposed."""

from datetime import date
from typing import Any

from flask import redirect, render_template, request, url_for
from flask_login import current_user
from sqlalchemy import Select, select

from portal.cases.forms.of_case import OfCaseForm
from portal.cases.models import Case
from portal.duties import actions as duties
from portal.duties.models import Duty
from portal.duties.queries import still_open
from portal.engine import audit, clock, notice
from portal.engine.access import ask_ahead, holds, lists, opens
from portal.engine.db import db
from portal.engine.deeds import attempt
from portal.engine.forms import Paragraphs, Required
from portal.engine.intake import day_in
from portal.engine.presentation import day
from portal.engine.refusal import Plain, Refused
from portal.engine.text import _, _l, mark
from portal.organisation.queries import users_named
from portal.proposals.papers.views import bp
from portal.proposals.shortening_round import days_of_rounds, standings

NOTHING_ASKS = mark("No right to a shortening stands open in this case: it was answered already, or opens later.")


class NotProposedForm(OfCaseForm):
    """Why somebody who could be is not proposed. The chief sees it."""

    reason = Paragraphs(_l("It is not proposed, because …"), [Required()], length=1000)


@bp.get("/shortenings")
@lists(Case, to="read_shortenings")
def shortening_round(cases: Select[Any]) -> Any:
    """Who can be proposed on a day; the chief and the inspector see all, an officer their own."""
    on, mistyped = _day_asked()
    found = standings(cases, on, current_user)
    ask_ahead(current_user, [one.case.person for one in found])
    audit.tell("list", current_user, None, type="case", rows=len(found))
    eligible = [one for one in found if one.eligible]
    left = users_named({one.left.done_by_id for one in eligible if one.left})
    chips = [
        {"label": _("Today") if one == clock.today() else day(one), "url": url_for(".shortening_round", day=one),
         "current": one == on} for one in days_of_rounds()
    ]  # fmt: skip
    return render_template(
        "proposals/shortening_round.html", on=on, mistyped=mistyped, chips=chips, total=len(found),
        open=[one for one in eligible if not one.answered], answered=[one for one in eligible if one.answered],
        others=[one for one in found if not one.eligible], names=left,
        proposes=holds(current_user, "propose", Case),
    )  # fmt: skip


def _day_asked() -> tuple[date, str]:
    """The day of the address, in either way of writing; today where it names none, and what was typed instead."""
    typed = request.args.get("day", "").strip()
    on = day_in(typed)
    return (on, "") if on else (clock.today(), typed)


@bp.route("/shortenings/<int:id>/not-proposed", methods=["GET", "POST"])
@opens(Case, to="propose", form=NotProposedForm)
def not_proposed(case: Case) -> Any:
    """Say why somebody who could be proposed is not: the right rests for a while, and the chief sees the reason."""
    form, back = NotProposedForm(version=case.version), url_for(".shortening_round", day=_day_asked()[0])
    tried = attempt(form, lambda: _leave(case, form.reason.data or ""), leads_to=back)
    if tried.done:
        notice.done(_("Recorded, for the chief to see."))
        return redirect(back)
    shown = {"case": case, "form": form, "refused": tried.refused, "back": back, "right": _open_right(case)}
    return render_template("proposals/not_proposed.html", **shown), tried.status


def _open_right(case: Case) -> Duty | None:
    right = select(Duty).where(Duty.rule == "RIGHT", Duty.case_id == case.id, still_open())
    return db.session.scalars(right.order_by(Duty.id.desc())).first()


def _leave(case: Case, why: str) -> None:
    right = _open_right(case)
    if right is None:
        raise Refused(Plain(NOTHING_ASKS))
    duties.leave(right, clock.today(), why, current_user.id)


__all__ = ["bp"]
