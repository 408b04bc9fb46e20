"""The steps of a patrol that ask for words first: it was otherwise, it is called off, it is closed."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import redirect, render_template, request, url_for
from flask_login import current_user

from portal.engine import notice
from portal.engine.access import opens
from portal.engine.deeds import attempt
from portal.engine.forms import EditForm
from portal.engine.text import _
from portal.patrols import actions
from portal.patrols.forms import CancelForm, CloseForm, DisputeForm
from portal.patrols.models import Patrol
from portal.patrols.views.blueprint import bp
from portal.patrols.workflow import AHEAD


@dataclass(frozen=True)
class Question:
    """What the page asks, what follows, the verb, and how the deed is told. *states*: those in which it is asked."""

    title: str
    text: str
    verb: str
    done: str
    states: tuple[str, ...]
    danger: bool = False


@bp.route("/<int:id>/dispute", methods=["GET", "POST"])
@opens(Patrol, to="countersign", form=DisputeForm)
def dispute(patrol: Patrol) -> Any:
    form = DisputeForm(version=patrol.version)
    question = Question(
        _("What was otherwise?"), _("The log goes back to be written again. Both versions stay, side by side."),
        _("Dispute the log"), _("The log is disputed. It will be written again."), ("logged",), danger=True,
    )  # fmt: skip
    return _ask(patrol, form, question, lambda: actions.dispute(patrol, current_user, form.reason.data or ""))


@bp.route("/<int:id>/cancel", methods=["GET", "POST"])
@opens(Patrol, to="cancel", form=CancelForm)
def cancel(patrol: Patrol) -> Any:
    form = CancelForm(version=patrol.version)
    question = Question(
        _("Cancel the patrol?"), _("It stays on record, with the reason."), _("Cancel the patrol"),
        _("The patrol is cancelled."), AHEAD, danger=True,
    )  # fmt: skip
    return _ask(patrol, form, question, lambda: _take("cancel", patrol, form))


@bp.route("/<int:id>/close", methods=["GET", "POST"])
@opens(Patrol, to="close", form=CloseForm)
def close(patrol: Patrol) -> Any:
    form = CloseForm(version=patrol.version)
    question = Question(
        _("Close the patrol?"), _("What was recommended has been dealt with."), _("Close the patrol"),
        _("The patrol is closed."), ("countersigned",),
    )  # fmt: skip
    return _ask(patrol, form, question, lambda: _take("close", patrol, form))


def _take(step: str, patrol: Patrol, form: Any) -> Any:
    return patrol.workflow.take(step, patrol, current_user, form.reason.data or "")


def _ask(patrol: Patrol, form: EditForm, question: Question, deed: Callable[[], Any]) -> Any:
    """Ask, and do it; whoever only opens the page where it is not asked any more sees the patrol."""
    back = url_for(".show", id=patrol.id)
    if request.method == "GET" and patrol.state not in question.states:
        return redirect(back)
    tried = attempt(form, deed, patrol)
    if tried.done:
        notice.done(question.done)
        return redirect(back)
    shown = {"patrol": patrol, "form": form, "question": question, "refused": tried.refused}
    return render_template("patrols/ask.html", **shown), tried.status
