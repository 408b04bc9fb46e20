"""Whether two ways of writing mean one commune: "Dục Nông", "xã Dục Nông, tỉnh Quảng Ngãi"."""

import re

from portal.engine.vietnamese import fold
from portal.organisation.models import Unit

KINDS = ("xa", "phuong", "dac khu", "thi tran")  # of communes; without diacritics, as they are compared
ABOVE = ("tinh", "thanh pho", "tp.", "tp")


def names(unit: Unit, written: str) -> bool:
    """Whether somebody wrote down a commune of this portal, by its name or one that it had before."""
    known = (unit.name, *(name for _last, name in unit.names_before))
    return any(same_place(f"{name}, {unit.superior}", written) for name in known)


def same_place(one: str, other: str) -> bool:
    """Their names are the same, and their kinds and provinces as far as both tell them."""
    (kind, name, province), (kind2, name2, province2) = _read(one), _read(other)
    return name == name2 and _agree(kind, kind2) and _agree(province, province2)


def _agree(one: str, other: str) -> bool:
    return not one or not other or one == other


def _read(written: str) -> tuple[str, str, str]:
    """Kind, name and province; a village in front of the commune says nothing."""
    parts = [fold(part) for part in re.split(r"[,;()]", written) if part.strip()]
    commune = next((part for part in parts if _split(part, KINDS)[0]), parts[0] if parts else "")
    province = parts[-1] if parts and parts[-1] is not commune else ""
    return (*_split(commune, KINDS), _split(province, ABOVE)[1])


def _split(part: str, kinds: tuple[str, ...]) -> tuple[str, str]:
    found = next((kind for kind in kinds if part.startswith(f"{kind} ")), "")
    return found, part.removeprefix(found).strip()
