"""A log as it was frozen, field by field: to be signed, or one version beside another."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from portal.engine.presentation import moment
from portal.engine.text import _
from portal.patrols.models import PatrolLog

SHORT = 24  # letters that stand beside other facts


@dataclass(frozen=True)
class Compared:
    """A line of the table: what each version has there, and whether it is marked where they differ."""

    label: str
    values: Sequence[str]
    marked: bool = True

    @property
    def differs(self) -> bool:
        return self.marked and len(set(self.values)) > 1


@dataclass(frozen=True)
class Told:
    """A field of one log, line by line."""

    label: str
    lines: Sequence[str]

    @property
    def long(self) -> bool:
        """Whether it takes the whole width: what people wrote, line by line or in a sentence."""
        return len(self.lines) > 1 or any(len(line) > SHORT for line in self.lines)


def columns(logs: Sequence[PatrolLog]) -> list[str]:
    """The heads of the table: one column a version."""
    return [_("Field"), *(_("Version %(number)s", number=log.number) for log in logs)]


def compared(logs: Sequence[PatrolLog]) -> list[Compared]:
    """What each version says, then who wrote it and what was said against it."""
    fields = [Compared(label, [said(log) for log in logs]) for label, said in _content()]
    fields.sort(key=lambda one: not one.differs)  # what differs is what is looked for
    by = Compared(_("Written by"), [f"{_author(log)}\n{moment(log.logged_at)}" for log in logs], marked=False)
    return [*fields, by, Compared(_("Disputed"), [_disputed(log) for log in logs], marked=False)]


def same(rows: Sequence[Compared]) -> list[Compared]:
    """The fields that say the same in every version."""
    return [one for one in rows if one.marked and not one.differs]


def told(log: PatrolLog) -> list[Told]:
    """All that is signed, and who wrote it."""
    fields = [Told(label, said(log).splitlines()) for label, said in _content()]
    return [*fields, Told(_("Written by"), [_author(log)])]


def _content() -> Sequence[tuple[str, Callable[[PatrolLog], str]]]:
    """The fields that are frozen, as they are read."""
    return (
        (_("Start"), lambda log: moment(log.started_at)), (_("End"), lambda log: moment(log.ended_at)),
        (_("Leader"), lambda log: log.leader or "–"), (_("Forces"), lambda log: log.forces),
        (_("Means"), lambda log: log.means or "–"), (_("Points passed"), lambda log: log.stops or "–"),
        (_("Violations found"), lambda log: str(log.violations_found)),
        (_("Result"), lambda log: log.conclusion or "–"),
        (_("Recommendation"), lambda log: log.recommendation or "–"),
    )  # fmt: skip


def _author(log: PatrolLog) -> str:
    return f"{log.logged_by.full_name}, {log.logged_for.title}"


def _disputed(log: PatrolLog) -> str:
    return f"{log.dispute.unit.title}: “{log.dispute.reason}”" if log.dispute else "–"
