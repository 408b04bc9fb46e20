"""What is typed to propose the opening of a case, and how it is told."""

from collections.abc import Collection, Iterator
from typing import Any, ClassVar

from wtforms.validators import Optional

from portal.cases import doubtful, law_days
from portal.cases.models import Case
from portal.engine.db import Record
from portal.engine.forms import TO_CHOOSE, Choice, Paragraphs
from portal.engine.presentation import day
from portal.engine.text import _, _l
from portal.organisation.models import Role
from portal.organisation.queries import holders
from portal.proposals.forms import Field, ProposalForm
from portal.proposals.kinds.opening.model import OpenCaseProposal, of_opening
from portal.proposals.models import Condition


class OpeningForm(ProposalForm):
    FIELDS = ("officer_id", "answer_to_doubts")
    officer_id = Choice(_l("Officer suggested"), [Optional()])
    answer_to_doubts = Paragraphs(
        _l("Why it is proposed although something is to be weighed"), [Optional()], length=1000,
        description=_l("Number and day of the paper that says so, or what was asked of the body that sent the file."),
    )  # fmt: skip
    widths: ClassVar[dict[str, str]] = {"officer_id": "mid"}

    def content(self) -> dict[str, Any]:
        typed = super().content()
        if "answer_to_doubts" in typed:
            typed["answer_to_doubts"] = (typed["answer_to_doubts"] or "").strip()
        return {**typed, "officer_id": int(typed["officer_id"]) if typed["officer_id"] else None}


def offer_officers(form: Any, about: Record) -> None:
    """The officers who serve in the commune of the case, or of what becomes one."""
    officers = holders(Role.POLICE_OFFICER, about.commune_id)
    form.officer_id.choices = [TO_CHOOSE, *((str(one.id), one.full_name) for one in officers)]


def unasked(case: Case) -> Collection[str]:
    """An answer is asked for only where something is to be answered."""
    return () if doubtful.to_answer(case) else ("answer_to_doubts",)


def asked_of(form: Any, case: Case) -> None:
    """The officers to choose from, and an answer where one is needed."""
    offer_officers(form, case)
    left_out = unasked(case)
    form.FIELDS = tuple(name for name in form.FIELDS if name not in left_out)
    for name in left_out:
        del form[name]


def look(form: Any, case: Case, _proposal: OpenCaseProposal | None) -> list[Condition]:
    """What the law says to the file while its opening is asked for."""
    return of_opening(case, form.answer_to_doubts.data or "" if "answer_to_doubts" in form else "")


def told(proposal: OpenCaseProposal) -> Iterator[Field]:
    """What is to be opened, too: when it came, and its last day where the law of the portal reaches back."""
    yield Field("received_on", day(proposal.case.received_on), label=_("File received on"), strong=True)
    if last := law_days.last_day(proposal.case):
        yield Field("ends_on", day(last.due_on), label=_("Last day"), strong=True)
    if proposal.answer_to_doubts:
        yield Field("answer_to_doubts", proposal.answer_to_doubts, full=True)
    yield Field("officer_id", proposal.officer.full_name if proposal.officer else "", strong=True)
