"""What is typed to propose an absence, how it is told, and what the law says while it is typed."""

from collections.abc import Iterator
from datetime import date
from typing import Any, ClassVar

from portal.cases.models import Case
from portal.engine.forms import (
    TO_CHOOSE,
    BooleanField,
    Choice,
    Day,
    Line,
    Optional,
    Required,
    ValidationError,
    not_in_the_future,
)
from portal.engine.presentation import day
from portal.engine.text import _, _l
from portal.law.residence_supervision import Reach
from portal.proposals.forms import Field, ProposalForm
from portal.proposals.kinds.absence.asked import REACH_NAMES, unasked
from portal.proposals.kinds.absence.conditions import left, of_absence
from portal.proposals.kinds.absence.leave import Leave
from portal.proposals.kinds.absence.model import AbsenceProposal
from portal.proposals.models import Condition

VISITED = _l("Banned place to be visited: commune and province")


class AbsenceForm(ProposalForm):
    FIELDS = (
        "leaves_on", "returns_on", "destination", "reach", "consent_number", "consent_on", "medical", "proof_number",
        "proof_on", "abroad",
    )  # fmt: skip
    CHECKED = tuple(name for name in FIELDS if name != "destination")
    leaves_on = Day(_l("Day of departure"), [Required()])
    returns_on = Day(_l("Day of return"), [Required()])
    destination = Line(_l("Where to"), [Required()])
    reach = Choice(
        _l("How far the journey goes"), [Required()],
        choices=[TO_CHOOSE, *((str(one), name) for one, name in REACH_NAMES.items())],
        description=_l("Who may permit it depends on that."),
    )  # fmt: skip
    consent_number = Line(
        _l("Consent of the People's Committee there: number"), [Optional()], length=60,
        description=_l("The draft can be saved without it; it cannot be submitted without it."),
    )  # fmt: skip
    consent_on = Day(_l("Consent of the People's Committee there: day"), [Optional(), not_in_the_future])
    medical = BooleanField(
        _l("Treatment in a medical facility, with its papers"), description=_l("Such days do not count.")
    )
    proof_number = Line(
        _l("The doctor's order or the hospital's confirmation: number, whose it is"), [Optional()], length=100,
        description=_l("It may come after the treatment; it is recorded on the proposal then."),
    )  # fmt: skip
    proof_on = Day(_l("The doctor's order or the hospital's confirmation: day"), [Optional(), not_in_the_future])
    abroad = BooleanField(_l("The journey leads out of Viet Nam"))
    widths: ClassVar[dict[str, str]] = {
        "leaves_on": "day",
        "returns_on": "day",
        "reach": "mid",
        "consent_number": "mid",
        "consent_on": "day",
        "proof_on": "day",
    }

    def validate_returns_on(self, field: Day) -> None:
        if self.leaves_on.data and field.data and field.data < self.leaves_on.data:
            day = self.leaves_on.data.strftime("%d/%m/%Y")
            raise ValidationError(_("The day of return cannot lie before the departure on %(day)s.", day=day))

    def content(self) -> dict[str, Any]:
        typed = super().content()
        if "reach" in typed:
            typed["reach"] = Reach(typed["reach"])
        papers = [name for name in ("consent_number", "proof_number") if name in typed]
        typed |= {name: (typed[name] or "").strip() for name in papers}
        return typed

    def leave(self) -> Leave:
        """The absence as far as it is typed, once both its days are."""
        reach = self.reach.data if "reach" in self else None
        return Leave(
            self.leaves_on.data, self.returns_on.data, self._ticked("medical"), self._ticked("abroad"),
            Reach(reach) if reach in {str(one) for one in Reach} else None, self._typed("consent_on"),
            (self._typed("consent_number") or "").strip(), self._typed("proof_on"),
            (self._typed("proof_number") or "").strip(),
        )  # fmt: skip

    def _typed(self, name: str) -> Any:
        return self[name].data if name in self and not self[name].errors else None

    def _ticked(self, name: str) -> bool:
        return name in self and bool(self[name].data)


def asked_of(form: Any, case: Case) -> None:
    """Leave out what the law of the case makes nothing of."""
    left_out = unasked(case)
    form.FIELDS = tuple(name for name in form.FIELDS if name not in left_out)
    form.CHECKED = tuple(name for name in form.CHECKED if name not in left_out)
    for name in left_out:
        del form[name]
    if case.bounds_visits:
        form.destination.label.text = VISITED


def look(form: Any, case: Case, proposal: AbsenceProposal | None) -> list[Condition]:
    """What the law says of what is typed so far, and what is left while too little is."""
    days = form.leaves_on, form.returns_on
    if any(one.errors or not isinstance(one.data, date) for one in days):
        return left(case)
    return of_absence(case, form.leave(), proposal)


def told(proposal: AbsenceProposal) -> Iterator[Field]:
    yield Field("leaves_on", day(proposal.leaves_on), strong=True)
    yield Field("returns_on", day(proposal.returns_on), strong=True)
    visited = VISITED if proposal.case.bounds_visits else ""
    yield Field("destination", proposal.destination, visited, full=True)
    if proposal.consent_number or proposal.consent_on:
        number = _("%(number)s of %(day)s", number=proposal.consent_number, day=day(proposal.consent_on))
        yield Field("consent_number", number, _("Consent of the People's Committee there"), full=True)
    yield Field("reach", str(REACH_NAMES[proposal.reach]) if proposal.reach else "", full=True)
    yield Field("medical", _("yes") if proposal.medical else "", full=True)
    if proposal.leave.proved:
        paper = _("%(number)s of %(day)s", number=proposal.proof_number, day=day(proposal.proof_on))
        yield Field("proof_number", paper, _("The doctor's order or the hospital's confirmation"), full=True)
    yield Field("abroad", _("yes") if proposal.abroad else "", full=True)
    if proposal.agency_on:
        answer = _("It was granted") if proposal.agency_granted else _("It was refused")
        number = _("%(number)s of %(day)s", number=proposal.agency_number, day=day(proposal.agency_on))
        yield Field("agency_granted", answer, _("Answer of the agency"), strong=True, sub=number)
