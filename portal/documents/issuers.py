"""Who issues a paper, as it was called on that day: papers of before 01/07/2025 keep the old names."""

from datetime import date

from sqlalchemy import select

from portal.documents.paper import Issuer
from portal.documents.wording import BLANK
from portal.engine.db import db
from portal.organisation.models import Unit, UnitKind, line_of

KINDS = ("xã", "phường", "thị trấn", "đặc khu")
POLICE_SIGNS = {"xã": "CAX", "phường": "CAP", "thị trấn": "CATT", "đặc khu": "CAĐK"}


def commune_on(commune: Unit, day: date) -> Unit:
    """The unit of a commune's line that was valid on a day: itself where it was, else its heir; before all of them the
    first."""
    if commune.valid_on(day):
        return commune
    found = select(Unit).where(Unit.id.in_(line_of(commune.id)), Unit.kind == UnitKind.COMMUNE)
    line = db.session.scalars(found.order_by(Unit.valid_from, Unit.id)).all()
    valid = [unit for unit in line if unit.valid_on(day)]
    if line and day < line[0].valid_from:
        return line[0]
    heir = commune.heir or commune
    return heir if heir in valid or not valid else valid[0]


def kind_of(commune: Unit) -> str:
    """xã, phường, thị trấn or đặc khu."""
    return kind_named(commune.name)


def kind_named(name: str) -> str:
    """The kind of a commune by its whole name: "thị trấn Plei Kần" is a thị trấn."""
    return next((kind for kind in KINDS if name.startswith(f"{kind} ")), "xã")


def police_sign(commune: Unit | None) -> str:
    """How the police of a commune are called in numbers: CAX in a xã, CAP in a phường."""
    return POLICE_SIGNS[kind_of(commune) if commune else KINDS[0]]


def place_of(commune: Unit) -> str:
    """The bare name, for the line with the day."""
    return commune.name.removeprefix(f"{kind_of(commune)} ")


def committee(commune: Unit, _day: date) -> Issuer:
    """The People's Committee, which names nobody above it."""
    return Issuer("", ("ỦY BAN NHÂN DÂN", commune.name.upper()), place_of(commune))


def police(commune: Unit, day: date) -> Issuer:
    """The police of the commune, under the police above."""
    return Issuer(police_above(commune, day).upper(), (f"CÔNG AN {commune.name.upper()}",), place_of(commune))


def police_above(commune: Unit, day: date) -> str:
    """The police above a commune's: of the district while there was one, of the province since.

    Where the force of that name had ended by the day, it is that of the province; of which, is left blank if it is not
    known.
    """
    name = f"Công an {commune.superior}"
    known = db.session.scalars(select(Unit).where(Unit.kind == UnitKind.POLICE, Unit.name == name)).all()
    if not known or any(unit.valid_on(day) for unit in known):
        return name
    province = province_of(commune, day)
    return f"Công an {province}" if province not in ("", commune.superior) else f"Công an tỉnh {BLANK}"


def province_of(commune: Unit, day: date) -> str:
    """The province in which a commune lay on a day: what its superior is, or stands over it; empty if not known."""
    if commune.superior.startswith("tỉnh "):
        return commune.superior
    over = commune.above
    while over is not None and over.kind != UnitKind.PROVINCE:
        over = over.above
    return over.name if over is not None and over.valid_on(day) else ""


def above(unit: Unit, commune: Unit, day: date) -> str:
    """To whom a force reports: as its record says it, else as its kind and the commune's superior give it."""
    if unit.superior:
        return unit.superior
    if unit.kind == UnitKind.COMMITTEE:
        return f"UBND {commune.superior}" if commune.superior else ""
    if unit.kind == UnitKind.POLICE:
        return police_above(commune, day)
    of_province = commune.superior.startswith("tỉnh ")  # since 01/07/2025, whom the border posts answer to as well
    if unit.kind == UnitKind.MILITARY:
        return f"{'Bộ' if of_province else 'Ban'} CHQS {commune.superior}"
    if unit.kind != UnitKind.BORDER_POST:
        return ""
    if of_province:
        return f"Bộ CHQS {commune.superior}"
    province = province_of(commune, day)  # until then they answered to a command of their own
    return f"Bộ Chỉ huy BĐBP {province}" if province else ""


def force(unit: Unit, commune: Unit, day: date) -> Issuer:
    """A force of the commune by the name that it has, under whom it reports to; the committee names nobody above it."""
    if unit.kind == UnitKind.COMMITTEE:
        return committee(commune, day)
    return Issuer(above(unit, commune, day).upper(), (unit.name.upper(),), place_of(commune))


def competent_agency(commune: Unit, day: date) -> str:
    """Who gives the certificate: the agency that enforces criminal judgments."""
    return f"Cơ quan Thi hành án hình sự {police_above(commune, day)}"
