"""What is typed into a supervision plan, and how it is told. A further plan begins as the one that holds."""

from collections.abc import Iterator
from typing import Any, ClassVar

from portal.cases import law_days
from portal.cases.models import Case
from portal.engine.forms import TO_CHOOSE, Choice, Day, Paragraphs, Required, ValidationError
from portal.engine.presentation import day
from portal.engine.text import _, _l
from portal.organisation.models import Role
from portal.organisation.queries import holders
from portal.proposals.forms import Field, ProposalForm
from portal.proposals.kinds.supervision_plan.model import TEXT, SupervisionPlanProposal, in_force


class SupervisionPlanForm(ProposalForm):
    FIELDS = ("summary", "starts_on", "ends_on", "officer_id", "partners", "tasks")
    summary = Paragraphs(
        _l("Summary of the person's life"), [Required()], length=2000,
        description=_l("Work, family, what led to the sentence, what needs care. Nothing of ethnicity or religion."),
    )  # fmt: skip
    starts_on = Day(_l("Supervision from"), [Required()])
    ends_on = Day(_l("Supervision until"), [Required()])
    officer_id = Choice(_l("Officer in charge"), [Required()])
    partners = Paragraphs(
        _l("Who joins in"), [Required()], length=1000,
        description=_l("Bodies and people, one a line, each with the task."),
    )  # fmt: skip
    tasks = Paragraphs(_l("What is done, and when"), [Required()], length=3000)
    widths: ClassVar[dict[str, str]] = {"starts_on": "day", "ends_on": "day", "officer_id": "mid"}

    def validate_ends_on(self, field: Day) -> None:
        if self.starts_on.data and field.data and field.data < self.starts_on.data:
            raise ValidationError(_("The plan cannot end before it begins."))

    def content(self) -> dict[str, Any]:
        typed = super().content()
        return {**typed, "officer_id": int(typed["officer_id"])}


def prepare(form: Any, case: Case) -> None:
    """The officers to choose from and, in a new plan, what the one that holds says, or else what the file says."""
    officers = holders(Role.POLICE_OFFICER, case.commune_id)
    form.officer_id.choices = [TO_CHOOSE, *((str(one.id), one.full_name) for one in officers)]
    if form.is_submitted() or form.starts_on.data:
        return
    before, last = in_force(case), law_days.last_day(case)
    if before is not None:
        for name in (*TEXT, "starts_on", "ends_on"):
            form[name].data = getattr(before, name)
        if last and before.ends_on > last.latest_reading:  # the term was shortened since
            form.ends_on.data = last.due_on
    else:
        form.starts_on.data = max(case.received_on, case.starts_on)
        form.ends_on.data = last.due_on if last else None
    form.officer_id.data = str(case.owner_id)


def told(proposal: SupervisionPlanProposal) -> Iterator[Field]:
    yield Field("starts_on", day(proposal.starts_on), strong=True)
    yield Field("ends_on", day(proposal.ends_on), strong=True)
    yield Field("officer_id", proposal.officer.full_name, strong=True, sub=proposal.officer.title)
    if proposal.replaces:
        text = _(
            "%(number)s, decided on %(day)s", number=proposal.replaces.number, day=day(proposal.replaces.decided_on)
        )
        yield Field("replaces_id", text, label=_("Takes the place of"))
    for name in TEXT:
        lines = (line.strip() for line in getattr(proposal, name).splitlines())
        yield Field(name, "; ".join(line.rstrip(";") for line in lines if line), full=True)
