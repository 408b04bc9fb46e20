"""Pages on which the answer of a court is written down, and confirmed by a second person."""

from typing import Any

from flask import abort, redirect, render_template, url_for
from flask_login import current_user

from portal.engine import notice, void_page
from portal.engine.access import opens
from portal.engine.deeds import attempt, take_step
from portal.engine.forms import ReasonForm, VoidForm
from portal.engine.presentation import day
from portal.engine.refusal import Refused
from portal.engine.text import _, _l, mark
from portal.engine.void_page import Question
from portal.engine.workflow import steps_of
from portal.organisation.presenters import stories
from portal.people.presenter import called
from portal.proposals.court import record_answer
from portal.proposals.forms import AnswerForm
from portal.proposals.models import CourtAnswer, Proposal
from portal.proposals.papers.views import bp

DONE = {
    "confirm": _l("The answer is confirmed."),
    "refuse": _l("The answer is refused. It counts nowhere."),
}


@bp.route("/<int:id>/answer", methods=["GET", "POST"])
@opens(Proposal, to="answer", form=AnswerForm)
def answer(proposal: Proposal) -> Any:
    if not proposal.asks_court:
        abort(404)
    form, back = AnswerForm(version=proposal.version), url_for(".show", id=proposal.id)
    tried = attempt(form, lambda: record_answer(proposal, **form.facts()), proposal)
    if tried.done:
        notice.done(_("The answer is recorded."), _("It counts once a second person has confirmed it."))
        return redirect(back)
    shown = {"proposal": proposal, "case": proposal.case, "form": form, "refused": tried.refused, "back": back}
    return render_template("proposals/answer.html", **shown), tried.status


@bp.get("/answers/<int:id>")
@opens(CourtAnswer, to="read")
def answer_of_court(answer: CourtAnswer) -> Any:
    return _page(answer)


@bp.post("/answers/<int:id>/<any(confirm, refuse):transition>")
@opens(CourtAnswer, to="read")
def take_answer(answer: CourtAnswer, transition: str) -> Any:
    form = ReasonForm()
    if refused := take_step(answer, transition, form):
        return _page(answer, refused, form.reason.data or "", transition), refused.status
    notice.done(str(DONE[transition]))
    return redirect(url_for(".show", id=answer.proposal_id))


def _page(answer: CourtAnswer, refused: Refused | None = None, typed: str = "", failed: str = "") -> Any:
    return render_template(
        "proposals/answer_of_court.html", answer=answer, case=answer.case, refused=refused, typed=typed, failed=failed,
        offers=answer.workflow.offers(current_user, answer), barred=answer.workflow.barred(current_user, answer),
        told=stories.story_of(answer, steps_of(answer), mark("%(who)s recorded the answer of the court")),
    )  # fmt: skip


@bp.route("/answers/<int:id>/void", methods=["GET", "POST"])
@opens(CourtAnswer, to="void", form=VoidForm)
def void_answer(answer: CourtAnswer) -> Any:
    """An answer that nobody has confirmed yet is struck out by one person."""
    person, page = called(current_user, answer.case.person), url_for(".answer_of_court", id=answer.id)
    return void_page.ask(answer, Question(
        title=_("Mark as entered in error?"),
        text=_("The answer stays with your reason, and counts nowhere. Record it anew as the court's paper has it."),
        verb=_("Mark as entered in error"),
        done=_("The entry is marked as made in error. It stays in the story, and counts nowhere."),
        back=page, crumbs=[(person, page)],
        facts=[person, _("Answer of the court"), day(answer.decided_on)],
    ))  # fmt: skip


__all__ = ["bp"]
