"""What is typed of a court's answer to a revocation, and how it is told."""

from collections.abc import Iterator
from typing import ClassVar

from portal.engine.forms import Cards, Day, Optional, not_in_the_future
from portal.engine.presentation import day
from portal.engine.text import _, _l
from portal.proposals.answer_form import AnswerForm
from portal.proposals.forms import Field
from portal.proposals.kinds.kind import Court
from portal.proposals.kinds.revoking.answer import RevocationAnswer


class RevocationAnswerForm(AnswerForm):
    SAYS = ("leaves_on",)
    ORDER = ("leaves_on", "note")
    widths: ClassVar[dict[str, str]] = {**AnswerForm.widths, "leaves_on": "day"}
    accepted = Cards(
        _l("What the court decided"),
        choices=[
            ("yes", _l("It was granted: the person goes to prison")), ("no", _l("It was refused: the case goes on")),
        ],
    )  # fmt: skip
    leaves_on = Day(
        _l("Left to serve prison on"), [Optional(), not_in_the_future],
        description=_l("Where it was granted: the case closes on that day, once a second person has confirmed it."),
    )  # fmt: skip


def told(answer: RevocationAnswer) -> Iterator[Field]:
    if answer.leaves_on:
        yield Field("leaves_on", day(answer.leaves_on), _("Left to serve prison on"))


COURT = Court(RevocationAnswerForm, told)
