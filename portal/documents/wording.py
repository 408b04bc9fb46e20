"""How officials write days, numbers and sources of law in papers."""

import re
from datetime import date

from portal.law.rule import ACT_2025, NEW_ACT, OLD_ACT

NAMES_OF_ACTS = (
    ("Luật THAHS ", "Luật Thi hành án hình sự số "),
    ("Luật Phòng, chống ma túy ", "Luật Phòng, chống ma túy số "),
    ("Luật Bảo vệ dữ liệu cá nhân ", "Luật Bảo vệ dữ liệu cá nhân số "),
    ("Nghị định ", "Nghị định số "),
    ("Thông tư ", "Thông tư số "),
    ("TT ", "Thông tư số "),
    ("TTLT ", "Thông tư liên tịch số "),
)
_ONE_CLAUSE = re.compile(r"Điều (\S+?)(?: khoản (\S+?))?(?: điểm (\S+?))?")


def written_day(day: date) -> str:
    """ "ngày 05 tháng 02 năm 2026": a zero before days below ten, and before the months one and two only."""
    return f"ngày {day.day:02d} {written_month(day.year, day.month)}"


def written_month(year: int, month: int) -> str:
    return f"tháng {month:02d} năm {year}" if month < 3 else f"tháng {month} năm {year}"


def place_and_day(place: str, day: date | None, year: int) -> str:
    """The line under the motto; blanks to be filled by hand while there is no day."""
    told = written_day(day) if day else f"ngày {BLANK} tháng {BLANK} năm {year}"
    return f"{place}, {told}"


BLANK = "\N{NO-BREAK SPACE}" * 6


def short_day(day: date) -> str:
    return f"{day:%d/%m/%Y}"


def cited(source: str) -> str:
    """A source of the law as a ground is cited: clause first, act after. A rule of our own is no ground: empty.

    "Nghị định 231/2026/NĐ-CP, Điều 12 khoản 5" becomes "khoản 5 Điều 12 Nghị định số 231/2026/NĐ-CP".
    """
    act, _comma, clause = source.partition(";")[0].partition(", Điều ")
    named = next((act.replace(short, full, 1) for short, full in NAMES_OF_ACTS if act.startswith(short)), "")
    if not named:
        return ""
    found = _ONE_CLAUSE.fullmatch(f"Điều {clause}") if clause else None
    return f"{_clause_first(found)} {named}" if found else named


def in_force(source: str, day: date) -> str:
    """A source as a paper of a day may name it.

    Numbers of the act of 2019 go on after 01/07/2026 where nobody has read that of 2025 (U25): the paper then names the
    new act without an article, and no article of an act that is no longer in force.
    """
    return NEW_ACT if day >= ACT_2025 and source.startswith(OLD_ACT) else source


def _clause_first(found: re.Match[str]) -> str:
    article, paragraph, point = found.groups()
    parts = (f"điểm {point}" if point else "", f"khoản {paragraph}" if paragraph else "", f"Điều {article}")
    return " ".join(part for part in parts if part)
