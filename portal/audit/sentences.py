"""An event as a sentence: who did what to which record, as whom, at which hour."""

import ast
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask import current_app
from flask_babel import format_date, format_datetime

from portal.audit import words
from portal.audit.queries import Names
from portal.cases.workflow import ASSIGNMENT, BIRTH_CORRECTION, CASE, CHECK_IN, DEATH, TERM_CHANGE
from portal.duties.presenter import rules
from portal.engine import clock
from portal.engine.audit import AuditEvent, time_told
from portal.engine.text import _, say
from portal.engine.workflow import Transition, Workflow
from portal.households.workflow import BREACH, CAMPAIGN, PLEDGE
from portal.incidents.workflow import OBSERVATION
from portal.meetings.workflow import MEETING, TASK
from portal.organisation.models import ROLE_NAMES, Role
from portal.patrols.workflow import PATROL
from portal.proposals.workflow import PROPOSAL

WORKFLOWS: Mapping[str, Workflow] = {
    "case": CASE, "assignment": ASSIGNMENT, "check_in": CHECK_IN, "proposal": PROPOSAL,
    "term_change": TERM_CHANGE, "patrol": PATROL, "observation": OBSERVATION, "meeting": MEETING,
    "action_item": TASK,
    "death": DEATH,
    "birth_correction": BIRTH_CORRECTION, "pledge_campaign": CAMPAIGN, "pledge": PLEDGE, "pledge_breach": BREACH,
}  # fmt: skip
REFUSED = ("refused", "sign_in_failed")


@dataclass(frozen=True)
class Change:
    """A field with its old and new value; a detail of a deed has no old one."""

    field: str
    new: str
    old: str | None = None


@dataclass(frozen=True)
class EventTold:
    """An event as a page shows it."""

    event: AuditEvent
    sentence: str
    circumstances: str
    changes: Sequence[Change]
    case_id: int | None
    refused: bool

    @property
    def day(self) -> date:
        """The calendar day in Viet Nam."""
        return clock.day_of(self.event.at)


def told(event: AuditEvent, names: Names) -> EventTold:
    return EventTold(
        event,
        deed(event, names),
        circumstances(event, names),
        tuple(_change(event.record_type, field, value, names) for field, value in sorted(event.changes.items())),
        event.root_id if event.root_type == "case" and event.root_id in names.cases else None,
        event.action in REFUSED,
    )


def deed(event: AuditEvent, names: Names) -> str:
    """What was done, by whom, to what."""
    who = names.users.get(event.user_id or 0) or _("The portal itself")
    what = _what(event, names)
    if event.action in words.DEEDS:
        kind = _kind(str(event.changes.get("type", event.record_type)))
        return say(words.DEEDS[event.action], who=who, what=what, kind=kind, rows=event.changes.get("rows", 0))
    if step := step_named(event):
        return f"{say(step.story, who=who)}: {what}"
    return say(words.OTHERWISE, who=who, what=what, deed=event.action.replace("_", " "))


def step_named(event: AuditEvent) -> Transition | None:
    """The step of the record's workflow that the event tells of."""
    workflow = _workflow_of(event.record_type)
    return workflow.named(event.action) if workflow else None


def _workflow_of(kind: str) -> Workflow | None:
    """The workflow of a kind of record: of a room that stands above this one, as the room declares its records."""
    if kind in WORKFLOWS:
        return WORKFLOWS[kind]
    records = (record for area in current_app.extensions["areas"] for record in area.records)
    return next((record.workflow for record in records if record.__tablename__ == kind and _moves(record)), None)


def _moves(record: Any) -> bool:
    return getattr(record, "workflow", None) is not None


def circumstances(event: AuditEvent, names: Names) -> str:
    """As whom and for whom."""
    if event.role not in set(Role):
        return ""
    role = str(ROLE_NAMES[Role(event.role)])
    role = role[:1].lower() + role[1:]
    if event.on_behalf_of_id:
        behalf = names.users.get(event.on_behalf_of_id, "")
        return str(_("as %(role)s on behalf of %(name)s", role=role, name=behalf))
    return str(_("as %(role)s", role=role))


def _what(event: AuditEvent, names: Names) -> str:
    asked = str(event.changes.get("type", ""))
    if not event.record_type and "id" in event.changes:  # a refusal names what was asked for, which may not exist
        return str(_("%(kind)s, no. %(id)s", kind=_kind(asked), id=event.changes["id"]))
    if not event.record_type:
        return _kind(asked)
    name = names.of(event) or _("no. %(id)s", id=event.root_id or event.record_id)
    known = words.RECORDS.get(f"{event.record_type} of {event.root_type}") or words.RECORDS.get(event.record_type)
    return say(known[0], name=name) if known else f"{event.record_type} {name}"


def _kind(kind: str) -> str:
    return str(words.RECORDS[kind][1]) if kind in words.RECORDS else kind.replace("_", " ")


def _change(kind: str, field: str, value: Any, names: Names) -> Change:
    label = str(words.FIELDS.get(field, field.replace("_", " ")))
    if isinstance(value, list) and len(value) == 2:
        old, new = value
        return Change(label, _value(kind, field, new, names), _value(kind, field, old, names))
    return Change(label, _value(kind, field, value, names))


def _value(kind: str, field: str, value: Any, names: Names) -> str:
    """A value in words. What entered the trail as a keyed digest stays closed here as well."""
    if value is None or value == "":
        return "–"
    if isinstance(value, bool):
        return str(_("yes") if value else _("no"))
    if isinstance(value, str) and value.startswith("#"):
        return str(_("protected"))
    if field == "state" and (workflow := _workflow_of(kind)) and value in workflow.states:
        return str(workflow.states[value].label)
    return _named(field, value, names) or (say(value) if field == "void_reason" else _day(str(value)))


def _named(field: str, value: Any, names: Names) -> str:
    """What a value of the code is called: a role, a rule, a unit or an account by its id; nothing of any other."""
    if field in words.UNITS or field in words.USERS:
        return (names.units if field in words.UNITS else names.users).get(value, "")
    if field.endswith("role") and value in set(Role):
        return str(ROLE_NAMES[Role(value)])
    if field == "rule" and (rule := rules().get(value)):
        return str(rule.label)
    if field == "subject_type":
        return _kind(value)
    return _listed(value) if field == "values" else ""


def _listed(value: str) -> str:
    """The values of a sentence one after another, without their names in the code."""
    try:
        kept = ast.literal_eval(value)
    except (ValueError, SyntaxError):
        return ""
    return ", ".join(str(one) for one in kept.values()) if isinstance(kept, dict) else ""


def _day(text: str) -> str:
    """A day or moment as the trail keeps it, in the reader's spelling; anything else as it is."""
    told_of = time_told(text)
    if isinstance(told_of, datetime):
        return str(format_datetime(told_of, "HH:mm, dd/MM/yyyy"))
    return str(format_date(told_of, "dd/MM/yyyy")) if told_of else text
