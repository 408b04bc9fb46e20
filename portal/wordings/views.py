"""Pages of the texts of papers: how each is worded here, another wording with the whole paper, the decision."""

from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask_login import current_user
from sqlalchemy import Select

from portal.documents.paper import Paper
from portal.documents.views import word
from portal.documents.wording import place_and_day
from portal.engine import clock, notice
from portal.engine.access import allows, holds, lists, opens
from portal.engine.db import db
from portal.engine.deeds import attempt, take_step
from portal.engine.forms import ReasonForm
from portal.engine.refusal import Refused
from portal.engine.text import _, mark
from portal.engine.workflow import steps_of
from portal.law import approval
from portal.organisation.presenters.stories import story_of
from portal.organisation.queries import commune_of
from portal.wordings import actions, presenter
from portal.wordings.blocks import Wording
from portal.wordings.declared import wordings
from portal.wordings.forms import WordingForm
from portal.wordings.models import WordingChange
from portal.wordings.queries import said

bp = Blueprint("wordings", __name__, url_prefix="/texts")

CHECK, WORD = "check", "docx"  # the buttons that only show the paper


def _named(key: str) -> Wording:
    return wordings().get(key) or abort(404)


@bp.get("/")
@lists(WordingChange)
def index(_changes: Select[Any]) -> Any:
    """The kinds of papers whose sentences may be worded otherwise."""
    return render_template("wordings/index.html", wordings=[one.texts for one in wordings().values()])


@bp.get("/<key>")
@lists(WordingChange)
def paper(_changes: Select[Any], key: str) -> Any:
    """The sentences of one kind, and the paper as it reads now."""
    wording, commune = _named(key), commune_of(current_user)
    return render_template(
        "wordings/paper.html", texts=wording.texts, sentences=list(presenter.sentences(wording.texts, commune)),
        may_propose=holds(current_user, "propose", WordingChange), **_drawn(presenter.sample(wording, commune, "")),
    )  # fmt: skip


@bp.route("/<key>/<block>", methods=["GET", "POST"])
@allows(WordingChange, to="propose")
def propose(key: str, block: str) -> Any:
    """Word a sentence otherwise; first one may look at the whole paper, as a page and as .docx."""
    wording, commune = _named(key), commune_of(current_user)
    texts, known = wording.texts, wording.texts.blocks.get(block) or abort(404)
    now = said(texts, commune.id, clock.now()).own.get(block) or known.text
    form = WordingForm(texts, known, text=now, holds_from=clock.today())
    only, drawn = request.form.get("only", ""), None
    if only in (CHECK, WORD):
        form.validate()
        if not form.text.errors:
            drawn = presenter.sample(wording, commune, form.chosen, {block: form.words})
        if drawn is not None and only == WORD:
            return word.sent(drawn, f"BAN-MAU-{texts.key}")
        for field in form:
            field.errors = field.errors if field.name == "text" else []
        return _proposing(form, wording, block, drawn, 422 if form.errors else 200)
    tried = attempt(
        form,
        lambda: actions.propose(
            commune, texts, block, form.words, form.holds_from.data, form.reason.data or "", form.chosen
        ),
    )
    if tried.done:
        notice.done(_("The wording is proposed. Somebody else decides."))
        return redirect(url_for(".change", id=tried.made.id))
    return _proposing(form, wording, block, drawn, tried.status, tried.refused)


def _proposing(
    form: WordingForm, wording: Wording, block: str, drawn: Paper | None, status: int, refused: Refused | None = None
) -> Any:
    shown = _drawn(drawn) if drawn else {"drawn": None}
    known = wording.texts.blocks[block]
    page = render_template(
        "wordings/propose.html", form=form, texts=wording.texts, known=known, refused=refused, **shown
    )  # fmt: skip
    return page, status


def _drawn(drawn: Paper) -> dict[str, Any]:
    return {"drawn": drawn, "place_and_day": place_and_day(drawn.issuer.place, drawn.day, clock.today().year)}


@bp.get("/changes")
@lists(WordingChange)
def changes(found: Select[Any]) -> Any:
    """What was ever proposed here, the latest first."""
    listed = db.session.scalars(found.order_by(WordingChange.id.desc())).all()
    return render_template("wordings/changes.html", changes=listed, sub_kind_of=presenter.sub_kind_of)


@bp.get("/changes/<int:id>")
@opens(WordingChange, to="read")
def change(change: WordingChange) -> Any:
    return _page(change)


def _page(change: WordingChange, refused: Refused | None = None, failed: str = "", typed: str = "") -> str:
    shown = _drawn(_sample_of(change)) if not change.refusals() else {"drawn": None}
    return render_template(
        "wordings/change.html", change=change, sub_kind=presenter.sub_kind_of(change), refused=refused, failed=failed,
        typed=typed, offers=change.workflow.offers(current_user, change),
        barred=change.workflow.barred(current_user, change),
        chain=approval.chain("paper_text", clock.day_of(change.created_at)),
        story=story_of(change, steps_of(change), mark("%(who)s proposed the wording")), **shown,
    )  # fmt: skip


def _sample_of(change: WordingChange) -> Paper:
    return presenter.sample(_named(change.paper), change.commune, change.sub_kind, {change.block: change.text})


@bp.get("/changes/<int:id>/paper.docx")
@opens(WordingChange, to="read")
def preview(change: WordingChange) -> Any:
    """The whole paper on invented data, as it would be printed."""
    if change.refusals():
        abort(404)
    return word.sent(_sample_of(change), f"BAN-MAU-{change.number}")


@bp.post("/changes/<int:id>/<any(approve, reject, withdraw):transition>")
@opens(WordingChange, to="read")
def take(change: WordingChange, transition: str) -> Any:
    form = ReasonForm()
    if refused := take_step(change, transition, form):
        return _page(change, refused, transition, form.reason.data or ""), refused.status
    notice.done(_("%(title)s: %(state)s.", title=change.title, state=change.standing.label))
    return redirect(url_for(".change", id=change.id))
