"""The whole story in the order in which it happened, up to a moment: nothing is told that lies after it."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from functools import partial

from portal.cases.actions.measures import MONTHS_AFTER
from portal.cases.models import CaseType
from portal.demo import acts, chance, course, later, story, words, working_days
from portal.demo import managed as of_management
from portal.demo.course import Course
from portal.demo.deeds import Deed, on
from portal.demo.drugs import drugs
from portal.demo.forces import teams_and_cameras
from portal.demo.held import sessions_of_these_days
from portal.demo.hotlines import published_numbers
from portal.demo.households import pledges
from portal.demo.households_now import pledges_of_these_days
from portal.demo.incidents import what_happened
from portal.demo.meetings import meetings
from portal.demo.movement import movement
from portal.demo.patrols import patrols
from portal.demo.patrols_now import patrols_of_these_days
from portal.demo.profile import profile
from portal.demo.reaching_out import outreach
from portal.demo.receiving import receiving
from portal.demo.registering import STILL_WAITS, directives
from portal.demo.reports import reports
from portal.demo.signing import rounds_signed
from portal.demo.these_weeks import these_weeks
from portal.demo.today import Today, day_of_a_user, helpers_of
from portal.demo.turns import ENDED, turns
from portal.demo.weapons import weapons
from portal.engine import clock
from portal.law.days import add_months


def chronicle(now: datetime) -> list[Deed]:
    """All deeds until *now*, oldest first."""
    day = clock.day_of(now)
    courses = [Course(file) for file in (*story.FILES, *later.files_until(day))]
    today = Today(now, [one for one in courses if one.file.commune == "BY"])
    told = [deed for one in courses for deed in course_of(one, today)]
    told += [
        *leaves(), *changes(), *help_given(courses), *rounds_signed(day), *day_of_a_user(today), *these_weeks(today),
        *patrols(today), *patrols_of_these_days(today), *meetings(day), *pledges(day), *pledges_of_these_days(day),
        *sessions_of_these_days(day), *published_numbers(day), *what_happened(day), *teams_and_cameras(day),
        *movement(day), *outreach(day), *profile(day), *drugs(day), *weapons(day), *directives(day), *reports(day),
    ]  # fmt: skip
    told += signed_pages(told, courses, now)
    return sorted((deed for deed in told if deed.at <= now), key=lambda deed: deed.at)


def course_of(one: Course, today: Today) -> Iterator[Deed]:
    managed = one.file.type == CaseType.DRUG_USER_MANAGEMENT
    yield from of_management.decided(one) if managed else course.opening(one)
    yield from receiving(one)
    yield from helpers_of(today, one)
    yield from turns(one)
    if one.file.supervised_by != story.MILITARY:  # that unit keeps papers of its own, the police owe nothing by month
        yield from course.month_by_month(one, today.day, today.told_apart)
        yield from course.contacts(one, today.day)
        yield from course.reports_of_helper(one, today.day)
    if one.file.code not in ENDED and min(one.last_on, one.handed_over_on) <= today.day:
        yield from of_management.ended(one) if managed else course.ending(one)


def signed_pages(told: Sequence[Deed], courses: Iterable[Course], now: datetime) -> Iterator[Deed]:
    """Each decision is signed and numbered within the hour, so that it can be told; those of these weeks, of which
    nobody was told, wait for their signature still."""
    steps = [(deed, *deed.act.args) for deed in told if isinstance(deed.act, partial) and deed.act.func is acts.take]
    people = {one.file.code: one.people for one in courses}
    tells = {key for _deed, key, step in steps if step == "communicate"}
    for deed, key, step in steps:
        if step == "approve" and (key in tells or deed.at < now - STILL_WAITS):
            officer, chief, _chair = people[key.partition("/")[0]]
            by = chief if deed.by == chief else officer
            yield Deed(deed.at + timedelta(minutes=30), by, partial(acts.register_page, key))


def leaves() -> Iterator[Deed]:
    """Absences of the told part: asked for by the officer, endorsed by the chief, permitted by the chair."""
    for leave in story.LEAVES:
        key, (officer, chief, chair) = f"{leave.code}/leave", _people(leave.code)
        asked = acts.Absence(leave.leaves_on, leave.returns_on, leave.destination, leave.reason)
        yield on(leave.asked_on, 9, officer, partial(acts.ask_leave, key, leave.code, asked))
        yield on(working_days.after(leave.asked_on), 10, chief, partial(acts.take, key, "endorse"))
        yield on(working_days.after(leave.asked_on, 3), 10, chair, partial(acts.take, key, "approve"))
        yield on(working_days.after(leave.asked_on, 3), 15, officer, partial(acts.take, key, "communicate"))
        yield on(working_days.after(leave.returns_on), 9, officer, partial(acts.take, key, "carry_out"))


def changes() -> Iterator[Deed]:
    """Terms that a court shortened, recorded when the decision arrives and confirmed by the chief on the same day."""
    for code, (decided_on, months) in story.CUTS.items():
        arrived_on, (officer, chief, _chair) = working_days.after(decided_on, 2), _people(code)
        yield on(arrived_on, 9, officer, partial(acts.cut, code, decided_on, months))
        yield on(arrived_on, 15, chief, partial(acts.confirm_cut, code))


def help_given(courses: Iterable[Course]) -> Iterator[Deed]:
    """Help, and what became of it after three and six months, as long as the person is followed."""
    last_on = {one.file.code: one.last_on for one in courses}
    for one in story.HELP:
        officer = _people(one.code)[0]
        yield on(one.given_on, 15, officer, partial(acts.help_person, one))
        for months in MONTHS_AFTER:
            asked_on = working_days.from_day(add_months(one.given_on, months))
            said = chance.choice(words.RESULTS, one.code, months)
            if asked_on < last_on[one.code]:
                yield on(asked_on, 10, officer, partial(acts.help_result, one, months, said))


def _people(code: str) -> tuple[str, str, str]:
    return next(Course(file).people for file in story.FILES if file.code == code)
