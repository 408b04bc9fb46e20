"""Any sessions, posts and material of outreach, and any weapons handed over."""

from datetime import date
from typing import Any

from hypothesis import strategies as st

from portal.outreach import indicators as of_outreach
from portal.outreach.models import Material, MaterialKind, OutreachSession, SessionForm
from portal.outreach.workflow import SESSION
from portal.prevention import indicators as of_weapons
from portal.prevention.models import WeaponHandover, WeaponItem, WeaponType
from tests.reports import outreach_by_hand, weapons_by_hand
from tests.reports.randomly.rows import Places, Room, days, lines, often, put, rarely, some, where, words

DAY = date(2024, 8, 31)

session = st.builds(
    outreach_by_hand.Session, form=often(["social_media"], SessionForm), state=often(["held"], SESSION.states),
    held_on=days, attendance=st.none() | st.integers(0, 400), where=where, voided=rarely,
)  # fmt: skip
material = st.builds(
    outreach_by_hand.Material, kind=words(MaterialKind), quantity=st.integers(1, 90), distributed_on=days,
    where=where, voided=rarely,
)  # fmt: skip
sessions = st.builds(outreach_by_hand.Told, sessions=some(session, 16), material=some(material))


def tell_of_outreach(places: Places, told: Any) -> None:
    put(OutreachSession, [
        places.entry(number, one, form=one.form, state=one.state, held_on=one.held_on, attendance=one.attendance)
        for number, one in enumerate(told.sessions)
    ])  # fmt: skip
    put(Material, [
        places.entry(number, one, kind=one.kind, quantity=one.quantity, distributed_on=one.distributed_on, topic="")
        for number, one in enumerate(told.material)
    ])  # fmt: skip


OUTREACH = Room(
    "outreach", of_outreach.INDICATORS, sessions, tell_of_outreach, outreach_by_hand.figures,
    outreach_by_hand.Told(
        [outreach_by_hand.Session(form, "held", DAY, 40) for form in ("school", "social_media")],
        [outreach_by_hand.Material(kind, 7, DAY) for kind in ("leaflet", "banner")],
    ),
)  # fmt: skip

item = st.builds(weapons_by_hand.Item, words(WeaponType), st.integers(1, 5), rarely)
hand_overs = some(st.builds(weapons_by_hand.HandOver, days, some(item, 4), where, rarely), 12)


def tell_of_weapons(places: Places, told: Any) -> None:
    put(WeaponHandover, [
        places.entry(number, one, handed_over_on=one.handed_over_on, village_id=places.at(one.where, "BPH"))
        for number, one in enumerate(told)
    ])  # fmt: skip
    put(WeaponItem, [
        places.kept(number, one, handover_id=of, weapon_type=one.type, quantity=one.quantity)
        for number, (of, one) in enumerate(lines(told, "items"))
    ])  # fmt: skip


WEAPONS = Room(
    "weapons", of_weapons.INDICATORS, hand_overs, tell_of_weapons, weapons_by_hand.figures,
    [weapons_by_hand.HandOver(DAY, [weapons_by_hand.Item(of, 2) for of in weapons_by_hand.TYPES])],
)  # fmt: skip
