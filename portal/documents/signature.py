"""Signature lines: in whose name, by what power, in which office somebody signed (NĐ 30/2020/NĐ-CP, phụ lục I).

TM. on behalf of a collective; KT. a deputy for the head; TL. by order; TUQ. by authorisation; Q. acting head.
"""

from dataclasses import dataclass

from portal.documents.paper import Signature

RANKS = (
    "Thiếu úy", "Trung úy", "Thượng úy", "Đại úy", "Thiếu tá", "Trung tá", "Thượng tá", "Đại tá", "Thiếu tướng",
)  # fmt: skip


@dataclass(frozen=True)
class Office:
    """The head of a body: *collective* is that in whose name they sign, empty where the power is their own."""

    head: str
    deputy: str
    collective: str = ""


def committee(_kind: str) -> Office:
    """The chair of the People's Committee, in whose name they sign."""
    return Office("CHỦ TỊCH", "PHÓ CHỦ TỊCH", "ỦY BAN NHÂN DÂN")


def chair(_kind: str) -> Office:
    """The same chair where the law gives the power to the chair alone."""
    return Office("CHỦ TỊCH", "PHÓ CHỦ TỊCH")


def police(kind: str) -> Office:
    """The chief of the police of a commune; *kind* is the kind of commune: xã, phường, đặc khu."""
    return Office(f"TRƯỞNG CÔNG AN {kind.upper()}", f"PHÓ TRƯỞNG CÔNG AN {kind.upper()}")


OFFICES = {"commune_leader": committee, "police_chief": police}
IN_OWN_NAME = {**OFFICES, "commune_leader": chair}  # where the power is that of the head


def signature(office: Office, capacity: str = "", title: str = "", name: str = "") -> Signature:
    """The lines by the capacity of the grant under which the step was taken; empty: the head in person.

    *title* is the signer's own, said where they sign by order or by authorisation.
    """
    return Signature(_lines(office, capacity, title), named(name, title))


def _lines(office: Office, capacity: str, title: str) -> tuple[str, ...]:
    collective = (f"TM. {office.collective}",) if office.collective else ()
    if capacity == "KT":
        return (*collective, f"KT. {office.head}", office.deputy)
    if capacity == "Q":
        return (*collective, f"Q. {office.head}")
    if capacity in ("TL", "TUQ"):  # not in the name of the collective: the head has handed it on
        return (f"{capacity}. {office.head}", rank_and_office(title)[1].upper())
    return (*collective, office.head)


def rank_and_office(title: str) -> tuple[str, str]:
    """Part a title: "Trung tá, Trưởng Công an xã" is a rank and an office, "Chánh Văn phòng" an office alone."""
    rank, _comma, office = title.partition(", ")
    return (rank, office) if rank in RANKS else ("", title)


def named(name: str, title: str) -> str:
    """The armed forces put the rank before the name; nobody else puts anything."""
    rank, _office = rank_and_office(title)
    return f"{rank} {name}" if name and rank else name
