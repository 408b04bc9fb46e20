"""What is typed to propose the management of a drug user, and how it is told."""

from collections.abc import Iterator
from typing import Any, ClassVar

from wtforms.validators import Optional

from portal.drugs.models import CONTEXT_NAMES, DrugTest
from portal.engine.forms import BooleanField, Choice, Required, of
from portal.engine.presentation import day
from portal.engine.text import _, _l
from portal.people.models import SEX_NAMES, Sex
from portal.proposals.forms import Field, ProposalForm
from portal.proposals.kinds.drug_decision.model import DrugDecisionProposal


class DrugDecisionForm(ProposalForm):
    FIELDS = ("officer_id", "homeless")
    officer_id = Choice(_l("Officer suggested"), [Optional()])
    homeless = BooleanField(_l("The person has no stable place to live"))
    widths: ClassVar[dict[str, str]] = {"officer_id": "mid"}

    def content(self) -> dict[str, Any]:
        typed = super().content()
        return {**typed, "officer_id": int(typed["officer_id"]) if typed["officer_id"] else None}


class ManagementForm(DrugDecisionForm):
    """The same where it begins, at a test: of somebody whose sex nobody wrote down it is asked, as the paper names it.

    Afterwards the case waits for its decision, and nobody changes whom it is about.
    """

    ASKED = "sex"
    sex = Choice(_l("Sex"), [Required()], choices=of(SEX_NAMES), description=_l("The decision calls the person by it."))

    def __init__(self, test: DrugTest | None = None, **kept: Any) -> None:
        super().__init__(**kept)
        if test is not None and test.person.sex is not None:
            del self.sex

    @property
    def asked(self) -> tuple[str, ...]:
        """Its fields before the reason, in their order."""
        return (*((self.ASKED,) if self.ASKED in self else ()), *self.FIELDS)

    def content(self) -> dict[str, Any]:
        return {**super().content(), **({"sex": Sex(self.sex.data)} if self.ASKED in self else {})}


def told(proposal: DrugDecisionProposal) -> Iterator[Field]:
    test = proposal.test
    told_of_test = f"{test.number}, {day(test.taken_on)}"
    yield Field("test_id", told_of_test, label=_("Positive test"), strong=True, sub=str(CONTEXT_NAMES[test.context]))
    received = f"{test.result_at:%H:%M %d/%m/%Y}" if test.result_at else _("not recorded yet")
    yield Field("received_on", received, label=_("Result received at"), strong=True)
    yield Field("residence_checked_on", day(test.residence_checked_on) if test.residence_checked_on else "",
                label=_("Residence verified on"))  # fmt: skip
    yield Field("officer_id", proposal.officer.full_name if proposal.officer else "")
    yield Field("homeless", _("yes") if proposal.homeless else "", full=True)
