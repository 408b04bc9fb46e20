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
    "vụ", "đối tượng", "người", "hộ", "nhân khẩu", "khẩu", "lượt", "lần", "buổi", "cuộc", "công dân", "trường hợp",
    "cơ sở", "mô hình", "hội nghị", "bị án", "hồ sơ", "tin báo", "tin", "tổ", "đội", "thành viên", "chốt", "camera",
    "mắt", "hòm thư", "khẩu súng", "súng", "dao", "thôn", "bản", "văn bản", "quyết định", "kế hoạch", "tờ rơi",
    "băng rôn", "pano", "xe", "gam", "gram", "kg", "km", "ha", "đồng", "nghìn đồng", "triệu", "tỷ", "dân tộc",
    "tập thể", "cá nhân", "gia đình", "vũ khí",
)  # fmt: skip
AS_NAMES = ("điều", "khoản", "điểm", "ngày", "mốc", "quý")  # whatever number follows
PLACES, MOST_PLACES = ("thôn", "tổ", "phố"), 30  # "thôn 8" is a place, "8 thôn 200 hộ" are two counts
MONTHS = 12
_WHAT = "|".join(COUNTED)
_NUMBER = re.compile(
    rf"(?P<before>\w+\s+)?(?<![\w.,-])(?<!\d/)(?P<told>(?P<number>\d+(?:[.,/]\d+)*)(?:\s*%|\s+(?:{_WHAT})\b))",
    re.IGNORECASE,
)


def typed_numbers(text: str) -> Iterator[str]:
    """A number with what it counts, wherever no braces stand: "06 vụ", "985,6 gam", "46%". Days, numbers of papers,
    articles of a law and places that bear a number are none."""
    for words in parsed(unicodedata.normalize("NFC", text)):
        if isinstance(words, str):
            found = _NUMBER.finditer(words)
            yield from (one["told"] for one in found if not _names(one["before"] or "", one["number"]))


def _names(before: str, number: str) -> bool:
    """Whether what stands in front makes a name of the number."""
    word = before.strip().lower()
    if word in PLACES:
        return number[:1] != "0" and number.isdigit() and int(number) <= MOST_PLACES
    if word == "tháng":
        return "/" in number or (number.isdigit() and int(number) <= MONTHS)
    if word == "năm":
        return re.fullmatch(r"(19|20)\d\d", number) is not None
    return word in AS_NAMES


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
