"""The signature under a round, and the list that goes to the superior body."""

from typing import Any

from flask import abort, redirect, render_template, url_for
from flask_login import current_user

from portal.cases.actions import signing
from portal.cases.forms.rounds import SignForm
from portal.cases.models import ROUND_KIND_NAMES, Assessment, Case, RoundKind, RoundSignature
from portal.cases.monthly_round import to_be_signed
from portal.cases.months import spelled
from portal.cases.papers.rounds import has_list, in_order, written
from portal.cases.presenters.round import signing as presenter
from portal.cases.presenters.round.page import month_of_round
from portal.cases.sheets import ROUND_COLUMNS, round_rows
from portal.cases.views.blueprint import bp
from portal.documents.shown import entered
from portal.documents.views import word
from portal.engine import notice, void_page
from portal.engine.access import allows, holds, may, opens, rights
from portal.engine.deeds import WRONG, Attempt, attempt
from portal.engine.forms import VoidForm
from portal.engine.sheets import workbook
from portal.engine.text import _
from portal.engine.void_page import Question
from portal.organisation.asking_again import is_theirs
from portal.organisation.taking_along import PurposeForm, taken_along


@bp.route("/cases/round/sign/<any(assessments, roll_call):kind>", methods=["GET", "POST"])
@allows(Assessment, "sign")
def sign_round(kind: str) -> Any:
    """All at once, with the password; whose signature it is the law of the month says."""
    what = RoundKind(kind)
    # Whose term ends within a month is assessed before it is over, for the round of the next.
    month = month_of_round(or_next=what == RoundKind.ASSESSMENTS)
    shown = presenter.to_sign(current_user, what, month)
    form = SignForm()
    if form.is_submitted() and not (shown.is_theirs and form.validate() and is_theirs(current_user, form.password)):
        tried = Attempt(status=WRONG)
    else:
        tried = attempt(form, lambda: signing.sign_round(what, shown.of, form.shown.data or "", current_user))
    if tried.done:
        notice.done(_("%(count)s records are signed.", count=tried.made.count))
        return redirect(url_for(".signed_round", id=tried.made.id))
    if tried.refused:
        shown = presenter.to_sign(current_user, what, month)
    form.shown.data = shown.seal
    shown_to = {"page": shown, "form": form, "refused": tried.refused, "keeps": holds(current_user, "stand_in", Case)}
    return render_template("cases/round/sign.html", **shown_to), tried.status


@bp.get("/cases/round/signed/<int:id>")
@opens(RoundSignature, to="read")
def signed_round(signature: RoundSignature) -> Any:
    records = in_order(signature)
    shown = {
        "signature": signature, "title": _title(signature), "counts": presenter.counted(records),
        "lines": presenter.lines(current_user, records), "papers": entered(current_user, signature),
        "has_list": has_list(signature), "late": presenter.told_late(signature),
        "due": to_be_signed(signature.kind, signature.month, signature.commune_id),
        "keeps": holds(current_user, "stand_in", Case),
        "may_do": rights(current_user, signature, ("export", "void")),
    }  # fmt: skip
    return render_template("cases/round/signed.html", **shown)


def _title(signature: RoundSignature) -> str:
    return f"{ROUND_KIND_NAMES[signature.kind]} {spelled(signature.month)}"


def _file_name(signature: RoundSignature) -> str:
    return _title(signature).replace("/", "-")


@bp.get("/cases/round/signed/<int:id>/list.docx")
@opens(RoundSignature, to="export", told_as="print")
def round_paper(signature: RoundSignature) -> Any:
    if not has_list(signature):
        abort(404)
    return word.sent(written(signature, current_user), _file_name(signature))


@bp.route("/cases/round/signed/<int:id>/list.xlsx", methods=["GET", "POST"])
@opens(RoundSignature, to="export")
def round_table(signature: RoundSignature) -> Any:
    form = PurposeForm()
    if not form.validate_on_submit():
        page = {"signature": signature, "title": _title(signature), "form": form}
        return render_template("cases/round/export.html", **page), WRONG if form.errors else 200
    rows = round_rows(current_user, in_order(signature))
    title = _file_name(signature)
    return taken_along(
        form, "round_signature", len(rows), lambda mark: workbook(title, ROUND_COLUMNS[signature.kind], rows, mark)
    )


@bp.route("/cases/round/signed/<int:id>/void", methods=["GET", "POST"])
@opens(RoundSignature, to="void", form=VoidForm)
def void_round(signature: RoundSignature) -> Any:
    page, document = url_for(".signed_round", id=signature.id), signature.document
    paper = (
        url_for("register.show", id=document.id) if document is not None and may(current_user, "read", document) else ""
    )
    question = Question(
        title=_("Strike the signature out?"),
        text=_(
            "What stood under it waits for a signature again, and can be corrected. Its list is struck out as well."
        ),
        verb=_("Strike the signature out"), done=_("The signature is struck out."), back=page,
        crumbs=[(_title(signature), page)], facts=[_title(signature)],
        way=(_("Open the paper, where its scan is struck out"), paper) if paper else None,
    )  # fmt: skip
    return void_page.ask(signature, question, lambda reason: signing.strike_out(signature, reason))
