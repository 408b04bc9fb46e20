"""The items of an agenda: proposed, reported on, admitted, struck out, concluded."""

from collections.abc import Mapping
from typing import Any

from flask import redirect, render_template, request, url_for
from flask_login import current_user

from portal.engine import clock, notice, versions
from portal.engine.access import opens
from portal.engine.forms import EditForm, PartForm
from portal.engine.presentation import hour
from portal.engine.refusal import Refused
from portal.engine.text import _
from portal.engine.transaction import transaction
from portal.engine.voiding import void
from portal.meetings import actions, queries
from portal.meetings.forms import ItemForm, RecordForm, WhyForm, WordsForm, item_attendance_form
from portal.meetings.models import AgendaItem, ItemDraft, Meeting
from portal.meetings.presenters import items as shown
from portal.meetings.presenters import outcomes
from portal.meetings.presenters.page import stay_in_words
from portal.meetings.views.blueprint import bp
from portal.meetings.views.meetings import meeting_page
from portal.meetings.views.writing import Sheet, back_to, units, written
from portal.organisation.models import Unit
from portal.organisation.queries import force_of


@bp.get("/items/<int:id>")
@opens(AgendaItem, to="read")
def item(item: AgendaItem) -> Any:
    """An item stands on the page of its meeting."""
    return redirect(url_for(".show", id=item.meeting_id, _anchor="agenda"))


@bp.route("/<int:id>/items/new", methods=["GET", "POST"])
@opens(Meeting, to="propose_item", form=ItemForm)
def new_item(meeting: Meeting) -> Any:
    """Propose something for the agenda, for one's own force."""
    form, unit = ItemForm(version=meeting.version), force_of(current_user.acting)
    late = meeting.state != "scheduled"
    about = [_("The invitations are out, so the chair has to admit it.")] if late else []
    done = _("It waits for the chair to admit it.") if late else _("It stands on the agenda.")
    return written(
        meeting, form, Sheet(_("Propose an item"), _("Put it on the agenda"), done, about),
        lambda: actions.propose_item(
            meeting, unit, form.title.data or "", form.text.data or "", restricted=bool(form.restricted.data)
        ), meeting,
    )  # fmt: skip


@bp.route("/items/<int:id>/words", methods=["GET", "POST"])
@opens(AgendaItem, to="write_words", form=WordsForm)
def words(item: AgendaItem) -> Any:
    """What a force reports in its own words, beside its figures."""
    kept = {"own_words": item.own_words}
    form = WordsForm(data={**kept, **versions.carried(item)})
    return written(
        item.meeting, form, Sheet(item.called, _("Keep the words"), _("The words are kept.")),
        lambda: actions.write_words(item, form.own_words.data or "", current_user.id), item, kept, item=item,
        figures=[(one.label, one.value, "") for one in item.figures],
        template="meetings/words.html",
    )  # fmt: skip


@bp.post("/items/<int:id>/admit")
@opens(AgendaItem, to="admit")
def admit(item: AgendaItem) -> Any:
    """Let a late item be heard."""
    try:
        with transaction(current_user, item, EditForm().shown_version()):
            actions.admit(item, current_user.id)
    except Refused as refused:
        return meeting_page(item.meeting, refused), refused.status
    notice.done(_("The item is admitted."))
    return redirect(back_to(item.meeting))


@bp.route("/items/<int:id>/strike", methods=["GET", "POST"])
@opens(AgendaItem, to="void", form=WhyForm)
def strike(item: AgendaItem) -> Any:
    form = WhyForm(data=versions.carried(item))
    sheet = Sheet(
        _("Strike out “%(title)s”", title=item.called), _("Strike it out"), _("The item is struck out."), danger=True
    )
    return written(item.meeting, form, sheet, lambda: void(item, form.reason.data or ""), item)


@bp.route("/items/<int:id>/record", methods=["GET", "POST"])
@opens(AgendaItem, to="record", form=RecordForm)
def record(item: AgendaItem) -> Any:
    """Write an item down while it is heard, and its outcome. Sent in part, it keeps what is said so far."""
    if _not_heard(item):
        return redirect(back_to(item.meeting))
    form = RecordForm(data={**_recorded(item), **_typed(item), **versions.carried(item)})
    offered = {unit.id: unit for unit in queries.units_for_tasks(item.commune_id)}
    form.unit_id.choices = [("", "–"), *units(offered.values())]
    if request.method == "POST" and request.headers.get("X-Part"):
        return _kept_so_far(item, form)
    return written(
        item.meeting, form, Sheet(item.called, _("Save the item"), _("The item is saved.")),
        lambda: _record(item, form, offered), item, _recorded(item), item=item,
        **shown.around(current_user, item), template="meetings/record.html", onward=_onward(item),
    )  # fmt: skip


def _not_heard(item: AgendaItem) -> bool:
    """What the meeting does not hear has no page to record it on; whoever has typed already is told why on theirs."""
    return request.method == "GET" and bool(item.against_hearing)


def _onward(item: AgendaItem) -> str:
    """The page of the item after this one, where that was asked for."""
    following = shown.after(item) if "onward" in request.form else None
    return url_for(".record", id=following.id) if following else ""


def _recorded(item: AgendaItem) -> dict[str, Any]:
    return {
        "heard_text": item.heard_text, "outcome": item.outcome.value if item.outcome else "",
        "outcome_text": item.outcome_text, "no_conclusion_reason": item.no_conclusion_reason,
        "why_without_quorum": item.why_without_quorum,
    }  # fmt: skip


def _typed(item: AgendaItem) -> dict[str, Any]:
    """What somebody typed and did not save, in place of what stands."""
    typed = item.draft
    if typed is None:
        return {}
    return {
        **{name: getattr(typed, name) for name in RecordForm.DRAFTED}, "due_on": typed.due_on,
        "outcome": typed.outcome.value if typed.outcome else "", "unit_id": str(typed.unit_id or ""),
    }  # fmt: skip


def _record(item: AgendaItem, form: RecordForm, offered: Mapping[int, Unit]) -> None:
    actions.write_down(item, form.heard_text.data or "", current_user.id)
    order = None
    if form.ordered:
        order = actions.Order(form.task.data or "", offered[int(form.unit_id.data)], form.due_on.data)
    if form.concluded:
        actions.conclude(
            item, form.concluded, current_user.id, text=form.outcome_text.data or "",
            why_none=form.no_conclusion_reason.data or "",
            why_without_quorum=form.why_without_quorum.data or "", order=order,
        )  # fmt: skip
    else:
        actions.leave_open(item, order)
    actions.let_go(item, current_user.id)


@bp.route("/items/<int:id>/take-back", methods=["GET", "POST"])
@opens(AgendaItem, to="record", form=WhyForm)
def take_back(item: AgendaItem) -> Any:
    """Take an outcome back that was given, while the meeting is written down."""
    form = WhyForm(data=versions.carried(item))
    sheet = Sheet(
        _("Take back the outcome of “%(title)s”", title=item.called), _("Take the outcome back"),
        _("The outcome is taken back."), outcomes.goes_with(item), danger=True,
    )  # fmt: skip
    return written(
        item.meeting, form, sheet,
        lambda: actions.take_back_outcome(item, form.reason.data or "", current_user), item,
    )  # fmt: skip


def _kept_so_far(item: AgendaItem, form: RecordForm) -> Any:
    """Keep what is said while it is typed; the answer carries the version that stands now."""
    if wrong := form.wrong_so_far():
        return {"told": wrong}, 422
    draft = ItemDraft(**form.so_far())
    try:
        with transaction(current_user, item, form.shown_version()):
            actions.keep_so_far(item, form.heard_text.data or "", draft, current_user.id)
    except Refused as refused:
        return {"told": render_template("meetings/not_saved.txt", refused=refused).strip()}, refused.status
    return {"told": _("Saved at %(time)s", time=hour(clock.now())), "version": item.version}


@bp.route("/items/<int:id>/attendance", methods=["GET", "POST"])
@opens(AgendaItem, to="record", form=PartForm)
def at_item(item: AgendaItem) -> Any:
    """Who is in the room for one item."""
    if _not_heard(item):
        return redirect(back_to(item.meeting))
    came = [one for one in queries.load(item.meeting).invited if one.present]
    kept = {f"present_{one.id}": one.present_at(item) for one in came}
    form = item_attendance_form(came)(data={**kept, **versions.carried(item)})
    for one in came:
        form[f"present_{one.id}"].description = stay_in_words(one.stay)
    sheet = Sheet(_("Who is there for “%(title)s”", title=item.called), _("Save"), _("Recorded."))
    return written(
        item.meeting, form, sheet,
        lambda: actions.record_item_attendance(item, {one.id: bool(form[f"present_{one.id}"].data) for one in came}),
        item, kept,
    )  # fmt: skip
