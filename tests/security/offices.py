"""Accounts, roles and units full of markers, in both communes: what whoever keeps the machine works with.

They are border guards, whom no form of a case offers to choose from, in border posts of their own.
"""

from dataclasses import dataclass

from portal.documents.actions import Facts, register
from portal.engine import clock
from portal.engine.db import db
from portal.engine.transaction import transaction
from portal.organisation import actions, passwords
from portal.organisation.fitting import Wanted
from portal.organisation.models import Role, Unit, UnitKind, User
from portal.workload.models import WorkHandover
from tests.builders import FOUNDED, PASSWORD, Commune
from tests.security.world import Marked, remember_versions


@dataclass(frozen=True)
class Office:
    """How an account stands, and in which of the communes."""

    confirmed: bool = True
    resetting: bool = False
    closed: bool = False
    far: bool = False


OFFICES = {
    "colleague": Office(),
    "asked": Office(confirmed=False),
    "resetting": Office(resetting=True),
    "dismissed": Office(closed=True),
    "far": Office(far=True),
    "far_asked": Office(confirmed=False, far=True),
    "far_resetting": Office(resetting=True, far=True),
    "far_dismissed": Office(closed=True, far=True),
}
REGISTERS = {"colleague": "UB", "asked": "CA", "far": "UB"}  # in which unit's register a document of the place stands
HANDED_OVER = ("colleague", "far")  # whose work was handed to the chief
KEEPER = "keeper"  # the administrator's own account and role, which everybody may have to do with but themselves


class Official(Marked):
    """The account, role and unit of somebody, and the marker words that they carry."""

    @property
    def far(self) -> bool:
        return self.place in OFFICES and OFFICES[self.place].far

    @property
    def words(self) -> dict[str, str]:
        place = self.place.replace("_", "").upper()
        groups = ("account", "unit", *(("document",) if self.place in REGISTERS else ()))
        return {group: f"MK{group.upper()}OF{place}" for group in groups} if place != "KEEPER" else {}


def build(commune: Commune, neighbour: Commune) -> dict[str, Marked]:
    """One account a place."""
    found = {name: _official(name, office, neighbour if office.far else commune) for name, office in OFFICES.items()}
    keeper = Official(KEEPER, {"account": commune.administrator.id, "grant": commune.administrator.grants[0].id})
    remember_versions(keeper)
    return {**found, KEEPER: keeper}


def _official(name: str, office: Office, commune: Commune) -> Official:
    marked = Official(name)
    user = _account(marked, commune)
    with transaction(commune.administrator):
        unit = _unit(marked, commune)
        grant, _half = actions.give_role(user, Wanted(Role.BORDER_GUARD, unit, FOUNDED), commune.administrator)
    if office.confirmed:
        with transaction(commune.chief):
            actions.confirm_role(grant, commune.chief, user.password_hash)
            user.must_change_password, user.first_password_until = False, None
    _bring_about(office, user, commune)
    marked.ids |= {"account": user.id, "unit": unit.id, "grant": grant.id}
    if name in HANDED_OVER:
        with transaction(commune.leader):
            to = {"giver": user, "taker": commune.chief, "unit": commune.place("UB"), "giver_left": False}
            handed = WorkHandover(commune_id=commune.id, on=clock.today(), reason="Chuyển công tác", **to)
            db.session.add(handed)
        marked.ids["handover"] = handed.id
    if name in REGISTERS:
        with transaction(commune.clerk):
            about = f"Về việc {marked.words['document']}"
            facts = Facts(commune.place(REGISTERS[name]), "KH", about, signers="Lê Trọng Khôi")
            marked.ids["document"] = register(facts).id
    remember_versions(marked)
    return marked


def _account(marked: Official, commune: Commune) -> User:
    word = marked.words["account"]
    with transaction(commune.administrator):
        user, _first = actions.create_user(
            f"{commune.unit.code}.{marked.place}".lower().replace("_", "."),
            f"Y {word}",
            commune.unit,
            f"Trung úy {word}",
        )
        user.password_hash, user.must_change_password = passwords.hashed(PASSWORD), False
        user.first_password_until = None
    return user


def _unit(marked: Official, commune: Commune) -> Unit:
    return actions.create_unit(
        f"{commune.unit.code}-{marked.place}", f"Đồn {marked.words['unit']}", UnitKind.BORDER_POST, FOUNDED,
        commune=commune.unit, above=commune.unit,
    )  # fmt: skip


def _bring_about(office: Office, user: User, commune: Commune) -> None:
    if office.resetting:
        with transaction(commune.administrator):
            actions.start_reset(user, commune.administrator, passwords.hashed(PASSWORD))
    if office.closed:
        with transaction(commune.administrator):
            actions.close_account(user, f"Chuyển công tác {user.full_name}")
