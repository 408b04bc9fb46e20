"""What this reader may do from the page of a meeting: what leads on, papers to take along, the agenda, all the rest."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import url_for

from portal.engine import clock, versions
from portal.engine.access import Actor, rights
from portal.engine.text import _
from portal.engine.workflow import Offer
from portal.meetings.models import BEFORE, Meeting

Button = Mapping[str, Any]

OWN_PAGES = ("hold", "reschedule")  # steps that ask for more than a button
NEXT = {  # the one filled button
    "scheduled": "convene", "held": "draft_minutes", "minutes_drafted": "approve_minutes", "minutes_approved": "close",
}  # fmt: skip


@dataclass(frozen=True)
class Ways:
    """*main* is the filled button, *papers* stand beside it, *agenda* under the agenda; *offers* and *links* are the
    other next steps. *arranges*: whether the reader prepares the meeting.
    """

    main: Button | None
    papers: Sequence[Button]
    agenda: Sequence[Button]
    offers: Sequence[Offer]
    links: Sequence[tuple[str, str]]
    arranges: bool

    @property
    def leads_on(self) -> bool:
        """Whether a phone has a bar of next steps."""
        return bool(self.main or self.offers or self.links)


def ways(user: Actor, meeting: Meeting) -> Ways:
    held = rights(user, meeting, ("arrange", "propose_item", "correct"))
    offers = [one for one in meeting.workflow.offers(user, meeting) if one.transition.name not in OWN_PAGES]
    leads = next((one for one in offers if one.open and one.transition.name == NEXT.get(meeting.state)), None)
    return Ways(
        main=_step(meeting, leads) if leads else _begin(meeting) if "arrange" in held else None,
        papers=list(_papers(meeting)),
        agenda=list(_for_the_agenda(meeting, held)),
        offers=[one for one in offers if one is not leads],
        links=[*(_arranged(meeting) if "arrange" in held else ()), *(_corrected(meeting) if "correct" in held else ())],
        arranges="arrange" in held,
    )


def _to(page: str, meeting: Meeting) -> str:
    return url_for(f"meetings.{page}", id=meeting.id)


def _step(meeting: Meeting, offer: Offer) -> Button:
    url = url_for("meetings.take", id=meeting.id, transition=offer.transition.name)
    hidden = versions.carried(meeting)
    return {"label": offer.transition.label, "url": url, "post": True, "kind": "main", "hidden": hidden}


def _begin(meeting: Meeting) -> Button | None:
    """From the morning of its day on."""
    if meeting.state != "convened" or meeting.day > clock.today():
        return None
    return {"label": _("Record who came and begin"), "url": _to("hold", meeting), "kind": "main"}


def _papers(meeting: Meeting) -> Sequence[Button]:
    found = []
    if meeting.state == "convened":
        found += [
            (_("Invitation"), "invitation_paper", "print"),
            (_("Into my calendar"), "invitation_file", "calendar"),
        ]
    if meeting.took_place:
        found.append((_("Minutes (.docx)"), "minutes_paper", "print"))
    if meeting.minutes:
        found.append((_("Notice of conclusions"), "conclusions_paper", "print"))
    return [{"label": label, "url": _to(page, meeting), "icon": icon} for label, page, icon in found]


def _for_the_agenda(meeting: Meeting, held: frozenset[str]) -> Sequence[Button]:
    found: list[Button] = []
    if meeting.state in BEFORE and "arrange" in held:
        sent = {"post": True, "hidden": versions.carried(meeting)}
        url = _to("compile_agenda", meeting)
        verb = _("Compile the agenda again") if meeting.compiled_at else _("Compile the agenda")
        found.append({"label": verb, "url": url, "icon": "refresh", **sent})
    if meeting.state in (*BEFORE, "held") and "propose_item" in held:
        found.append({"label": _("Propose an item"), "url": _to("new_item", meeting), "icon": "plus"})
    return found


def _arranged(meeting: Meeting) -> list[tuple[str, str]]:
    """What may be done that is no step of the workflow."""
    chair = (_("Somebody else takes the chair"), "chair")
    found = {
        "scheduled": ((_("Change the plan"), "edit"), (_("Invite somebody"), "invite")),
        "convened": (
            (_("Record who came and begin"), "hold"), (_("Move it to another day"), "move"), chair,
            (_("Invite somebody"), "invite"),
        ),
        "postponed": ((_("Set a new day"), "reschedule"),),
        "held": ((_("Who was there"), "hold"), chair, (_("End the meeting"), "end")),
        "minutes_drafted": (chair,),
    }  # fmt: skip
    return [(label, _to(page, meeting)) for label, page in found.get(meeting.state, ())]


def _corrected(meeting: Meeting) -> list[tuple[str, str]]:
    return [(_("Correct the minutes"), _to("erratum", meeting))] if meeting.minutes else []
