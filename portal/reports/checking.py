"""The checks of a report as a whole: what they find, what was overruled, and what stands in the way of a step."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from portal.engine.refusal import Plain, Reason
from portal.engine.text import as_on_paper, mark
from portal.engine.transaction import read_at_one_moment
from portal.engine.waiting import Work
from portal.reports import figures
from portal.reports.checks import CHECKS, Check, Finding, Finds, Weight
from portal.reports.models import Overruling, Report
from portal.reports.wording.told import Figures


@dataclass(frozen=True)
class Found:
    """A finding of a check in a report, and by what it was overruled."""

    check: Check
    finding: Finding
    overruling: Overruling | None

    @property
    def key(self) -> str:
        return self.check.key(self.finding)

    @property
    def in_the_way(self) -> bool:
        """Whether the report is not submitted before it is mended, or overruled."""
        doubted = self.check.weight == Weight.DOUBT and self.overruling is None
        return doubted or self.check.weight == Weight.HARD


Looking = Work[tuple[Check, Finds], list[Found]]


def look(report: Report, some: Sequence[Check] = CHECKS, told: Figures | None = None) -> Iterator[Found]:
    """Everything that the checks find now, in their order."""
    now = told or figures.of_report(report)
    return all_of(looking(report, lambda: now, some))


def looking(report: Report, told: Callable[[], Figures], some: Sequence[Check] = CHECKS) -> Looking:
    """The same as work that can be waited for, part by part; the figures have to be there once it begins."""
    answered = {one.finding: one for one in report.overrulings if one.voided_at is None}

    def find(part: tuple[Check, Finds]) -> list[Found]:
        check, finds = part
        return [Found(check, one, answered.get(check.key(one))) for one in finds(report, told())]

    return Work([(check, finds) for check in some for finds in check.parts(report)], find)


def all_of(work: Looking) -> Iterator[Found]:
    """What was found; what is left to look at is looked at first."""
    return chain.from_iterable(work.finished())


def found_by(report: Report, key: str) -> Found | None:
    """A finding by its key, all read as it stands at one moment; none once the figures or the records are others."""
    read_at_one_moment()
    some = [check for check in CHECKS if key.startswith(f"{check.id}-")]
    return next((one for one in look(report, some) if one.key == key), None)


def against_submitting(report: Report) -> list[Reason]:
    """Hard findings each, and how many doubts nobody answered."""
    with as_on_paper():
        standing = [one for one in look(report) if one.in_the_way]
    hard = [one.finding.reason for one in standing if one.check.weight == Weight.HARD]
    left = len(standing) - len(hard)
    if left:
        text = mark("The checks found something that nobody answered yet: %(count)s. Open them, mend it or say why.")
        hard.append(Plain(text, count=left))
    return hard


def unanswered(report: Report, told: Figures) -> list[Found]:
    """The doubts that nobody answered: of a submitted report, what came up since."""
    doubts = [check for check in CHECKS if check.weight == Weight.DOUBT]
    with as_on_paper():
        return [one for one in look(report, doubts, told) if one.in_the_way]


def against_freezing(report: Report, told: Figures | None = None) -> list[Reason]:
    """What no reason overrules: figures that do not add up are not signed."""
    hard = [check for check in CHECKS if check.weight == Weight.HARD]
    with as_on_paper():
        return [one.finding.reason for one in look(report, hard, told)]
