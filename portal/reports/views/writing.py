"""Forms of reports: to begin one, write its sections, correct it, give tasks out of it."""

from typing import Any

from flask import abort, redirect, render_template, request, url_for
from flask_login import current_user

from portal.engine import clock, notice
from portal.engine.access import allows, opens
from portal.engine.deeds import attempt
from portal.engine.forms import TO_CHOOSE, options_of
from portal.engine.refusal import Conflict
from portal.engine.text import _
from portal.meetings.queries import units_for_tasks
from portal.organisation.models import Unit
from portal.reports import actions, facts, figures, queries
from portal.reports.composing import telling_lines, with_figures
from portal.reports.deadlines import LOOKED_BACK
from portal.reports.forms import CorrectForm, DaysForm, PeriodsForm, SectionForm, TaskForm
from portal.reports.models import Report, ReportKind
from portal.reports.periods import Days, ended_between, holding
from portal.reports.presenters import page
from portal.reports.sections import BY_ID, TASKS
from portal.reports.views.blueprint import bp
from portal.reports.wording import periods
from portal.reports.wording.runs import plain


@bp.get("/reports/new")
@allows(Report, to="create")
def new() -> Any:
    """Which kind of report: each leads to the form that asks for its period."""
    kinds = queries.kinds_of(current_user.acting.commune_id)
    return render_template("reports/new.html", kinds=kinds)


@bp.route("/reports/kinds/<int:id>/begin", methods=["GET", "POST"])
@opens(ReportKind, to="begin")
def begin(kind: ReportKind) -> Any:
    """A draft on a period, which takes over what people wrote in the last one."""
    form = DaysForm() if kind.is_free else _periods_form(kind)
    tried = attempt(form, lambda: actions.begin(kind, *_days(kind, form), current_user.acting.commune_id))
    if tried.done:
        report = tried.made
        from_ = {one.number: one for key in kind.sections if (one := queries.written_before(report, key))}
        told = _("What was written in %(number)s is taken over.", number=", ".join(from_)) if from_ else ""
        notice.done(_("The draft %(number)s is begun. %(more)s", number=report.number, more=told).strip())
        return redirect(url_for(".show", id=report.id))
    return render_template("reports/begin.html", kind=kind, form=form, refused=tried.refused), tried.status


def _periods_form(kind: ReportKind) -> PeriodsForm:
    form = PeriodsForm(formdata=request.form if request.method == "POST" else None, period=request.args.get("period"))
    today = clock.today()
    ended = list(ended_between(kind.basis, kind.length, today - LOOKED_BACK, today))
    runs = holding(kind.basis, kind.length, today)
    offered: list[Days] = [*([runs] if runs and runs not in ended else []), *reversed(ended)]
    form.period.choices = options_of(
        [TO_CHOOSE, *((last.isoformat(), periods.to_choose(first, last)) for first, last in offered)]
    )
    return form


def _days(kind: ReportKind, form: Any) -> Days:
    if isinstance(form, DaysForm):
        return form.first.data, form.last.data
    found = list(ended_between(kind.basis, kind.length, form.last, form.last))
    return found[0]


@bp.route("/reports/<int:id>/sections/<key>", methods=["GET", "POST"])
@opens(Report, to="edit", form=SectionForm)
def section(report: Report, key: str) -> Any:
    """Write a section, with the text of the last report beside and the figures that may be named."""
    if key not in report.kind.sections or key not in BY_ID:
        abort(404)
    form = SectionForm(version=report.version, text=report.text_of(key))
    tried = attempt(form, lambda: actions.write(report, key, form.text.data or ""), report)
    if tried.done:
        notice.done(_("The section “%(section)s” is kept.", section=BY_ID[key].label))
        return redirect(url_for(".show", id=report.id, _anchor=f"s-{key}"))
    told, known = figures.of_report(report), facts.on_paper(facts.of_report(report))
    earlier = queries.written_before(report, key)
    now = form.differing({"text": report.text_of(key)}) if isinstance(tried.refused, Conflict) else ()
    return render_template(
        "reports/section.html", report=report, section=BY_ID[key], form=form, refused=tried.refused, now=now,
        earlier=earlier, earlier_text=earlier.text_of(key) if earlier else "",
        earlier_title=page.title(earlier) if earlier else "", title=page.title(report),
        reads=[plain(with_figures(line, told, known)) for line in telling_lines(key, _lines(form), told)],
        groups=list(page.groups(report, told, "")),
        known=[(key, facts.NAMES[key], value) for key, value in known.items()],
    ), tried.status  # fmt: skip


def _lines(form: SectionForm) -> list[str]:
    return [line.strip() for line in (form.text.data or "").splitlines() if line.strip()]


@bp.route("/reports/<int:id>/correct", methods=["GET", "POST"])
@opens(Report, to="correct", form=CorrectForm)
def correct(report: Report) -> Any:
    form = CorrectForm(version=report.version)
    tried = attempt(form, lambda: actions.correct(report, form.why.data or ""), report)
    if tried.done:
        notice.done(_("%(number)s is begun as a new version beside the old one.", number=tried.made.number))
        return redirect(url_for(".show", id=tried.made.id))
    return render_template(
        "reports/correct.html", report=report, form=form, refused=tried.refused, title=page.title(report)
    ), tried.status


@bp.route("/reports/<int:id>/tasks/new", methods=["GET", "POST"])
@opens(Report, to="give", form=TaskForm)
def give(report: Report) -> Any:
    """A line of the last section becomes what a unit owes by a day."""
    section_ = report.section(TASKS)
    told, known = figures.of_report(report), facts.on_paper(facts.of_report(report))
    lines = [plain(with_figures(line, told, known)) for line in section_.lines] if section_ else []
    units = units_for_tasks(report.commune_id)
    form = TaskForm(version=report.version, line=request.args.get("line"))
    form.line.choices = options_of([TO_CHOOSE, *((str(place), line) for place, line in enumerate(lines, start=1))])
    form.unit_id.choices = options_of([TO_CHOOSE, *((str(unit.id), unit.title) for unit in units)])
    tried = attempt(form, lambda: _given(report, lines, units, form), report)
    if tried.done:
        notice.done(_("The task is given to %(unit)s.", unit=tried.made.unit.title))
        return redirect(url_for(".show", id=report.id, _anchor="tasks"))
    return render_template(
        "reports/give.html", report=report, form=form, refused=tried.refused, lines=lines, title=page.title(report)
    ), tried.status


def _given(report: Report, lines: list[str], units: list[Unit], form: TaskForm) -> Any:
    unit = next(one for one in units if str(one.id) == form.unit_id.data)
    return actions.give_task(report, lines[int(form.line.data) - 1], unit, form.due_on.data)
