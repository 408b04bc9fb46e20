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


@dataclass(frozen=True)
class Question:
    """The step that the page asks for, its question, what follows, the verb, and how the deed is told."""

    step: str
    title: str
    text: str
    verb: str
    done: str
    danger: bool = False


@bp.route("/<int:id>/dispute", methods=["GET", "POST"])
@opens(Patrol, to="object", form=DisputeForm)
def dispute(patrol: Patrol) -> Any:
    form = DisputeForm(version=patrol.version)
    question = Question(
        "dispute", _("What was otherwise?"),
        _("The log goes back to be written again. Both versions stay, side by side."),
        _("Dispute the log"), _("The log is disputed. It will be written again."), danger=True,
    )  # fmt: skip
    return _ask(patrol, form, question, lambda: actions.dispute(patrol, current_user, form.reason.data or ""))


@bp.route("/<int:id>/agree", methods=["GET", "POST"])
@opens(Patrol, to="object")
def agree(patrol: Patrol) -> Any:
    form = EditForm(version=patrol.version)
    question = Question(
        "agree", _("Did your force take no part?"),
        _("The log says that nobody of your force went along. Whoever agrees cannot dispute it afterwards."),
        _("We took no part"), _("It is noted that your force took no part."),
    )  # fmt: skip
    return _ask(patrol, form, question, lambda: actions.agree(patrol, current_user, form.shown_version()))


@bp.route("/<int:id>/cancel", methods=["GET", "POST"])
@opens(Patrol, to="cancel", form=CancelForm)
def cancel(patrol: Patrol) -> Any:
    form = CancelForm(version=patrol.version)
    question = Question(
        "cancel", _("Cancel the patrol?"), _("It stays on record, with the reason."), _("Cancel the patrol"),
        _("The patrol is cancelled."), danger=True,
    )  # fmt: skip
    return _ask(patrol, form, question, lambda: _take(question, patrol, form))


@bp.route("/<int:id>/close", methods=["GET", "POST"])
@opens(Patrol, to="close", form=CloseForm)
def close(patrol: Patrol) -> Any:
    form = CloseForm(version=patrol.version)
    question = Question(
        "close", _("Close the patrol?"), _("“%(text)s” What became of it stays beside it.", text=patrol.recommendation),
        _("Close the patrol"), _("The patrol is closed."),
    )  # fmt: skip
    return _ask(patrol, form, question, lambda: _take(question, patrol, form))


def _take(question: Question, patrol: Patrol, form: Any) -> Any:
    return patrol.workflow.take(question.step, patrol, current_user, form.reason.data or "")


def _ask(patrol: Patrol, form: EditForm, question: Question, deed: Callable[[], Any]) -> Any:
    """Ask, and do it; whoever only opens the page where it is not asked of them any more sees the patrol."""
    back = url_for(".show", id=patrol.id)
    if request.method == "GET" and not patrol.workflow.is_open_to(current_user, patrol, question.step):
        return redirect(back)
    tried = attempt(form, deed, patrol)
    if tried.done:
        notice.done(question.done)
        return redirect(back)
    shown = {"patrol": patrol, "form": form, "question": question, "refused": tried.refused}
    return render_template("patrols/ask.html", **shown), tried.status
