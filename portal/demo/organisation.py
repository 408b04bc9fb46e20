"""Sets up the units and the people of the example, each role from a day to a day.

Deeds of 2022 and today's work both find a grant that holds on their day: roles in the old commune's units end on
30/06/2025, and the same person goes on in the new one's the day after.
"""

from dataclasses import dataclass
from datetime import date

from portal.demo.people import NEIGHBOURS, OFFICIALS, Official
from portal.demo.units import COMMUNE, MERGED_ON, NEIGHBOUR, OLD_COMMUNE, set_up_units
from portal.engine import clock
from portal.engine.transaction import transaction
from portal.organisation import actions, passwords
from portal.organisation.demo_accounts import DEMO_PASSWORD
from portal.organisation.models import OPENS_CASES, Role, RoleGrant, Unit, User

PURPOSE = "Kiểm sát việc tuân theo pháp luật trong thi hành án hình sự tại cộng đồng"


@dataclass(frozen=True)
class Organisation:
    """The units by code ("BY-CA", "BY-BPH", "PY-CA") and the people by user name."""

    units: dict[str, Unit]
    people: dict[str, User]

    def force(self, short: str, day: date) -> Unit:
        """The force or the commune (empty) as it stood on a day: of xã Pờ Y before the merger, of xã Bờ Y since."""
        commune = OLD_COMMUNE if day < MERGED_ON else COMMUNE
        return self.units[f"{commune}-{short}" if short else commune]

    def village(self, short: str) -> Unit:
        return self.units[f"{COMMUNE}-{short}"]


def load_organisation(until: date | None = None) -> Organisation:
    """Set units, people and grants up. Call it with the clock at or before `SET_UP_ON`, once, in an empty portal.

    *until* is the day on which the story ends, today unless told: the inspector's grant has an end, and must still
    hold then.
    """
    until = until or clock.day_of(clock.written_now())
    password_hash = passwords.hashed(DEMO_PASSWORD)
    with transaction(None):
        units = set_up_units()
        people = {one.username: _account(units, one, COMMUNE, password_hash) for one in OFFICIALS}
        people |= {one.username: _account(units, one, NEIGHBOUR, password_hash) for one in NEIGHBOURS}
    told = Organisation(units, people)
    _grant_all(told, OFFICIALS, COMMUNE, until)
    _grant_all(told, NEIGHBOURS, NEIGHBOUR, until)
    _let_province_see(told, NEIGHBOUR)
    return told


def _account(units: dict[str, Unit], one: Official, commune: str, password_hash: str) -> User:
    return actions.create_demo_user(
        one.username, one.full_name, units[commune], one.title, one.address_word, password_hash
    )


def _grant_all(told: Organisation, officials: tuple[Official, ...], commune: str, until: date) -> None:
    """The administrator gives the roles; the chief confirms those that open cases, the leader the chief's own."""
    by = {one.role: told.people[one.username] for one in reversed(officials) if not one.deputy_of}
    with transaction(None):
        own = [
            grant for one in officials if one.role == Role.ADMINISTRATOR for grant in _grants(told, one, commune, until)
        ]
    with transaction(by[Role.ADMINISTRATOR]):
        given = [
            grant for one in officials if one.role != Role.ADMINISTRATOR for grant in _grants(told, one, commune, until)
        ]
    waiting = [grant for grant in (*own, *given) if grant.role in OPENS_CASES]
    chiefs = [grant for grant in waiting if grant.user_id == by[Role.POLICE_CHIEF].id]
    with transaction(by[Role.COMMUNE_LEADER]):
        for grant in chiefs:
            actions.confirm_grant(grant, by[Role.COMMUNE_LEADER])
    with transaction(by[Role.POLICE_CHIEF]):
        for grant in waiting:
            if grant not in chiefs:
                actions.confirm_grant(grant, by[Role.POLICE_CHIEF])


def _let_province_see(told: Organisation, commune: str) -> None:
    """Whoever reads for the province compares communes, so they read of more than one."""
    reader = next(one for one in OFFICIALS if one.role == Role.PROVINCE_VIEWER)
    given_by = next(one for one in NEIGHBOURS if one.role == Role.ADMINISTRATOR)
    unit = told.units[commune]
    with transaction(told.people[given_by.username]):
        actions.grant_role(told.people[reader.username], reader.role, unit, unit.valid_from)


def _grants(told: Organisation, one: Official, commune: str, until: date) -> list[RoleGrant]:
    """The grants of one person: through the merger where their unit went through it."""
    user, deputy_of = told.people[one.username], told.people.get(one.deputy_of)
    capacity = "KT" if deputy_of else ""
    if one.role == Role.INSPECTOR:  # for a limited time, and for a purpose
        first, last = date(until.year, 1, 1), date(until.year + 1, 12, 31)
        return [actions.grant_role(user, one.role, told.units[commune], first, last, purpose=PURPOSE)]
    code = f"-{one.unit}" if one.unit else ""
    unit, before = told.units[commune + code], told.units.get(OLD_COMMUNE + code)
    through = [before, unit] if commune == COMMUNE and before is not None else [unit]
    return [
        actions.grant_role(
            user, one.role, each, each.valid_from, each.valid_to, on_behalf_of=deputy_of, capacity=capacity
        )
        for each in through
    ]
