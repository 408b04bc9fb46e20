"""A row of the list of cases."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from flask import url_for

from portal.cases import law_days, queries
from portal.cases.doubtful import about_minors
from portal.cases.models import CASE_TYPE_NAMES, CLOSING_REASON_NAMES, Case, CaseType
from portal.cases.presenters.words import duty_title, shape_of, shape_word, window
from portal.duties.models import Duty
from portal.engine.access import Actor
from portal.engine.presentation import day, day_in_margin
from portal.engine.text import _
from portal.people.presenter import withheld


@dataclass(frozen=True)
class NextMark:
    """What a case waits for."""

    shape: str
    word: str
    day: str
    text: str


@dataclass(frozen=True)
class Progress:
    """How much of a term is served. *percent* is None where no share can be told."""

    percent: int | None
    words: str
    ticks: Sequence[float] = ()


@dataclass(frozen=True)
class Row:
    """A case as the list shows it to one reader."""

    case: Case
    url: str
    name: str
    about: str
    type: str
    officer: str
    mark: NextMark
    progress: Progress | None


def rows(user: Actor, cases: Sequence[Case]) -> list[Row]:
    """Make the rows of a page: three questions for all of it."""
    named = queries.visible_names(user, cases)
    dated = queries.readable(user, "read_dates", Case, {one.id for one in cases})
    duties = queries.next_duties(user, cases)
    return [_row(one, one.person_id in named, one.id in dated, duties.get(one.id)) for one in cases]


def _row(case: Case, named: bool, dated: bool, duty: Duty | None) -> Row:
    return Row(
        case=case,
        url=url_for("cases.show", id=case.id),
        name=case.person.full_name if named else withheld(),
        about=_about(case) if named else _("Case %(number)s", number=case.number),
        type=str(CASE_TYPE_NAMES[case.type]),
        officer=case.owner.full_name,
        mark=next_mark(case, duty) if dated or duty else next_report(case),
        progress=progress(case) if dated else None,
    )


def _about(case: Case) -> str:
    """Year of birth and village, as far as they are known."""
    person = case.person
    parts = [str(person.born) if person.born else "", person.village.name if person.village else ""]
    if case.running and about_minors(case):
        parts.append(_("minor, to be checked by hand"))
    return ", ".join(part for part in parts if part)


def next_mark(case: Case, duty: Duty | None) -> NextMark:
    if duty is not None and case.running:
        shape = shape_of(duty.due_on, is_right=duty.is_right)
        return NextMark(shape, shape_word(shape), day_in_margin(duty.due_on), duty_title(duty, case))
    if case.state == "closed":
        reason = CLOSING_REASON_NAMES[case.closing_reason] if case.closing_reason else case.standing.label
        return NextMark("done", "", day_in_margin(case.closed_on), str(reason))
    return NextMark(case.standing.shape, "", "", str(case.standing.label))


def next_report(case: Case) -> NextMark:
    """What comes next for a helper, who knows no day of the case but those of the own quarterly reports."""
    due = law_days.next_helper_report(case) if case.running else None
    if due is None:
        return next_mark(case, None)
    shape = shape_of(due.due_on, is_right=False)
    words = window(due.opens_on, due.due_on)
    return NextMark(shape, shape_word(shape), day_in_margin(due.due_on), _("Quarterly report, %(when)s", when=words))


def progress(case: Case) -> Progress:
    """The bar of a term with its rights as ticks, by the law of its own dates."""
    last = law_days.last_day(case)
    if last is None:
        return Progress(None, _("Last day: to be computed by hand"))
    if case.closed_on and (ended := law_days.ended_early(case)):
        return Progress(None, _("Ended on %(day)s, before the term was over", day=day(ended)))
    if case.type == CaseType.REINTEGRATION:
        return Progress(None, _("Record cleared about %(month)s", month=f"{last.due_on:%m/%Y}"))
    percent = int(case.served_percent)
    words = _("%(percent)s%%, until %(day)s", percent=percent, day=day(last.due_on))
    return Progress(percent, words, tuple(_ticks(case, last.due_on - case.starts_on)))


def _ticks(case: Case, length: timedelta) -> Iterable[float]:
    for due in law_days.calendar(case):
        share = 100 * (due.due_on - case.starts_on).days / (length.days or 1)
        if due.kind == "right" and 0 < share < 100:
            yield round(share, 1)
