"""The way of a case in four stages, and where it stands on it."""

from dataclasses import dataclass

from portal.cases.models import Case
from portal.engine.presentation import day
from portal.engine.text import _

WAY = ("draft", "open", "closing", "closed")
NOT_OPENED = ("draft", "submitted", "rejected", "discarded")
PLACE = {
    "draft": 0, "submitted": 0, "rejected": 0, "discarded": 0, "open": 1, "suspended": 1, "closing": 2, "closed": 3,
}  # fmt: skip


@dataclass(frozen=True)
class Stage:
    """One stage: done, now or next."""

    label: str
    state: str
    day: str
    shape: str


def stages(case: Case) -> list[Stage]:
    """The stages; the present one under the name of the state itself."""
    return [_stage(case, number, name) for number, name in enumerate(WAY)]


def _stage(case: Case, number: int, name: str) -> Stage:
    here = PLACE[case.state]
    standing = case.standing if number == here else case.workflow.states[name]
    state = "now" if number == here else "done" if number < here else "next"
    return Stage(str(standing.label), state, _day(case, name), standing.shape if state == "now" else "")


def _day(case: Case, name: str) -> str:
    if name == "open" and case.state not in NOT_OPENED:
        return _("since %(day)s", day=day(case.received_on))
    return day(case.closed_on) if name == "closed" else ""
