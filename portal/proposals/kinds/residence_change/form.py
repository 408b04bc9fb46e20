"""What is typed to propose a change of residence, how it is told, and what the law says while it is typed."""

from collections.abc import Iterator
from datetime import date
from typing import Any, ClassVar

from wtforms.validators import Optional

from portal.cases.models import Case
from portal.engine import clock
from portal.engine.forms import TO_CHOOSE, Choice, Day, Line, Required, options_of
from portal.engine.forms.choices import optional_id
from portal.engine.presentation import day
from portal.engine.text import _l, say
from portal.law.moving import MOVE_GROUNDS, MoveGround
from portal.organisation.queries import villages
from portal.proposals.forms import Field, ProposalForm
from portal.proposals.kinds.residence_change.change import REACH_NAMES, Change, Reach, refuse_change
from portal.proposals.kinds.residence_change.conditions import of_change
from portal.proposals.kinds.residence_change.model import ResidenceChangeProposal
from portal.proposals.models import Condition


class ResidenceChangeForm(ProposalForm):
    FIELDS = ("reach", "asked_on", "holds_from", "village_id", "address", "moves_to", "ground", "evidence")
    CHECKED = ("reach", "asked_on", "holds_from")
    reach = Choice(
        _l("How far"), [Required()], choices=[TO_CHOOSE, *((str(one), name) for one, name in REACH_NAMES.items())]
    )
    asked_on = Day(_l("Asked for on"), [Required()], description=_l("The day of the person's request."))
    holds_from = Day(_l("Lives there from"), [Required()])
    village_id = Choice(_l("New village"), [Optional()], description=_l("Where the person stays in the commune."))
    address = Line(_l("New address"), [Optional()], length=200)
    moves_to = Line(
        _l("Commune and province"), [Optional()], length=150, description=_l("Where the person leaves the commune.")
    )
    ground = Choice(_l("Reason of the person"), [Required()])
    evidence = Line(
        _l("Papers that prove the reason"), [Required()], length=200,
        description=_l("As the paper of the new dwelling, of the work or of the school: number, day, whose it is."),
    )  # fmt: skip
    widths: ClassVar[dict[str, str]] = {
        "reach": "mid", "asked_on": "day", "holds_from": "day", "village_id": "mid", "ground": "mid",
    }  # fmt: skip

    def content(self) -> dict[str, Any]:
        typed = super().content()
        return {
            **typed, "reach": Reach(typed["reach"]), "ground": MoveGround(typed["ground"]),
            "village_id": optional_id(typed["village_id"]), "address": typed["address"] or "",
            "moves_to": typed["moves_to"] or "",
        }  # fmt: skip


def offer_villages(form: Any, case: Case) -> None:
    form.village_id.choices = options_of([("", "–"), *((str(one.id), one.name) for one in villages(case.commune_id))])
    form.ground.choices = options_of([TO_CHOOSE, *((one.value, say(name)) for one, name in MOVE_GROUNDS.items())])
    if form.asked_on.data is None and not form.is_submitted():
        form.asked_on.data = clock.today()


def look(form: Any, case: Case, _proposal: ResidenceChangeProposal | None) -> list[Condition]:
    """What the law says of what is typed so far; nothing while too little is."""
    days = form.asked_on, form.holds_from
    known = form.reach.data in {str(one) for one in Reach}
    if not known or any(one.errors or not isinstance(one.data, date) for one in days):
        return []
    change = Change(Reach(form.reach.data), form.asked_on.data, form.holds_from.data)
    return of_change(case, change, refuse_change(case, change))


def told(proposal: ResidenceChangeProposal) -> Iterator[Field]:
    yield Field("reach", str(REACH_NAMES[proposal.reach]), strong=True)
    yield Field("holds_from", day(proposal.holds_from), strong=True)
    yield Field("asked_on", day(proposal.asked_on))
    yield Field("village_id", proposal.village.name if proposal.village else "")
    yield Field("address", proposal.address, full=True)
    yield Field("moves_to", proposal.moves_to, full=True)
    yield Field("ground", say(MOVE_GROUNDS[proposal.ground]))
    yield Field("evidence", proposal.evidence, full=True)
