"""Pages on which it is written down what happens while the use of drugs is managed."""

from typing import Any

from flask_login import current_user

from portal.cases.actions import management
from portal.cases.forms import CustodyForm, MoveForm
from portal.cases.models import Case
from portal.cases.views.blueprint import bp
from portal.cases.views.recording import write
from portal.engine import clock
from portal.engine.access import opens
from portal.engine.text import _


@bp.route("/cases/<int:id>/custody", methods=["GET", "POST"])
@opens(Case, to="record", form=CustodyForm)
def custody(case: Case) -> Any:
    """Custody that begins, or the release from the one that goes on."""
    form = CustodyForm(obj=case.custody)
    form.version.data = form.version.data if form.is_submitted() else str(case.version)
    return write(
        case, form, _("Record custody"), _("Record it"),
        _("The custody is recorded. The management keeps its last day."),
        lambda: management.record_custody(
            case, current_user, form.detained_on.data, form.released_on.data, form.paper.data or ""
        ),
        editing=case,
    )  # fmt: skip


@bp.route("/cases/<int:id>/move", methods=["GET", "POST"])
@opens(Case, to="record", form=MoveForm)
def move(case: Case) -> Any:
    """A move to another commune: what is done is filled in step by step."""
    now = clock.now().astimezone(clock.VIETNAM)
    first = {} if case.move else {"known_on": now.date(), "known_time": now.time()}
    form = MoveForm(obj=case.move, **first)
    form.version.data = form.version.data if form.is_submitted() else str(case.version)
    return write(
        case, form, _("Record a move to another commune"), _("Record it"),
        _("It is recorded; the steps that follow are counted from the hours given."),
        lambda: management.record_move(case, **form.facts()), editing=case,
    )  # fmt: skip
