"""Numbers that somebody typed into a text where a figure would stand."""

import re
import unicodedata
from collections.abc import Iterator

from portal.engine.refusal import Plain
from portal.engine.text import _l, mark
from portal.reports.checks.finding import Check, Finding, Weight, at_once
from portal.reports.models import Report
from portal.reports.sections import BY_ID, TASKS
from portal.reports.wording.told import Figures, parsed

COUNTED = (
    "vụ", "đối tượng", "người", "hộ", "nhân khẩu", "lượt", "buổi", "cuộc", "công dân", "trường hợp", "cơ sở", "mô hình",
    "hội nghị", "bị án", "hồ sơ", "tin báo", "tổ", "đội", "thành viên", "chốt", "camera", "hòm thư", "khẩu súng",
)  # fmt: skip
NAMED = (
    "điều",
    "khoản",
    "điểm",
    "ngày",
    "tháng",
    "năm",
    "quý",
    "thôn",
    "tổ",
    "phố",
    "mốc",
)  # with a number as name
_WHAT = "|".join(COUNTED)
_NUMBER = re.compile(
    rf"(?P<before>\w+\s+)?(?<![\w.,-])(?<!\d/)(?P<told>\d+(?:[.,/]\d+)*\s+(?:{_WHAT}))\b", re.IGNORECASE
)


def typed_numbers(text: str) -> Iterator[str]:
    """A number with what it counts, wherever no braces stand: "06 vụ". Days, numbers of papers, articles of a law and
    shares of a hundred are none."""
    for words in parsed(unicodedata.normalize("NFC", text)):
        if isinstance(words, str):
            yield from (one["told"] for one in _NUMBER.finditer(words) if not _names(one["before"] or ""))


def _names(before: str) -> bool:
    return before.strip().lower() in NAMED


def typed_by_hand(report: Report, _told: Figures) -> Iterator[Finding]:
    """Figures are named, never typed. Tasks to come tell what is planned, which no record counts yet."""
    for section in report.written:
        if section.key not in report.kind.sections or section.key == TASKS:
            continue
        for told in dict.fromkeys(typed_numbers(section.text)):
            text = mark("“%(words)s” in “%(section)s” is typed. Name the figure in braces, or say where it comes from.")
            yield Finding(Plain(text, words=told, section=BY_ID[section.key].label), (section.key, told))


TYPED_BY_HAND = Check(
    "typed-by-hand", _l("Figures are named, not typed"),
    _l("A figure in braces follows the records and opens them; a number in the text does neither."), Weight.DOUBT,
    at_once(typed_by_hand),
)  # fmt: skip
