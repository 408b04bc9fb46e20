"""Roles: their names, which of them open cases, and in which units they are held."""

import enum

from portal.engine.text import _l
from portal.organisation.models.unit import UnitKind


class Role(enum.StrEnum):
    POLICE_OFFICER = "police_officer"
    POLICE_CHIEF = "police_chief"
    COMMUNE_LEADER = "commune_leader"
    MILITARY_COMMAND = "military_command"
    BORDER_GUARD = "border_guard"
    VILLAGE_HEAD = "village_head"
    TEAM_MEMBER = "team_member"
    INSPECTOR = "inspector"
    OFFICE_CLERK = "office_clerk"
    PROVINCE_VIEWER = "province_viewer"
    ADMINISTRATOR = "administrator"


ROLE_NAMES = {
    Role.POLICE_OFFICER: _l("Commune police officer"),
    Role.POLICE_CHIEF: _l("Chief of commune police"),
    Role.COMMUNE_LEADER: _l("Chair of the People's Committee"),
    Role.MILITARY_COMMAND: _l("Commune military command"),
    Role.BORDER_GUARD: _l("Border guard"),
    Role.VILLAGE_HEAD: _l("Village head"),
    Role.TEAM_MEMBER: _l("Helper"),
    Role.INSPECTOR: _l("Inspector"),
    Role.OFFICE_CLERK: _l("Office clerk"),
    Role.PROVINCE_VIEWER: _l("Province viewer"),
    Role.ADMINISTRATOR: _l("Administrator"),
}

# A grant of one of these opens cases: the chief or the leader confirms it before it holds (DESIGN §1).
OPENS_CASES = frozenset({
    Role.POLICE_OFFICER, Role.POLICE_CHIEF, Role.COMMUNE_LEADER, Role.MILITARY_COMMAND, Role.BORDER_GUARD,
    Role.VILLAGE_HEAD, Role.TEAM_MEMBER, Role.INSPECTOR,
})  # fmt: skip

# In which kinds of unit a role is held; in no other can it be given. Whoever looks in from above holds theirs in the
# commune that they look at: a scope is the line of one commune.
ROLE_UNITS: dict[Role, frozenset[UnitKind]] = {
    Role.POLICE_OFFICER: frozenset({UnitKind.POLICE}),
    Role.POLICE_CHIEF: frozenset({UnitKind.POLICE}),
    Role.COMMUNE_LEADER: frozenset({UnitKind.COMMITTEE, UnitKind.COMMUNE}),
    Role.MILITARY_COMMAND: frozenset({UnitKind.MILITARY}),
    Role.BORDER_GUARD: frozenset({UnitKind.BORDER_POST}),
    Role.VILLAGE_HEAD: frozenset({UnitKind.VILLAGE}),
    Role.TEAM_MEMBER: frozenset({UnitKind.VILLAGE, UnitKind.FRONT, UnitKind.MASS_BODY, UnitKind.SECURITY_TEAM}),
    Role.INSPECTOR: frozenset({UnitKind.COMMUNE}),
    Role.OFFICE_CLERK: frozenset({UnitKind.COMMITTEE, UnitKind.COMMUNE}),
    Role.PROVINCE_VIEWER: frozenset({UnitKind.COMMUNE}),
    Role.ADMINISTRATOR: frozenset({UnitKind.COMMUNE}),
}

# Whoever holds any other role than these signs in with a password: a lost card would open too much.
OPENED_BY_CARD = frozenset({Role.VILLAGE_HEAD, Role.TEAM_MEMBER})

# Who may confirm a role that opens cases.
CONFIRMING = (Role.POLICE_CHIEF, Role.COMMUNE_LEADER)

# A grant for a limited time and a purpose (DESIGN §1).
LIMITED = frozenset({Role.INSPECTOR})

# The role that answers for a force in what several forces do together.
ANSWERS_FOR: dict[UnitKind, Role] = {
    UnitKind.COMMITTEE: Role.COMMUNE_LEADER,
    UnitKind.POLICE: Role.POLICE_CHIEF,
    UnitKind.MILITARY: Role.MILITARY_COMMAND,
    UnitKind.BORDER_POST: Role.BORDER_GUARD,
}

# How a signature stands for an office that somebody else holds, or that nobody holds yet.
CAPACITY_NAMES = {
    "KT": _l("KT.: for the head of the office, as the deputy"),
    "TL": _l("TL.: by order of the head"),
    "TUQ": _l("TUQ.: by authority of the head"),
    "Q": _l("Q.: acting head, while nobody holds the office"),
}
