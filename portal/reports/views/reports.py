"""The list of reports, one of them with its figures and its text, and the steps that it takes."""

from collections.abc import Callable
from typing import Any

from flask import abort, redirect, render_template, request, url_for
from flask_login import current_user
from sqlalchemy import Select

from portal.documents.wording import place_and_day
from portal.engine import clock, notice, void_page
from portal.engine.access import holds, lists, opens, rights
from portal.engine.deeds import take_step
from portal.engine.forms import ReasonForm, VoidForm
from portal.engine.listing import Chip, Listing
from portal.engine.refusal import Refused
from portal.engine.text import _, _l, mark
from portal.engine.void_page import Question
from portal.engine.waiting import page_after
from portal.engine.workflow import steps_of
from portal.organisation.presenters.stories import story_of
from portal.reports import comparing, figures, papers, queries
from portal.reports.composing import text_of
from portal.reports.guide import GUIDE
from portal.reports.models import Report, ReportKind
from portal.reports.presenters import calendar, charts, differences, page
from portal.reports.presenters import opened as opening
from portal.reports.sections import BY_ID, TASKS
from portal.reports.views.blueprint import bp
from portal.reports.wording import periods
from portal.reports.wording.told import Figures

HERE = ("edit", "void", "correct", "give")


@bp.get("/reports/")
@lists(Report)
def index(found: Select[Any]) -> Any:
    """All reports that the reader may read, the newest period first."""
    chips = (
        Chip("all", _l("All")),
        Chip("open", _l("Being written or approved"), lambda: Report.state.in_(("draft", "submitted", "returned"))),
        Chip("approved", _l("Approved, not sent"), lambda: Report.state == "approved"),
        Chip("sent", _l("Sent"), lambda: Report.state == "sent"),
    )
    orders = {"newest": (Report.last.desc(), Report.version_no.desc())}
    listing = Listing(
        found.where(Report.voided_at.is_(None)), Report, chips=chips, orders=orders, options=queries.loaded()
    )
    kinds = queries.kinds_of(current_user.acting.commune_id) if holds(current_user, "create", Report) else []
    return render_template(
        "reports/index.html", listing=listing, title_of=page.title, called=periods.called, kinds=kinds,
        without_kinds=holds(current_user, "create", ReportKind) and not kinds,
    )  # fmt: skip


@bp.get("/reports/due")
@lists(ReportKind)
def due(_found: Select[Any]) -> Any:
    """What is due and who is late."""
    kinds = queries.kinds_of(current_user.acting.commune_id)
    rows = calendar.rows(kinds, may_begin=holds(current_user, "create", Report))
    return render_template("reports/due.html", rows=rows, kinds=kinds)


@bp.get("/reports/guide")
@lists(Report)
def guide(_found: Select[Any]) -> Any:
    """How a report is made; its pages are linked for whoever may open them."""
    steps = {"reports.due": ("read", ReportKind), "reports.new": ("create", Report)}
    open_to = [link for link, (right, record) in steps.items() if holds(current_user, right, record)]
    return render_template("reports/guide.html", lessons=GUIDE, open_to=open_to)


@bp.get("/reports/<int:id>")
@opens(Report, to="read")
def show(report: Report) -> Any:
    chosen = request.args.get("opened", "")
    if chosen and not opening.there(report, chosen):
        abort(404)
    return _with_figures(report, lambda told: _page(report, told, chosen))


def _opened(report: Report, chosen: str) -> opening.Opened | None:
    """The figure of a name with its records, or with those of the year before."""
    if not chosen:
        return None
    before = request.args.get("of") == opening.BEFORE
    return (opening.opened_before if before else opening.opened)(report, chosen, current_user)


def _with_figures(report: Report, page_of: Callable[[Figures], Any]) -> Any:
    """A page that needs all figures: those of a report that is still written are counted first."""
    if report.is_signed:
        return page_of(figures.frozen(report))
    work = figures.counting(figures.period_of(report))
    return page_after(work, lambda: page_of(figures.gathered(work)), page.title(report))


def _page(
    report: Report, told: Figures, chosen: str = "", refused: Refused | None = None, failed: str = "", typed: str = ""
) -> Any:
    """The page with the figure that was *chosen* opened, also after a step that was refused: *failed* is its name,
    *typed* what was written to it."""
    own = page.of_its_own(report, text_of(report, told))
    groups = list(page.groups(report, told, chosen))
    return render_template(
        "reports/show.html", report=report, refused=refused, failed=failed, typed=typed,
        opened=_opened(report, chosen),
        headlines=page.headlines(report, told, own), by_month=charts.by_month(report, told),
        by_village=charts.by_village(report, told), groups=groups, shown_first=page.shown_first(groups, own),
        columns=page.columns(report), whole_table=request.args.get("table") == "whole",
        **about(report, told), **_sides(report),
    )  # fmt: skip


def about(report: Report, told: Figures) -> dict[str, Any]:
    """What every page of a report tells: its title, its text, what may be written."""
    lines, notes = page.lines(report, text_of(report, told))
    return {
        "title": page.title(report), "heading": page.heading(report), "facts": page.facts(report, told),
        "lines": lines, "notes": notes, "held": rights(current_user, report, HERE),
    }  # fmt: skip


def _sides(report: Report) -> dict[str, Any]:
    """What stands beside it: steps, story, sections to write, tasks."""
    offers = report.workflow.offers(current_user, report)
    returned = next((step for step in reversed(steps_of(report)) if step.name == "return"), None)
    return {
        "offers": [one for one in offers if one.transition.name != "approve"],
        "forward": next((one.transition for one in offers if _leads_on(one)), None),
        "returned": returned if report.state == "returned" else None,
        "decision": next((one for one in offers if one.transition.name == "approve"), None),
        "barred": report.workflow.barred(current_user, report),
        "story": story_of(report, steps_of(report), mark("%(who)s began the report"), {"return": "returned"}),
        "sections": [(BY_ID[key], report.text_of(key)) for key in report.kind.sections if key in BY_ID],
        "tasks": [one for one in report.tasks if one.voided_at is None],
        "TASKS": TASKS,
    }


def _leads_on(offer: Any) -> bool:
    """Whether one tap does it: nothing stands against it, nothing is asked first, and nothing is taken back."""
    one = offer.transition
    return not (offer.refusals or one.needs_reason or one.danger or one.name == "approve")


@bp.get("/reports/<int:id>/text")
@opens(Report, to="read")
def text(report: Report) -> Any:
    """The whole text as it prints; each figure opens in the table."""
    return _with_figures(report, lambda told: _text(report, told))


def _text(report: Report, told: Figures) -> Any:
    paper = _paper(report, told)
    dated = place_and_day(paper.issuer.place, paper.day, clock.today().year)
    return render_template("reports/text.html", report=report, paper=paper, place_and_day=dated, **about(report, told))


def _paper(report: Report, told: Figures) -> Any:
    document = report.document
    number, day = (document.number, document.dated_on) if document else ("", None)
    return papers.paper(report, told, number=number, day=day)


@bp.post("/reports/<int:id>/<any(submit, return, send):transition>")
@opens(Report, to="read")
def take(report: Report, transition: str) -> Any:
    form = ReasonForm(request.form)
    if refused := take_step(report, transition, form):
        told, typed = figures.of_report(report), form.reason.data or ""
        return _page(report, told, refused=refused, failed=transition, typed=typed), refused.status
    notice.done(_("%(number)s: %(state)s.", number=report.number, state=report.standing.label))
    return redirect(url_for(".show", id=report.id))


@bp.get("/reports/<int:id>/late")
@opens(Report, to="read")
def late(report: Report) -> Any:
    """What was recorded after the approval: it goes into the next version, never into this one."""
    if not report.is_signed:
        abort(404)
    return _compared(report, comparing.late(report), "late", _("Late entries"))


def _compared(report: Report, sides: comparing.Compared, name: str, title: str) -> Any:
    """A page of what differs, figure by figure: *title* is told while they are compared. The *name* of the page is that
    of its template; the records of one figure are listed by a page of its own."""
    work = sides.all()

    def records(figure_id: str, side: str) -> str:
        return url_for(f".{name}_records", id=report.id, figure_id=figure_id, show=side)

    def drawn() -> str:
        found = differences.shown(comparing.found(work), current_user, records)
        return render_template(f"reports/{name}.html", report=report, found=found, title=page.title(report))

    return page_after(work, drawn, title)


@bp.get("/reports/<int:id>/differences")
@opens(Report, to="read")
def corrected(report: Report) -> Any:
    """In what this version differs from the one that it corrects."""
    if report.corrects is None:
        abort(404)
    sides = comparing.corrected(report, report.corrects)
    return _compared(report, sides, "corrected", _("What this version changes"))


@bp.route("/reports/<int:id>/void", methods=["GET", "POST"])
@opens(Report, to="void", form=VoidForm)
def void(report: Report) -> Any:
    back = url_for(".show", id=report.id)
    return void_page.ask(report, Question(
        title=_("Strike this draft out?"), text=_("It stays on record with your reason, and is sent to nobody."),
        verb=_("Strike the draft out"), done=_("The draft is struck out."), back=back,
        crumbs=[(_("Reports"), url_for(".index")), (report.number, back)], facts=[page.title(report)],
    ))  # fmt: skip
