"""The patrols of these days, whatever day it is: one disputed, one not signed by all, one under way, one planned."""

from collections.abc import Iterator
from datetime import timedelta
from functools import partial

from portal.demo import patrols
from portal.demo.deeds import Deed
from portal.demo.outings import END_OF_TABLE, ORDER, Outing
from portal.demo.patrols import BORDER_POST, MILITARY, ONE_DAY, OTHERS, POLICE, USUAL
from portal.demo.today import Today
from portal.engine import clock

ASKED_AHEAD = timedelta(days=3)
FRIDAY, A_WEEK = 4, 7


def patrols_of_these_days(today: Today) -> Iterator[Deed]:
    """None before the told part is over: what it counts stays as it is."""
    if today.day - 2 * ONE_DAY <= END_OF_TABLE:
        return
    yield from disputed(today)
    yield from not_signed_by_all(today)
    yield from under_way(today)
    yield from planned(today)


def disputed(today: Today) -> Iterator[Deed]:
    """Logged the day before yesterday; the military sees it differently, and the police has yet to write it again."""
    made_on = today.day - 2 * ONE_DAY
    why = "Dân quân nhập đoàn lúc 06:30 tại Iệc, không phải từ đầu; đề nghị ghi lại giờ."
    made = Outing(ORDER, made_on, 5, 30, ("Iệc", "Đăk Mế"), disputed=why)
    yield Deed(clock.moment(made_on - ONE_DAY, 16), POLICE, partial(patrols.plan, made, OTHERS))
    yield Deed(clock.moment(made_on, 15), POLICE, partial(patrols.log, made, ""))
    yield Deed(clock.moment(made_on, 16), BORDER_POST, partial(patrols.sign, made.key))
    yield Deed(clock.moment(made_on + ONE_DAY, 9), MILITARY, partial(patrols.dispute, made))


def not_signed_by_all(today: Today) -> Iterator[Deed]:
    """Logged yesterday, and not signed by the border post yet."""
    made_on = today.day - ONE_DAY
    found = "Không phát hiện vi phạm; nhắc 4 hộ khóa cửa kho."
    made = Outing(ORDER, made_on, 5, 30, ("Ngọc Hải", "Bắc Phong"), conclusion=found)
    yield Deed(clock.moment(made_on - ONE_DAY, 16), POLICE, partial(patrols.plan, made, OTHERS))
    yield Deed(clock.moment(made_on, 15), POLICE, partial(patrols.log, made, ""))
    yield Deed(clock.moment(made_on, 17), MILITARY, partial(patrols.sign, made.key))


def under_way(today: Today) -> Iterator[Deed]:
    """Set out within the last hour, and past its first point."""
    begins = today.just_now(60).astimezone(clock.VIETNAM)
    made = Outing(ORDER, today.day, begins.hour, begins.minute - begins.minute % 15, ("Măng Tôn", "Iệc", "Kon Khôn"))
    yield Deed(clock.moment(today.day - ONE_DAY, 16, 30), POLICE, partial(patrols.plan, made, USUAL))
    yield Deed(today.just_now(55), POLICE, partial(patrols.start, made.key))
    yield Deed(today.just_now(15), POLICE, partial(patrols.pass_first, made.key))


def planned(today: Today) -> Iterator[Deed]:
    """For the coming Friday."""
    friday = today.day + timedelta(days=(FRIDAY - today.day.weekday()) % A_WEEK or A_WEEK)
    ahead = Outing(ORDER, friday, 19, 0, ("Kon Khôn", "Tà Ka"))
    at = min(today.just_now(60), clock.moment(friday - ASKED_AHEAD, 9))
    yield Deed(at, POLICE, partial(patrols.plan, ahead, OTHERS))
