"""Ceremonies and meetings that the villages of the example held in these days."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial

from portal.demo.deeds import Deed, Scene, on
from portal.demo.doors import VILLAGES
from portal.demo.households import village_of
from portal.demo.reaching_out import CEREMONY_ON, in_turn
from portal.engine import access, clock
from portal.outreach import actions
from portal.outreach.models import OutreachSession, SessionForm

OF_TEN = {"DME": 6, "NHA": 5, "BPH": 4}  # households of ten that came to the flag ceremony
TOPIC = "Vận động ký cam kết không ma túy; an toàn điện dịp cuối năm"


def sessions_of_these_days(today: date) -> Iterator[Deed]:
    """A flag ceremony on the Monday before, in a few villages; in one of them a meeting on the evening of its sheet."""
    monday = today - timedelta(days=today.weekday() or 7)
    for village in VILLAGES:
        if village.code in OF_TEN and not (monday.day == CEREMONY_ON and in_turn(monday) == village.code):
            came = village.households * OF_TEN[village.code] // 10
            yield on(monday, 9, village.head, partial(record, village.code, SessionForm.FLAG_CEREMONY, came, ""))
    yield on(today - timedelta(days=10), 20, VILLAGES[0].head, partial(record, VILLAGES[0].code,
             SessionForm.VILLAGE_MEETING, 148, TOPIC))  # fmt: skip


def record(village: str, form: SessionForm, attendance: int, topic: str, scene: Scene) -> None:
    if not access.holds(scene.actor, "record", OutreachSession):
        raise LookupError(f"{scene.actor.username} may not record what was held on {clock.today()}.")
    actions.record_session(village_of(scene, village), form, attendance, topic=topic)
