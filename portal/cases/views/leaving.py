"""Pages on which it is written down that somebody is in custody, moves or has died, and that the file went."""

from typing import Any

from flask import redirect, render_template, request, url_for
from flask_login import current_user

from portal.cases.actions import custody as in_custody
from portal.cases.actions import dying, moving, taking_on
from portal.cases.forms import (
    AfterDeathForm,
    CustodyForm,
    DeathForm,
    GiveDraftForm,
    HandOverForm,
    MoveForm,
    StepsOfMoveForm,
)
from portal.cases.models import Case, CaseType, Death, FileHandover, Receiver
from portal.cases.papers import leaving as papers
from portal.cases.presenters import leaving
from portal.cases.views.blueprint import bp
from portal.cases.views.recording import write
from portal.documents import issuers
from portal.documents.shown import entered
from portal.documents.views import word
from portal.engine import clock, notice
from portal.engine.access import opens, rights
from portal.engine.deeds import attempt, take_step
from portal.engine.forms import ReasonForm
from portal.engine.refusal import Refused
from portal.engine.text import _, _l
from portal.organisation.models import Role
from portal.organisation.queries import holders

AGREED = ("told_on", "agreed_on", "decided_on", "decision")


# ── custody ─────────────────────────────────────────────────────────────────────────────────────────────────────────
@bp.route("/cases/<int:id>/custody", methods=["GET", "POST"])
@opens(Case, to="record", form=CustodyForm)
def custody(case: Case) -> Any:
    """Custody that begins, what was learnt of it, or the release from the one that goes on."""
    form = CustodyForm(obj=case.custody)
    form.version.data = form.version.data if form.is_submitted() else str(case.version)
    return write(
        case, form, _("Record custody"), _("Record it"), leaving.told_of_term(case),
        lambda: in_custody.record_custody(case, current_user, **form.facts()), editing=case,
    )  # fmt: skip


# ── a move ──────────────────────────────────────────────────────────────────────────────────────────────────────────
def _form_of_move(case: Case) -> type[MoveForm] | type[StepsOfMoveForm]:
    return MoveForm if case.type == CaseType.DRUG_USER_MANAGEMENT else StepsOfMoveForm


@bp.route("/cases/<int:id>/move", methods=["GET", "POST"])
@opens(Case, to="record", form=_form_of_move)
def move(case: Case) -> Any:
    """A move to another commune: what is done is filled in step by step."""
    return _managed(case) if case.type == CaseType.DRUG_USER_MANAGEMENT else _of_sentence(case)


def _managed(case: Case) -> Any:
    now = clock.now().astimezone(clock.VIETNAM)
    first = {} if case.move else {"known_on": now.date(), "known_time": now.time()}
    form = MoveForm(obj=case.move, **first)
    form.version.data = form.version.data if form.is_submitted() else str(case.version)
    return write(
        case, form, _("Record a move to another commune"), _("Record it"),
        _("It is recorded; the steps that follow are counted from the hours given."),
        lambda: moving.record_move(case, **form.facts()), editing=case,
    )  # fmt: skip


def _of_sentence(case: Case) -> Any:
    """The steps of a change of residence by the law of the case, with the clocks of both communes."""
    known = case.move
    stands = {name: getattr(known, name) for name in AGREED} if known else {}
    granted = {True: "yes", False: "no"}.get(known.granted, "") if known else ""  # type: ignore[arg-type]
    form = StepsOfMoveForm(data={**stands, "granted": granted, "version": case.version})
    back = url_for(".show", id=case.id)
    tried = attempt(form, lambda: moving.record_steps(case, **form.facts()), case, leads_to=back)
    if tried.done:
        notice.done(_("It is recorded; the steps that follow are counted from the days given."))
        return redirect(back)
    propose = url_for("proposals.new", kind="residence_change", id=case.id)
    shown = {"case": case, "form": form, "back": back, "refused": tried.refused, "move": known,
             "steps": leaving.steps(case), "propose": propose}  # fmt: skip
    return render_template("cases/moving.html", **shown), tried.status


# ── the file is handed over ─────────────────────────────────────────────────────────────────────────────────────────
@bp.route("/cases/<int:id>/hand-over", methods=["GET", "POST"])
@opens(Case, to="record", form=HandOverForm)
def hand_over(case: Case) -> Any:
    """To the agency before the end, or to the commune to which the person moves: that closes the case here."""
    to, receiver = _receiver(case)
    form = HandOverForm(data={
        "to": str(to), "handed_on": clock.today(), "receiver": receiver, "version": case.version,
        "items": "\n".join(papers.file_items(case)),
    })  # fmt: skip
    return write(
        case, form, _("Hand the file over"), _("Record the hand-over"),
        _("The hand-over is recorded; its minutes wait for their signatures."),
        lambda: moving.hand_over(case, **form.facts()), editing=case,
    )  # fmt: skip


def _receiver(case: Case) -> tuple[Receiver, str]:
    if case.move and case.move.transfer_id:
        return Receiver.COMMUNE, f"Công an {case.move.moves_to}"
    commune = issuers.commune_on(case.commune, clock.today())
    return Receiver.AGENCY, issuers.competent_agency(commune, clock.today())


@bp.get("/file-handovers/<int:id>")
@opens(FileHandover, to="read")
def handed_over(handover: FileHandover) -> Any:
    return render_template(
        "cases/handed_over.html", handover=handover, case=handover.case, papers=entered(current_user, handover),
        may_print="print" in rights(current_user, handover, ("print",)),
    )  # fmt: skip


@bp.get("/file-handovers/<int:id>/minutes.docx")
@opens(FileHandover, to="print", told_as="print")
def handover_minutes(handover: FileHandover) -> Any:
    return word.sent(papers.written(handover), f"BB-{handover.case.number}")


# ── a death ─────────────────────────────────────────────────────────────────────────────────────────────────────────
@bp.route("/cases/<int:id>/death", methods=["GET", "POST"])
@opens(Case, to="record", form=DeathForm)
def death(case: Case) -> Any:
    form = DeathForm(died_on=case.person.died_on, known_on=clock.today(), version=case.version)
    return write(
        case, form, _("Record a death"), _("Record the death"),
        _("The death is recorded. A second person confirms it, which closes the case; the report to the agency waits."),
        lambda: dying.record_death(case, form.died_on.data, form.known_on.data, form.paper.data or ""),
        editing=case,
    )  # fmt: skip


@bp.get("/deaths/<int:id>")
@opens(Death, to="read")
def dead(death: Death) -> Any:
    """The entry with what followed: the report, and the court's answer, also once the case is closed."""
    return _dead(death)


@bp.route("/deaths/<int:id>/after", methods=["GET", "POST"])
@opens(Death, to="follow", form=AfterDeathForm)
def after_death(death: Death) -> Any:
    form = AfterDeathForm(obj=death)
    form.version.data = form.version.data if form.is_submitted() else str(death.version)
    back = url_for(".dead", id=death.id)
    tried = attempt(form, lambda: dying.record_what_followed(death, **form.facts()), death, leads_to=back)
    if tried.done:
        notice.done(_("It is recorded."))
        return redirect(back)
    shown = {"case": death.case, "form": form, "title": _("What followed the death"), "verb": _("Record it"),
             "back": back, "refused": tried.refused}  # fmt: skip
    return render_template("cases/record.html", **shown), tried.status


DONE = {
    "confirm": _l("The death is confirmed, and the case closed. Its report to the agency is still owed."),
    "refuse": _l("The entry is refused. The case goes on."),
}


@bp.post("/deaths/<int:id>/<any(confirm, refuse):transition>")
@opens(Death, to="read")
def take_death(death: Death, transition: str) -> Any:
    form = ReasonForm(request.form)
    if refused := take_step(death, transition, form):
        return _dead(death, refused, form.reason.data or "", transition), refused.status
    notice.done(str(DONE[transition]))
    return redirect(url_for(".show", id=death.case_id))


def _dead(death: Death, refused: Refused | None = None, typed: str = "", failed: str = "") -> Any:
    return render_template(
        "cases/death.html", death=death, case=death.case, refused=refused, typed=typed, failed=failed,
        offers=death.workflow.offers(current_user, death), barred=death.workflow.barred(current_user, death),
        told=leaving.story_of_death(death), steps=leaving.after_death(death), papers=entered(current_user, death),
        may_do=rights(current_user, death, ("follow", "print")), doubts=[*dying.doubts(death)] if death.waits else [],
    )  # fmt: skip


@bp.get("/deaths/<int:id>/report.docx")
@opens(Death, to="print", told_as="print")
def death_report(death: Death) -> Any:
    return word.sent(papers.written(death), f"BC-{death.case.number}")


# ── a file from another commune ─────────────────────────────────────────────────────────────────────────────────────
@bp.route("/cases/<int:id>/give", methods=["GET", "POST"])
@opens(Case, to="give_draft", form=GiveDraftForm)
def give(case: Case) -> Any:
    """The chief gives a draft that came from another commune to an officer."""
    form, officers = GiveDraftForm(version=case.version), holders(Role.POLICE_OFFICER, case.commune_id)
    form.officer_id.choices = [(str(one.id), one.full_name) for one in officers]

    def deed() -> None:
        taker = next(one for one in officers if str(one.id) == form.officer_id.data)
        taking_on.give_draft(case, taker, current_user)

    return write(case, form, _("Give the draft to an officer"), _("Give it"), _("The draft is with the officer now."),
                 deed, editing=case)  # fmt: skip
