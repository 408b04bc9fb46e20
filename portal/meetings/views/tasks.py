"""Tasks that meetings gave: by unit, one by one, and what became of them."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import abort, redirect, render_template, request, url_for
from flask_login import current_user
from sqlalchemy import Select

from portal.engine import notice, versions
from portal.engine.access import lists, opens
from portal.engine.forms import ReasonForm
from portal.engine.listing import Chip, Listing
from portal.engine.refusal import Refused
from portal.engine.text import _, _l
from portal.engine.transaction import transaction
from portal.engine.workflow import steps_of
from portal.meetings import actions, queries
from portal.meetings.forms import WhyForm
from portal.meetings.models import ActionItem
from portal.meetings.models.titles import title as title_of
from portal.meetings.presenters import tasks as presenter
from portal.meetings.views.blueprint import bp
from portal.meetings.views.writing import Sheet, written
from portal.organisation.presenters.stories import story_of


@bp.get("/tasks")
@lists(ActionItem)
def tasks(found: Select[Any]) -> Any:
    """All tasks that the reader may read, what is past its day first."""
    listing = _listing(found, {"day": queries.by_day()})
    return render_template("meetings/tasks.html", listing=listing, rows=presenter.rows(listing.rows))


@bp.get("/tasks/units")
@lists(ActionItem)
def tasks_by_unit(found: Select[Any]) -> Any:
    """The same, under the units that do them."""
    listing = _listing(found, {"unit": queries.by_unit()})
    return render_template("meetings/tasks_by_unit.html", listing=listing, groups=presenter.by_unit(listing))


def _listing(found: Select[Any], orders: Mapping[str, Sequence[Any]]) -> Listing:
    standing = found.where(ActionItem.voided_at.is_(None)).join(ActionItem.unit)
    chips = (
        Chip("open", _l("Open"), lambda: ActionItem.state == "open"),
        Chip("mine", _l("Of my unit"), lambda: queries.of_unit(current_user)),
        Chip("late", _l("Past their day"), queries.late_tasks, "overdue"),
        Chip("ended", _l("Done or dropped"), lambda: ActionItem.state != "open"),
    )
    return Listing(standing, ActionItem, chips=chips, orders=orders, options=queries.task_loaded())


@bp.get("/tasks/<int:id>")
@opens(ActionItem, to="read")
def task(task: ActionItem) -> Any:
    return _page(task)


def _page(task: ActionItem, refused: Refused | None = None, failed: str = "", typed: str = "") -> Any:
    offers = task.workflow.offers(current_user, task)
    return render_template(
        "meetings/task.html", task=task, row=presenter.row(task), offers=offers, leads=presenter.leading(offers),
        story=story_of(task, steps_of(task)), from_meeting=title_of(task.meeting) if task.meeting else "",
        refused=refused, failed=failed, typed=typed,
    )  # fmt: skip


@bp.post("/tasks/<int:id>/<any(finish, drop, reopen):transition>")
@opens(ActionItem, to="read")
def take_task(task: ActionItem, transition: str) -> Any:
    form = ReasonForm(request.form)
    try:
        with transaction(current_user):
            actions.take_task(task, transition, current_user, form.words(), form.shown_version())
    except Refused as refused:
        return _page(task, refused, transition, form.reason.data or ""), refused.status
    notice.done(_("The task is reported as: %(state)s.", state=task.standing.label))
    return redirect(url_for(".task", id=task.id))


@bp.route("/tasks/<int:id>/strike", methods=["GET", "POST"])
@opens(ActionItem, to="void", form=WhyForm)
def strike_task(task: ActionItem) -> Any:
    """Take a task back that was entered in error, while the meeting is still written down."""
    if task.meeting is None:  # what a report gave is dropped with a reason
        abort(404)
    form = WhyForm(data=versions.carried(task))
    sheet = Sheet(
        _("Strike out “%(title)s”", title=task.text), _("Strike it out"), _("The task is struck out."), danger=True
    )
    return written(task.meeting, form, sheet, lambda: actions.take_back(task, form.reason.data or ""), task)
