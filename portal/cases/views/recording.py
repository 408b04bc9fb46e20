"""Pages on which something is written into a case."""

from collections.abc import Callable
from datetime import date
from typing import Any

from flask import abort, redirect, render_template, request, url_for
from flask_login import current_user
from sqlalchemy import Select
from sqlalchemy.orm import joinedload

from portal.cases import months, owed, sync
from portal.cases.actions import measures, recording, rounds
from portal.cases.forms import (
    AssessmentForm,
    CheckInForm,
    ContactForm,
    MeasureForm,
    MeasureResultForm,
    ReturnForm,
    RollCallForm,
    ViolationForm,
)
from portal.cases.models import (
    RATING_NAMES,
    SELF_REPORT_RULES,
    Assessment,
    Case,
    CheckIn,
    ContactKind,
    Measure,
    MeasureKind,
    ViolationKind,
)
from portal.cases.monthly_round import Standing, standing_of
from portal.cases.presenters.recorded import handed_in
from portal.cases.queries import by_name, findable
from portal.cases.views.blueprint import bp
from portal.cases.views.files import shown
from portal.engine import clock, notice, versions
from portal.engine.access import ask_ahead, lists, may, opens
from portal.engine.db import Kept
from portal.engine.deeds import Attempt, attempt, take_step
from portal.engine.forms import Form, ReasonForm
from portal.engine.listing import Chip, Listing
from portal.engine.presentation import told
from portal.engine.text import _, _l
from portal.law.asking import NOT_SERVED
from portal.law.days import add_months
from portal.people.models import Person


def write(
    case: Case, form: Form, title: str, verb: str, done: str | None, deed: Callable[[], Any],
    editing: Kept | None = None, lands: Callable[[Any], str] | None = None,
) -> Any:  # fmt: skip
    """Show the form, or do the deed and go back to where the user came from.

    What is *done* is told there; without it the deed itself returns what is told, since it has read all that it takes.
    *lands*: the page of what was made, where the next step is taken on that page.
    """
    back = _back(case)
    tried = attempt(form, deed, editing, leads_to="" if lands else back)
    if tried.done:
        notice.done(*(tried.made if done is None else [done]))
        return redirect(lands(tried.made) if lands else back)
    shown = {"case": case, "form": form, "title": title, "verb": verb, "back": back, "refused": tried.refused}
    return render_template("cases/record.html", **shown), tried.status


def _back(case: Case) -> str:
    """The case, for those who may read it; the colleague on duty goes back to their list."""
    return url_for("cases.show", id=case.id) if may(current_user, "read", case) else url_for("cases.on_duty")


@bp.get("/cases/on-duty")
@lists(Case, to="stand_in")
def on_duty(cases: Select[Any]) -> Any:
    """One's own cases first, and for the colleague on duty all: names and villages, and what can be recorded."""
    found = cases.join(Case.person).options(joinedload(Case.person).joinedload(Person.village))
    chips = (
        Chip("all", _l("All running")),
        Chip("mine", _l("Mine"), lambda: Case.owner_id == current_user.id),
    )
    order = {"name": by_name(current_user)}
    listing = Listing(found, Case, chips=chips, search=findable(current_user), orders=order, protected=True)
    rows = listing.rows
    ask_ahead(current_user, [one.person for one in rows])
    return render_template("cases/on_duty.html", listing=listing, rows=rows)


@bp.route("/cases/<int:id>/check-in", methods=["GET", "POST"])
@opens(Case, to="stand_in", form=CheckInForm)
def check_in(case: Case) -> Any:
    form = sync.check_in_form(case, request.args.get("month", ""))
    return write(
        case, form, _("Record the self-report"), _("Record the self-report"), None,
        lambda: _told(sync.record_check_in(case, form, current_user)),
    )  # fmt: skip


def _told(recorded: CheckIn) -> tuple[str, str]:
    """What was recorded, and when the next one is due."""
    taken = {*owed.by_month(recorded.case.check_ins), recorded.month}  # it may have been read before
    following = months.Months(recorded.case, SELF_REPORT_RULES, taken).following
    return handed_in(recorded), " ".join(told(one) for one in following)


@bp.route("/cases/<int:id>/roll-call", methods=["GET", "POST"])
@opens(Case, to="stand_in", form=RollCallForm)
def roll_call(case: Case) -> Any:
    form = sync.roll_call_form(case, request.args.get("month", ""))
    return write(
        case, form, _("Record the roll-call"), _("Record the roll-call"), _("The roll-call is recorded."),
        lambda: sync.record_roll_call(case, form, current_user),
    )  # fmt: skip


@bp.route("/cases/<int:id>/contact", methods=["GET", "POST"])
@opens(Case, to="stand_in", form=ContactForm)
def contact(case: Case) -> Any:
    form = ContactForm(happened_on=clock.today(), version=case.version)
    return write(
        case, form, _("Record a visit or call"), _("Record the visit or call"), _("The visit or call is recorded."),
        lambda: recording.record_contact(case, ContactKind(form.kind.data), form.happened_on.data, form.note.data),
    )  # fmt: skip


@bp.route("/cases/<int:id>/assessment", methods=["GET", "POST"])
@opens(Case, to="record", form=AssessmentForm)
def assessment(case: Case) -> Any:
    """What is suggested of the chosen month is shown before anything is saved."""
    form, back = AssessmentForm(written_on=clock.today(), version=case.version), _back(case)
    form.offer(months.of_assessments(case), request.args.get("month", ""))

    def deed() -> Assessment:
        return rounds.assess_as_said(_standing_of(case, form.month_day), form.answer(), form.written_on.data)

    tried = Attempt() if request.form.get("only") == "check" else attempt(form, deed, leads_to=back)
    if tried.done:
        notice.done(_("The assessment is recorded."))
        return redirect(back)
    month = form.suggested_month
    shown = {"month": month, "standing": _standing_of(case, month) if month else None, "ratings": RATING_NAMES}
    if request.headers.get("X-Part"):
        return render_template("cases/suggested.html", **shown)
    return render_template(
        "cases/assess.html", case=case, form=form, back=back, refused=tried.refused, **shown
    ), tried.status  # fmt: skip


def _standing_of(case: Case, month: date) -> Standing:
    """How a case stands in the round in which the month is assessed."""
    return standing_of(case, add_months(month, 1))


@bp.route("/cases/<int:id>/violation", methods=["GET", "POST"])
@opens(Case, to="record", form=ViolationForm)
def violation(case: Case) -> Any:
    form = ViolationForm(recorded_on=clock.today(), version=case.version)
    form.offer(months.of_self_reports(case).overdue)
    if not hasattr(case.regime, NOT_SERVED):
        form.without_stay()
    return write(
        case, form, _("Record a violation"), _("Record the violation"), _("The violation is recorded."),
        lambda: recording.record_violation(
            case, ViolationKind(form.kind.data), form.occurred_on.data, form.recorded_on.data, form.text.data,
            form.only_reminded.data, **form.of_minutes(),
        ),
        lands=lambda made: url_for(".breach", id=made.id),
    )  # fmt: skip


@bp.route("/cases/<int:id>/measure", methods=["GET", "POST"])
@opens(Case, to="record", form=MeasureForm)
def measure(case: Case) -> Any:
    form = MeasureForm(given_on=clock.today(), version=case.version)
    return write(
        case, form, _("Record help given"), _("Record the help"),
        _("The help is recorded; its result is asked for after 3 and 6 months."),
        lambda: measures.record_measure(
            case, MeasureKind(form.kind.data), form.given_on.data, form.given_by.data, form.amount_vnd.data,
            form.text.data or "",
        ),
    )  # fmt: skip


@bp.route("/measures/<int:id>/result/<int:months>", methods=["GET", "POST"])
@opens(Measure, to="record", form=MeasureResultForm)
def measure_result(measure: Measure, months: int) -> Any:
    if months not in measures.MONTHS_AFTER:
        abort(404)
    form = MeasureResultForm(data={**versions.carried(measure), "on": clock.today()})
    return write(
        measure.case, form, _("Result of the help after %(months)s months", months=months), _("Record the result"),
        _("The result is recorded."),
        lambda: measures.record_measure_result(measure, months, form.text.data, form.on.data),
        editing=measure,
    )  # fmt: skip


@bp.route("/check-ins/<int:id>/return", methods=["GET", "POST"])
@opens(CheckIn, to="return", form=ReturnForm)
def return_check_in(check_in: CheckIn) -> Any:
    form = ReturnForm(data=versions.carried(check_in))
    return write(
        check_in.case, form, _("Return the self-report as deficient"), _("Return the self-report"),
        _("The self-report is returned; it counts as not handed in."),
        lambda: recording.return_check_in(
            check_in, current_user, form.reason.data, form.shown_version()
        ),
        editing=check_in,
    )  # fmt: skip


@bp.post("/cases/<int:id>/<any(discard, take_over, suspend, resume, ask_reopen, reopen, keep_closed):transition>")
@opens(Case, to="read")
def take(case: Case, transition: str) -> Any:
    form = ReasonForm(request.form)
    if refused := take_step(case, transition, form):
        typed = form.reason.data or ""
        return shown(case, refused=refused, typed=typed, failed=transition), refused.status
    notice.done(_("The step is taken."))
    return redirect(url_for(".show", id=case.id))
