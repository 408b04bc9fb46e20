"""What is typed of a shortening that went to the court: where the file is, and what the court answered."""

from collections.abc import Iterator
from typing import Any, ClassVar

from portal.cases.forms.papers import MOST_MONTHS
from portal.cases.presenters.term import Shortened, shortened
from portal.engine.forms import Cards, Day, Number, Optional, Paragraphs, not_in_the_future
from portal.engine.presentation import day
from portal.engine.text import _, _l
from portal.proposals.answer_form import NOT_YET, AnswerForm
from portal.proposals.forms import Field
from portal.proposals.kinds.kind import Court
from portal.proposals.kinds.shortening.answer import ShorteningAnswer


class ShorteningAnswerForm(AnswerForm):
    """Step by step: what is not known yet stays empty, and is filled in later on the same page."""

    SAYS = ("months", "printed_ends_on")
    OF_WAY = ("file_built_on", "session_on")
    ORDER = ("accepted", "body", "paper_number", "decided_on", "months", "printed_ends_on", "note")
    widths: ClassVar[dict[str, str]] = {
        **AnswerForm.widths, "file_built_on": "day", "session_on": "day", "months": "short", "printed_ends_on": "day",
    }  # fmt: skip
    file_built_on = Day(_l("File built by the agency on"), [Optional(), not_in_the_future])
    session_on = Day(_l("Session of the court on"), [Optional(), not_in_the_future])
    accepted = Cards(
        _l("What the court decided"),
        choices=[NOT_YET, ("yes", _l("Granted")), ("no", _l("Not granted"))],
        default="",
    )
    months = Number(
        _l("Months cut"), [Optional()], least=1, most=MOST_MONTHS,
        description=_l("As the decision says, if it is granted."),
    )  # fmt: skip
    printed_ends_on = Day(
        _l("Last day as the decision prints it"), [Optional()],
        description=_l("Leave it empty where it prints none. A printed day wins over the computed one."),
    )  # fmt: skip
    note = Paragraphs(
        _l("Remarks"), [Optional()], length=1000, description=_l("If it was refused, why the court refused it.")
    )

    def facts(self) -> dict[str, Any]:
        """A refusal cuts nothing, whatever stands in the fields of what was asked for."""
        told = super().facts()
        return told if told["accepted"] else {**told, "months": None, "printed_ends_on": None}


def told(answer: ShorteningAnswer) -> Iterator[Field]:
    if answer.months:
        yield Field("months", str(answer.months), _("Months cut"))
    if answer.printed_ends_on:
        yield Field("printed_ends_on", day(answer.printed_ends_on), _("Last day as the decision prints it"))


def follows(answer: ShorteningAnswer) -> Shortened | None:
    """The last day as it would be, while the answer waits."""
    if not (answer.waits and answer.accepted and answer.months):
        return None
    return shortened(answer.case, answer.decided_on, answer.months, answer.printed_ends_on)


COURT = Court(ShorteningAnswerForm, told, follows)
