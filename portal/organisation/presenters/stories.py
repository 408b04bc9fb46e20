"""The story of a record as every room tells it: one sentence a step, who, as whom and for whom, the latest first."""

from collections.abc import Mapping, Sequence
from typing import Any

from portal.engine.story import StepTold
from portal.engine.text import _, say
from portal.engine.workflow import Step
from portal.organisation.models import ROLE_NAMES, Role, User
from portal.organisation.queries import users_named


def story_of(
    record: Any, steps: Sequence[Step], begun: str = "", shapes: Mapping[str, str] | None = None
) -> list[StepTold]:
    """A record's steps after how somebody *began* it, a sentence with %(who)s; *shapes*: of steps that are not done."""
    people = users_named(people_of(record, steps))
    told = [
        StepTold(step.at, sentence(record, step, people), step.reason, (shapes or {}).get(step.name, "done"))
        for step in reversed(steps)
    ]
    return [*told, StepTold(record.created_at, say(begun, who=name(people, record.created_by_id)))] if begun else told


def people_of(record: Any, steps: Sequence[Step]) -> set[int]:
    """Whoever the story names."""
    named = (record.created_by_id, *(one for step in steps for one in (step.by_id, step.on_behalf_of_id)))
    return {one for one in named if one is not None}


def sentence(record: Any, step: Step, people: Mapping[int, User]) -> str:
    """A step as a sentence."""
    transition = record.workflow.named(step.name)
    return say(transition.story, who=who(step, people)) if transition else step.name


def who(step: Step, people: Mapping[int, User]) -> str:
    """Name, office, and for whom they acted."""
    acted, role = name(people, step.by_id), _role(step)
    if step.by_id not in people or not role:
        return acted
    if other := people.get(step.on_behalf_of_id or 0):
        return _("%(name)s (%(role)s, on behalf of %(other)s)", name=acted, role=role, other=other.full_name)
    return _("%(name)s (%(role)s)", name=acted, role=role)


def name(people: Mapping[int, User], id: int | None) -> str:
    """What somebody is called; what nobody pressed, the portal did."""
    found = people.get(id or 0)
    return found.full_name if found else str(_("The portal"))


def _role(step: Step) -> str:
    return str(ROLE_NAMES[Role(step.role)]) if step.role in set(Role) else ""
