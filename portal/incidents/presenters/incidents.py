"""Incidents and tips as their pages show them: with files, what was seen of it, what led to it."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import url_for
from flask_login import current_user

from portal.documents.presenter import files_shown
from portal.engine.access import Actor, may, may_open, reach
from portal.engine.db import db
from portal.engine.text import _
from portal.incidents.models import Incident, IncidentRole, Observation, Tip
from portal.incidents.wording import heading_of

BREACHES = "pledges.breached"  # the page of another room on which pledges of a village are looked through


def beside(incident: Incident) -> Mapping[str, Any]:
    """What the page of an incident shows beside its answers."""
    return {
        "files": files_shown(current_user, incident),
        "attaches": not incident.against_files and may(current_user, "attach", incident),
        "seen": _of(current_user, Observation, incident), "tips": _of(current_user, Tip, incident),
        "breach_url": breach_url(current_user, incident),
    }  # fmt: skip


def _of(user: Actor, kind: type[Any], incident: Incident) -> Sequence[Any]:
    """The records of a kind that belong to the incident and that the reader may open."""
    found = reach(user, "read", kind).where(kind.incident_id == incident.id, kind.voided_at.is_(None))
    return db.session.scalars(found.order_by(kind.id)).all()


def breach_url(user: Actor, incident: Incident) -> str:
    """Where a breach of a pledge may be proposed, of an incident with a subject. Nothing is proposed by itself."""
    subjects = [one for one in incident.persons if one.role == IncidentRole.SUBJECT and one.voided_at is None]
    if incident.voided_at is not None or not subjects or not may_open(user, BREACHES):
        return ""
    return url_for(BREACHES, incident=incident.number, on=incident.day.isoformat(), show=str(incident.village_id))


def to_the_incident(tip: Tip) -> Sequence[tuple[str, str]]:
    """The way from a tip to what it led to."""
    if tip.incident is None or not may(current_user, "read", tip.incident):
        return ()
    named = _("Open %(incident)s", incident=heading_of(tip.incident))
    if tip.incident.voided_at is not None:
        named = _("Open %(incident)s (struck out)", incident=heading_of(tip.incident))
    return ((named, url_for("incidents.show", id=tip.incident.id)),)
