"""What is typed of a file that went to the court: where it is, and what the court answered."""

from typing import Any, ClassVar

from portal.cases.forms.papers import MOST_MONTHS
from portal.engine.forms import Choice, Day, EditForm, Line, Number, Optional, Paragraphs, not_in_the_future
from portal.engine.text import _l
from portal.proposals.kinds.shortening.model import ANSWER_NAMES, Answer


class CourtAnswerForm(EditForm):
    """Step by step: what is not known yet stays empty, and is filled in later on the same page."""

    file_built_on = Day(_l("File built by the agency on"), [Optional(), not_in_the_future])
    session_on = Day(_l("Session of the court on"), [Optional(), not_in_the_future])
    answer = Choice(
        _l("The court's answer"), [Optional()],
        choices=[("", _l("No answer yet")), *((str(one), label) for one, label in ANSWER_NAMES.items())],
    )  # fmt: skip
    decision_number = Line(_l("Number of the decision"), [Optional()], length=60)
    answered_on = Day(_l("Day of the decision"), [Optional(), not_in_the_future])
    months = Number(
        _l("Months cut"),
        [Optional()],
        least=1,
        most=MOST_MONTHS,
        description=_l("As the decision says, if it is granted."),
    )
    printed_ends_on = Day(
        _l("Last day as the decision prints it"), [Optional()],
        description=_l("Leave it empty where it prints none. A printed day wins over the computed one."),
    )  # fmt: skip
    answer_reason = Paragraphs(_l("Why the court refused it"), [Optional()], length=1000)
    widths: ClassVar[dict[str, str]] = {
        "file_built_on": "day", "session_on": "day", "answer": "mid", "decision_number": "mid", "answered_on": "day",
        "months": "short", "printed_ends_on": "day",
    }  # fmt: skip

    def told(self) -> dict[str, Any]:
        typed = {name: self[name].data for name in ("file_built_on", "session_on", "answered_on", "months")}
        return {
            **typed, "answer": Answer(self.answer.data) if self.answer.data else None,
            "decision_number": (self.decision_number.data or "").strip(),
            "answer_reason": (self.answer_reason.data or "").strip(), "printed_ends_on": self.printed_ends_on.data,
        }  # fmt: skip
