"""Who may confirm a role or a password that waits: the people whom the access table lets do it, and who is asked first.

Pages and buttons ask the table. This is its twin for a single account, for whoever is to be asked or told.
"""

from dataclasses import dataclass

from portal.organisation.models import CONFIRMING, Role, RoleGrant, User
from portal.organisation.queries import grants_of


@dataclass(frozen=True)
class Asked:
    """The role that is asked to confirm and, where not everybody who holds it may, the one person who is left."""

    role: Role
    user_id: int | None = None
    somebody: bool = True


def of_grant(grant: RoleGrant) -> Asked:
    return asked(grant.user, grant.created_by_id, grant.user.first_half_by_id)


def of_reset(user: User) -> Asked:
    return asked(user, user.first_half_by_id)


def asked(user: User, *gave: int | None) -> Asked:
    """The chief, but for whoever is chief the chair; the other of the two where that office could not answer.

    Nobody confirms what is their own or what they *gave*, nor does whoever acts for them.
    """
    bound = {user.id, *gave}
    order = tuple(reversed(CONFIRMING)) if _is_chief(user) else CONFIRMING
    for role in order:
        held = grants_of(role, user.commune_id or 0)
        left = {grant.user_id for grant in held if not {grant.user_id, grant.on_behalf_of_id} & bound - {None}}
        if left:
            alone = len(left) == 1 and left != {grant.user_id for grant in held}
            return Asked(role, next(iter(left)) if alone else None)
    return Asked(order[0], somebody=False)


def _is_chief(user: User) -> bool:
    return any(grant.role == Role.POLICE_CHIEF and grant.standing for grant in user.grants)
