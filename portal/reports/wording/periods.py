"""What a period is called: "8 tháng đầu năm 2024", "quý III/2024", "tháng 11 năm 2026"."""

from datetime import date, timedelta

from portal.documents.wording import short_day, written_month
from portal.reports.periods import Basis, Length, months, of_year

QUARTERS = ("I", "II", "III", "IV")
YEAR, HALF = 12, 6
BY_DAYS = ("từ ngày", "ngày")  # how the name of a period begins that has none but its days


def called(first: date, last: date) -> str:
    """The name of a period; by its days where it has none."""
    if first == last:
        return f"ngày {short_day(first)}"
    for basis in (Basis.CALENDAR, Basis.FOURTEENTH):
        for length in (Length.YEAR, Length.HALF, Length.QUARTER, Length.MONTH):
            if (first, last) in (periods := of_year(basis, length, last.year)):
                return _named(length, periods.index((first, last)), last.year)
        if count := _from_the_new_year(basis, first, last):
            return f"{count} tháng đầu năm {last.year}"
    return f"từ ngày {short_day(first)} đến ngày {short_day(last)}"


def over_column(first: date, last: date) -> str:
    """The same over a column of a table, as short as it goes: "8 tháng 2024", "Quý III/2024"."""
    name = called(first, last)
    if name.startswith(BY_DAYS):
        return short_day(first) if first == last else f"{short_day(first)}–{short_day(last)}"
    sign = "/" if name.startswith(("tháng", "quý")) else " "
    name = name.removesuffix(f" năm {last.year}") + f"{sign}{last.year}" if not name.startswith("năm") else name
    if not name.startswith(f"{HALF} tháng"):  # "6 tháng đầu", "6 tháng cuối"
        name = name.replace(" đầu", "")
    return f"{name[0].upper()}{name[1:]}"


def within(first: date, last: date) -> str:
    """The same at the beginning of a sentence: "Trong 8 tháng đầu năm 2024", "Từ ngày … đến ngày …"."""
    name = called(first, last)
    return f"T{name[1:]}" if name.startswith("từ ngày") else f"Trong {name}"


def is_year(first: date, last: date) -> bool:
    """Whether it is a whole year, whichever way years are cut."""
    return any((first, last) in of_year(basis, Length.YEAR, last.year) for basis in (Basis.CALENDAR, Basis.FOURTEENTH))


def _named(length: Length, place: int, year: int) -> str:
    if length == Length.YEAR:
        return f"năm {year}"
    if length == Length.HALF:
        return f"6 tháng {'cuối' if place else 'đầu'} năm {year}"
    return f"quý {QUARTERS[place]} năm {year}" if length == Length.QUARTER else written_month(year, place + 1)


def _from_the_new_year(basis: Basis, first: date, last: date) -> int:
    """How many whole months of a year have passed with a period that began with it."""
    year = of_year(basis, Length.YEAR, last.year)[0]
    ends = [one[1] for one in of_year(basis, Length.MONTH, last.year)]
    return ends.index(last) + 1 if first == year[0] and last in ends else 0


def with_days(first: date, last: date) -> str:
    """The name, and its days where they are not those of the calendar."""
    name = called(first, last)
    of_calendar = first.year == last.year and months(last.year, first.month, last.month - first.month + 1) == (
        first,
        last,
    )
    if of_calendar or name.startswith(BY_DAYS):
        return name
    return f"{name} (từ ngày {short_day(first)} đến ngày {short_day(last)})"


def to_choose(first: date, last: date) -> str:
    """The name with its days, so short that a phone shows it whole: "tháng 12 năm 2026 (15/11–14/12/2026)"."""
    name = called(first, last)
    begins = short_day(first) if first.year != last.year else f"{first:%d/%m}"
    return name if with_days(first, last) == name else f"{name} ({begins}–{short_day(last)})"


def what_follows(first: date, last: date) -> str:
    """For which time the tasks of a report are: the rest of the year, else the next period of its length."""
    for basis in (Basis.CALENDAR, Basis.FOURTEENTH):
        count = _from_the_new_year(basis, first, last)
        if 1 < count < YEAR - 1:
            return f"{YEAR - count} tháng cuối năm {last.year}"
        if count == YEAR - 1:
            return f"tháng 12 năm {last.year}"
    for basis in (Basis.CALENDAR, Basis.FOURTEENTH):
        for length in (Length.MONTH, Length.QUARTER, Length.HALF, Length.YEAR):
            if (first, last) in of_year(basis, length, last.year):
                begins = last + timedelta(days=1)
                year = begins.year + (basis == Basis.FOURTEENTH and begins.month == YEAR)
                return next(called(*days) for days in of_year(basis, length, year) if days[0] == begins)
    return "thời gian tới"
