"""What makes the day of a user real, whatever day it is: something missing, something returned, something waiting."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial

from portal.cases.models import CaseType
from portal.demo import acts, words, working_days
from portal.demo.course import HELPERS, OFFICERS, Course, colleague_of, helping, timely_day
from portal.demo.deeds import Deed, on
from portal.engine import clock
from portal.law.residence_supervision import Reach
from portal.law.rule import Due

MISSING, AGAIN, DEFICIENT = "SS-06", "SS-05", "SS-07"  # whose report shows what, as long as they run
NEW_DAYS = 45  # for how long after its receipt a file's helper may still wait for the chair
REST_DAYS = 90  # what a term must still last for an absence to be asked for
ASKED_DAYS, LEFT_IN, TOO_MANY = 20, 12, 5


@dataclass(frozen=True)
class Today:
    """The day of loading, and the files of the first commune."""

    now: datetime
    courses: Sequence[Course]

    @property
    def day(self) -> date:
        return clock.day_of(self.now)

    @property
    def month(self) -> date:
        return self.day.replace(day=1)

    def running(self, *types: CaseType, rest: int = 0) -> list[Course]:
        """Files of some types that an officer has had for a week and that last so many days more, oldest first."""
        week_ago, later = self.day - timedelta(days=7), self.day + timedelta(days=rest)
        running = [one for one in self.courses if one.accepted_on < week_ago and one.last_on > later]
        return [one for one in running if not types or one.file.type in types]

    @property
    def owing(self) -> list[tuple[Course, Due]]:
        """Three sentences that owe a self-report this month, those that the story names first."""
        named = (MISSING, AGAIN, DEFICIENT)
        running = self.running(CaseType.SUSPENDED_SENTENCE)
        found = [(one, due) for one in running if (due := one.report_owed(self.month))]
        return sorted(found, key=lambda pair: named.index(pair[0].file.code) if pair[0].file.code in named else 9)[:3]

    @property
    def newest(self) -> Course | None:
        """The file received last of those that get a helper."""
        known = [one for one in self.courses if one.helper and one.file.received_on < self.day < one.last_on]
        return max(known, key=lambda one: one.file.received_on, default=None)

    @property
    def helper_waits(self) -> str | None:
        """The code of the newest file, as long as it is new."""
        newest = self.newest
        return newest.file.code if newest and (self.day - newest.file.received_on).days <= NEW_DAYS else None

    @property
    def told_apart(self) -> set[tuple[str, date]]:
        """The self-reports that are told here and not by the month."""
        return {(one.file.code, self.month) for one, _due in self.owing}

    def just_now(self, minutes: int) -> datetime:
        """So many minutes ago, but still today."""
        return max(clock.moment(self.day, 0, 1), self.now - timedelta(minutes=minutes))


def day_of_a_user(today: Today) -> Iterator[Deed]:
    yield from reports_of_this_month(today)
    yield from leave_that_waits(today)
    yield from leave_of_a_supervised_person(today)
    yield from leave_returned(today)
    yield from another_helper(today)


def reports_of_this_month(today: Today) -> Iterator[Deed]:
    """The first is missing; the second was returned and is handed in anew today; the third is returned by now."""
    for (course, due), again in zip(today.owing[1:], (True, False), strict=False):
        code, officer = course.file.code, course.file.officer
        came_on = timely_day(course, today.month, due)
        if came_on < today.day:
            yield on(came_on, 9, officer, partial(acts.report, code, today.month, ""))
            yield on(working_days.after(came_on), 9, officer, partial(acts.return_report, code, today.month))
        if again:
            note = words.AGAIN if came_on < today.day else ""
            taken_by = colleague_of(officer) if officer in OFFICERS else officer  # the officer has still to check it
            yield Deed(today.just_now(20), taken_by, partial(acts.report, code, today.month, note))


def leave_that_waits(today: Today) -> Iterator[Deed]:
    """Twenty days that the chief endorsed and the chair has not decided; and a draft longer than the law allows."""
    sentences = (CaseType.NON_CUSTODIAL_REFORM, CaseType.CONDITIONAL_RELEASE, CaseType.SUSPENDED_SENTENCE)
    for sentence in sentences:
        for course in today.running(sentence, rest=REST_DAYS)[:1]:
            yield from _asked_for(today, course)
            return


def _asked_for(today: Today, course: Course) -> Iterator[Deed]:
    code, (officer, chief, _chair) = course.file.code, course.people
    leaves_on, back = today.day + timedelta(days=LEFT_IN), timedelta(days=ASKED_DAYS - 1)
    asked = acts.Absence(leaves_on, leaves_on + back, "xã Ia Chim, tỉnh Quảng Ngãi", "Giúp người thân thu hoạch cà phê")
    yield on(working_days.before(today.day, 4), 9, officer, partial(acts.ask_leave, f"{code}/asked", code, asked))
    yield on(working_days.before(today.day, 2), 10, chief, partial(acts.take, f"{code}/asked", "endorse"))
    limits = course.regime.absence_limits(leaves_on, course.regime.term_days(course.term))
    days = timedelta(days=limits.each + TOO_MANY - 1)
    long = acts.Absence(leaves_on, leaves_on + days, "phường Pleiku, tỉnh Gia Lai", "Đi làm thuê theo mùa vụ")
    draft = partial(acts.draft_leave, f"{code}/too-long", code, long)
    yield on(working_days.before(today.day), 14, officer, draft)


def leave_of_a_supervised_person(today: Today) -> Iterator[Deed]:
    """Ten days of the next month, which is what residence supervision allows: waits for the chief, to go up."""
    for course in today.running(CaseType.RESIDENCE_SUPERVISION, rest=REST_DAYS)[:1]:
        leaves_on = (today.month + timedelta(days=32)).replace(day=10)
        asked = acts.Absence(
            leaves_on,
            leaves_on + timedelta(days=9),
            "phường Kon Tum, tỉnh Quảng Ngãi",
            "Dự đám cưới con, thăm gia đình",
            Reach.PROVINCE,
        )
        act = partial(acts.ask_leave, f"{course.file.code}/asked", course.file.code, asked)
        yield on(working_days.before(today.day), 10, course.file.officer, act)


def leave_returned(today: Today) -> Iterator[Deed]:
    """Asked for, endorsed, and returned by the chair with the reason."""
    for course in today.running(CaseType.CONDITIONAL_RELEASE, rest=REST_DAYS)[:1]:
        key, (officer, chief, chair) = f"{course.file.code}/returned", course.people
        leaves_on = today.day + timedelta(days=LEFT_IN)
        asked = acts.Absence(
            leaves_on, leaves_on + timedelta(days=4), "phường Quy Nhơn, tỉnh Gia Lai", "Khám bệnh theo giấy hẹn"
        )
        yield on(working_days.before(today.day, 6), 9, officer, partial(acts.ask_leave, key, course.file.code, asked))
        yield on(working_days.before(today.day, 5), 10, chief, partial(acts.take, key, "endorse"))
        reason = "Bổ sung giấy hẹn khám và nơi lưu trú trong thời gian vắng mặt."
        yield on(working_days.before(today.day, 3), 10, chair, partial(acts.return_with, key, reason))


def another_helper(today: Today) -> Iterator[Deed]:
    """Where no file is new enough to wait for its first helper, the newest one asks for another."""
    course = today.newest
    if course is None or today.helper_waits or course not in today.running(rest=30):
        return
    code, (officer, chief, _chair) = course.file.code, course.people
    other = next(helper for helper in HELPERS.values() if helper != course.helper)
    propose = partial(acts.propose_helper, f"{code}/other-helper", code, other, words.OTHER_HELPER)
    yield on(working_days.before(today.day, 3), 9, officer, propose)
    yield on(working_days.before(today.day), 10, chief, partial(acts.take, f"{code}/other-helper", "endorse"))


def helpers_of(today: Today, course: Course) -> Iterator[Deed]:
    return helping(course, waits=course.file.code == today.helper_waits)
