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
from portal.proposals.answer_form import AnswerForm
from portal.proposals.court import record_answer, tell_way
from portal.proposals.kinds import kind_of
from portal.proposals.kinds.kind import Court
from portal.proposals.models import CourtAnswer, Proposal
from portal.proposals.papers.views import bp

DONE = {
    "confirm": _l("The answer is confirmed."),
    "refuse": _l("The answer is refused. It counts nowhere."),
}


@bp.route("/<int:id>/answer", methods=["GET", "POST"])
@opens(Proposal, to="answer", form=AnswerForm)
def answer(proposal: Proposal) -> Any:
    """Where the file is, as far as the kind keeps it, and the decision of the court."""
    court, back = kind_of(proposal).court, url_for(".show", id=proposal.id)
    if court is None:
        abort(404)
    form = court.form(data={**_kept(proposal, court), "version": proposal.version})
    tried = attempt(form, lambda: _record(proposal, form), proposal)
    if tried.done:
        counts = _("It counts once a second person has confirmed it.") if tried.made else ""
        notice.done(_("The answer is recorded.") if tried.made else _("It is recorded."), counts)
        return redirect(back)
    return render_template(
        "proposals/answer.html", proposal=proposal, case=proposal.case, form=form, refused=tried.refused, back=back,
        steps=proposal.steps_above, before=proposal.answer,
    ), tried.status  # fmt: skip


def _kept(proposal: Proposal, court: Court) -> dict[str, Any]:
    """Where the file is, and what was asked for: a court mostly grants just that."""
    return {name: getattr(proposal, name, None) for name in (*court.form.OF_WAY, *court.form.SAYS)}


def _record(proposal: Proposal, form: AnswerForm) -> CourtAnswer | None:
    tell_way(proposal, **form.way())
    return record_answer(proposal, **form.facts()) if form.known else None


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
    court = kind_of(answer.proposal).court
    return render_template(
        "proposals/answer_of_court.html", answer=answer, case=answer.case, refused=refused, typed=typed, failed=failed,
        more=list(court.told(answer)) if court else [], shortened=court.follows(answer) if court else None,
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
