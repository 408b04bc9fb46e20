"""What is typed to propose a transfer, and how it is told."""

from collections.abc import Iterator
from typing import Any, ClassVar

from wtforms.validators import Optional

from portal.cases.models import Case
from portal.engine.forms import Choice, Line, Required, options_of
from portal.engine.forms.choices import optional_id
from portal.engine.text import _, _l
from portal.proposals.forms import Field, ProposalForm
from portal.proposals.kinds.residence_change.communes import other_communes
from portal.proposals.kinds.transfer.model import TransferProposal


class TransferForm(ProposalForm):
    FIELDS = ("moves_to", "receiving_id")
    moves_to = Line(_l("Commune and province"), [Required()], length=150)
    receiving_id = Choice(
        _l("The same commune in this portal"), [Optional()],
        description=_l(
            "Where it works with this portal, it finds the file as a draft once it is handed over: the papers and the "
            "days, none of the notes. Before that it sees nothing."
        ),
    )  # fmt: skip
    widths: ClassVar[dict[str, str]] = {"receiving_id": "mid"}

    def content(self) -> dict[str, Any]:
        typed = super().content()
        return {**typed, "receiving_id": optional_id(typed["receiving_id"])}


def offer_communes(form: Any, case: Case) -> None:
    known = [(str(one.id), f"{one.name}, {one.superior}".rstrip(", ")) for one in other_communes(case.commune)]
    form.receiving_id.choices = options_of([("", _("Not in this portal: only the papers go")), *known])
    if form.moves_to.data is None and not form.is_submitted() and case.move is not None:
        form.moves_to.data = case.move.moves_to


def told(proposal: TransferProposal) -> Iterator[Field]:
    yield Field("moves_to", proposal.moves_to, strong=True, full=True)
    yield Field("receiving_id", proposal.receiving.name if proposal.receiving else "", full=True)
