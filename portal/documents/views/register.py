"""Pages of the register: what came in and went out, entered, mended, issued, struck out."""

from typing import Any

from flask import Blueprint, redirect, render_template, url_for
from flask_login import current_user
from sqlalchemy import Select
from sqlalchemy.orm import joinedload, selectinload

from portal.documents import actions, queries, register, shown
from portal.documents.forms import EntryForm, IncomingForm, IssueForm, OutgoingForm, StrikeForm, VouchForm
from portal.documents.models import CATEGORY_NAMES, Attachment, Direction, OfficialDocument
from portal.documents.presenter import attached
from portal.documents.views import issuing
from portal.engine import clock, notice
from portal.engine.access import allows, lists, opens, rights_on
from portal.engine.deeds import Attempt, attempt
from portal.engine.listing import Chip, Listing
from portal.engine.text import _, _l
from portal.engine.uploads import takes_a_file
from portal.organisation.models import Unit

bp = Blueprint("register", __name__, url_prefix="/documents")


@bp.get("/")
@lists(OfficialDocument)
def index(documents: Select[Any]) -> Any:
    """The register of the reader's unit, newest first; above it what is missing in this year's numbers."""
    chips = (
        Chip("waiting", _l("Waits for signature"), queries.waits_for_signature, "waiting"),
        Chip("outgoing", _l("Outgoing"), queries.is_outgoing),
        Chip("incoming", _l("Incoming"), lambda: OfficialDocument.direction == Direction.INCOMING),
        Chip("all", _l("All")),
    )
    orders = {"newest": (queries.stands_at().desc(), OfficialDocument.id.desc())}
    options = (joinedload(OfficialDocument.unit), selectinload(OfficialDocument.files))
    listing = Listing(documents, OfficialDocument, chips=chips, search=queries.fitting, orders=orders, options=options)
    year = clock.today().year
    gaps = register.gaps(_own_unit(), year)
    return render_template("documents/register.html", listing=listing, shown=shown, gaps=gaps, year=year)


@bp.get("/<int:id>")
@opens(OfficialDocument, to="read")
def show(document: OfficialDocument) -> Any:
    rights = rights_on(current_user, Attachment, [one.id for one in document.files], ("read", "void"))
    files = [one for one in document.files if "read" in rights[one.id]]
    voidable = {one.id for one in files if "void" in rights[one.id]}
    return render_template(
        "documents/entry.html", document=document, shown=shown, categories=CATEGORY_NAMES,
        ways=shown.ways(current_user, document),
        files=[attached(one, voidable) for one in files],
    )  # fmt: skip


@bp.route("/new/outgoing", methods=["GET", "POST"])
@allows(OfficialDocument, to="create")
def new_outgoing() -> Any:
    form = OutgoingForm(authority="")
    tried = attempt(form, lambda: actions.register(actions.Facts(_own_unit(), **form.content())))
    if tried.done:
        notice.done(_("The document is entered. It waits for its signature."))
        return redirect(url_for(".show", id=tried.made.id))
    return _form_page(form, tried, _("Enter an outgoing document"))


@bp.route("/new/incoming", methods=["GET", "POST"])
@allows(OfficialDocument, to="create")
def new_incoming() -> Any:
    today = clock.today()
    form = IncomingForm(received_on=today, arrival=register.next_arrival(_own_unit(), today.year))
    tried = attempt(form, lambda: actions.receive(_own_unit(), **form.content()))
    if tried.done:
        notice.done(_("The document is entered as number %(number)s of arrival.", number=tried.made.arrival))
        return redirect(url_for(".show", id=tried.made.id))
    return _form_page(form, tried, _("Enter an incoming document"))


def form_of(document: OfficialDocument) -> type[EntryForm]:
    return IncomingForm if document.incoming else OutgoingForm


@bp.route("/<int:id>/edit", methods=["GET", "POST"])
@opens(OfficialDocument, to="edit", form=form_of)
def edit(document: OfficialDocument) -> Any:
    form = form_of(document)(obj=document)
    tried = attempt(form, lambda: actions.change(document, **form.content()), document)
    if tried.done:
        notice.done(_("Kept."))
        return redirect(url_for(".show", id=document.id))
    return _form_page(form, tried, _("Change the entry"), document)


def _form_page(form: EntryForm, tried: Attempt, title: str, document: OfficialDocument | None = None) -> Any:
    refused, kept = tried.refused, {name: getattr(document, name) for name in form.columns} if document else {}
    now = form.differing(kept) if document and tried.status == 409 else []
    shown_ = {"form": form, "title": title, "document": document, "refused": refused, "now": now}
    return render_template("documents/entry_form.html", **shown_), tried.status


@bp.route("/<int:id>/issue", methods=["GET", "POST"])
@opens(OfficialDocument, to="issue", form=IssueForm)
@takes_a_file
def issue(document: OfficialDocument) -> Any:
    """Record number, day and scan of what was signed."""
    return issuing.page(document, (document.title, url_for(".show", id=document.id)), document.abstract)


@bp.route("/<int:id>/vouch", methods=["GET", "POST"])
@opens(OfficialDocument, to="vouch", form=VouchForm)
def vouch(document: OfficialDocument) -> Any:
    """Stand for a paper that went out and of which nobody has the page."""
    form = VouchForm(version=document.version)
    tried = attempt(form, lambda: actions.vouch(document, current_user.id), document)
    if tried.done:
        notice.done(_("%(number)s is issued.", number=document.number))
        return redirect(url_for(".show", id=document.id))
    shown_ = {"document": document, "form": form, "refused": tried.refused}
    return render_template("documents/entry_vouch.html", **shown_), tried.status


@bp.route("/<int:id>/void", methods=["GET", "POST"])
@opens(OfficialDocument, to="void", form=StrikeForm)
def void(document: OfficialDocument) -> Any:
    """Strike an entry out that was made in error."""
    form = StrikeForm(version=document.version)
    tried = attempt(form, lambda: actions.strike_out(document, form.reason.data or ""), document)
    if tried.done:
        notice.done(_("The entry is struck out. It stays in the register, with the reason."))
        return redirect(url_for(".show", id=document.id))
    shown_ = {"document": document, "form": form, "refused": tried.refused}
    return render_template("documents/entry_void.html", **shown_), tried.status


def _own_unit() -> Unit:
    """The unit whose register the reader keeps."""
    unit: Unit = current_user.acting.unit
    return unit
