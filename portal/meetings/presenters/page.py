"""A meeting as its page shows it: where it stands, what is missing, who comes, what to do next."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import url_for
from sqlalchemy import select

from portal.documents.queries import documents_of
from portal.documents.shown import entered, waits_for
from portal.engine.access import Actor, reach, within
from portal.engine.db import db
from portal.engine.presentation import day, day_in_margin, hour, weekday
from portal.engine.returned import returned_to
from portal.engine.story import StepTold
from portal.engine.text import _, _l, ngettext
from portal.engine.workflow import Step, steps_of
from portal.meetings.models import BEFORE, ActionItem, Attendance, Meeting, Stay
from portal.meetings.models.titles import title
from portal.meetings.models.wording import WITHHELD, Paragraph, paragraphs
from portal.meetings.presenters import items, outcomes, tasks
from portal.meetings.presenters.ways import ways
from portal.meetings.queries import readable_items, task_loaded
from portal.organisation.models import UnitKind
from portal.organisation.presenters.stories import story_of

AFTERWARDS = {"BB": _l("Minutes"), "TB": _l("Notice of conclusions")}  # papers that are signed after the meeting
WRITTEN = ("minutes_drafted", "minutes_approved", "closed")
MANY = 3  # guests from villages that stand in one line
MOST = 12  # open tasks of earlier meetings that a page shows


@dataclass(frozen=True)
class LineStep:
    label: str
    state: str  # done now next
    day: str = ""
    shape: str = ""


@dataclass(frozen=True)
class Check:
    """One thing to look at before the invitations go out."""

    shape: str
    text: str
    note: str = ""


@dataclass(frozen=True)
class Guest:
    """Somebody who is invited or came."""

    name: str
    about: str
    note: str
    shape: str
    withdraw_url: str = ""
    village: bool = False


def facts(meeting: Meeting) -> list[str]:
    at = meeting.began_at or meeting.starts_at
    when = _("%(hour)s, %(day)s", hour=hour(at), day=weekday(meeting.day))
    return [when, meeting.place, _("Chair: %(name)s", name=meeting.chair.full_name)]


def line(meeting: Meeting, steps: Sequence[Step]) -> list[LineStep]:
    """Scheduled, invited, held, minutes, closed, with the day on which each was reached."""
    days = {step.name: day_in_margin(step.at) for step in steps}
    way = [
        (_("Scheduling"), day_in_margin(meeting.created_at)), (_("Invited"), days.get("convene", "")),
        (_("The meeting"), day_in_margin(meeting.held_on) if meeting.held_on else ""),
        (_("Minutes"), days.get("approve_minutes", "")), (_("Closed"), days.get("close", "")),
    ]  # fmt: skip
    reached = {"scheduled": 0, "postponed": 0, "convened": 1, "held": 2, "minutes_drafted": 3, "minutes_approved": 3}
    here = reached.get(meeting.state, 4 if meeting.state == "closed" else 0)
    over = meeting.state == "closed"
    return [
        LineStep(label, "done" if place < here or over else "now" if place == here else "next", when,
                 meeting.standing.shape if place == here and not over else "")
        for place, (label, when) in enumerate(way)
    ]  # fmt: skip


def moved(meeting: Meeting, steps: Sequence[Step]) -> str:
    """That a meeting stands at another day than it was invited to at first, and why."""
    if not meeting.invitation or meeting.state != "convened":
        return ""
    told = _("The meeting was moved after its invitations. Whoever is invited is asked anew.")
    last = next((step for step in reversed(steps) if step.name == "move"), None)
    return f"{told} {_('Because: %(reason)s', reason=last.reason)}" if last else told


def checks(meeting: Meeting) -> list[Check]:
    """What is there and what is missing before the invitations are sent; a force that is silent does not hold it up."""
    found = [Check("done", _("Time, place and chair"))]
    if not meeting.agenda:
        return [*found, Check("soon", _("The agenda is empty."), _("Compile it from the records first."))]
    for item in meeting.agenda:
        if item.is_report and item.own_words:
            found.append(Check("done", _("Words of %(unit)s", unit=item.unit.name)))
        elif item.is_report:
            note = _("It can be sent all the same; the force then reports at the meeting itself.")
            found.append(Check("soon", _("Words of %(unit)s are missing.", unit=item.unit.name), note))
    return found


def guests(user: Actor, meeting: Meeting) -> list[Guest]:
    """Who is invited, in the order in which they were asked; once it was held, whether they came."""
    withdrawable: set[int] = set()
    if meeting.state in BEFORE:
        asked = select(Attendance.id).where(Attendance.meeting_id == meeting.id, within(user, "void", Attendance))
        withdrawable = set(db.session.scalars(asked))
    return [_guest(meeting, one, withdrawable) for one in meeting.invited]


def _guest(meeting: Meeting, one: Attendance, withdrawable: set[int]) -> Guest:
    office = ", ".join(part for part in (one.office, _role(meeting, one)) if part) or one.unit.title
    shape, note = _coming(meeting, one)
    held = one.user_id in (meeting.chair_id, meeting.secretary_id)
    url = url_for("meetings.uninvite", id=one.id) if one.id in withdrawable and not held else ""
    stands_in = _("for %(name)s", name=one.substitute_for) if one.substitute_for else ""
    told = ", ".join(part for part in (note, stands_in) if part)
    return Guest(one.called, office, told, shape, url, one.unit.kind == UnitKind.VILLAGE)


def from_villages(meeting: Meeting, guests: Sequence[Guest]) -> str:
    """Those of the villages in one line, where they are many; nothing where they are few."""
    there = [one for one in guests if one.village]
    if len(there) < MANY:
        return ""
    coming = sum(one.shape == "done" for one in there)
    heads = ngettext("%(num)s village head", "%(num)s village heads", len(there))
    if meeting.took_place:
        came = ngettext("%(num)s was there", "%(num)s were there", coming)
    else:
        came = ngettext("%(num)s comes", "%(num)s come", coming)
    return f"{heads}, {came}"


def _role(meeting: Meeting, one: Attendance) -> str:
    roles = {meeting.chair_id: _("takes the chair"), meeting.secretary_id: _("writes the minutes")}
    return roles.get(one.user_id or 0, "")


def _coming(meeting: Meeting, one: Attendance) -> tuple[str, str]:
    if meeting.took_place:
        return ("done", stay_in_words(one.stay) or _("was there")) if one.present else ("cancelled", _("was not there"))
    if one.comes is None:
        return "todo", _("has not answered") if meeting.state == "convened" else ""
    return ("done", _("comes")) if one.comes else ("cancelled", _("cannot come"))


def stay_in_words(stay: Stay) -> str:
    """From when and until when somebody was there who came late or left early; nothing of whoever stayed throughout."""
    came, left = hour(stay.came_at), hour(stay.left_at)
    if came and left:
        return _("was there from %(came)s to %(left)s", came=came, left=left)
    if came or left:
        return _("was there from %(came)s on", came=came) if came else _("was there until %(left)s", left=left)
    return ""


def attendance_in_words(meeting: Meeting) -> str:
    """How many came or said that they come, and whether that is enough."""
    if meeting.took_place:
        there = sum(bool(one.present) for one in meeting.invited)
        return str(ngettext("%(num)s person was there", "%(num)s people were there", there))
    return str(ngettext("%(num)s person", "%(num)s people", len(meeting.invited)))


def quorum_in_words(meeting: Meeting) -> str:
    told = {"quorum": meeting.quorum, "all": len(meeting.units_needed), "present": len(meeting.units_present)}
    if meeting.took_place:
        return _("%(present)s of %(all)s units were there; %(quorum)s were needed.", **told)
    return _("%(quorum)s of %(all)s units must be there.", **told)


def open_before(user: Actor, meeting: Meeting) -> list[tasks.TaskRow]:
    """Tasks of earlier meetings that are still open and that the reader may read."""
    asked = reach(user, "read", ActionItem).where(
        ActionItem.state == "open", ActionItem.voided_at.is_(None), ActionItem.meeting_id != meeting.id
    )
    found = asked.options(*task_loaded()).order_by(ActionItem.due_on, ActionItem.id).limit(MOST)
    return tasks.rows(db.session.scalars(found).unique(), meeting)


def given_here(user: Actor, meeting: Meeting) -> list[tasks.TaskRow]:
    """Tasks that came out of this meeting."""
    asked = reach(user, "read", ActionItem).where(ActionItem.meeting_id == meeting.id, ActionItem.voided_at.is_(None))
    found = asked.options(*task_loaded()).order_by(ActionItem.due_on, ActionItem.id)
    return tasks.rows(db.session.scalars(found).unique())


def withheld(told: Iterable[Paragraph], readable: set[int]) -> list[Paragraph]:
    """The minutes as a reader may have them: of a restricted item its number alone."""
    shown: list[Paragraph] = []
    for one in told:
        if one.item_id in readable or not one.item_id:
            shown.append(one)
        elif one.heading:
            shown.append(Paragraph(one.heading, WITHHELD, one.item_id))
    return shown


def unsigned(meeting: Meeting) -> list[str]:
    """The minutes and the notice of a meeting whose number or signature is missing still, with what they wait for."""
    if meeting.minutes is None:
        return []
    found = {one.code: one for one in reversed(documents_of(meeting)) if one.code in AFTERWARDS}
    waiting = [(AFTERWARDS[code], found[code]) for code in AFTERWARDS if code in found and found[code].waits]
    return [_("%(paper)s: %(missing)s", paper=name, missing=waits_for(one)) for name, one in waiting]


def told_openly(meeting: Meeting) -> set[int]:
    """The items that the minutes tell as a paper: the others stand in annexes of their own."""
    return {item.id for item in meeting.items if not item.restricted}


def minutes_of(meeting: Meeting, readable: set[int]) -> list[Paragraph]:
    """As they were approved; before that, as they would be now."""
    return withheld(meeting.minutes.told if meeting.minutes else paragraphs(meeting), readable)


@dataclass(frozen=True)
class OwnInvitation:
    """The reader's own invitation: what they said, and where they say it."""

    told: str
    verb: str
    url: str
    given: bool = False


def own_invitation(user: Actor, meeting: Meeting) -> OwnInvitation | None:
    """While it can be answered."""
    one = next((one for one in meeting.invited if one.user_id == user.id), None)
    if one is None or meeting.state != "convened":
        return None
    verb = _("Answer") if one.comes is None else _("Change the answer")
    return OwnInvitation(_answered(one), verb, url_for("meetings.answer", id=one.id), one.comes is not None)


def own_steps(
    invitation: OwnInvitation | None, rows: Sequence[items.ItemRow], *, leads: bool = False
) -> list[Mapping[str, Any]]:
    """What is asked of the reader themselves: the report of their force, then whether they come.

    *leads*: whether a step of the meeting has the one filled button already.
    """
    reports, filled = [one.report_url for one in rows if one.report_url], "" if leads else "main"
    found: list[Mapping[str, Any]] = [
        {"label": _("Write the report"), "url": url, "kind": filled} for url in reports[:1]
    ]
    if invitation:
        kind = "" if reports or invitation.given else filled
        found.append({"label": invitation.verb, "url": invitation.url, "kind": kind})
    return found


def _answered(one: Attendance) -> str:
    if one.comes is None:
        return _("Do you come?")
    if one.substitute_for:
        return _("%(name)s comes in your place.", name=one.called)
    return _("You said that you come.") if one.comes else _("You said that you cannot come.")


def _story(meeting: Meeting, steps: Sequence[Step], readable: set[int]) -> list[StepTold]:
    """The steps of the meeting and what became of its outcomes, the latest first."""
    together = [*story_of(meeting, steps), *outcomes.told(meeting.items, readable)]
    return sorted(together, key=lambda one: one.at, reverse=True)


def shown(user: Actor, meeting: Meeting) -> dict[str, Any]:
    """All that the page draws."""
    readable = readable_items(user, meeting)
    may_do, steps, rows = ways(user, meeting), steps_of(meeting), items.rows(user, meeting, readable)
    invitation, invited = own_invitation(user, meeting), guests(user, meeting)
    return {
        "meeting": meeting, "title": title(meeting), "facts": facts(meeting), "line": line(meeting, steps),
        "story": _story(meeting, steps, readable), "moved": moved(meeting, steps),
        "rows": rows, "own": own_steps(invitation, rows, leads=bool(may_do.main)), "guests": invited,
        "villages": from_villages(meeting, invited),
        "checks": checks(meeting) if meeting.state == "scheduled" and may_do.arranges else [],
        "barred": meeting.workflow.barred(user, meeting),
        "lacking": meeting.without_quorum() if meeting.state in ("held", "minutes_drafted") else (),
        "attendance": attendance_in_words(meeting), "quorum": quorum_in_words(meeting),
        "ways": may_do, "invitation": invitation, "recording": items.leading(rows),
        "open_tasks": open_before(user, meeting) if meeting.state in (*BEFORE, "held") else [],
        "given": given_here(user, meeting) if meeting.took_place else [],
        "minutes": minutes_of(meeting, readable) if meeting.state in WRITTEN else [],
        "compiled": day(meeting.compiled_at), "compiled_at": hour(meeting.compiled_at),
        "papers": entered(user, meeting), "concluded": list(returned_to(user, meeting)), "unsigned": unsigned(meeting),
    }  # fmt: skip
