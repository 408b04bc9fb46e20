"""Who acts in somebody's name: that ends with the one whose office it is."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from portal.engine.db import db
from portal.engine.holdings import Held, Holding
from portal.engine.text import _l, mark
from portal.organisation.models import RoleGrant, Unit, User, line_of

ACTS = mark("%(name)s acts in their name, at %(unit)s")


def deputies(user: User, commune_id: int) -> Sequence[Held]:
    """Roles that others hold on somebody's behalf, today or later."""
    units = select(Unit.id).where(Unit.commune_id.in_(line_of(commune_id)))
    found = select(RoleGrant).where(RoleGrant.on_behalf_of_id == user.id, RoleGrant.unit_id.in_(units))
    listed = db.session.scalars(found.options(joinedload(RoleGrant.user)).order_by(RoleGrant.id)).unique()
    return [Held(one, ACTS, {"name": one.user.full_name, "unit": one.unit.name}) for one in listed if one.standing]


HOLDINGS = (
    Holding(
        "organisation.deputies", _l("Those who act in their name"), deputies,
        _l("A role in somebody's name is nobody else's: it is ended on its page, and given anew in the name of whoever "
           "holds the office next."),
        page="grants.show",
    ),
)  # fmt: skip
