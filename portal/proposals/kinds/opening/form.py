"""What is typed to propose the opening of a case, and how it is told."""

from collections.abc import Iterator
from typing import Any, ClassVar

from wtforms.validators import Optional

from portal.cases import law_days
from portal.engine.db import Record
from portal.engine.forms import TO_CHOOSE, Choice
from portal.engine.presentation import day
from portal.engine.text import _, _l
from portal.organisation.models import Role
from portal.organisation.queries import holders
from portal.proposals.forms import Field, ProposalForm
from portal.proposals.kinds.opening.model import OpenCaseProposal


class OpeningForm(ProposalForm):
    FIELDS = ("officer_id",)
    officer_id = Choice(_l("Officer suggested"), [Optional()])
    widths: ClassVar[dict[str, str]] = {"officer_id": "mid"}

    def content(self) -> dict[str, Any]:
        typed = super().content()
        return {**typed, "officer_id": int(typed["officer_id"]) if typed["officer_id"] else None}


def offer_officers(form: Any, about: Record) -> None:
    """The officers who serve in the commune of the case, or of what becomes one."""
    officers = holders(Role.POLICE_OFFICER, about.commune_id)
    form.officer_id.choices = [TO_CHOOSE, *((str(one.id), one.full_name) for one in officers)]


def told(proposal: OpenCaseProposal) -> Iterator[Field]:
    """What is to be opened, too: when it came, and its last day where the law of the portal reaches back."""
    yield Field("received_on", day(proposal.case.received_on), label=_("File received on"), strong=True)
    if last := law_days.last_day(proposal.case):
        yield Field("ends_on", day(last.due_on), label=_("Last day"), strong=True)
    yield Field("officer_id", proposal.officer.full_name if proposal.officer else "", strong=True)
