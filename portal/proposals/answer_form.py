"""What is typed of the answer of a court: what all kinds ask for. A kind adds what its answers say besides."""

from typing import Any, ClassVar

from portal.engine.forms import Cards, Day, EditForm, Line, Optional, Paragraphs, ValidationError, not_in_the_future
from portal.engine.text import _, _l

COMMON = ("body", "paper_number", "decided_on")
NOT_YET = ("", _l("No answer yet"))


class AnswerForm(EditForm):
    """The decision of a court on a proposal whose file went up; also, where a kind asks for it, the way to there."""

    SAYS: ClassVar[tuple[str, ...]] = ()  # columns of the kind's answer
    OF_WAY: ClassVar[tuple[str, ...]] = ()  # columns of the proposal: where the file is
    ORDER: ClassVar[tuple[str, ...]] = ()  # of the fields on the page, where the kind wants another
    widths: ClassVar[dict[str, str]] = {"paper_number": "mid", "decided_on": "day"}

    accepted = Cards(_l("What the court decided"))
    body = Line(_l("Court"), [Optional()])
    paper_number = Line(_l("Number of the decision"), [Optional()], length=60)
    decided_on = Day(_l("Day of the decision"), [Optional(), not_in_the_future])
    note = Paragraphs(_l("Remarks"), [Optional()], length=1000)

    def __init__(self, *typed: Any, **more: Any) -> None:
        super().__init__(*typed, **more)
        for name in self.ORDER:
            self._fields.move_to_end(name)

    @property
    def known(self) -> bool:
        return bool(self.accepted.data)

    def validate_accepted(self, field: Cards) -> None:
        """A decision whose day or number is there says what was decided."""
        if not self.known and (self.decided_on.data or self.paper_number.data):
            raise ValidationError(_("Please say what the court decided."))

    def validate(self, *checks: Any, **more: Any) -> bool:
        """What every decision has is needed once it is known."""
        fits = super().validate(*checks, **more)
        missing = [self[name] for name in COMMON if self.known and not self[name].data and not self[name].errors]
        for field in missing:
            field.errors = [*field.errors, _("This is needed.")]
        return fits and not missing

    def way(self) -> dict[str, Any]:
        return {name: self[name].data for name in self.OF_WAY}

    def facts(self) -> dict[str, Any]:
        """What the court decided, by the names of the columns of its answer."""
        told = {name: self[name].data for name in (*COMMON, *self.SAYS)}
        return {**told, "accepted": self.accepted.data == "yes", "note": (self.note.data or "").strip()}
