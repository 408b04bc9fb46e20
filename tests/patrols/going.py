"""Builders of patrols that read like sentences. Everything is made through actions."""

from datetime import datetime, timedelta
from typing import Any

from lxml import html

from portal.engine import clock
from portal.engine.transaction import transaction
from portal.organisation.models import Unit
from portal.patrols import actions
from portal.patrols.actions import LandmarkFacts, Logged, Planned, Team, Visit
from portal.patrols.models import Landmark, LandmarkKind, Patrol, PatrolKind
from tests.builders import FOUNDED, Commune
from tests.conftest import TODAY

FORCES = (("CA", 3, "Trần Văn Toản"), ("QS", 4, "A Bình"), ("BP", 3, "Hồ Sỹ Mạnh"))


def at(hour: int, minute: int = 0, days: int = 0) -> datetime:
    """A moment of today, or of a day before or after."""
    return clock.moment(TODAY + timedelta(days=days), hour, minute)


def a_point(commune: Commune, name: str = "Mốc 790", kind: LandmarkKind = LandmarkKind.BORDER_MARKER) -> Landmark:
    with transaction(commune.clerk):
        return actions.enter_landmark(commune.id, LandmarkFacts(kind, name, 200, 300, "790"), FOUNDED)


def a_patrol(
    commune: Commune, start: datetime | None = None, hours: int = 4, *, kind: PatrolKind = PatrolKind.ORDER,
    by: str = "officer", forces: Any = FORCES, points: tuple[Landmark, ...] = (), leader: str = "",
) -> Patrol:  # fmt: skip
    """A patrol of three forces, planned by the police for the early morning of today; of a day before, on that day."""
    start = start or at(2)
    teams = tuple(Team(commune.place(code), count, name) for code, count, name in forces)
    planned = Planned(kind, start, start + timedelta(hours=hours), leader, "02 xe máy", teams, points)
    own = {"officer": "CA", "chief": "CA", "military": "QS", "border": "BP"}[by]
    with clock.telling(min(clock.now(), start)), transaction(getattr(commune, by)):
        return actions.plan_patrol(commune.id, planned, _unit(commune, own))


def _unit(commune: Commune, code: str) -> Unit:
    return commune.place(code)


def logged(commune: Commune, patrol: Patrol, by: str = "officer", **more: Any) -> Patrol:
    """Its log, written by somebody, as it was planned unless told otherwise."""
    facts: dict[str, Any] = {"conclusion": "Không phát hiện vi phạm", **more}
    start, end = facts.pop("start", patrol.planned_start_at), facts.pop("end", patrol.planned_end_at)
    visits = {
        stop.id: Visit(start + timedelta(minutes=30), "Mốc nguyên vẹn") for stop in patrol.ways if stop.landmark_id
    }
    with transaction(getattr(commune, by)):
        actions.write_log(patrol, getattr(commune, by), Logged(start, end, visits=visits, **facts))
    return patrol


def signed(commune: Commune, patrol: Patrol, *by: str) -> Patrol:
    for who in by:
        with transaction(getattr(commune, who)):
            actions.sign(patrol, getattr(commune, who))
    return patrol


def agreed(commune: Commune, patrol: Patrol, by: str) -> Patrol:
    """A force that the log leaves out says that it took no part."""
    with transaction(getattr(commune, by)):
        actions.agree(patrol, getattr(commune, by))
    return patrol


def disputed(commune: Commune, patrol: Patrol, by: str, reason: str = "Mốc 791 chưa tới được vì nước lớn") -> Patrol:
    with transaction(getattr(commune, by)):
        actions.dispute(patrol, getattr(commune, by), reason)
    return patrol


def as_shown(browser: Any, address: str, **typed: str) -> dict[str, str]:
    """The form of a page as a browser sends it back, with what is typed over it."""
    return in_form(browser.get(address).text) | typed


def in_form(text: str) -> dict[str, str]:
    """What a browser would send of the form on a page."""
    (form,) = html.document_fromstring(text).xpath("//main//form[@class='form']")
    return dict(form.form_values())


def error_at(text: str, field: str) -> str:
    """What a page says is wrong with a field; nothing where it says nothing there."""
    found = html.document_fromstring(text).xpath("//*[@id=$id]", id=f"{field}-error")
    return " ".join(found[0].text_content().split()) if found else ""
