"""Pages of a breach and of what follows from it: its minutes, the written warning, the review."""

from typing import Any

from flask import abort, redirect, render_template, url_for
from flask_login import current_user

from portal.cases.actions import breaches, on_paper
from portal.cases.actions.keeping import differing
from portal.cases.forms import GivenForm, PaperReviewForm, PaperWarningForm, ReviewOutcomeForm, WarningForm
from portal.cases.models import Came, Case, ReviewMeeting, Violation, WrittenWarning
from portal.cases.papers import breaches as papers
from portal.cases.presenters import breaches as telling
from portal.cases.views.blueprint import bp
from portal.cases.views.recording import write
from portal.documents.forms import IssueForm
from portal.documents.shown import entered
from portal.documents.views import issuing, word
from portal.engine import clock, notice, versions
from portal.engine.access import may, opens
from portal.engine.deeds import attempt, take_step
from portal.engine.forms import EditForm, ReasonForm
from portal.engine.refusal import Refused
from portal.engine.text import _, _l
from portal.engine.uploads import takes_a_file
from portal.people.presenter import called

SIGNED = {
    "sign": _l("The warning is signed. Its paper waits in the register for its number and its scan."),
    "refuse": _l("The warning is not signed. Nobody is warned."),
}
PAGES = {Violation: "cases.breach", WrittenWarning: "cases.written_warning", ReviewMeeting: "cases.review"}


# ── the breach ──────────────────────────────────────────────────────────────────────────────────────────────────────
@bp.get("/violations/<int:id>")
@opens(Violation, to="read")
def breach(violation: Violation) -> Any:
    return _page_of_breach(violation)


def _page_of_breach(violation: Violation, refused: Refused | None = None) -> Any:
    records = violation.voided_at is None and may(current_user, "record", violation)
    return render_template(
        "cases/breach.html", breach=violation, case=violation.case, refused=refused, told=telling.of_breach(violation),
        papers=entered(current_user, violation), records=records, warned=telling.warning_of(violation),
        minutes_form=EditForm(version=violation.version), follows=telling.what_follows(violation.case),
        prints=may(current_user, "print", violation),
        moves_end=violation.stay is not None and violation.case.running and bool(differing(violation.case)),
    )  # fmt: skip


@bp.post("/violations/<int:id>/minutes")
@opens(Violation, to="record", form=EditForm)
def enter_minutes(violation: Violation) -> Any:
    """Enter the minutes in the register of the police, where their signed page is kept."""
    tried = attempt(EditForm(), lambda: papers.enter(violation), violation)
    if not tried.done:
        return _page_of_breach(violation, tried.refused), tried.status
    notice.done(_("The minutes stand in the register; they wait for their signatures."))
    return redirect(url_for(".breach", id=violation.id))


# ── the written warning ─────────────────────────────────────────────────────────────────────────────────────────────
@bp.route("/cases/<int:id>/warning", methods=["GET", "POST"])
@opens(Case, to="record", form=WarningForm)
def warn(case: Case) -> Any:
    form = WarningForm(written_on=clock.today(), version=case.version)
    form.offer(case)
    return write(
        case, form, _("Draft a written warning"), _("Submit it to be signed"),
        _("The warning is drafted; it counts once it is signed and given to the person."),
        lambda: breaches.draft_warning(case, int(form.violation_id.data), form.written_on.data, form.text.data),
    )  # fmt: skip


@bp.route("/cases/<int:id>/paper-warning", methods=["GET", "POST"])
@opens(Case, to="record", form=PaperWarningForm)
def paper_warning(case: Case) -> Any:
    """A warning of before the file was kept here: nothing of it is signed again."""
    form = PaperWarningForm(version=case.version)
    form.offer(case)
    return write(
        case, form, _("Record a warning given on paper before"), _("Record the warning"),
        _("The warning is recorded; it counts from the day on which it was given."),
        lambda: on_paper.record_warning(
            case, int(form.violation_id.data), form.paper_number.data, form.written_on.data, form.given_on.data,
            form.text.data,
        ),
    )  # fmt: skip


@bp.route("/cases/<int:id>/paper-review", methods=["GET", "POST"])
@opens(Case, to="record", form=PaperReviewForm)
def paper_review(case: Case) -> Any:
    """A review of before the file was kept here."""
    form = PaperReviewForm(version=case.version)
    return write(
        case, form, _("Record a review held on paper before"), _("Record the review"), _("The review is recorded."),
        lambda: on_paper.record_review(
            case, form.paper_number.data, form.paper_on.data, form.held_on.data, Came(form.came.data),
            form.told.data, form.conclusion.data or "",
        ),
    )  # fmt: skip


@bp.get("/written-warnings/<int:id>")
@opens(WrittenWarning, to="read")
def written_warning(warning: WrittenWarning) -> Any:
    return _page_of_warning(warning)


def _page_of_warning(warning: WrittenWarning, refused: Refused | None = None, typed: str = "", failed: str = "") -> Any:
    return render_template(
        "cases/warning.html", warning=warning, case=warning.case, refused=refused, typed=typed, failed=failed,
        offers=warning.workflow.offers(current_user, warning), barred=warning.workflow.barred(current_user, warning),
        told=telling.story_of(warning), papers=entered(current_user, warning),
        gives=warning.state == "signed" and may(current_user, "record", warning),
        prints=may(current_user, "print", warning),
    )  # fmt: skip


@bp.post("/written-warnings/<int:id>/<any(sign, refuse):transition>")
@opens(WrittenWarning, to="read")
def take_warning(warning: WrittenWarning, transition: str) -> Any:
    """A second person signs what an officer drafted."""
    form = ReasonForm()
    if refused := take_step(warning, transition, form):
        return _page_of_warning(warning, refused, form.reason.data or "", transition), refused.status
    notice.done(str(SIGNED[transition]))
    return redirect(url_for(".written_warning", id=warning.id))


@bp.route("/written-warnings/<int:id>/given", methods=["GET", "POST"])
@opens(WrittenWarning, to="record", form=GivenForm)
def give_warning(warning: WrittenWarning) -> Any:
    form = GivenForm(data={**versions.carried(warning), "given_on": clock.today()})
    return write(
        warning.case, form, _("Record that the warning was given"), _("Record it as given"),
        _("The person is warned. What is broken from now on may call for a review."),
        lambda: breaches.give_warning(warning, current_user, form.given_on.data, form.how.data), editing=warning,
    )  # fmt: skip


# ── the review ──────────────────────────────────────────────────────────────────────────────────────────────────────
@bp.get("/review-meetings/<int:id>")
@opens(ReviewMeeting, to="read")
def review(review: ReviewMeeting) -> Any:
    return render_template(
        "cases/review.html", review=review, case=review.case, told=telling.of_review(review),
        papers=entered(current_user, review), story=telling.story_of(review),
        follows=telling.after_absence(review),
        records=review.waits and may(current_user, "record", review), prints=may(current_user, "print", review),
    )  # fmt: skip


@bp.route("/review-meetings/<int:id>/outcome", methods=["GET", "POST"])
@opens(ReviewMeeting, to="record", form=ReviewOutcomeForm)
def conclude_review(review: ReviewMeeting) -> Any:
    form = ReviewOutcomeForm(data={
        **versions.carried(review), "held_on": min(review.planned_on, clock.today()), "attendees": review.invited,
    })  # fmt: skip
    form.offer_reasons()
    back = url_for(".review", id=review.id)
    tried = attempt(
        form, lambda: breaches.conclude_review(review, current_user, form.on, Came(form.came.data), **form.facts()),
        review, leads_to=back,
    )  # fmt: skip
    if tried.done:
        notice.done(telling.outcome(tried.made))
        return redirect(back)
    on = review.planned_on if form.held_on.errors or not form.held_on.data else form.on
    return render_template(
        "cases/outcome.html", review=review, case=review.case, form=form, refused=tried.refused, back=back,
        without=breaches.told_without(review, on),
    ), tried.status  # fmt: skip


# ── their papers ────────────────────────────────────────────────────────────────────────────────────────────────────
def draft(record: Any) -> Any:
    """The paper to print and sign; what is filled in by hand stays blank."""
    paper = papers.written(record)
    return word.sent(paper, f"{paper.symbol.partition('-')[0]}-{record.case.number}-{record.id}")


def signed_page(record: Any) -> Any:
    """Register number and day of the signed paper, and its scan."""
    document = record.document or abort(404)
    back = url_for(PAGES[type(record)], id=record.id)
    return issuing.page(document, (called(current_user, record.case.person), back), document.abstract)


for _record in PAGES:
    _name = _record.__tablename__
    _address = f"/{_name.replace('_', '-')}s/<int:id>"
    bp.add_url_rule(
        f"{_address}/paper.docx", f"print_{_name}", opens(_record, to="print", told_as="print")(draft), methods=["GET"]
    )
    bp.add_url_rule(
        f"{_address}/signed-page", f"sign_{_name}",
        opens(_record, to="issue", form=IssueForm)(takes_a_file(signed_page)), methods=["GET", "POST"],
    )  # fmt: skip
