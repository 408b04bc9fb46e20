"""Invented people, cases and records, for papers that are looked at before their words hold. None is ever saved."""

from datetime import time, timedelta
from typing import Any

from portal.cases.models import (
    Assessment,
    Case,
    CaseType,
    Death,
    FileHandover,
    Rating,
    Receiver,
    Reception,
    ReviewMeeting,
    RollCall,
    RoundKind,
    RoundSignature,
    Summons,
    SummonsPurpose,
    Violation,
    ViolationKind,
    WrittenWarning,
)
from portal.engine import clock
from portal.law import approval
from portal.law.community import ReceptionItem
from portal.organisation.models import Unit, User
from portal.people.models import Person, Sex

NAME, OFFICER = "Nguyễn Văn Mẫu", "Trần Thị Thử"


def a_case(commune: Unit, type_: CaseType, **more: Any) -> Case:
    """The case of nobody."""
    today = clock.today()
    person = Person(full_name=NAME, birth_year=1990, sex=Sex.MALE)
    facts = {
        "number": "0000-000", "judgment_number": "00/0000/HS-ST", "judgment_on": today - timedelta(days=400),
        "court": "Tòa án nhân dân khu vực", "starts_on": today - timedelta(days=365), "term_months": 24,
        "received_on": today - timedelta(days=360), "state": "open", "kept_facts": "",
        "owner": an_official("Cán bộ Công an xã"), **more,
    }  # fmt: skip
    return Case(person=person, commune=commune, commune_id=commune.id, type=type_, **facts)


def an_official(title: str) -> User:
    return User(full_name=OFFICER, title=title, address_word="bà")


def a_summons(commune: Unit, sub_kind: str) -> Summons:
    """Of a minor, so that the sentence on who comes along stands on it."""
    today = clock.today()
    return Summons(
        case=a_case(commune, CaseType.SUSPENDED_SENTENCE), commune_id=commune.id, purpose=SummonsPurpose(sub_kind),
        about="làm rõ việc thay đổi chỗ ở", summoned_on=today, appear_on=today + timedelta(days=3),
        appear_time=time(8), place=f"Trụ sở Công an {commune.name}", representative="Nguyễn Văn Thử",
    )  # fmt: skip


def a_reception(commune: Unit, sub_kind: str) -> Reception:
    held: dict[str, Any] = {str(one): True for one in ReceptionItem}
    return Reception(
        case=a_case(commune, CaseType(sub_kind)), commune_id=commune.id, held_on=clock.today(), begun_at=time(8),
        closed_at=time(9, 30), place=f"Trụ sở Công an {commune.name}", representative="",
        participants="Bà Lê Thị Thử, Trưởng thôn", statements="Đã nghe rõ và không có ý kiến gì thêm", **held,
    )  # fmt: skip


def a_breach(commune: Unit, sub_kind: str) -> Violation:
    today = clock.today()
    return Violation(
        case=a_case(commune, CaseType(sub_kind)), commune_id=commune.id, kind=ViolationKind.DUTY,
        occurred_on=today - timedelta(days=2), recorded_on=today, text="Đi khỏi nơi cư trú khi chưa được phép",
        duty="xin phép khi vắng mặt tại nơi cư trú", happened_at=time(7), location="thôn Mẫu", witness="", statement="",
    )  # fmt: skip


def a_warning(commune: Unit, sub_kind: str) -> WrittenWarning:
    breach = a_breach(commune, sub_kind)
    return WrittenWarning(
        case=breach.case, commune_id=commune.id, violation=breach, written_on=clock.today(), state="drafted",
        text="không đi khỏi nơi cư trú khi chưa được phép",
    )  # fmt: skip


def a_review(commune: Unit, sub_kind: str) -> ReviewMeeting:
    today = clock.today()
    return ReviewMeeting(
        case=a_case(commune, CaseType.SUSPENDED_SENTENCE), commune_id=commune.id, paper_on=today - timedelta(days=3),
        planned_on=today, planned_at=time(8), held_on=today, location=f"Trụ sở Công an {commune.name}", invited="",
        organiser=approval.CHIEF, attendees="Bà Trần Thị Thử, Phó Trưởng Công an xã, chủ trì", statements="",
        conclusion="", absence_reason="Không có lý do chính đáng", state=sub_kind,
    )  # fmt: skip


def a_handover(commune: Unit, to: Receiver) -> FileHandover:
    receiver = {Receiver.AGENCY: "Cơ quan Thi hành án hình sự cấp trên", Receiver.COMMUNE: "Công an xã Mẫu, tỉnh Thử"}
    return FileHandover(
        case=a_case(commune, CaseType.SUSPENDED_SENTENCE), commune_id=commune.id, to=to, handed_on=clock.today(),
        receiver=receiver[to], received_by="", items="Quyết định thi hành án\nBản cam kết", note="",
    )  # fmt: skip


def a_death(commune: Unit) -> Death:
    today = clock.today()
    return Death(
        case=a_case(commune, CaseType.SUSPENDED_SENTENCE), commune_id=commune.id, died_on=today - timedelta(days=1),
        known_on=today, paper="Trích lục khai tử số 00 của Ủy ban nhân dân xã Mẫu", state="recorded",
    )  # fmt: skip


def a_round(commune: Unit, sub_kind: str) -> tuple[RoundSignature, list[Any]]:
    """A signature and what stands under it."""
    month = clock.today().replace(day=1)
    signature = RoundSignature(
        kind=RoundKind(sub_kind), month=month, unit=commune, commune=commune, commune_id=commune.id, count=1,
        signed_at=clock.now(), signed_by=User(full_name="", title=""), role=approval.CHIEF, capacity="",
    )  # fmt: skip
    case = a_case(commune, CaseType.SUSPENDED_SENTENCE)
    if signature.kind == RoundKind.ROLL_CALL:
        return signature, [RollCall(case=case, month=month, held_on=month, present=True, note="")]
    return signature, [Assessment(case=case, month=month, written_on=month, rating=Rating.GOOD, text="")]
