"""Cases that a lawyer can read: tables of what is known and what must come out, one file a regime (`cases/*.md`).

Each row names the vector of the reference, the rule, the question, the facts and the answer, in Vietnamese. What a
phrase of the facts means stands in `FACTS`, what a question asks in `QUESTIONS` (test_cases_in_words.py).
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from portal.law.days import DAYS_OFF
from portal.law.days_off import entered
from portal.law.rule import Cut, Parameters, Term

FOLDER = Path(__file__).parent / "cases"
COLUMNS = 5


@dataclass(frozen=True)
class Row:
    """One case, with the file and the line in which it stands."""

    regime: str
    line: int
    vector: str
    rule: str
    question: str
    given: str
    expected: str

    def __str__(self) -> str:
        return f"{self.regime}:{self.line} {self.vector} {self.rule} {self.question} {self.given}"


def rows() -> Iterator[Row]:
    """All cases of all files; the title of a file names the regime in backticks."""
    for file in sorted(FOLDER.glob("*.md")):
        lines = file.read_text("utf-8").splitlines()
        (regime,) = re.findall(r"`(\w+)`", lines[0])
        for number, line in enumerate(lines, 1):
            cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
            if line.startswith("|") and cells[0] not in ("Mã", "---"):
                assert len(cells) == COLUMNS, f"{file.name}:{number}"
                yield Row(regime, number, *cells)


ANY_TERM = Term(date(2026, 7, 1), 12, date(2026, 7, 1))


@dataclass
class Facts:
    """What the row says is known; *named* holds what only some questions need."""

    term: Term = ANY_TERM
    cuts: list[Cut] = field(default_factory=list)
    done: list[date] = field(default_factory=list)
    chosen: dict[str, str] = field(default_factory=dict)
    days_off: Any = DAYS_OFF
    named: dict[str, Any] = field(default_factory=dict)

    def __getitem__(self, name: str) -> Any:
        return self.named[name]

    def applied(self, parameters: Parameters) -> Parameters:
        """The numbers with the readings and the days off of this row."""
        return replace(parameters, chosen=self.chosen, days_off=self.days_off)


def day(text: str) -> date:
    return datetime.strptime(text, "%d/%m/%Y").date()  # noqa: DTZ007  a day, read by hand


def moment(text: str) -> datetime:
    return datetime.strptime(text, "%H:%M %d/%m/%Y")  # noqa: DTZ007  the commune's own clock


D, N = r"(\d\d/\d\d/\d{4})", r"(\d+)"
IN_TERM: Mapping[str, Any] = {
    rf"bắt đầu {D}": lambda found: {"starts_on": day(found), "received_on": day(found)},
    rf"{N} tháng": lambda found: {"months": int(found)},
    rf"in {D}": lambda found: {"printed_ends_on": day(found)},
    rf"giấy in ngày {D}": lambda found: {"printed_paper_on": day(found)},
    rf"trừ {N} ngày": lambda found: {"credit_days": int(found)},
    rf"không tính {N} ngày": lambda found: {"credit_days": -int(found)},
    rf"sinh {D}": lambda found: {"born_on": day(found)},
}
NAMED: Mapping[str, tuple[str, Any]] = {
    rf"nhận {D}": ("received_on", day),
    rf"tiếp nhận {D}": ("reception_on", day),
    rf"ngày {D}": ("day", day),
    rf"đi {D}": ("leaves_on", day),
    rf"về {D}": ("returns_on", day),
    rf"hành vi {D}": ("used_on", day),
    rf"ký {D}": ("decided_on", day),
    rf"hình phạt bổ sung đến {D}": ("additional_ends_on", day),
    r"lúc (\d\d:\d\d \d\d/\d\d/\d{4})": ("at", moment),
    r"tháng (\d\d/\d{4})": ("month", lambda found: day(f"01/{found}")),
    rf"đã dùng {N} ngày": ("used", int),
    rf"đề nghị {N} tháng": ("months", int),
    rf"phạt tù {N} tháng": ("prison_months", int),
    rf"{N} đồng": ("amount", int),
    rf"cố ý vi phạm {N} lần": ("deliberate", int),
    r"(vắng hai lần sau giấy triệu tập)": ("no_show", bool),
    r"(đã kiểm điểm)": ("reviews", bool),
    r"(nhắc nhở lại)": ("warned_again", bool),
    r"(bệnh viện)": ("medical", bool),
    r"(nước ngoài)": ("abroad", bool),
    r"(đặc biệt)": ("special", bool),
    r"(khác tỉnh)": ("other_province", bool),
    r"(vùng xa)": ("remote", bool),
    r"(do tòa án quyết định)": ("by_court", bool),
}


def facts(given: str) -> Facts:
    """Read the facts of a row; ValueError for a phrase that nobody has explained."""
    known = Facts()
    for phrase in (one.strip() for one in given.split(";")):
        _read(phrase, known)
    known.term = replace(known.term, cuts=tuple(known.cuts))
    return known


def _read(phrase: str, known: Facts) -> None:
    for pattern, change in IN_TERM.items():
        if found := re.fullmatch(pattern, phrase):
            known.term = replace(known.term, **change(found[1]))
            return
    for pattern, (name, reads) in NAMED.items():
        if found := re.fullmatch(pattern, phrase):
            known.named[name] = reads(found[1])
            return
    if found := re.fullmatch(rf"giảm {N} tháng {D}", phrase):
        known.cuts.append(Cut(day(found[2]), int(found[1])))
    elif found := re.fullmatch(rf"xong {D}", phrase):
        known.done.append(day(found[1]))
    elif found := re.fullmatch(r"chính sách (\w+)=(\w+)", phrase):
        known.chosen[found[1]] = found[2]
    elif found := re.fullmatch(r'lịch nghỉ (?:(\d{4}) )?"([^"]*)"', phrase):
        year = int(found[1] or 2026)
        known.days_off = DAYS_OFF.with_year(year, entered(year, found[2]))
    else:
        raise ValueError(phrase)
