"""`users`: the first administrator, the first chief or leader, and whoever has nobody to ask."""

from datetime import date
from typing import Any

import click
from flask_babel import gettext
from sqlalchemy import select

from portal.engine import audit, clock
from portal.engine.commands import Failed, Group, Wrong, day_given, option
from portal.engine.db import db
from portal.engine.presentation import told
from portal.engine.refusal import Refused
from portal.engine.text import mark as _
from portal.engine.transaction import transaction
from portal.organisation import actions, confirming, fitting, passwords
from portal.organisation.fitting import Wanted
from portal.organisation.forms.accounts import good_username
from portal.organisation.models import CONFIRMING, ROLE_NAMES, Role, RoleGrant, Unit, UnitKind, User
from portal.organisation.presenters.grants import confirmation
from portal.organisation.queries import commune_called, first_commune, somebody_confirms, unit_coded, user_named
from portal.organisation.unit_codes import free_code


@click.group("users", cls=Group, help=_("Accounts and their roles, for whoever keeps the machine."))
def users_commands() -> None:
    pass


@users_commands.command(help=_(
    "Open an administrator's account, and set the commune up if there is none. Prints the first password once."
))  # fmt: skip
@click.argument("username")
@click.argument("full_name")
@option("--commune", default="", metavar="NAME", help=_(
    "The commune by its code or its name with the kind in front; a name that is not there yet is set up."
))  # fmt: skip
@option("--superior", default="", metavar="NAME", help=_("The superior unit, as on the head of a document."))
def create(username: str, full_name: str, commune: str, superior: str) -> None:
    _check_new(username, full_name)
    with transaction(None):
        unit = _commune(commune, superior)
        user, password = actions.create_user(username, full_name.strip(), unit)
        actions.grant_role(user, Role.ADMINISTRATOR, unit, clock.today())
    click.echo(gettext("%(name)s, administrator of %(commune)s", name=user.username, commune=unit.name))
    _print_password(password)


def _check_new(username: str, full_name: str) -> None:
    if not good_username(username):
        raise Wrong(
            gettext("A user name has at least 3 small letters without marks, digits, and single . - _ between them.")
        )
    if not full_name.strip():
        raise Wrong(gettext("Please give the full name."))
    if user_named(username) is not None:
        raise Failed(gettext("The user name %(name)s is taken.", name=username))


def _commune(named: str, superior: str) -> Unit:
    """The commune that is named, or the only one; set up where it is not there yet."""
    if found := (commune_called(named) if named else first_commune()):
        return found.heir or found
    if not named:
        raise Wrong(gettext("No commune is set up yet: say its name with --commune 'xã …'."))
    return actions.create_unit(free_code(named), named, UnitKind.COMMUNE, clock.today(), superior=superior)


def _print_password(password: str) -> None:
    click.echo(gettext("First password: %(password)s", password=password))
    click.echo(gettext("It works once, within a week, and only to choose one's own. It is not shown again."))


@users_commands.command(help=_(
    "Give a role in a unit from a day to a day. One that opens cases waits for the chief or the chair; while the "
    "commune has neither, --confirmed-by says which paper confirms the first of them."
))  # fmt: skip
@click.argument("username")
@click.argument("role")
@click.argument("unit")
@option("--from", "first", metavar="YYYY-MM-DD", help=_("The first day; today if left out."))
@option("--to", "last", metavar="YYYY-MM-DD", help=_("The last day, included; open if left out."))
@option("--on-behalf-of", "behalf", metavar="USERNAME", help=_("For a deputy: for whom they act."))
@option("--capacity", default="", metavar="KT|TL|TUQ|Q", help=_("For a deputy: how they sign."))
@option("--purpose", default="", help=_("For an inspector: for what."))
@option("--confirmed-by", "paper", default="", metavar="PAPER", help=_(
    "Number and day of the decision that puts the first chief or chair into office; also for a role that waits already."
))  # fmt: skip
def grant(username: str, role: str, unit: str, first: str | None, last: str | None, paper: str, **more: Any) -> None:
    user = _user(username)
    wanted = _wanted(role, unit, first, last, **more)
    if paper:
        _only_the_first(user, wanted.role)
    second, whole = passwords.half(), None
    try:
        with transaction(None):
            waits = fitting.waiting(user, wanted, any_days=not (first or last)) if paper else None
            given, half = (waits, None) if waits else actions.give_role(user, wanted, None)
            if paper:
                whole = _confirm(given, second, paper)
    except Refused as refused:
        raise Failed(" ".join(told(reason) for reason in refused.reasons)) from refused
    _tell(given, half, whole)


def _wanted(role: str, unit: str, first: str | None, last: str | None, behalf: str | None, capacity: str,
            purpose: str) -> Wanted:  # fmt: skip
    if role not in set(Role):
        raise Wrong(gettext("There is no role %(role)s. Known are: %(known)s.", role=repr(role), known=", ".join(Role)))
    if (place := unit_coded(unit)) is None:
        raise Wrong(gettext("There is no unit %(code)s. See: users units", code=repr(unit)))
    begins = day_given("--from", first) if first else clock.today()
    ends = day_given("--to", last) if last else None
    return Wanted(Role(role), place, begins, ends, _user(behalf) if behalf else None, capacity.upper(), purpose)


def _user(username: str) -> User:
    found = user_named(username.lower())
    if found is None:
        raise Wrong(gettext("There is no account %(name)s.", name=repr(username)))
    return found


def _only_the_first(user: User, role: Role) -> None:
    """A paper confirms on the machine only where nobody can on a page."""
    if role not in CONFIRMING:
        raise Wrong(
            gettext("--confirmed-by is for the chief and the chair only; they confirm all others on their page.")
        )
    if somebody_confirms(user.commune_id or 0, besides=user):
        raise Failed(gettext("The commune has a chief or chair who confirms roles on their page. --confirmed-by is for "
                             "the first of them only."))  # fmt: skip


def _confirm(given: RoleGrant, second: str, paper: str) -> str | None:
    """Confirm a role by a paper. Gives back the whole password where a started one came to hold by it."""
    first = given.user.first_half if given.user.vouched_at is None else None
    whole = passwords.joined(first, second) if first else None
    actions.confirm_role(given, None, passwords.hashed(whole) if whole else None)
    audit.note("confirm", given, paper=paper)
    return whole


def _tell(given: RoleGrant, half: str | None, whole: str | None) -> None:
    click.echo(f"{given.user.username}: {ROLE_NAMES[given.role]}, {given.unit.name}, "
               f"{_days(given.valid_from, given.valid_to)}")  # fmt: skip
    if whole:
        _print_password(whole)
    elif half:
        click.echo(gettext("First half of a new password: %(half)s", half=half))
        click.echo(gettext("The second comes from whoever confirms; the person gets both. It is not shown again."))
    if given.needs_confirmation:
        click.echo(confirmation(confirming.of_grant(given)))


def _days(first: date, last: date | None) -> str:
    return f"{first:%d/%m/%Y}–{last:%d/%m/%Y}" if last else f"{first:%d/%m/%Y}–"


@users_commands.command(help=_(
    "Start a new password for somebody whom nobody can help on a page: an administrator, or the only chief or chair."
))  # fmt: skip
@click.argument("username")
def reset(username: str) -> None:
    user = _user(username)
    if not user.is_active:
        raise Failed(gettext("The account is closed. Open it again first."))
    if user.opens_cases and somebody_confirms(user.commune_id or 0, besides=user):
        raise Failed(gettext("This account opens cases: the administrator starts the new password on its page, and the "
                             "chief or the chair confirms it."))  # fmt: skip
    password = passwords.first_password()
    kept = passwords.hashed(password)
    with transaction(None):
        audit.note("start_reset", user)
        if user.opens_cases:
            actions.hand_over(user, kept)
        else:
            actions.start_reset(user, None, kept)
    click.echo(user.username)
    _print_password(password)


@users_commands.command("list", help=_("List the accounts with the roles that they hold today."))
def list_users() -> None:
    for user in db.session.scalars(select(User).order_by(User.commune_id, User.username)):
        state = "" if user.is_active else "  [" + gettext("closed") + "]"
        click.echo(f"{user.username:<24} {user.full_name}{state}")
        for held in user.grants:
            if held.standing:
                waits = f"  [{gettext('waits for confirmation')}]" if held.needs_confirmation else ""
                click.echo(f"    {held.role:<18} {held.unit.code:<10} {_days(held.valid_from, held.valid_to)}{waits}")


@users_commands.command(help=_("List the units with their codes."))
def units() -> None:
    for unit in db.session.scalars(select(Unit).order_by(Unit.code)):
        click.echo(f"{unit.code:<12} {unit.kind:<12} {_days(unit.valid_from, unit.valid_to):<22} {unit.name}")
