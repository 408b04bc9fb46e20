"""Pages of the workbook: the template, what leaves the portal, what comes in.

A workbook that is looked at is not kept. Whoever agrees with what would be written chooses the file once more; it is
written only if it is that very file. So no copy of it lies anywhere between looking and writing.
"""

import io
from collections.abc import Sequence
from typing import Any

from flask import Response, abort, redirect, render_template, request, url_for
from flask_login import current_user

from portal.documents.refused import RefusedFile
from portal.engine import audit, notice
from portal.engine.access import allows
from portal.engine.deeds import WRONG
from portal.engine.presentation import number as number_told
from portal.engine.presentation import told
from portal.engine.refusal import Refused
from portal.engine.sheets import MEDIA_TYPE
from portal.engine.text import ngettext, say
from portal.engine.uploads import takes_a_file
from portal.exchange import queries
from portal.exchange.catalogue import families, sheets_for
from portal.exchange.counting import Counted, counted_of, fitting
from portal.exchange.forms import BringForm, ExportForm
from portal.exchange.importing import Import, NotTakenIn, Outcome, nothing_told
from portal.exchange.sheet import Sheet
from portal.exchange.taking import Taking
from portal.exchange.views.blueprint import bp
from portal.exchange.writing import rows_told, write_export, write_template
from portal.households.models import Household
from portal.organisation.models import Unit
from portal.organisation.queries import commune_of
from portal.organisation.taking_along import MOST_ROWS, leaving, new_number, watermark

MOST_BROUGHT = 2000  # rows: more is a matter for the command
EVERY = "all"  # what an address says instead of every kind
MOST_SHOWN = 200  # problems: of more the page tells how many


@bp.get("/")
@allows(Unit, to="exchange")
def index() -> Any:
    return render_template(
        "exchange/index.html", brings=sheets_for(current_user, "create"), takes=sheets_for(current_user, "export"),
        most=MOST_BROUGHT, household=Household,
    )  # fmt: skip


def _sheets(right: str) -> list[Sheet]:
    """Those that the reader may bring in (`create`) or take along (`export`). Whoever may none is refused."""
    found = sheets_for(current_user, right)
    if not found:
        audit.tell("refused", current_user, None, wanted=right, type="workbook")
        abort(403)
    return found


@bp.get("/template")
@allows(Unit, to="exchange")
def template() -> Any:
    """The template, with the sheets that its reader may bring in."""
    sheets = _sheets("create")
    written = io.BytesIO()
    write_template(written, sheets, queries.units_of(commune_of(current_user)))
    disposition = "attachment; filename=mau-nhap-lieu.xlsx"
    return Response(written.getvalue(), mimetype=MEDIA_TYPE, headers={"Content-Disposition": disposition})


@bp.route("/export", methods=["GET", "POST"])
@allows(Unit, to="exchange")
def export() -> Any:
    """Take along what is chosen of what the reader may; at first as much of it as leaves at once, or what the address
    names."""
    sheets, taking = _sheets("export"), Taking(commune_of(current_user), current_user)
    counted, form = [counted_of(family, taking) for family in families(sheets)], ExportForm()
    form.offer(counted, _named([one.key for one in counted], fitting(counted, MOST_ROWS)))
    if form.validate_on_submit():
        leaves = {sheet.key for one in form.chosen for sheet in one.family.sheets}
        try:
            return _taken(form, [one for one in sheets if one.key in leaves], taking)
        except Refused as refused:
            form.sheets.errors = [told(one) for one in refused.reasons]
    left_out = _left_out(form, counted)
    shown = render_template("exchange/export.html", form=form, left_out=left_out, most=number_told(MOST_ROWS))
    return shown, WRONG if request.method == "POST" else 200


def _left_out(form: ExportForm, counted: Sequence[Counted]) -> str:
    """Which kinds are not ticked at first, because not all leave at once."""
    if form.is_submitted() or "sheet" in request.args:
        return ""
    return ", ".join(str(one.title) for one in counted if one.key not in (form.sheets.data or ()))


def _named(keys: Sequence[str], usual: Sequence[str]) -> Sequence[str]:
    """The kinds of records that the address names; the *usual* ones where it names none. One that is not the reader's
    is no page."""
    if "sheet" not in request.args:
        return usual
    if request.args.getlist("sheet") == [EVERY]:
        return keys
    named = [one for one in request.args.getlist("sheet") if one]
    if not set(named) <= set(keys):
        abort(404)
    return named


def _taken(form: ExportForm, sheets: Sequence[Sheet], taking: Taking) -> Response:
    number, target = new_number(), io.BytesIO()
    counts = write_export(target, sheets, taking, watermark(current_user, number, form.in_words), nothing_told)
    return leaving(form, "workbook", number, target.getvalue(), **rows_told(counts))


@bp.route("/import", methods=["GET", "POST"])
@takes_a_file
@allows(Unit, to="exchange")
def bring() -> Any:
    """Look at a workbook; once it is chosen again, and nothing is wrong with it, write it."""
    sheets = _sheets("create")
    form, found = BringForm(), None
    if form.validate_on_submit():
        try:
            found, written = _looked_at(form, sheets)
        except RefusedFile as refused:
            form.file.errors = [say(refused.message, **refused.numbers)]
        else:
            if written:
                notice.done(ngettext("%(num)s row is written.", "%(num)s rows are written.", found.new))
                return redirect(url_for(".index"))
    wrong = bool(form.errors) or (found is not None and bool(found.wrong))
    shown = {"form": form, "found": found, "titles": {one.key: one.title for one in sheets}, "most": MOST_BROUGHT}
    return render_template("exchange/bring.html", **shown, most_shown=MOST_SHOWN), WRONG if wrong else 200


def _looked_at(form: BringForm, sheets: Any) -> tuple[Outcome, bool]:
    """What a workbook holds, and whether it was written."""
    content = form.file.content
    commune = commune_of(current_user)
    brought = Import(content, sheets, commune, current_user, most=MOST_BROUGHT)
    digest = audit.digest(content.hex())
    agreed = form.checked.data == digest
    form.checked.data = form.checked.raw_data = None
    try:
        found = brought.take_in() if agreed else brought.look()
    except NotTakenIn as not_taken:
        return not_taken.outcome, False
    except Refused:
        abort(403)
    if not agreed and not found.wrong and found.new:
        form.checked.data = digest
    return found, agreed
