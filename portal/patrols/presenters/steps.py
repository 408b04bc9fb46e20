"""What the reader may do with a patrol now: the next step at its head, what else at its side."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from flask import url_for

from portal.engine import versions
from portal.engine.text import _
from portal.engine.workflow import Offer
from portal.organisation.models import ROLE_NAMES, Role
from portal.organisation.queries import holders
from portal.patrols.models import Patrol, PatrolStop
from portal.patrols.workflow import AHEAD, WRITABLE


@dataclass(frozen=True)
class Button:
    """A step as `components/buttons.html` draws it."""

    label: str
    url: str
    kind: str = ""
    icon: str = ""
    post: bool = False
    hidden: Mapping[str, Any] = field(default_factory=dict)


def signing(patrol: Patrol, offers: Mapping[str, Offer]) -> list[Button]:
    """What a force that has not answered yet may say to the log; one that it leaves out agrees instead of signing."""
    buttons = {
        "agree": Button(_("We took no part"), _to("agree", patrol), "main"),
        "sign": Button(_("Countersign"), _to("sign", patrol), "main", "edit"),
        "dispute": Button(_("See it differently"), _to("dispute", patrol)),
    }
    return [button for step, button in buttons.items() if _is_open(step, offers)]


def leading(patrol: Patrol, offers: Mapping[str, Offer], rights: Collection[str]) -> list[Button]:
    """The next step of whoever writes the log or closes the patrol."""
    if patrol.hours_are_past and "log" in rights:
        return [Button(_("Write the log"), _to("log", patrol), "main", "edit")]
    if _is_open("start", offers):
        version = {"version": patrol.version}
        return [Button(_("Start the patrol"), _to("start", patrol), "main", post=True, hidden=version)]
    if patrol.state == "under_way" and "log" in rights:
        return _on_the_way(patrol, rights)
    if _is_to_come(patrol) and "edit" in rights:
        return [Button(_("Change the plan"), _to("edit", patrol), icon="edit")]
    if patrol.state == "logged" and _is_open("correct", offers):
        return [Button(_("Correct the log"), _to("log", patrol), icon="edit")]
    if patrol.state == "disputed" and "log" in rights:
        return [Button(_("Write the log again"), _to("log", patrol), "main", "edit")]
    if patrol.state == "countersigned" and "close" in rights:
        return [Button(_("Close the patrol"), _to("close", patrol), "main")]
    return []


def _on_the_way(patrol: Patrol, rights: Collection[str]) -> list[Button]:
    """While points of the plan are not passed, noting one leads on; it may be ended all the same."""
    note = "note" in rights and bool(patrol.ahead)
    first = [Button(_("Note a point"), _to("pass_point", patrol), "main", "plus")] if note else []
    finish = Button(_("Finish, nothing found"), _to("nothing_found", patrol), "" if note else "main")
    return [*first, finish, *([] if note else [Button(_("Write the log"), _to("log", patrol))])]


def closing(patrol: Patrol, rights: Collection[str]) -> str:
    """Who closes a patrol that all have signed, for whoever may not: the duty is the chair's."""
    if patrol.state != "countersigned" or "close" in rights:
        return ""
    chair = [user.full_name for user in holders(Role.COMMUNE_LEADER, patrol.commune_id)]
    who = ", ".join(chair) or str(ROLE_NAMES[Role.COMMUNE_LEADER])
    return str(_("All have signed, and the recommendation is open: %(who)s closes the patrol.", who=who))


def noting(patrol: Patrol, rights: Collection[str], leading: Sequence[Button]) -> list[Button]:
    """What may be noted from the start on, beside what leads on already."""
    if patrol.state not in WRITABLE or patrol.state == "planned" or patrol.ended_at or "note" not in rights:
        return []
    found = [
        Button(_("Note a point"), _to("pass_point", patrol), "soft", "plus"),
        Button(_("The team or the means changed"), _to("team", patrol), "soft", "people"),
    ]
    return [one for one in found if one.url not in {led.url for led in leading}]


def passing(stop: PatrolStop) -> Button:
    """A planned point that is passed now."""
    url = url_for("patrols.passed", id=stop.id)
    return Button(_("Passed now"), url, "soft", "check", post=True, hidden=versions.carried(stop))


def _is_open(step: str, offers: Mapping[str, Offer]) -> bool:
    return step in offers and offers[step].open


def others(patrol: Patrol, offers: Mapping[str, Offer], rights: Collection[str]) -> list[tuple[str, str]]:
    """Pairs of label and address: what is rare, or no step."""
    planned = patrol.state == "planned"
    ways = (
        (planned and not _is_to_come(patrol) and "edit" in rights, _("Change the plan"), "edit"),
        (_may_write(patrol) and "log" in rights, _("Write the log"), "log"),
        (patrol.state != "logged" and _is_open("correct", offers), _("Correct the log"), "log"),
        (patrol.log is not None, _("Minutes to print (.docx)"), "minutes"),
        (patrol.state in AHEAD and "cancel" in rights, _("Cancel the patrol"), "cancel"),
    )
    return [(label, _to(page, patrol)) for stands, label, page in ways if stands]


def _is_to_come(patrol: Patrol) -> bool:
    """Whether nobody can set out yet: its plan is all that may be changed."""
    return patrol.state == "planned" and patrol.planned_day_lies_ahead


def _may_write(patrol: Patrol) -> bool:
    """Whether the log is written from the side of the page: what leads on is another step."""
    if patrol.state == "planned":
        return not (patrol.planned_day_lies_ahead or patrol.hours_are_past)
    return patrol.state == "under_way" and bool(patrol.ahead)


def _to(page: str, patrol: Patrol) -> str:
    return url_for(f"patrols.{page}", id=patrol.id)
