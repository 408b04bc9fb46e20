"""Accounts and the roles that their owners hold. A password is in no workbook: who is brought in gets a new one."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Select, and_, select

from portal.engine import clock
from portal.engine.access import find
from portal.engine.db import db
from portal.engine.forms import Choice, Line, Optional, Paragraphs, Required
from portal.engine.refusal import Misfit, Refused
from portal.engine.text import _l, mark
from portal.exchange.bringing import Bringing, still_to_come
from portal.exchange.kinds.rows import NO_RIGHT, Rows, columns_of
from portal.exchange.moments import Moment
from portal.exchange.sheet import Facts, Verdict
from portal.exchange.taking import Taking
from portal.organisation import fitting
from portal.organisation.actions import grant_role
from portal.organisation.actions.grants import acting_for
from portal.organisation.fitting import Wanted
from portal.organisation.forms import GrantForm, NewAccountForm
from portal.organisation.models import ROLE_NAMES, Role, RoleGrant, Unit, User, line_of
from portal.organisation.queries import user_named


class AccountRow(NewAccountForm):
    commune_id = Line(_l("Commune"), [Optional()], description=_l("Empty: this commune."))
    disabled_at = Moment(_l("Closed at"), [Optional()])
    disabled_reason = Paragraphs(_l("Why it was closed"), [Optional()], length=500)


class Accounts(Rows):
    """Nobody can sign in to an account that was brought in before the administrator hands out a password."""

    key, title, record, form = "accounts", _l("Accounts"), User, AccountRow
    about = _l(
        "Without passwords: nobody signs in before the administrator has started a new one. Cards, mail addresses and "
        "settings stay behind."
    )
    columns = ("username", "full_name", "title", "address_word", "phone", "commune_id", "disabled_at",
               "disabled_reason")  # fmt: skip
    settled = {"disabled_at": None, "disabled_reason": ""}

    def found(self, taking: Taking) -> Select[Any]:
        ours = User.commune_id.in_(line_of(taking.commune.id)), User.voided_at.is_(None)
        return select(User).where(*ours, *taking.allowed(User)).order_by(User.username)

    def said(self, one: Any, code: Any) -> dict[str, Any]:
        told = {field.name: getattr(one, field.name) for field in self.sheet.fields}
        return {**told, "commune_id": one.commune_id if code(one.commune_id) else None}

    def there(self, facts: Facts, bringing: Bringing) -> User | None:
        there = user_named(facts["username"])
        if there is not None and (there.commune is None or there.commune.heir_id != bringing.commune.heir_id):
            raise Refused(Misfit("username", mark("This user name is taken. Please choose another.")))
        return there

    def same(self, there: User, facts: Facts, bringing: Bringing) -> Verdict:
        """Whoever set the portal up was called by their name alone: the workbook says the rest."""
        set_up = bringing.by is None and any(one.role == Role.ADMINISTRATOR for one in there.grants)
        empty = [name for name in ("title", "address_word", "phone") if facts[name] and not getattr(there, name)]
        return self.learn(there, facts, {name: facts[name] for name in empty if set_up}, bringing)

    def once(self, facts: Facts, bringing: Bringing) -> None:
        if not bringing.first_time(self.key, facts["username"]):
            raise Refused(Misfit("username", mark("This user name stands in the file twice.")))
        bringing.coming.add(("user", facts["username"]))

    def write(self, facts: Facts, bringing: Bringing) -> User:
        more = columns_of(User, facts, "commune_id")
        user = User(**more, commune_id=facts["commune_id"] or bringing.commune.id)
        db.session.add(user)
        db.session.flush()
        return user


class GrantRow(GrantForm):
    user_id = Line(_l("User name"), [Required()])
    role = Choice(_l("Role"), [Required()], choices=[(role.value, name) for role, name in ROLE_NAMES.items()])
    ended_at = Moment(_l("Ended at"), [Optional()], description=_l("Where it ended in the course of its last day."))
    confirmed_at = Moment(_l("Confirmed at"), [Optional()])
    confirmed_by_id = Line(_l("Confirmed by"), [Optional()])


class Grants(Rows):
    """Whoever acts for somebody comes after them."""

    key, title, record, form = "accounts.roles", _l("Accounts - roles"), RoleGrant, GrantRow
    about = _l("Who held which role, where, from when to when. One that opens cases holds once it is confirmed.")
    columns = ("user_id", "role", "unit_id", "valid_from", "valid_to", "ended_at", "on_behalf_of_id", "capacity",
               "purpose", "confirmed_at", "confirmed_by_id")  # fmt: skip
    settled = {"ended_at": None, "confirmed_at": None, "confirmed_by_id": None}

    def found(self, taking: Taking) -> Select[Any]:
        ours = User.commune_id.in_(line_of(taking.commune.id)), User.voided_at.is_(None)
        found = select(RoleGrant).join(RoleGrant.user).join(Unit, Unit.id == RoleGrant.unit_id)
        principal = RoleGrant.on_behalf_of_id.is_not(None)
        found = found.where(RoleGrant.voided_at.is_(None), *ours, *taking.allowed(RoleGrant))
        return found.order_by(principal, User.username, RoleGrant.valid_from, RoleGrant.role, Unit.code, RoleGrant.id)

    def said(self, one: Any, code: Any) -> dict[str, Any]:
        return {field.name: getattr(one, field.name) for field in self.sheet.fields}

    def there(self, facts: Facts, bringing: Bringing) -> RoleGrant | None:
        """The same role in the same unit from the same day on. Who set the portal up holds theirs since that day."""
        named = ("user_id", "role", "unit_id", "on_behalf_of_id")
        alike = [getattr(RoleGrant, name) == facts[name] for name in named]
        found = db.session.scalars(select(RoleGrant).where(and_(*alike), RoleGrant.voided_at.is_(None))).unique().all()
        exact = next((one for one in found if one.valid_from == facts["valid_from"]), None)
        set_up = next((one for one in found if _held_since_set_up(one, facts, bringing)), None)
        return exact or set_up

    def same(self, there: RoleGrant, facts: Facts, bringing: Bringing) -> Verdict:
        if there.valid_from == facts["valid_from"]:
            return super().same(there, facts, bringing)
        unsaid = [name for name in ("confirmed_at", "confirmed_by_id") if getattr(there, name) is None]
        return self.learn(there, facts, {name: facts[name] for name in ("valid_from", *unsaid)}, bringing)

    def allowed(self, facts: Facts, bringing: Bringing) -> None:
        by: Any = bringing.by
        others = facts["user_id"] not in acting_for(by) and find(by, "grant", User, facts["user_id"] or 0) is not None
        if not others:
            raise Refused(Misfit("user_id", NO_RIGHT))
        self.not_settled(facts)

    def once(self, facts: Facts, bringing: Bringing) -> None:
        if still_to_come(facts, self.sheet.fields):
            return
        if misfits := list(_misfits(db.session.get_one(User, facts["user_id"]), _wanted(facts))):
            raise Refused(*misfits)

    def write(self, facts: Facts, bringing: Bringing) -> RoleGrant:
        """One that opens cases and was not confirmed waits for that, and for a password of two halves."""
        wanted = _wanted(facts)
        grant = grant_role(
            db.session.get_one(User, facts["user_id"]), wanted.role, wanted.unit, wanted.valid_from, wanted.valid_to,
            on_behalf_of=wanted.on_behalf_of, capacity=wanted.capacity, purpose=wanted.purpose,
        )  # fmt: skip
        grant.ended_at, grant.confirmed_at = facts["ended_at"], facts["confirmed_at"]
        grant.confirmed_by_id = facts["confirmed_by_id"]
        db.session.flush()
        return grant


def _held_since_set_up(grant: RoleGrant, facts: Facts, bringing: Bringing) -> bool:
    """Whether it is the role of whoever set the portal up, which the workbook knows from an earlier day on."""
    open_end = grant.valid_to is None and facts["valid_to"] is None and facts["ended_at"] is None
    earlier = bool(facts["valid_from"] < grant.valid_from)
    return bringing.by is None and grant.role == Role.ADMINISTRATOR and open_end and earlier


def _wanted(facts: Facts) -> Wanted:
    behalf = db.session.get(User, facts["on_behalf_of_id"] or 0)
    return Wanted(
        Role(facts["role"]), db.session.get_one(Unit, facts["unit_id"]), facts["valid_from"], facts["valid_to"], behalf,
        facts["capacity"] or "", facts["purpose"] or "",
    )  # fmt: skip


def _misfits(user: User, wanted: Wanted) -> Iterator[Misfit]:
    """What does not fit; whom somebody stood for who does so no more, need not hold that office any longer."""
    over = wanted.last < clock.today()
    return (one for one in fitting.misfits(user, wanted) if not (over and one.field == "on_behalf_of_id"))
