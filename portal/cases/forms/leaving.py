"""What is typed where somebody is in custody, moves away, dies, or the file is handed over."""

from typing import Any, ClassVar

from wtforms.validators import Optional

from portal.cases.models import CUSTODY_KIND_NAMES, RECEIVER_NAMES, CustodyKind, Receiver
from portal.engine.forms import Cards, Choice, Day, EditForm, Line, Paragraphs, Required, not_in_the_future
from portal.engine.text import _l

ITS_PAPER = _l("Its number, its day, whose it is.")
YES_NO = {"yes": _l("Yes, the person may move"), "no": _l("No, the person stays")}


class CustodyForm(EditForm):
    kind = Choice(_l("What befell the person"), choices=[(str(one), name) for one, name in CUSTODY_KIND_NAMES.items()],
                  default=str(CustodyKind.DETAINED))  # fmt: skip
    detained_on = Day(_l("Since"), [Required(), not_in_the_future])
    released_on = Day(
        _l("Released on"), [Optional(), not_in_the_future], description=_l("Leave it empty while it goes on.")
    )
    paper = Line(_l("Paper that tells it"), [Optional()], length=100, description=ITS_PAPER)
    held_by = Line(_l("Who holds the person"), [Optional()], length=150)
    informed_on = Day(_l("Last heard on"), [Optional(), not_in_the_future])
    informed = Paragraphs(
        _l("What was learnt"), [Optional()], length=1000,
        description=_l("Where, until when, what follows. Nothing of the investigation, nothing of health."),
    )  # fmt: skip
    widths: ClassVar[dict[str, str]] = {
        "kind": "mid", "detained_on": "day", "released_on": "day", "informed_on": "day",
    }  # fmt: skip

    def facts(self) -> dict[str, Any]:
        return {
            "detained_on": self.detained_on.data, "released_on": self.released_on.data, "paper": self.paper.data or "",
            "kind": CustodyKind(self.kind.data), "held_by": self.held_by.data or "",
            "informed_on": self.informed_on.data, "informed": self.informed.data or "",
        }  # fmt: skip


class StepsOfMoveForm(EditForm):
    """What became of a change of residence, step by step: what is not done yet stays empty."""

    told_on = Day(_l("Reported to the agency on"), [Optional(), not_in_the_future])
    agreed_on = Day(_l("The agencies agreed on"), [Optional(), not_in_the_future])
    decided_on = Day(_l("The agency decided on"), [Optional(), not_in_the_future])
    granted = Choice(_l("What it decided"), [Optional()], choices=[("", _l("Not decided yet")), *YES_NO.items()])
    decision = Line(_l("Number of its decision"), [Optional()], length=60)
    widths: ClassVar[dict[str, str]] = {
        "told_on": "day", "agreed_on": "day", "decided_on": "day", "granted": "mid", "decision": "mid",
    }  # fmt: skip

    def facts(self) -> dict[str, Any]:
        granted = {"yes": True, "no": False}.get(self.granted.data or "")
        return {
            "told_on": self.told_on.data, "agreed_on": self.agreed_on.data, "decided_on": self.decided_on.data,
            "granted": granted, "decision": self.decision.data or "",
        }  # fmt: skip


class HandOverForm(EditForm):
    """The file is handed over: to whom, when, and what is in it."""

    to = Cards(_l("To whom"), choices=[(str(one), name) for one, name in RECEIVER_NAMES.items()])
    handed_on = Day(_l("Day of the hand-over"), [Required(), not_in_the_future])
    receiver = Line(_l("Who receives it"), [Required()], length=150, description=_l("The body, by its whole name."))
    received_by = Line(
        _l("By whom it is received"),
        [Optional()],
        length=150,
        description=_l("Name and office of whoever signs for it."),
    )
    items = Paragraphs(
        _l("What is handed over"), [Required()], length=5000,
        description=_l("A line a document, as the minutes list them. Those that the portal knows stand here already."),
    )  # fmt: skip
    note = Paragraphs(_l("Remarks"), [Optional()], length=1000)
    widths: ClassVar[dict[str, str]] = {"handed_on": "day"}

    def facts(self) -> dict[str, Any]:
        return {
            "to": Receiver(self.to.data), "handed_on": self.handed_on.data, "receiver": self.receiver.data or "",
            "items": self.items.data or "", "received_by": self.received_by.data or "", "note": self.note.data or "",
        }  # fmt: skip


class DeathForm(EditForm):
    died_on = Day(_l("Died on"), [Required(), not_in_the_future])
    known_on = Day(_l("The commune learnt of it on"), [Required(), not_in_the_future])
    paper = Line(
        _l("Extract of the death register"), [Required()], length=150,
        description=_l("Its number, its day, and who issued it. Nothing of the cause is kept."),
    )  # fmt: skip
    widths: ClassVar[dict[str, str]] = {"died_on": "day", "known_on": "day"}


class AfterDeathForm(EditForm):
    """What followed from the report of a death: what is not done yet stays empty."""

    reported_on = Day(_l("Reported to the agency on"), [Optional(), not_in_the_future])
    court_told_on = Day(_l("The agency told the court on"), [Optional(), not_in_the_future])
    decided_on = Day(_l("The court ended the execution on"), [Optional(), not_in_the_future])
    decision = Line(_l("Number of its decision"), [Optional()], length=60)
    widths: ClassVar[dict[str, str]] = {
        "reported_on": "day", "court_told_on": "day", "decided_on": "day", "decision": "mid",
    }  # fmt: skip

    def facts(self) -> dict[str, Any]:
        days = {name: self[name].data for name in ("reported_on", "court_told_on", "decided_on")}
        return {**days, "decision": self.decision.data or ""}


class GiveDraftForm(EditForm):
    officer_id = Cards(_l("Officer"))
