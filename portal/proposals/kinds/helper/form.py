"""What is typed to propose a helper, and how it is told."""

from collections.abc import Iterator
from typing import Any, ClassVar

from portal.cases.models import Case
from portal.engine.forms import TO_CHOOSE, Choice, Required, options_by_group, options_of
from portal.engine.text import _l
from portal.proposals.forms import Field, ProposalForm
from portal.proposals.kinds.helper.candidates import candidates, present_helper
from portal.proposals.kinds.helper.model import HelperProposal


class HelperForm(ProposalForm):
    FIELDS = ("helper_id",)
    helper_id = Choice(_l("Helper"), [Required()])
    widths: ClassVar[dict[str, str]] = {"helper_id": "mid"}

    def content(self) -> dict[str, Any]:
        typed = super().content()
        return {**typed, "helper_id": int(typed["helper_id"])}


def offer_helpers(form: Any, case: Case) -> None:
    form.helper_id.choices = [*options_of([TO_CHOOSE]), *options_by_group(candidates(case))]
    form.helper_id.description = present_helper(case)


def told(proposal: HelperProposal) -> Iterator[Field]:
    helper = proposal.helper
    yield Field("helper_id", helper.full_name, strong=True, full=True, sub=helper.title)
