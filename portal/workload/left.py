"""What is left without hands when an account is closed, and whom that is told."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from portal.duties.holdings import turns
from portal.engine.holdings import counted
from portal.engine.presentation import day
from portal.organisation.models import Role, User
from portal.organisation.queries import holders

# Who has somebody's work handed over, by the role of whose it is.
ANSWERING: Mapping[Role, Role] = {
    Role.POLICE_OFFICER: Role.POLICE_CHIEF,
    Role.POLICE_CHIEF: Role.COMMUNE_LEADER,
    Role.COMMUNE_LEADER: Role.COMMUNE_LEADER,
    Role.OFFICE_CLERK: Role.COMMUNE_LEADER,
    Role.VILLAGE_HEAD: Role.COMMUNE_LEADER,
    Role.TEAM_MEMBER: Role.COMMUNE_LEADER,
    Role.MILITARY_COMMAND: Role.MILITARY_COMMAND,
    Role.BORDER_GUARD: Role.BORDER_GUARD,
}


def answering(user: User) -> list[User]:
    """Who has the work of somebody handed over: the heads of what they were last."""
    commune_id = user.commune_id
    if commune_id is None:
        return []
    roles = {ANSWERING[grant.role] for grant in user.grants if grant.voided_at is None and grant.role in ANSWERING}
    found = {one.id: one for role in sorted(roles) for one in holders(role, commune_id) if one.id != user.id}
    return list(found.values())


def told_of_work(user: User) -> Iterable[User]:
    return answering(user) if user.commune_id and counted(user, user.commune_id) else ()


def told_of_turns(user: User) -> Iterable[User]:
    return answering(user) if user.commune_id and turns(user, user.commune_id) else ()


def whose_work(user: User) -> Mapping[str, Any]:
    return {"name": user.full_name}


def whose_turns(user: User) -> Mapping[str, Any]:
    """The first day on which nobody stands in for them, and how many there are."""
    found: Sequence[Any] = turns(user, user.commune_id) if user.commune_id else ()
    first = min((one.record.on for one in found), default=None)
    return {"name": user.full_name, "day": day(first) if first else "", "count": len(found)}
