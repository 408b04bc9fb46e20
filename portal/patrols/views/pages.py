"""The list of patrols, a patrol, its versions, its minutes to print, its photos."""

from collections.abc import Sequence
from typing import Any

from flask import redirect, render_template, url_for
from flask_login import current_user
from sqlalchemy import Select

from portal.documents.forms import UploadForm
from portal.documents.presenter import files_shown
from portal.documents.queries import document_of
from portal.documents.shown import entered
from portal.documents.views import word
from portal.documents.views.attaching import AttachTo, attach_page
from portal.duties.roster import called_now
from portal.engine import audit, clock, notice
from portal.engine.access import lists, may_open, opens, rights
from portal.engine.listing import month_asked
from portal.engine.refusal import Refused
from portal.engine.returned import returned_to
from portal.engine.text import _
from portal.engine.uploads import takes_a_file
from portal.organisation.queries import plans_of
from portal.patrols import minutes as writing
from portal.patrols.models import PATROL_KIND_NAMES, Patrol
from portal.patrols.months import of_month
from portal.patrols.presenters import listing, page, sketch, steps, versions
from portal.patrols.queries import landmarks_on, load, observations_of
from portal.patrols.views.blueprint import bp

RIGHTS = ("edit", "log", "note", "countersign", "attach", "observe", "cancel", "close")


@bp.get("/")
@lists(Patrol)
def index(found: Select[Any]) -> Any:
    """All patrols, under plan against done of this month; or a month alone, that of the address."""
    asked, plans = month_asked(), plans_of(current_user.acting.commune_id)
    return render_template(
        "patrols/index.html", listing=listing.listing(found, current_user, asked), kinds=PATROL_KIND_NAMES, page=page,
        month=of_month(found, plans, asked or clock.today().replace(day=1)), asked=asked,
    )  # fmt: skip


@bp.get("/<int:id>")
@opens(Patrol, to="read")
def show(patrol: Patrol) -> Any:
    return shown(patrol)


def shown(patrol: Patrol, refused: Refused | None = None) -> str:
    """The page of a patrol, with what was refused just now."""
    patrol = load(patrol)
    offers = {one.transition.name: one for one in patrol.workflow.offers(current_user, patrol)}
    held = rights(current_user, patrol, RIGHTS)
    leading = steps.leading(patrol, offers, held)
    notes_down = "observe" in held and patrol.state != "planned" and may_open(current_user, "observations.new")
    return render_template(
        "patrols/show.html", patrol=patrol, page=page, refused=refused, begin=offers.get("start"),
        cells=page.cells(patrol, current_user), entries=page.entries(patrol, notes="note" in held),
        story=page.story(patrol), signing=steps.signing(patrol, offers), leading=leading,
        closing=steps.closing(patrol, held),
        noting=steps.noting(patrol, held, leading), others=steps.others(patrol, offers, held),
        attaches="attach" in held and not patrol.against_files,
        observations=_noted(patrol), notes_down=notes_down,
        files=files_shown(current_user, patrol),
        kinds=PATROL_KIND_NAMES, papers=entered(current_user, patrol),
        concluded=list(returned_to(current_user, patrol)),
        sketch=sketch.of_patrol(patrol, landmarks_on(patrol.commune_id, patrol.day)),
        turns=called_now(current_user, (force.unit for force in patrol.signing)) if patrol.is_late else [],
    )  # fmt: skip


def _noted(patrol: Patrol) -> Sequence[Any]:
    """What was noted down on it. Where or what it was is protected, so the trail tells that it was listed."""
    found = observations_of(current_user, patrol)
    if found:
        audit.tell("list", current_user, None, type="observation", rows=len(found))
    return found


@bp.get("/<int:id>/versions")
@opens(Patrol, to="read")
def compare(patrol: Patrol) -> Any:
    """What was logged and disputed, beside what was logged after it."""
    logs = load(patrol).logs
    rows = versions.compared(logs)
    same = versions.same(rows)
    return render_template(
        "patrols/versions.html", patrol=patrol, columns=versions.columns(logs), same=same,
        rows=[one for one in rows if one not in same],
    )  # fmt: skip


@bp.get("/<int:id>/minutes.docx")
@opens(Patrol, to="read", told_as="print")
def minutes(patrol: Patrol) -> Any:
    """The minutes to print and sign, as the log that stands tells them."""
    if patrol.log is None:
        notice.done(_("There are no minutes before the log is written."))
        return redirect(url_for(".show", id=patrol.id))
    return word.sent(writing.written(patrol, patrol.log, document_of(patrol)), f"BB-{patrol.number}")


@bp.route("/<int:id>/photos", methods=["GET", "POST"])
@opens(Patrol, to="attach", form=UploadForm)
@takes_a_file
def photos(patrol: Patrol) -> Any:
    back = url_for(".show", id=patrol.id)
    crumbs = [(_("Patrols"), url_for(".index")), (patrol.number, back)]
    return attach_page(patrol, AttachTo(back, crumbs, patrol.title, patrol.day))
