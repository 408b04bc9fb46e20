"""Files of the years after the told part: they come by rule, so that there are always some at every stage."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from portal.cases.models import CaseType
from portal.demo import chance, judgments, story, words, working_days
from portal.demo.story import DIEU, END_OF_TOLD_PART, NHUIN, THANH, File
from portal.demo.units import VILLAGES
from portal.people.models import Sex


@dataclass(frozen=True)
class Yearly:
    """One file every year: what kind, on which day of the year it starts, for how long, and when the commune gets it.

    A day off moves to the next working day.
    """

    code: str
    type: CaseType
    month: int
    day: int
    months: int
    prison_months: int | None
    days_until_received: int


COURT, RELEASE, OWN_DECISION = 17, 4, 0  # days until the papers arrive

YEARLY = (
    Yearly("SS-a", CaseType.SUSPENDED_SENTENCE, 3, 10, 24, 12, COURT),
    Yearly("SS-b", CaseType.SUSPENDED_SENTENCE, 8, 19, 30, 15, COURT),
    Yearly("SS-c", CaseType.SUSPENDED_SENTENCE, 10, 20, 18, 9, COURT),
    Yearly("PAR", CaseType.CONDITIONAL_RELEASE, 8, 31, 20, 60, RELEASE),
    Yearly("NCR", CaseType.NON_CUSTODIAL_REFORM, 11, 17, 18, None, COURT),
    Yearly("R", CaseType.REINTEGRATION, 9, 2, 24, 30, COURT),
    Yearly("DM-a", CaseType.DRUG_USER_MANAGEMENT, 3, 24, 12, None, OWN_DECISION),
    Yearly("DM-b", CaseType.DRUG_USER_MANAGEMENT, 9, 10, 12, None, OWN_DECISION),
)
OFFENCES = (story.THEFT, story.INJURY, story.TRAFFIC, story.GAMBLING, story.FOREST, story.DISORDER, story.FRAUD)


def files_until(last: date) -> Iterator[File]:
    """All files that start after the told part and are received by a day, that day included."""
    for year in range(END_OF_TOLD_PART.year, last.year + 1):
        for one in YEARLY:
            file = _file(one, year)
            if file.starts_on > END_OF_TOLD_PART and file.received_on <= last:
                yield file


def _file(one: Yearly, year: int) -> File:
    code = f"{one.code}-{year}"
    starts_on = working_days.from_day(date(year, one.month, one.day))
    received_on = working_days.from_day(starts_on + timedelta(days=one.days_until_received))
    sex = chance.choice((Sex.MALE, Sex.MALE, Sex.MALE, Sex.FEMALE), code, "sex")
    managed = one.type == CaseType.DRUG_USER_MANAGEMENT
    judged_in = judgments.year_of(starts_on, one.prison_months or 0) if one.type in story.RELEASED else starts_on.year
    file = File(
        code, one.type, _name(code, sex), sex, year - 20 - chance.number(30, code, "born"),
        chance.choice(VILLAGES, code, "village")[0], starts_on, received_on, one.months, one.prison_months,
        story.USE if managed else chance.choice(OFFENCES, code, "offence"), _paper(one, code, judged_in),
        "Công an xã Bờ Y" if managed else story.AREA_COURT, chance.choice((THANH, NHUIN, DIEU), code, "officer"),
    )  # fmt: skip
    return replace(file, court=judgments.court_on(file.judged_on)) if one.type in story.RELEASED else file


def man_called(code: str) -> str:
    """The name of a man whom the later years bring."""
    return _name(code, Sex.MALE)


def _name(code: str, sex: Sex) -> str:
    man = sex == Sex.MALE
    if chance.number(3, code, "local") == 0:
        return chance.choice(words.LOCAL_MEN if man else words.LOCAL_WOMEN, code, "name")
    middle = chance.choice(words.MIDDLE_OF_MEN if man else words.MIDDLE_OF_WOMEN, code, "middle")
    given = chance.choice(words.GIVEN_TO_MEN if man else words.GIVEN_TO_WOMEN, code, "given")
    return f"{chance.choice(words.FAMILY_NAMES, code, 'family')} {middle} {given}"


def _paper(one: Yearly, code: str, year: int) -> str:
    count = 5 + chance.number(60, code, "paper")
    if one.type == CaseType.DRUG_USER_MANAGEMENT:
        return f"{count}/QĐ-CAX"
    return f"{count:02d}/{year}/{'QĐ-TA' if one.type == CaseType.CONDITIONAL_RELEASE else 'HS-ST'}"
