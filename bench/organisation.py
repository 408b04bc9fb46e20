"""The communes of a measurement: units, accounts, roles. Their number does not grow with the cases."""

from dataclasses import dataclass
from datetime import date

from portal.engine.db import db
from portal.engine.transaction import transaction
from portal.organisation import actions, passwords
from portal.organisation.models import Role, Unit, UnitKind, User

PASSWORD = "rừng xanh mây trắng 27"  # noqa: S105 - of accounts that nobody but a measurement has
FOUNDED = date(2019, 1, 1)
VILLAGES = (
    "Đăk Mế", "Iệc", "Măng Tôn", "Kon Khôn", "Bắc Phong", "Ngọc Hải", "Tà Ka", "Ngọc Tân", "Đồi Thông", "Tà Póc",
    "Ngọc Yên", "Chả Nội", "Đăk Răng", "Ngọc Thư",
)  # fmt: skip
OFFICERS = 12
HELPERS = 8


@dataclass
class Commune:
    """Ids of a commune and of those in it whom its cases name."""

    id: int
    police_id: int
    villages: list[int]
    officers: list[int]
    helpers: list[int]
    chief_id: int


def set_up() -> tuple[Commune, Commune]:
    """A commune and its neighbour, whose cases the first must never see."""
    with transaction(None):
        return _commune("BY", "xã Bờ Y"), _commune("DN", "xã Dục Nông")


def _commune(code: str, name: str) -> Commune:
    whole = actions.create_unit(code, name, UnitKind.COMMUNE, FOUNDED, superior="tỉnh Quảng Ngãi")
    police = _unit(f"{code}-CA", f"Công an {name}", UnitKind.POLICE, whole)
    villages = [
        _unit(f"{code}-T{number:02d}", f"thôn {title}", UnitKind.VILLAGE, whole)
        for number, title in enumerate(VILLAGES, start=1)
    ]
    kept = kept_password()
    prefix = code.lower()
    chief = new_user(f"{prefix}.chief", "Phan Đình Luân", kept, Role.POLICE_CHIEF, police, whole)
    officers = [
        new_user(f"{prefix}.officer{number}", f"Võ Hữu {title}", kept, Role.POLICE_OFFICER, police, whole)
        for number, title in zip(range(1, OFFICERS + 1), VILLAGES, strict=False)
    ]
    helpers = [
        new_user(f"{prefix}.helper{number}", f"Lương Văn {title}", kept, Role.TEAM_MEMBER, village, whole)
        for number, title, village in zip(range(1, HELPERS + 1), VILLAGES, villages, strict=False)
    ]
    return Commune(whole.id, police.id, _ids(villages), _ids(officers), _ids(helpers), chief.id)


def kept_password() -> str:
    return passwords.hashed(PASSWORD)


def _ids(records: list[Unit] | list[User]) -> list[int]:
    return [record.id for record in records]


def _unit(code: str, name: str, kind: UnitKind, whole: Unit) -> Unit:
    return actions.create_unit(code, name, kind, FOUNDED, commune=whole, above=whole)


def new_user(username: str, name: str, kept: str, role: Role, unit: Unit, whole: Unit) -> User:
    user = User(
        username=username, full_name=name, title="Đại úy", commune_id=whole.id, password_hash=kept,
        must_change_password=False,
    )  # fmt: skip
    db.session.add(user)
    db.session.flush()
    actions.confirm_grant(actions.grant_role(user, role, unit, FOUNDED), None)
    return user
