"""Whom one can propose as the helper of a person: those of the person's village first, each with office and body."""

from itertools import groupby

from portal.cases.models import HELPING, Case
from portal.engine.forms import Pairs
from portal.engine.text import _
from portal.engine.vietnamese import fold
from portal.organisation.models import ROLE_NAMES, RoleGrant, Unit
from portal.organisation.queries import grants_of


def candidates(case: Case) -> dict[str, Pairs]:
    """Whoever may help, by village or body. The present helper and the officer in charge are left out."""
    grants = sorted(_one_each(case), key=lambda grant: (*_place(case, grant.unit), grant.user.sort_key))
    return {
        unit.title: [(str(grant.user_id), described(grant)) for grant in held]
        for unit, held in groupby(grants, key=lambda grant: grant.unit)
    }


def _one_each(case: Case) -> list[RoleGrant]:
    """One grant for each person, of several the one in the person's village."""
    left_out = {case.owner_id, case.helper.id if case.helper else None}
    held = [grant for role in HELPING for grant in grants_of(role, case.commune_id) if grant.on_behalf_of_id is None]
    nearest_last = sorted(held, key=lambda grant: _place(case, grant.unit), reverse=True)
    return list({grant.user_id: grant for grant in nearest_last if grant.user_id not in left_out}.values())


def _place(case: Case, unit: Unit) -> tuple[bool, str, int]:
    """Where a unit stands in the list: the village of the person first, the others by name."""
    return unit.id != case.person.village_id, fold(unit.name), unit.id


def described(grant: RoleGrant) -> str:
    """Name, office and where: "A Xeng – Trưởng thôn Iệc"; the place is not said twice."""
    office = grant.user.title or str(ROLE_NAMES[grant.role])
    place = "" if fold(grant.unit.short_name) in fold(office) else f", {grant.unit.name}"
    return f"{grant.user.full_name} – {office}{place}"


def present_helper(case: Case) -> str:
    """Who helps already, and is therefore not in the list."""
    if case.helper is None:
        return ""
    return _("%(name)s helps now, until whoever is chosen here accepts.", name=case.helper.full_name)
