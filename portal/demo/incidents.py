"""Incidents of the example, deed by deed: written down on the next morning, or from what a village head saw; with
their outcome on its day. And what people told, the boxes into which they put it, the disputes that were mediated."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time, timedelta
from functools import partial

from portal.books.actions import add_line, mend, write_down
from portal.demo import chance, working_days
from portal.demo.deeds import Deed, Scene, on
from portal.demo.doors import VILLAGES
from portal.demo.happenings import RULE_FROM, Happening, handled_by, happenings
from portal.demo.households import village_of
from portal.demo.patrols import commune_id
from portal.engine import access, clock
from portal.incidents import actions
from portal.incidents.actions import Seen
from portal.incidents.models import (
    Agency,
    BoxPlace,
    Channel,
    Dispute,
    DisputeKind,
    Harm,
    Incident,
    IncidentPerson,
    IncidentRole,
    IncidentVehicle,
    Observation,
    Seizure,
    Settlement,
    Source,
    Substance,
    Tip,
    TipAssessment,
    TipBox,
    TipBoxOpening,
    VehicleKind,
)

OFFICERS = ("police_officer", "a_nhuin", "tran_thi_dieu")
ONE_DAY = timedelta(days=1)
HEADS = {one.code: one.head for one in VILLAGES}


def what_happened(today: date) -> Iterator[Deed]:
    """Everything up to a day."""
    for one in happenings(today):
        yield from _course(one, seen_twice=one.seen_before and one.on >= RULE_FROM)
    yield from tips(today)
    yield from boxes(today)
    yield from disputes(today)


def _course(one: Happening, *, seen_twice: bool) -> Iterator[Deed]:
    officer, morning = chance.choice(OFFICERS, one.key, "officer"), one.on + ONE_DAY
    if one.seen_before:
        yield on(one.on, 21, HEADS[one.village], partial(see, one))
    if seen_twice:
        yield on(one.on, 22, "police_officer", partial(hear, one))
    yield on(morning, 8, officer, partial(enter, one))
    if seen_twice:
        yield on(morning, 9, officer, partial(join, one))
    if one.outcome_on:
        yield on(max(one.outcome_on, morning), 16, officer, partial(end, one))


def see(one: Happening, scene: Scene) -> None:
    """A village head tells the police what they saw."""
    seen = Seen(Source.VILLAGE, one.on, time(20, 15), village_of(scene, one.village), one.location, one.text)
    scene.seen[one.key] = actions.note_down(commune_id(scene), seen).id


def hear(one: Happening, scene: Scene) -> None:
    """Somebody else calls of the same."""
    text = "Người dân gọi điện báo có vụ việc tại khu vực này; đề nghị Công an xã đến ngay."
    seen = Seen(Source.TELEPHONE, one.on, time(20, 30), village_of(scene, one.village), one.location, text)
    scene.seen[f"{one.key}/heard"] = actions.note_down(commune_id(scene), seen).id


def enter(one: Happening, scene: Scene) -> None:
    """Write it down with all its lines: from what was seen, where somebody noted it."""
    if one.seen_before:
        incident = actions.make_incident(_observation(one.key, "become", scene), _facts(one, scene), scene.actor)
    else:
        incident = actions.begin_incident(commune_id(scene), _facts(one, scene), scene.actor)
    scene.incidents[one.key] = incident.id
    for name in one.subjects:
        person = {"role": IncidentRole.SUBJECT, "full_name": name, "residence": one.residence}
        add_line(IncidentPerson, incident, person, scene.actor)
    if one.grams:
        seized = {"substance": Substance.METHAMPHETAMINE, "grams": one.grams}
        add_line(Seizure, incident, seized, scene.actor)
    if one.motorbikes:
        damaged = {"kind": VehicleKind.MOTORBIKE, "quantity": one.motorbikes, "harm": Harm.DAMAGED}
        add_line(IncidentVehicle, incident, damaged, scene.actor)


def _facts(one: Happening, scene: Scene) -> dict[str, object]:
    return {
        "kind": one.kind, "category": one.category, "village_id": village_of(scene, one.village).id,
        "location": one.location, "text": one.text, "occurred_on": one.on, "detected_on": one.on, "cause": one.cause,
        "detected_by": one.detected_by, "received_by": Agency.COMMUNE_POLICE,
        "handled_by": handled_by(one.on, one.detected_by), "agencies": one.agencies, "deaths": one.deaths,
        "injured": one.injured, "property_vnd": one.property_vnd,
    }  # fmt: skip


def join(one: Happening, scene: Scene) -> None:
    heard = _observation(f"{one.key}/heard", "join", scene)
    actions.add_to_incident(heard, the_incident(one.key, scene), scene.actor)


def end(one: Happening, scene: Scene) -> None:
    """Write down what became of it."""
    mend(the_incident(one.key, scene), {"outcome": one.outcome, "outcome_on": one.outcome_on}, scene.actor)


def the_incident(key: str, scene: Scene) -> Incident:
    """The incident, if whoever acts may change it. Raises LookupError if not."""
    found = access.find(scene.actor, "edit", Incident, scene.incidents[key])
    if found is None:
        raise LookupError(f"{scene.actor.username} may not change {key} on {clock.today()}.")
    return found


def _observation(key: str, to: str, scene: Scene) -> Observation:
    found = access.find(scene.actor, to, Observation, scene.seen[key])
    if found is None:
        raise LookupError(f"{scene.actor.username} may not {to} {key} on {clock.today()}.")
    return found


# ── tips ────────────────────────────────────────────────────────────────────────────────────────────────────────────
@dataclass(frozen=True)
class Told:
    """A tip, what came of it, and the incident to which it led."""

    received_on: date
    channel: Channel
    text: str
    assessment: TipAssessment
    assessed_on: date
    incident: str = ""


TIPS = (
    Told(
        date(2024, 3, 5), Channel.PHONE, "Nghi có người lạ mua bán hàng cấm ở chợ.", TipAssessment.NOT_VALUABLE,
        date(2024, 3, 11),
    ),
    Told(
        date(2024, 6, 20), Channel.PHONE, "Có người sử dụng ma túy tại một nhà nghỉ.", TipAssessment.VALUABLE,
        date(2024, 6, 24), "S24-5",
    ),
    Told(
        date(2024, 8, 13), Channel.BOX, "Thanh niên tụ tập ban đêm ở nhà bỏ hoang.", TipAssessment.NOT_VALUABLE,
        date(2024, 9, 9),
    ),
)  # fmt: skip
LATER_TIPS = (
    "Xe lạ dừng lâu ở cuối thôn vào ban đêm.", "Có nhóm người tụ tập đánh bạc ở rẫy.",
    "Nghi có người bán pháo lén cho học sinh.", "Người lạ hỏi thuê người đi qua biên giới.",
)  # fmt: skip


def tips(today: date) -> Iterator[Deed]:
    """Those of the story, then one a quarter; the last one waits for its assessment."""
    for number, one in enumerate((*TIPS, *_later_tips(today))):
        key = f"tip {number}"
        if one.received_on < today:
            yield on(one.received_on, 14, "tran_thi_dieu", partial(take_tip, key, one))
            yield on(one.assessed_on, 10, "police_chief", partial(assess_tip, key, one))


def _later_tips(today: date) -> Iterator[Told]:
    months = [date(year, month, 14) for year in range(RULE_FROM.year, today.year + 1) for month in (2, 5, 8, 11)]
    for received_on in (one for one in months if RULE_FROM <= one < today):
        valuable = chance.number(3, received_on, "valuable") == 0
        yield Told(
            received_on, chance.choice((Channel.PHONE, Channel.BOX, Channel.IN_PERSON, Channel.APP), received_on),
            chance.choice(LATER_TIPS, received_on, "text"),
            TipAssessment.VALUABLE if valuable else TipAssessment.NOT_VALUABLE,
            working_days.after(received_on, 15),
        )  # fmt: skip


def take_tip(key: str, one: Told, scene: Scene) -> None:
    facts = {"received_on": one.received_on, "channel": one.channel, "text": one.text}
    scene.tips[key] = write_down(Tip, commune_id(scene), facts, scene.actor).id


def assess_tip(key: str, one: Told, scene: Scene) -> None:
    tip = access.find(scene.actor, "edit", Tip, scene.tips[key])
    if tip is None:
        raise LookupError(f"{scene.actor.username} may not assess {key} on {clock.today()}.")
    led_to = scene.incidents[one.incident] if one.incident else None
    mend(tip, {"assessment": one.assessment, "assessed_on": one.assessed_on, "incident_id": led_to}, scene.actor)


# ── tip boxes ───────────────────────────────────────────────────────────────────────────────────────────────────────
BOXES = (
    ("DME", date(2024, 7, 9)), ("IEC", date(2024, 7, 9)), ("MTO", date(2024, 7, 9)), ("KKH", date(2024, 7, 10)),
    ("BPH", date(2024, 7, 10)), ("TKA", date(2024, 7, 10)), ("NHA", date(2024, 7, 11)), ("", date(2024, 7, 11)),
)  # fmt: skip
OPENED_ON, FIRST_OPENING, WITH_A_LETTER = 13, date(2024, 8, 13), "BPH"  # the day of the month; the tip of that day


def boxes(today: date) -> Iterator[Deed]:
    """Seven halls and the police station; each box is opened every month by two."""
    for village, put_up_on in BOXES:
        yield on(put_up_on, 10, "a_nhuin", partial(put_up, village, put_up_on))
    month = FIRST_OPENING
    while month < today:
        opened_on = working_days.from_day(month)
        for place, (village, _put_up_on) in enumerate(BOXES):
            yield Deed(clock.moment(opened_on, 8 + place), "a_nhuin", partial(open_box, village))
        month = (month.replace(day=1) + timedelta(days=32)).replace(day=OPENED_ON)


def put_up(village: str, put_up_on: date, scene: Scene) -> None:
    hall = village_of(scene, village) if village else None
    facts = {
        "place_kind": BoxPlace.VILLAGE_HALL if hall else BoxPlace.POLICE_STATION,
        "village_id": hall.id if hall else None,
        "location": f"Hội trường {hall.name}" if hall else "Trụ sở Công an xã", "installed_on": put_up_on,
    }  # fmt: skip
    scene.boxes[village] = write_down(TipBox, commune_id(scene), facts, scene.actor).id


def open_box(village: str, scene: Scene) -> None:
    box = access.find(scene.actor, "edit", TipBox, scene.boxes[village])
    if box is None:
        raise LookupError(f"{scene.actor.username} may not open a box on {clock.today()}.")
    today = clock.today()
    with_a_letter = village == WITH_A_LETTER if today == FIRST_OPENING else not chance.number(25, village, today)
    facts = {
        "opened_on": today, "opened_at": clock.now().astimezone(clock.VIETNAM).time().replace(second=0, microsecond=0),
        "first_id": scene.actor.id, "second_id": scene.people[HEADS.get(village, "tran_thi_dieu")],
        "found": int(with_a_letter),
    }  # fmt: skip
    add_line(TipBoxOpening, box, facts, scene.actor)


# ── disputes ────────────────────────────────────────────────────────────────────────────────────────────────────────
DISPUTED_FROM, DAYS_OF_MEDIATION = date(2023, 2, 1), 12
ABOUT = (
    (DisputeKind.LAND, "Tranh chấp ranh giới rẫy giữa hai hộ liền kề."),
    (DisputeKind.FAMILY, "Vợ chồng mâu thuẫn, xô xát nhiều lần."),
    (DisputeKind.NEIGHBOURS, "Gia súc thả rông phá hoa màu của hộ bên cạnh."),
    (DisputeKind.MONEY, "Vay tiền không trả đúng hẹn."),
)


def disputes(today: date) -> Iterator[Deed]:
    """One every two months, in one village in turn; one in five is not settled."""
    taken_up_on, turn = DISPUTED_FROM, 0
    while taken_up_on < today:
        village = VILLAGES[turn % len(VILLAGES)]
        began_on = working_days.from_day(taken_up_on + timedelta(days=chance.number(20, "dispute", turn)))
        ended_on = working_days.after(began_on, DAYS_OF_MEDIATION)
        yield on(began_on, 15, village.head, partial(take_up, turn, village.code))
        yield on(ended_on, 15, village.head, partial(settle, turn))
        taken_up_on, turn = (taken_up_on + timedelta(days=62)).replace(day=1), turn + 1


def take_up(turn: int, village: str, scene: Scene) -> None:
    kind, text = chance.choice(ABOUT, "dispute", turn, "about")
    where = village_of(scene, village)
    facts = {
        "taken_up_on": clock.today(), "village_id": where.id, "kind": kind, "parties": 2, "text": text,
        "mediator": f"Tổ hòa giải {where.name}",
    }  # fmt: skip
    scene.disputes[turn] = write_down(Dispute, commune_id(scene), facts, scene.actor).id


def settle(turn: int, scene: Scene) -> None:
    dispute = access.find(scene.actor, "edit", Dispute, scene.disputes[turn])
    if dispute is None:
        raise LookupError(f"{scene.actor.username} may not settle a dispute on {clock.today()}.")
    settled = chance.number(5, "dispute", turn, "settled") > 0
    result = Settlement.SETTLED if settled else Settlement.NOT_SETTLED
    mend(dispute, {"result": result, "result_on": clock.today()}, scene.actor)
