"""What is typed to propose that the task of a helper ends, and how it is told."""

from collections.abc import Iterator
from typing import Any, ClassVar

from portal.cases.models import Case
from portal.engine import clock
from portal.engine.forms import Choice, Day, Optional, Required, optional_id, options_by_group, options_of
from portal.engine.presentation import day
from portal.engine.text import _, _l
from portal.proposals.forms import Field, ProposalForm
from portal.proposals.kinds.helper.candidates import candidates
from portal.proposals.kinds.helper_end.grounds import END_OF_HELP_NAMES, EndOfHelp
from portal.proposals.kinds.helper_end.model import HelperEndProposal


class HelperEndForm(ProposalForm):
    FIELDS = ("ground", "ground_on", "successor_id")
    ground = Choice(
        _l("Why the help ends"), [Required()],
        choices=[(str(one), label) for one, label in END_OF_HELP_NAMES.items()],
    )  # fmt: skip
    ground_on = Day(_l("Since when that is so"), [Required()])
    successor_id = Choice(_l("New helper"), [Optional()])
    widths: ClassVar[dict[str, str]] = {"ground": "mid", "ground_on": "day", "successor_id": "mid"}
    case: Case | None = None

    def content(self) -> dict[str, Any]:
        typed = super().content()
        told = {**typed, "ground": EndOfHelp(typed["ground"]), "successor_id": optional_id(typed["successor_id"])}
        running = self.case.accepted("helper") if self.case else None
        return {**told, "assignment_id": running.id, "assignment": running} if running else told


def offer(form: Any, case: Case) -> None:
    """Who may take it over; the day is today unless the term has ended."""
    form.case = case
    nobody = ("", str(_("Nobody: the help ends")))
    form.successor_id.choices = [*options_of([nobody]), *options_by_group(candidates(case))]
    if form.ground_on.data is None and not form.is_submitted():
        last = case.law.last_day
        ended = last is not None and last.due_on <= clock.today()
        form.ground_on.data = last.due_on if last and ended else clock.today()


def told(proposal: HelperEndProposal) -> Iterator[Field]:
    helper = proposal.assignment.assignee
    yield Field("assignment_id", helper.full_name, _("Helper"), strong=True, sub=helper.title)
    yield Field("ground", str(END_OF_HELP_NAMES[EndOfHelp(proposal.ground)]), strong=True)
    yield Field("ground_on", day(proposal.ground_on))
    if proposal.successor is not None:
        yield Field("successor_id", proposal.successor.full_name, full=True, sub=proposal.successor.title)
