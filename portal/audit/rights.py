"""The access table and the workflows as a page prints them: read from the very tables that decide."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from portal.audit import words
from portal.engine.access import Table
from portal.engine.text import mark as _
from portal.engine.text import say
from portal.engine.workflow import Workflow
from portal.organisation.models import ROLE_NAMES, Role

JOINTS = ((" or ", _("%(one)s or %(other)s")), (" and ", _("%(one)s, only %(other)s")))


@dataclass(frozen=True)
class Holder:
    """A role that has a right, and on which records."""

    role: Any
    scope: str


@dataclass(frozen=True)
class Right:
    name: str
    label: Any
    holders: Sequence[Holder]


@dataclass(frozen=True)
class RecordType:
    """A kind of record: who may do what, and what can become of it."""

    id: str
    title: str
    rights: Sequence[Right]
    workflow: Workflow | None


def table_of_rights(table: Table) -> list[RecordType]:
    """Every row of the access table, in its order."""
    return [_record_type(model, rights) for model, rights in table.items()]


def _record_type(model: type[Any], rights: Any) -> RecordType:
    name, workflow = model.__tablename__, getattr(model, "workflow", None)
    title = str(words.RECORDS[name][1]) if name in words.RECORDS else name.replace("_", " ")
    listed = [_right(action, holders, workflow) for action, holders in rights.items()]
    return RecordType(name, title[:1].upper() + title[1:], listed, workflow)


def _right(action: str, holders: Any, workflow: Workflow | None) -> Right:
    step = workflow.named(action) if workflow else None
    label = step.label if step else words.RIGHTS.get(action, action.replace("_", " "))
    return Right(action, label, [Holder(ROLE_NAMES[Role(role)], scope_words(scope)) for role, scope in holders.items()])


def scope_words(scope: Any) -> str:
    """On which records: composed scopes say their parts."""
    return _said(scope.__name__)


def _said(name: str) -> str:
    for joint, joined in JOINTS:
        one, found, other = name.partition(joint)
        if found:
            return say(joined, one=_said(one), other=_said(other))
    return str(words.SCOPES.get(name, name.replace("_", " ")))
