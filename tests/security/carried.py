"""Phones, and what came from them too late, full of markers: of the head who is asked, of another head, and of one in
the commune beside it."""

import json

from portal.engine import clock
from portal.engine.db import db
from portal.engine.transaction import transaction
from portal.offline import actions
from portal.offline.models import HeldSend, Receipt
from portal.organisation.models import UserSession
from tests.builders import Commune
from tests.security.world import Marked, remember_versions

CARRIED = {"carried": "village_head", "carried_sister": "village_head2"}
FAR = "far_carried"
GROUPS = ("device", "late")


class Carried(Marked):
    """A phone with what it sent after its owner's role had ended, and the marker words that they carry."""

    @property
    def far(self) -> bool:
        return self.place == FAR

    @property
    def words(self) -> dict[str, str]:
        place = self.place.replace("_", "").upper()
        return {group: f"MK{group.upper()}WITH{place}" for group in GROUPS}


def build(commune: Commune, neighbour: Commune) -> dict[str, Carried]:
    here = {name: _carried(name, commune, head) for name, head in CARRIED.items()}
    return {**here, FAR: _carried(FAR, neighbour, "village_head")}


def _carried(name: str, commune: Commune, head: str) -> Carried:
    marked, owner = Carried(name), getattr(commune, head)
    with transaction(owner):
        session = UserSession(token_hash=name, user_id=owner.id, proved_at=clock.now())
        db.session.add(session)
        db.session.flush()
        phone = actions.let_in(owner, session, [], name, marked.words["device"])
        db.session.flush()
        held = _held(commune, phone.id, owner.id, marked.words["late"])
    marked.ids |= {"phone": phone.id, "held_send": held.id}
    remember_versions(marked)
    return marked


def _held(commune: Commune, phone_id: int, user_id: int, text: str) -> HeldSend:
    now, form = clock.now(), "incidents.observation"
    receipt = Receipt(
        user_id=user_id, phone_id=phone_id, commune_id=commune.id, send_id=text, content=text, form=form, year=now.year,
        acting="village_head:", number=user_id, written_at=now, phone_said=now.isoformat(),
    )  # fmt: skip
    typed = [["happened_on", f"{clock.today():%d/%m/%Y}"], ["text", text], ["source", "village"]]
    held = HeldSend(commune_id=commune.id, receipt=receipt, form=form, typed=json.dumps(typed))
    db.session.add(held)
    db.session.flush()
    return held
