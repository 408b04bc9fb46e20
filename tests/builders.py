"""Builders that read like sentences: `a_case(commune)`, `a_draft(case)`. Everything is made through actions."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from portal.cases.actions import record_term_change
from portal.cases.models import Assignment, AssignmentKind, Case, CaseType, TermChange
from portal.engine import clock
from portal.engine.db import db
from portal.engine.transaction import transaction
from portal.organisation import actions, passwords
from portal.organisation.models import Role, Unit, UnitKind, User
from portal.people.models import Person
from portal.proposals.kinds.absence.model import AbsenceProposal

PASSWORD = "rừng xanh mây trắng 27"
FOUNDED = date(2020, 1, 1)

UNITS = (
    ("CA", "Công an {}", UnitKind.POLICE),
    ("QS", "Ban CHQS {}", UnitKind.MILITARY),
    ("BP", "Đồn Biên phòng {}", UnitKind.BORDER_POST),
    ("UB", "UBND {}", UnitKind.COMMITTEE),
    ("BPH", "thôn Bắc Phong", UnitKind.VILLAGE),
    ("NHA", "thôn Ngọc Hải", UnitKind.VILLAGE),
)

# user name, role, unit
PEOPLE = (
    ("officer", Role.POLICE_OFFICER, "CA"),
    ("officer2", Role.POLICE_OFFICER, "CA"),
    ("chief", Role.POLICE_CHIEF, "CA"),
    ("leader", Role.COMMUNE_LEADER, "UB"),
    ("military", Role.MILITARY_COMMAND, "QS"),
    ("border", Role.BORDER_GUARD, "BP"),
    ("village_head", Role.VILLAGE_HEAD, "BPH"),
    ("village_head2", Role.VILLAGE_HEAD, "NHA"),
    ("helper", Role.TEAM_MEMBER, "BPH"),
    ("inspector", Role.INSPECTOR, ""),
    ("clerk", Role.OFFICE_CLERK, "UB"),
    ("province", Role.PROVINCE_VIEWER, ""),
    ("administrator", Role.ADMINISTRATOR, ""),
)


@dataclass
class Commune:
    """A commune's units and people, by short name."""

    unit: Unit

    def __getattr__(self, name: str) -> User:
        found = db.session.scalar(select(User).where(User.username == f"{self.unit.code.lower()}.{name}"))
        if found is None:
            raise AttributeError(name)
        return found

    @property
    def id(self) -> int:
        return self.unit.id

    def place(self, code: str) -> Unit:
        return db.session.scalars(select(Unit).where(Unit.code == f"{self.unit.code}-{code}")).one()


def commune(code: str) -> Commune:
    return Commune(db.session.scalars(select(Unit).where(Unit.code == code)).one())


def two_communes() -> None:
    """xã Bờ Y and its neighbour, each with somebody in every role."""
    with transaction(None):
        for code, name in (("BY", "xã Bờ Y"), ("DN", "xã Dục Nông")):
            _set_up(code, name)


def _set_up(code: str, name: str) -> None:
    whole = actions.create_unit(code, name, UnitKind.COMMUNE, FOUNDED, superior="tỉnh Quảng Ngãi")
    units = {"": whole}
    for short, title, kind in UNITS:
        units[short] = actions.create_unit(
            f"{code}-{short}", title.format(name), kind, FOUNDED, commune=whole, above=whole
        )
    for username, role, unit in PEOPLE:
        user, _first = actions.create_user(f"{code.lower()}.{username}", f"{username.capitalize()} {name}", whole)
        user.password_hash, user.must_change_password = passwords.hashed(PASSWORD), False
        actions.confirm_grant(actions.grant_role(user, role, units[unit], FOUNDED), None)


def a_person(commune: Commune, name: str = "Nguyễn Công Trứng", village: str = "BPH", **more: Any) -> Person:
    more = {"birth_year": 1979, "phone": "0901234567", "national_id": None, **more}
    return Person(full_name=name, commune_id=commune.id, village_id=commune.place(village).id, **more)


def a_case(
    commune: Commune,
    name: str = "Nguyễn Công Trứng",
    type: CaseType = CaseType.SUSPENDED_SENTENCE,
    *,
    officer: str | None = "officer",
    helper: str | None = None,
    state: str = "open",
    unit: str = "CA",
    person: Person | None = None,
    **more: Any,
) -> Case:
    """A case that is open and that the officer has accepted, unless told otherwise."""
    facts: dict[str, Any] = {
        "received_on": date(2026, 7, 31), "starts_on": date(2026, 7, 14), "term_months": 24, "prison_months": 12,
        "judgment_number": "21/2026/HS-ST", "judgment_on": date(2026, 7, 14), "court": "TAND khu vực 5",
        "offence": "Cố ý gây thương tích", **more,
    }  # fmt: skip
    owner = getattr(commune, officer) if officer else commune.chief
    with transaction(commune.chief):
        count = len(db.session.scalars(select(Case.id).where(Case.commune_id == commune.id)).all())
        case = Case(
            number=f"2026-{count + 1:03d}", type=type, state=state, owner_id=owner.id, commune_id=commune.id,
            person=person or a_person(commune, name), supervising_unit_id=commune.place(unit).id, **facts,
        )  # fmt: skip
        db.session.add(case)
        for kind, who in ((AssignmentKind.OFFICER, officer), (AssignmentKind.HELPER, helper)):
            if who:
                db.session.add(
                    Assignment(
                        case=case, commune_id=commune.id, kind=kind, assignee=getattr(commune, who),
                        state="accepted", since=clock.today(),
                    )
                )  # fmt: skip
    return case


def a_cut(commune: Commune, case: Case, decided_on: date, months: int = 3, number: str = "12/QĐ-TA") -> TermChange:
    """A shortening that the officer recorded and the chief confirmed."""
    with transaction(commune.officer):
        change = record_term_change(case, decided_on, months, number)
    with transaction(commune.chief):
        change.workflow.take("confirm", change, commune.chief)
    return change


def an_absence(commune: Commune, case: Case, leaves_on: date, returns_on: date, by: str = "officer") -> AbsenceProposal:
    """A draft of leave, written by somebody."""
    with transaction(getattr(commune, by)):
        count = len(case.proposals)
        proposal = AbsenceProposal(
            case=case, commune_id=case.commune_id, number=f"P-{case.number}-{count + 1}", leaves_on=leaves_on,
            returns_on=returns_on, destination="phường Pleiku, tỉnh Gia Lai", reason="Thăm mẹ ốm",
        )  # fmt: skip
        db.session.add(proposal)
    return proposal
