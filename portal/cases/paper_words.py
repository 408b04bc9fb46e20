"""How papers speak of the person of a case: title, name, year of birth, where they live, what they serve."""

from portal.cases.models import Case, CaseType
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


def named(case: Case) -> str:
    """ "bà Đặng Thị Phượng"."""
    return f"{TITLES[case.person.sex]} {case.person.full_name}"


def introduced(case: Case, commune: Unit) -> str:
    """The same with year of birth, residence and what the person serves. No number and no address: a permit is shown
    to many."""
    born = f", sinh năm {case.person.born}" if case.person.born else ""
    village = f"{case.person.village.name}, " if case.person.village else ""
    above = f", {commune.superior}" if commune.superior else ""
    return f"{named(case)}{born}, thường trú tại {village}{commune.name}{above}, là {SERVING[case.type]}"


def capital(text: str) -> str:
    """The same with a capital in front; of a name nothing else changes."""
    return text[:1].upper() + text[1:]
