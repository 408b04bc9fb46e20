"""The frame around every page: the places, the commune, as whom one acts."""

from dataclasses import dataclass
from typing import Any

from flask import current_app, g, request, url_for
from flask_babel import get_locale
from flask_login import current_user

from portal.duties.bell import bell
from portal.engine import clock
from portal.engine.access import may, may_open
from portal.engine.area import Area
from portal.engine.db import Kept, db
from portal.engine.presentation import moment
from portal.engine.text import _
from portal.organisation import sessions
from portal.organisation.models import ROLE_NAMES, RoleGrant, Unit
from portal.organisation.queries import first_commune, has_demo
from portal.rail import rail


@dataclass(frozen=True)
class RoleChoice:
    key: str
    label: str
    current: bool


def acting_as(grant: RoleGrant) -> str:
    """Say in words as whom somebody acts."""
    role = ROLE_NAMES[grant.role]
    if grant.on_behalf_of:
        return _("%(role)s, on behalf of %(name)s", role=role, name=grant.on_behalf_of.full_name)
    return str(role)


def page_of(record: Kept) -> str:
    """The page of a record, or of what it belongs to; nothing where the user may not read that."""
    for kind, endpoint in (subject for area in current_app.extensions["areas"] for subject in area.subjects):
        if isinstance(record, kind):
            return url_for(endpoint, id=record.id) if may(current_user, "read", record) else ""
    above = getattr(record, record.parent) if record.parent else None
    return page_of(above) if above is not None else ""


def shell(areas: tuple[Area, ...]) -> dict[str, Any]:
    """What base.html draws around the page. A page that stands alone asks the database nothing."""
    locale = str(get_locale())
    if g.get("alone"):
        return {"locale": locale}
    frame: dict[str, Any] = {
        "locale": locale,
        "other_locale": "en" if locale == "vi" else "vi",
        "printed_at": moment(clock.now()),
        "theme": current_user.theme if current_user.is_authenticated else "",
        "demo": (demo := has_demo()),
        "tour_url": url_for("guide.tour") if demo else "",
        "groups": [],
        "bottom": [],
        "tabs": [],
        "roles": [],
        "acting": "",
        "idle": "" if sessions.by_card() else "25",  # minutes until the page warns
        "user_name": "",
        "user_title": "",
        "account_url": url_for("organisation.account"),
        "sessions_url": url_for("organisation.list_sessions"),
        "more_url": url_for("home.more"),
        "home_url": url_for("home.show"),
        "sign_out_url": url_for("organisation.sign_out"),
        **_commune(),
    }
    if current_user.is_authenticated:
        frame |= _of_user(areas)
    return frame


def _commune() -> dict[str, str]:
    acting = current_user.acting if current_user.is_authenticated else None
    unit = db.session.get(Unit, acting.commune_id) if acting else first_commune()
    unit = unit.heir if unit and unit.heir else unit
    return {
        "commune": unit.title if unit else "",
        "superior": (unit.superior[:1].upper() + unit.superior[1:]) if unit else "",
    }


def _of_user(areas: tuple[Area, ...]) -> dict[str, Any]:
    found = rail(areas)
    acting = current_user.acting
    choices = {grant.key: grant for grant in current_user.opened_today}
    return {
        "search_url": url_for("cases.index") if may_open(current_user, "cases.index") else "",
        "find_url": url_for("home.find"),
        "bell": bell(current_user.id),
        "groups": found.groups,
        "bottom": found.bottom,
        "tabs": found.tabs,
        "in_more": bool(request.endpoint) and not any(item.current for item in found.bottom),
        "user_name": current_user.full_name,
        "user_title": current_user.title,
        "acting": acting_as(acting) if acting else "",
        "roles": [
            RoleChoice(key, acting_as(grant), bool(acting and acting.key == key)) for key, grant in choices.items()
        ],
    }
