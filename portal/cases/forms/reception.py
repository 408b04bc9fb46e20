"""The session in which somebody is received: what it holds, who took part, what was said."""

from typing import Any, ClassVar

from wtforms.validators import Optional

from portal.cases.actions.minors import may_be_minor
from portal.cases.actions.receiving import Session
from portal.cases.forms.of_case import choices, not_before_receipt
from portal.cases.models import Case, Reception
from portal.engine.forms import (
    BooleanField,
    Day,
    EditForm,
    Hour,
    Line,
    Paragraphs,
    Required,
    Several,
    not_in_the_future,
)
from portal.engine.text import _l, say
from portal.law.community import RECEPTION_ITEMS

KEPT = (
    "held_on", "begun_at", "closed_at", "items", "committed_on", "representative", "representative_confirms",
    "participants", "statements",
)  # fmt: skip


class ReceptionForm(EditForm):
    """What is not ticked is told as missing, and stays owed until it is ticked on the same page."""

    held_on = Day(
        _l("Reception held on"), [Required(), not_in_the_future],
        description=_l("The report to the province, the plan and the helper are counted from this day."),
    )  # fmt: skip
    begun_at = Hour(
        _l("Session begun at"), [Optional()],
        description=_l("Where the minutes are drawn up, they tell both hours."),
    )  # fmt: skip
    closed_at = Hour(_l("Session closed at"), [Optional()])
    where = Line(_l("Place of the session"), [Optional()])
    items = Several(_l("What was done"))
    committed_on = Day(
        _l("Commitment signed on"), [Optional(), not_in_the_future],
        description=_l("Only where it was signed after the session."),
    )  # fmt: skip
    representative = Line(
        _l("Representative"), [Optional()], length=100,
        description=_l("Of somebody who is under 18, and of nobody else."),
    )  # fmt: skip
    representative_confirms = BooleanField(_l("The representative has confirmed the commitment"))
    participants = Paragraphs(
        _l("Who took part"), [Optional()], length=1000, description=_l("One a line, each with the office.")
    )
    statements = Paragraphs(_l("What the person and others stated"), [Optional()], length=2000)
    reason = Paragraphs(
        _l("Why the day is corrected"), [Optional()], length=1000,
        description=_l("Only where another day is typed. The chief sees it. What is past its day stays so."),
    )  # fmt: skip
    widths: ClassVar[dict[str, str]] = {
        "held_on": "day", "begun_at": "short", "closed_at": "short", "committed_on": "day", "representative": "mid",
    }  # fmt: skip

    def __init__(self, case: Case | None = None, **kept: Any) -> None:
        """Without a case, where it only tells what was typed into it, it keeps all fields."""
        super().__init__(**kept)
        self.received = case.received_on if case else None
        if case and not may_be_minor(case.person, case.received_on):
            del self.representative, self.representative_confirms
        self.items.choices = choices({item: say(told) for item, told in RECEPTION_ITEMS.items()})
        if not kept.get("held_on"):
            del self.reason

    @property
    def why(self) -> str:
        return str(self.reason.data or "") if "reason" in self else ""

    @property
    def session(self) -> Session:
        told = {name: self[name].data if name in self else None for name in KEPT}
        empty = {name: told[name] or "" for name in ("representative", "participants", "statements")}
        told["representative_confirms"] = bool(told["representative_confirms"])
        return Session(**told | empty | {"items": tuple(told["items"] or ()), "place": self.where.data or ""})

    def validate_held_on(self, field: Day) -> None:
        not_before_receipt(field, self.received)


def as_kept(reception: Reception | None) -> dict[str, Any]:
    """What stands in a reception, by the names of the form's fields."""
    if reception is None:
        return {}
    kept = {name: getattr(reception, name) for name in KEPT}
    later = reception.committed_on if reception.committed_on != reception.held_on else None
    items = [str(item) for item in reception.items]
    return kept | {"items": items, "committed_on": later, "where": reception.place}
