"""How papers of a case speak of its person: title, name, year of birth, where they live, what they serve.

No number of a card and no address: such papers pass through many hands.
"""

from collections.abc import Iterable

from portal.cases.models import Case, CaseType
from portal.documents.wording import BLANK, written_day
from portal.organisation.models import Unit
from portal.people.models import Sex

TITLES = {Sex.MALE: "ông", Sex.FEMALE: "bà", None: "ông (bà)"}

SERVING = {
    CaseType.SUSPENDED_SENTENCE: "người được hưởng án treo",
    CaseType.CONDITIONAL_RELEASE: "người được tha tù trước thời hạn có điều kiện",
    CaseType.NON_CUSTODIAL_REFORM: "người chấp hành án phạt cải tạo không giam giữ",
    CaseType.RESIDENCE_SUPERVISION: "người chấp hành án phạt quản chế",
    CaseType.RESIDENCE_BAN: "người chấp hành án phạt cấm cư trú",
    CaseType.REINTEGRATION: "người chấp hành xong án phạt tù",
    CaseType.DRUG_USER_MANAGEMENT: "người sử dụng trái phép chất ma túy",
    CaseType.PRISON_DEFERRAL: "người được hoãn, tạm đình chỉ chấp hành án phạt tù",
}

JUDGED_BY = {
    CaseType.CONDITIONAL_RELEASE: "Quyết định",
    CaseType.DRUG_USER_MANAGEMENT: "Quyết định",
    CaseType.PRISON_DEFERRAL: "Quyết định",
}


def named(case: Case) -> str:
    """ "bà Đặng Thị Phượng"."""
    return f"{TITLES[case.person.sex]} {case.person.full_name}"


def introduced(case: Case, commune: Unit) -> str:
    """The same with year of birth, registered residence and what the person serves."""
    born = f", sinh năm {case.person.born}" if case.person.born else ""
    return f"{named(case)}{born}, thường trú tại {residence(case, commune)}, là {SERVING[case.type]}"


def residence(case: Case, commune: Unit) -> str:
    """The village and what lies above it."""
    village = f"{case.person.village.name}, " if case.person.village else ""
    return f"{village}{commune.name}" + (f", {commune.superior}" if commune.superior else "")


def presented(case: Case, commune: Unit) -> str:
    """The same of somebody who is only known to live there."""
    born = f", sinh năm {case.person.born}" if case.person.born else ""
    return f"{named(case)}{born}, cư trú tại {residence(case, commune)}, là {SERVING[case.type]}"


def judged(case: Case) -> str:
    """The court's or the prison's paper on which the case rests; blanks where its number is not kept."""
    told = f"{JUDGED_BY.get(case.type, 'Bản án')} số {case.judgment_number or BLANK * 3}"
    if case.judgment_on:
        told += f" {written_day(case.judgment_on)}"
    return f"{told} của {case.court}" if case.court else told


def capital(text: str) -> str:
    """The same with a capital in front; of a name nothing else changes."""
    return text[:1].upper() + text[1:]


def lowered(text: str) -> str:
    """The same with a small letter in front, for the middle of a sentence; "UBND" stays as it is."""
    return text[:1].lower() + text[1:] if text[1:2].islower() else text


def punctuated(lines: Iterable[str]) -> list[str]:
    """The lines of a list: each with a semicolon, the last with a full stop."""
    found = [line.strip(" .;") for line in lines]
    return [f"{line}{'.' if place == len(found) else ';'}" for place, line in enumerate(found, start=1)]
