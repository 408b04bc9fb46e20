"""Pages of a summons and of the reception: to write them, to read them, to print their papers."""

from typing import Any

from flask import abort, redirect, render_template, url_for
from flask_login import current_user

from portal.cases import sync
from portal.cases.actions import receiving, summoning
from portal.cases.duties.receiving import lacking
from portal.cases.duties.summonses import no_show
from portal.cases.forms import AbsentAgainForm, OutcomeForm, ReceptionForm, SummonsForm
from portal.cases.forms.reception import as_kept
from portal.cases.models import (
    CHANNEL_NAMES,
    SUMMONS_OUTCOME_NAMES,
    SUMMONS_PURPOSE_NAMES,
    Case,
    CheckIn,
    Reception,
    Summons,
    SummonsPurpose,
    reception_of,
)
from portal.cases.months import spelled
from portal.cases.papers import reception as papers
from portal.cases.presenters.recorded import entry_of, returned_because
from portal.cases.views.blueprint import bp
from portal.cases.views.recording import write
from portal.documents.shown import entered
from portal.documents.views import word
from portal.engine import clock, notice, versions, void_page
from portal.engine.access import opens, rights
from portal.engine.deeds import Attempt, attempt, take_step
from portal.engine.forms import EditForm, Form, VoidForm
from portal.engine.refusal import Refused
from portal.engine.text import _
from portal.engine.void_page import Question
from portal.law.community import RECEPTION_ITEMS
from portal.organisation.queries import users_named
from portal.people.presenter import called, is_named


# ── the summons ─────────────────────────────────────────────────────────────────────────────────────────────────────
@bp.route("/cases/<int:id>/summon", methods=["GET", "POST"])
@opens(Case, to="record", form=SummonsForm)
def summon(case: Case) -> Any:
    station = _("Police station of %(commune)s", commune=case.commune.name)
    form = SummonsForm(case, summoned_on=clock.today(), where=station, version=case.version)
    if not form.is_submitted() and case.reception_on:
        form.purpose.data = SummonsPurpose.OTHER
    tried = attempt(form, lambda: summoning.summon(case, SummonsPurpose(form.purpose.data), **form.facts()))
    if tried.done:
        written = _("The summons is written; print it, and register it once it is signed.")
        handed_over = _("It is recorded that the summons of the agency was handed over.")
        notice.done(handed_over if tried.made.of_agency else written)
        return _to(".summoned", tried.made.id)
    return _written(case, form, _("Write a summons"), _("Write the summons"), tried)


@bp.get("/summonses/<int:id>")
@opens(Summons, to="read")
def summoned(summons: Summons) -> Any:
    case = summons.case
    came_after_all = case.reception_on is not None and summons.missed_again_on is None
    steps = [] if came_after_all else no_show(summons)
    shown = {
        "summons": summons, "case": case, "purpose": str(SUMMONS_PURPOSE_NAMES[summons.purpose]), "steps": steps,
        "outcome": str(SUMMONS_OUTCOME_NAMES[summons.outcome]) if summons.outcome else "",
        "papers": entered(current_user, summons), "may_do": rights(current_user, summons, ("record", "void")),
        "named": is_named(current_user, case.person),
        "still_absent": bool(steps) and not summons.missed_again_on,
    }  # fmt: skip
    return render_template("cases/summons.html", **shown)


@bp.route("/summonses/<int:id>/outcome", methods=["GET", "POST"])
@opens(Summons, to="record", form=OutcomeForm)
def summons_outcome(summons: Summons) -> Any:
    form = sync.summons_form(summons)
    return write(
        summons.case, form, _("What became of the summons"), _("Record the outcome"), _("It is recorded."),
        lambda: sync.record_outcome(summons, form, current_user), editing=summons,
    )  # fmt: skip


@bp.route("/summonses/<int:id>/still-absent", methods=["GET", "POST"])
@opens(Summons, to="record", form=AbsentAgainForm)
def still_absent(summons: Summons) -> Any:
    form = AbsentAgainForm(data={**versions.carried(summons), "recorded_on": clock.today()})
    return write(
        summons.case, form, _("Record the second absence"), _("Record the second absence"),
        _("The second absence is recorded; prison is proposed within the time of the law."),
        lambda: summoning.record_still_absent(summons, form.recorded_on.data, form.note.data or ""), editing=summons,
    )  # fmt: skip


@bp.get("/summonses/<int:id>/paper.docx")
@opens(Summons, to="record", told_as="print")
def summons_paper(summons: Summons) -> Any:
    if summons.of_agency:
        abort(404)
    return word.sent(papers.summons(summons), f"giay-trieu-tap-{summons.case.number}")


# ── the reception ───────────────────────────────────────────────────────────────────────────────────────────────────
@bp.route("/cases/<int:id>/reception", methods=["GET", "POST"])
@opens(Case, to="record", form=ReceptionForm)
def reception(case: Case) -> Any:
    kept = as_kept(reception_of(case)) or {"held_on": case.reception_on}
    form = ReceptionForm(case, **kept, version=case.version)
    tried = attempt(form, lambda: receiving.receive(case, form.session, current_user, form.why), editing=case)
    if tried.done:
        notice.done(_("The reception is recorded; what follows it is counted from its day."))
        return _to(".received", tried.made.id) if tried.made else _to(".show", case.id)
    return _written(case, form, _("Record the reception"), _("Record the reception"), tried, "cases/receive.html")


@bp.get("/receptions/<int:id>")
@opens(Reception, to="read")
def received(reception: Reception) -> Any:
    shown = {
        "reception": reception, "case": reception.case, "items": RECEPTION_ITEMS, "lacking": lacking(reception),
        "named": is_named(current_user, reception.case.person),
        "papers": entered(current_user, reception), "may_do": rights(current_user, reception, ("record", "void")),
    }  # fmt: skip
    return render_template("cases/received.html", **shown)


@bp.get("/receptions/<int:id>/minutes.docx")
@opens(Reception, to="record", told_as="print")
def reception_minutes(reception: Reception) -> Any:
    return word.sent(papers.minutes(reception), f"bien-ban-tiep-nhan-{reception.case.number}")


@bp.get("/cases/<int:id>/commitment.docx")
@opens(Case, to="record", told_as="print")
def commitment(case: Case) -> Any:
    """To be printed before the session, and signed in it."""
    return word.sent(papers.commitment(case), f"ban-cam-ket-{case.number}")


@bp.route("/summonses/<int:id>/void", methods=["GET", "POST"])
@opens(Summons, to="void", form=VoidForm)
def void_summons(summons: Summons) -> Any:
    return _struck_out(summons, _("The entry stays in the story with your reason. Its paper is struck out as well."))


@bp.route("/receptions/<int:id>/void", methods=["GET", "POST"])
@opens(Reception, to="void", form=VoidForm)
def void_reception(reception: Reception) -> Any:
    told = _("The case then waits for its reception again, and what follows it is counted provisionally.")
    return _struck_out(reception, told)


def _struck_out(record: Summons | Reception, told: str) -> Any:
    person, back = called(current_user, record.case.person), url_for(".show", id=record.case_id)
    question = Question(
        title=_("Mark as entered in error?"), text=told, verb=_("Mark as entered in error"),
        done=_("The entry is marked as made in error. It stays in the story, and counts nowhere."),
        back=back, crumbs=[(person, back)], facts=[person, entry_of(record).title],
    )  # fmt: skip
    return void_page.ask(record, question, lambda reason: receiving.strike_out(record, current_user, reason))


# ── checking a self-report ──────────────────────────────────────────────────────────────────────────────────────────
@bp.get("/check-ins/<int:id>")
@opens(CheckIn, to="read")
def checked(check_in: CheckIn) -> Any:
    return _check_in(check_in)


@bp.post("/check-ins/<int:id>/<any(file):transition>")
@opens(CheckIn, to="read")
def take_check_in(check_in: CheckIn, transition: str) -> Any:
    form = EditForm()
    if refused := take_step(check_in, transition, form):
        return _check_in(check_in, refused), refused.status
    notice.done(_("The self-report is filed as checked."))
    return _to(".show", check_in.case_id)


def _check_in(check_in: CheckIn, refused: Refused | None = None) -> Any:
    offers = [one for one in check_in.workflow.offers(current_user, check_in) if one.transition.name == "file"]
    held = rights(current_user, check_in, ("return", "void"))
    return render_template(
        "cases/check_in.html", check_in=check_in, case=check_in.case, offers=offers, refused=refused, may_do=held,
        channel=str(CHANNEL_NAMES[check_in.channel]), why=returned_because([check_in]).get(check_in.id, ""),
        month=spelled(check_in.month), by=users_named({check_in.created_by_id}).get(check_in.created_by_id or 0),
    )  # fmt: skip


def _to(endpoint: str, number: int) -> Any:
    return redirect(url_for(endpoint, id=number))


def _written(case: Case, form: Form, title: str, verb: str, tried: Attempt, page: str = "cases/record.html") -> Any:
    back = url_for(".show", id=case.id)
    shown = {"case": case, "form": form, "title": title, "verb": verb, "back": back, "refused": tried.refused}
    return render_template(page, **shown), tried.status
