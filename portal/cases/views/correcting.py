"""Pages that change the term by a decision of the court, and that take an entry back."""

from datetime import date
from functools import partial
from typing import Any

from flask import redirect, render_template, request, url_for
from flask_login import current_user

from portal.cases import law_days
from portal.cases.actions import correcting, moving
from portal.cases.actions import custody as in_custody
from portal.cases.forms import TermChangeForm
from portal.cases.models import (
    Assessment,
    Case,
    CertificateHold,
    CheckIn,
    Contact,
    Custody,
    Death,
    EndCheck,
    FileHandover,
    HelperReport,
    IncomeDeduction,
    JobLoss,
    LeftUndone,
    Measure,
    Move,
    ReviewMeeting,
    RollCall,
    TermChange,
    Violation,
    WorkDay,
    WrittenWarning,
)
from portal.cases.presenters import term
from portal.cases.presenters.recorded import entry_of
from portal.cases.presenters.term import Shortened, shortened
from portal.cases.views.blueprint import bp
from portal.engine import notice, void_page
from portal.engine.access import opens
from portal.engine.deeds import take_step
from portal.engine.forms import ReasonForm, VoidForm
from portal.engine.presentation import day
from portal.engine.refusal import Refused
from portal.engine.text import _, _l
from portal.engine.transaction import transaction
from portal.engine.void_page import Question
from portal.people.presenter import called

DONE = {
    "confirm": _l("The shortening is confirmed; every day of the case follows from it."),
    "refuse": _l("The shortening is refused. It never counts."),
    "ask_back": _l("A second person is asked to take the shortening back. Until then it counts."),
    "take_back": _l("The shortening is taken back. It counts no more; every day of the case moved."),
    "keep": _l("The shortening stands, and goes on counting."),
}
STAYS = _l(
    "The entry stays in the story with your reason, and counts nowhere: not in figures, duties or dates. "
    "It cannot be brought back; record it anew if need be."
)
VOIDABLE = (
    Assessment, CertificateHold, CheckIn, Contact, Custody, Death, EndCheck, FileHandover, HelperReport, LeftUndone,
    IncomeDeduction, JobLoss, Measure, Move, ReviewMeeting, RollCall, TermChange, Violation, WorkDay, WrittenWarning,
)  # fmt: skip
MANY = {"management_custody": "management_custodies", "left_undone": "left_undone", "job_loss": "job_losses"}


@bp.route("/cases/<int:id>/term-change", methods=["GET", "POST"])
@opens(Case, to="record", form=TermChangeForm)
def term_change(case: Case) -> Any:
    """Record a shortening; what it makes of the last day is shown before anything is saved."""
    form, refused, only_check = TermChangeForm(version=case.version), None, request.form.get("only") == "check"
    if form.validate_on_submit() and not only_check:
        try:
            with transaction(current_user):
                correcting.record_term_change(
                    case, form.decided_on.data, form.months.data or 0, form.decision_number.data,
                    form.printed_ends_on.data,
                )  # fmt: skip
        except Refused as caught:
            refused = form.place(caught)
        else:
            notice.done(_("The shortening is recorded."), _("It counts once a second person has confirmed it."))
            return redirect(url_for(".show", id=case.id))
    if request.headers.get("X-Part"):
        return render_template("cases/shortened.html", case=case, shortened=_shortened(form, case))
    status = refused.status if refused else 422 if form.errors and not only_check else 200
    shown = {"form": form, "case": case, "refused": refused, "shortened": _shortened(form, case),
             "last_day": law_days.last_day(case)}  # fmt: skip
    return render_template("cases/term_change.html", **shown), status


@bp.get("/term-changes/<int:id>")
@opens(TermChange, to="read")
def term_changed(change: TermChange) -> Any:
    return _page(change)


@bp.post("/term-changes/<int:id>/<any(confirm, refuse, ask_back, take_back, keep):transition>")
@opens(TermChange, to="read")
def take_term_change(change: TermChange, transition: str) -> Any:
    """A second person answers to a shortening, or to whoever asks to take it back: before that no day moves."""
    form = ReasonForm(request.form)
    if refused := take_step(change, transition, form):
        return _page(change, refused, form.reason.data or "", transition), refused.status
    notice.done(str(DONE[transition]))
    return redirect(url_for(".show", id=change.case_id))


def _page(change: TermChange, refused: Refused | None = None, typed: str = "", failed: str = "") -> Any:
    return render_template(
        "cases/shortening.html", change=change, case=change.case, refused=refused, typed=typed, failed=failed,
        offers=change.workflow.offers(current_user, change),
        barred=change.workflow.barred(current_user, change), told=term.story_of(change),
        shortened=shortened(change.case, change.decided_on, change.months, change.printed_ends_on),
        move=term.taken_back(change),
    )  # fmt: skip


def _shortened(form: TermChangeForm, case: Case) -> Shortened | None:
    """What the typed cut would do, as soon as day and months are there."""
    decided_on, months, printed = form.decided_on.data, form.months.data, form.printed_ends_on.data
    valid = not (form.decided_on.errors or form.months.errors or form.printed_ends_on.errors)
    return shortened(case, decided_on, months, printed) if valid and isinstance(decided_on, date) and months else None


def void(record: Any) -> Any:
    """Mark an entry as made in error."""
    person, page = called(current_user, record.case.person), url_for(".show", id=record.case_id)
    entry = entry_of(record)
    back = entry.url if record.against_voiding else page  # where it can be asked for instead
    return void_page.ask(record, Question(
        title=_("Mark as entered in error?"),
        text=str(STAYS),
        verb=_("Mark as entered in error"),
        done=_("The entry is marked as made in error. It stays in the story, and counts nowhere."),
        back=back, crumbs=[(person, page)], facts=[person, entry.title, day(entry.on)],
    ), _strike_out(record))  # fmt: skip


def _strike_out(record: Any) -> Any:
    """The deed by which more is struck out than the entry alone."""
    if isinstance(record, Custody):
        return partial(in_custody.strike_out, record, current_user)
    return partial(moving.strike_out, record) if isinstance(record, FileHandover) else None


for _record in VOIDABLE:
    _name = _record.__tablename__
    _many = MANY.get(_name, f"{_name}s").replace("_", "-")
    _strike = opens(_record, to="void", form=VoidForm)(void)
    bp.add_url_rule(f"/{_many}/<int:id>/void", f"void_{_name}", _strike, methods=["GET", "POST"])
