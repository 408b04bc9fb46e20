"""What is typed to propose a review, and how it is told."""

from collections.abc import Iterator
from typing import Any, ClassVar

from wtforms.validators import Optional

from portal.cases.models import Case
from portal.engine import clock
from portal.engine.forms import Day, Hour, Line, Paragraphs, Required
from portal.engine.presentation import day
from portal.engine.text import _l
from portal.proposals.forms import Field, ProposalForm
from portal.proposals.kinds.review.model import ReviewProposal

FRONT, FAMILY = "Đại diện Ủy ban Mặt trận Tổ quốc Việt Nam cấp xã", "Đại diện gia đình"
HELPER = "Người được phân công giúp đỡ: {}"
USUAL_PLACE = "Trụ sở Công an {}"


class ReviewForm(ProposalForm):
    FIELDS = ("planned_on", "planned_at", "location", "invited")
    planned_on = Day(_l("Day of the review"), [Required()])
    planned_at = Hour(_l("Hour"), [Optional()])
    location = Line(_l("Place"), [Required()])
    invited = Paragraphs(
        _l("Who is invited"), [Required()], length=1000,
        description=_l("A line each: the Front, whoever helps the person, the family. The person is called besides."),
    )  # fmt: skip
    widths: ClassVar[dict[str, str]] = {"planned_on": "day", "planned_at": "short"}


def suggest(form: Any, case: Case) -> None:
    """Who is invited by the decree, and where it is held."""
    if form.is_submitted() or form.invited.data:
        return
    helper = [HELPER.format(case.helper.full_name)] if case.helper else []
    form.invited.data = "\n".join((FRONT, *helper, FAMILY))
    form.location.data = form.location.data or USUAL_PLACE.format(case.commune.name)
    form.planned_on.data = form.planned_on.data or clock.today()


def told(proposal: ReviewProposal) -> Iterator[Field]:
    hour = f", {proposal.planned_at:%H:%M}" if proposal.planned_at else ""
    yield Field("planned_on", day(proposal.planned_on) + hour, strong=True)
    yield Field("location", proposal.location, strong=True)
    yield Field("invited", proposal.invited, full=True)
