"""The page on which a report is approved: what it says, and what came up since it was submitted."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from flask import redirect, render_template, url_for
from flask_login import current_user

from portal.documents import store
from portal.documents.store import Stored
from portal.engine import clock, notice
from portal.engine.access import opens
from portal.engine.deeds import attempt
from portal.engine.refusal import Conflict, Misfit, Plain, Refused
from portal.engine.text import _, mark
from portal.engine.workflow import Looked
from portal.reports import actions, checking, freezing, papers
from portal.reports.checking import Found
from portal.reports.forms import ApproveForm
from portal.reports.freezing import Content, Prepared
from portal.reports.models import Report
from portal.reports.presenters import checks as shown
from portal.reports.views.blueprint import bp
from portal.reports.views.reports import about


@dataclass(frozen=True)
class Ready:
    """What was made before the transaction: the content with its file, what was looked at, and what is answered."""

    prepared: Prepared
    stored: Stored
    looked: Looked
    doubts: Sequence[Found]


@bp.route("/reports/<int:id>/approve", methods=["GET", "POST"])
@opens(Report, to="approve", form=ApproveForm)
def approve(report: Report) -> Any:
    """Ask once more, with the number that it will take; then count, write the file, and freeze all of it."""
    form = ApproveForm(version=report.version)
    tried = attempt(form, partial(_approve, report, form), before=partial(_prepared, report, form))
    if tried.done:
        notice.done(_("Approved as %(number)s. Its figures are frozen.", number=report.document.number))  # type: ignore[union-attr]
        return redirect(url_for(".show", id=report.id))
    said = freezing.content(report, _signer(report), clock.today())
    doubts = checking.unanswered(report, said.told)
    form.shown.data = _digest(said, doubts)
    if doubts:
        form.ask_reason()
    return render_template(
        "reports/approve.html", report=report, form=form, refused=tried.refused, count=len(list(said.told)),
        number=actions.next_free(report, clock.today()), overruled=len(report.overrulings), frame=said.frame,
        doubts=shown.items(report, doubts, current_user), **about(report, said.told),
    ), tried.status  # fmt: skip


def _digest(said: Content, doubts: Sequence[Found]) -> str:
    """Of all that the page shows: the report, and what its reason answers."""
    return hashlib.sha256("\n".join([said.digest, *(one.key for one in doubts)]).encode()).hexdigest()[:32]


def _prepared(report: Report, form: ApproveForm) -> Ready:
    """What is frozen is what was read, and the checks look at just that: what they refuse is not written. Its file lies
    in the store before the transaction begins; if it is refused after that it stays there, and harms nobody."""
    found = freezing.frozen(report, _signer(report), clock.today())
    doubts = checking.unanswered(report, found.content.told)
    if form.shown.data != _digest(found.content, doubts):
        text = mark("Records were added or changed since this page was opened. These are the figures as they are now.")
        raise Conflict(report, Plain(text))
    looked = Looked(report.version, checking.against_freezing(report, found.content.told))
    if looked.reasons:
        raise Refused(*looked.reasons)
    if doubts and not (form.reason.data or "").strip():
        raise Refused(Misfit("reason", mark("Please say why it is approved all the same, or return it.")))
    ready = freezing.prepared(found, actions.next_free(report, found.content.day))
    return Ready(ready, store.keep(ready.file), looked, doubts)


def _approve(report: Report, form: ApproveForm, ready: Ready) -> None:
    reason = (form.reason.data or "").strip()
    answers = [(one, reason) for one in ready.doubts]
    actions.approve(report, ready.prepared, ready.stored, current_user, form.shown_version(), ready.looked, answers)


def _signer(report: Report) -> papers.Signer:
    """Whoever approves signs, in the office in which they act; else whoever holds the office that the kind names."""
    grant = current_user.acting
    return papers.by_grant(grant) if grant.role == report.kind.signer_role else papers.who_signs(report)
