"""The days of a case as they were kept, in words: each with its clause, its version and the facts it follows from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from portal.cases.actions import keeping
from portal.cases.models import Case, Reckoning
from portal.engine.access import Actor, may
from portal.engine.presentation import day
from portal.engine.story import StepTold
from portal.engine.text import _, _l, mark, say
from portal.engine.workflow import steps_of
from portal.law import inputs
from portal.law.rule import Due
from portal.organisation.presenters.stories import story_of

BECAUSE: Mapping[str, Any] = {
    "approve": _l("The case was opened"),
    "confirm": _l("A second person confirmed what moves them"),
    "take_back": _l("A shortening was taken back"),
    "receive": _l("The reception was recorded"),
    "correct_reception": _l("The day of the reception was corrected"),
    "asked": _l("Worked out anew and taken over"),
    keeping.BY_RULE: _l("A number of the law was changed here"),
    keeping.FIRST: _l("Kept for the first time"),
}


@dataclass(frozen=True)
class DayTold:
    """One day: what it is, from what it follows, and what one should know about it."""

    due: Due
    facts: str
    note: str

    @property
    def version(self) -> str:
        return _("version of %(day)s", day=day(self.due.holds_from)) if self.due.holds_from else ""


@dataclass(frozen=True)
class Kept:
    """The days of one act."""

    reckoning: Reckoning
    because: str
    days: Sequence[DayTold]


def shown(case: Case, reader: Actor) -> dict[str, Any]:
    """The days that hold, those of earlier acts, and where others would come out today."""
    acts = [told(one) for one in reversed(case.reckonings) if one.counts]
    by_law = bool(keeping.differing(case))
    waiting = next((one for one in case.reckonings if one.waits), None)
    return {
        "acts": acts, "differing": differing(case), "waiting": waiting,
        "may_ask": by_law and waiting is None and may(reader, "record", case),
    }  # fmt: skip


def differing(case: Case) -> list[keeping.Differing]:
    """Where the days of today are others than those that were kept or checked."""
    return [*keeping.differing(case), *keeping.checked_otherwise(case)]


def told(reckoning: Reckoning) -> Kept:
    days = sorted((one.due for one in reckoning.days), key=lambda due: (due.due_on, due.rule))
    because = str(BECAUSE.get(reckoning.because) or _("The file was changed"))
    return Kept(reckoning, because, [told_day(due) for due in days])


def told_day(due: Due) -> DayTold:
    """One day with its clause, its version and the facts it follows from."""
    return DayTold(due, _facts(due), _note(due))


def story(reckoning: Reckoning) -> Sequence[StepTold]:
    return story_of(reckoning, steps_of(reckoning), mark("%(who)s asked that the new days hold"))


def _facts(due: Due) -> str:
    return ", ".join(f"{say(inputs.name(name))}: {_value(value)}" for name, value in due.inputs.items())


def _note(due: Due) -> str:
    return say(due.note, **{name: _value(value) for name, value in due.note_values.items()}) if due.note else ""


def _value(value: Any) -> str:
    return day(value) if isinstance(value, date) else str(value)
