"""The kinds of reports that a commune usually owes, as it takes them over to begin with; then they are its own."""

import re
from collections.abc import Collection, Mapping
from itertools import count
from typing import Any

from portal.engine.vietnamese import fold
from portal.organisation.models import Role
from portal.reports.models import Body
from portal.reports.periods import Basis, Length
from portal.reports.sections import SECTIONS

MOVEMENT = "mass_movement"
ALL = [section.id for section in SECTIONS]
OF_ORDER = [key for key in ALL if key not in ("advice", "rural")]
TITLE = "Tình hình, kết quả công tác bảo đảm an ninh, trật tự"
TO_COMMITTEE = "Thường trực Đảng ủy {place}\nUBND {place}\nThành viên Ban Chỉ đạo\nLưu: VT, BCĐ"
TO_ABOVE = "UBND tỉnh\nCông an tỉnh\nĐảng ủy {place}\nLưu: VT"
DEADLINES = {Length.MONTH: 2, Length.QUARTER: 3, Length.HALF: 5, Length.NINE_MONTHS: 5, Length.YEAR: 7}  # our own, days


CODE_LETTERS = 40


def own_code(title: str, taken: Collection[str]) -> str:
    """A code for a kind of a commune's own: the words of its title in plain letters, with a number where others have
    them already, or one of the usual kinds."""
    words = re.sub("[^a-z0-9]+", "_", fold(title)).strip("_")[:CODE_LETTERS].strip("_") or "own"
    known = {*taken, *usual_codes()}
    codes = (words if number == 1 else f"{words}_{number}" for number in count(1))
    return next(code for code in codes if code not in known)


def usual_codes() -> frozenset[str]:
    """By which kinds of different communes are known to be the same."""
    return frozenset(str(facts["code"]) for facts in usual())


def usual(place: str = "xã") -> list[Mapping[str, Any]]:
    """The columns of each, save its commune and since when it is owed; *place* is the kind of commune: xã, phường."""
    movement = {
        "code": MOVEMENT, "title": "Kết quả phong trào toàn dân bảo vệ an ninh Tổ quốc", "addressee": "",
        "recipients": TO_COMMITTEE.format(place=place), "basis": Basis.CALENDAR, "length": Length.FREE,
        "sections": ALL, "table": False, "due_days": None, "body": Body.STEERING_COMMITTEE,
        "signer_role": Role.COMMUNE_LEADER,
    }  # fmt: skip
    return [movement, *(_of_order(place, length, days) for length, days in DEADLINES.items())]


def _of_order(place: str, length: Length, days: int) -> Mapping[str, Any]:
    return {
        "code": f"order_{length}", "title": TITLE, "addressee": "", "recipients": TO_ABOVE.format(place=place),
        "basis": Basis.FOURTEENTH, "length": length, "sections": OF_ORDER, "table": length != Length.MONTH,
        "due_days": days, "body": Body.COMMITTEE, "signer_role": Role.COMMUNE_LEADER,
    }  # fmt: skip
