"""Two versions of a log, field by field."""

from collections.abc import Sequence
from dataclasses import dataclass

from portal.engine.presentation import moment
from portal.engine.text import _
from portal.patrols.models import PatrolLog


@dataclass(frozen=True)
class Compared:
    """A field as each version has it, and whether they differ."""

    label: str
    values: Sequence[str]

    @property
    def differs(self) -> bool:
        return len(set(self.values)) > 1


def compared(logs: Sequence[PatrolLog]) -> list[Compared]:
    """All fields, one column a version."""
    labels = {
        "started_at": _("Start"), "ended_at": _("End"), "leader": _("Leader"), "forces": _("Forces"),
        "means": _("Means"), "stops": _("Points passed"), "violations_found": _("Violations found"),
        "conclusion": _("Result"), "recommendation": _("Recommendation"),
    }  # fmt: skip
    return [Compared(str(label), [_said(log, name) for log in logs]) for name, label in labels.items()]


def _said(log: PatrolLog, name: str) -> str:
    value = getattr(log, name)
    if name.endswith("_at"):
        return moment(value)
    return str(value) if value not in ("", None) else "–"
