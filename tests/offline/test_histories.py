"""Whatever happens between phones and portal, each item is there once, or refused or held aloud.

A history is any mixture of writing, sending, losing and deciding. `Promise` says after each step what must be there;
at the end the signal is back on every phone. Without HISTORIES some few are lived; `make endurance` lives thousands.
"""

import copy
import os
import sys
import uuid
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta
from io import BytesIO
from time import monotonic
from typing import Any, ClassVar

import pytest
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test
from PIL import Image
from sqlalchemy import select

from portal.engine import clock
from portal.engine.db import db
from portal.engine.transaction import transaction
from portal.offline import answers, sending
from portal.offline.models import HeldSend
from portal.offline.parcel import Item
from portal.offline.queries import receipts_of
from tests.offline.promise import CONFLICT, NO_DAY, RECEIVED, REFUSED, Promise, Wire
from tests.offline.stage import BEGINS, PHONES, WRITERS, Stage, tag_of

DAYS = ("22/11/2026", "23/11/2026", NO_DAY)
ACTING = {"village_head": "village_head:", "officer": "police_officer:", "military": "military_command:"}
FAULTS = ("none", "none", "none", "question lost", "answer lost", "dies before", "dies after")
WITH_PHOTOS = ("incidents.report", "incidents.observation")

places = st.integers(0, 7)
phones = st.sampled_from([(who, number) for who in WRITERS for number in range(PHONES)])


@dataclass
class Slip:
    """An item as the phone keeps it."""

    sent: Wire
    state: str = "waiting"
    answer: dict[str, Any] = field(default_factory=dict)


class History(RuleBasedStateMachine):
    stage: ClassVar[Stage]
    lived: ClassVar[Counter[str]] = Counter()

    def __init__(self) -> None:
        super().__init__()
        self.stage.open()
        self.things = self.stage.things()
        self.promise = Promise({who: [[BEGINS - timedelta(days=9), None]] for who in WRITERS})
        self.copied: Promise | None = None
        self.restored = False
        self.boxes: dict[tuple[str, int], dict[str, Slip]] = {
            (who, number): {} for who in WRITERS for number in range(PHONES)
        }
        self.last = 0
        self.lived["histories"] += 1

    def teardown(self) -> None:
        try:
            if sys.exc_info()[0] is None:
                self.the_signal_is_back()
        finally:
            self.stage.close()

    def number(self) -> int:
        self.last += 1
        return self.last

    def id(self) -> str:
        return f"00000000-0000-4000-8000-{self.number():012d}"

    # ── writing ─────────────────────────────────────────────────────────────────────────────────────────────────────
    def write(self, phone: tuple[str, int], form: str, about: int | None, **typed: Any) -> None:
        self.lived["items"] += 1
        self.stage.pass_time(1)
        name = self.id()
        pairs = [[field, str(value)] for field, value in typed.items()]
        self.boxes[phone][name] = Slip(
            {"id": name, "form": form, "about": about, "acting": ACTING[phone[0]],
             "written": self.stage.moment.isoformat(), "typed": pairs}
        )  # fmt: skip

    @rule(who=st.sampled_from(WRITERS), number=st.integers(0, 1), day=st.sampled_from(DAYS), shorter=st.booleans())
    def see_something(self, who, number, day, shorter):
        said = {"happened_on": day, "text": f"Việc {self.number()}"}
        if who == "village_head" and shorter:
            self.write((who, number), "incidents.report", None, **said)
        else:
            self.write((who, number), "incidents.observation", None, **said, source="village")

    @rule(number=st.integers(0, 1), doors=st.lists(st.integers(0, 3), min_size=1, max_size=4),
          day=st.sampled_from(DAYS), result=st.sampled_from(("signed", "signed", "absent", "refused")))  # fmt: skip
    def knock(self, number, doors, day, result):
        for door in doors:
            said = {"household": self.things.doors[door], "signed_on": day, "result": result}
            over = {"pledge_version": "", "call_version": ""}
            self.write(("village_head", number), "households.door", self.things.goal, **said, **over)

    @rule(number=st.integers(0, 1), case=st.integers(0, 1), month=st.sampled_from(("2026-10-01", "2026-11-01")),
          day=st.sampled_from(DAYS))  # fmt: skip
    def take_a_self_report(self, number, case, month, day):
        said = {"version": 1, "month": month, "received_on": day, "channel": "in_person"}
        self.write(("officer", number), "cases.check_in", self.things.cases[case], **said)

    @rule(number=st.integers(0, 1), patrol=st.integers(0, 1), answer=st.sampled_from(("sign", "dispute")),
          reason=st.sampled_from(("", "Đoàn đi từ tối hôm trước")))  # fmt: skip
    def answer_a_log(self, number, patrol, answer, reason):
        patrol = self.things.patrols[patrol]
        version = self.promise.patrol_versions[patrol]
        self.write(("military", number), "patrols.answer", patrol, version=version, answer=answer, reason=reason)

    # ── on the phone ────────────────────────────────────────────────────────────────────────────────────────────────
    def slips(self, *states: str) -> list[tuple[tuple[str, int], Slip]]:
        return [
            (phone, slip) for phone, box in self.boxes.items() for slip in box.values()
            if not states or slip.state in states
        ]  # fmt: skip

    def changed(self, sent: Wire) -> Wire:
        """The same item with other words."""
        names = dict(sent["typed"])
        other = {
            "text": f"Việc {self.number()}", "signed_on": DAYS[names.get("signed_on") == DAYS[0]], "note": "Thêm",
            "received_on": DAYS[names.get("received_on") == DAYS[0]], "reason": f"Khác {self.number()}",
        }  # fmt: skip
        return {**sent, "typed": [[name, other.get(name, value)] for name, value in sent["typed"]]}

    @precondition(lambda self: self.slips("waiting", "refused", "conflict"))
    @rule(place=places, over=st.booleans(), other=st.booleans())
    def write_once_more(self, place, over, other):
        """As the app does it: what was received under the old id stays, so the new one gets another."""
        open_ = self.slips("waiting", "refused", "conflict")
        phone, slip = open_[place % len(open_)]
        del self.boxes[phone][slip.sent["id"]]
        sent = self.changed(slip.sent) if other else slip.sent
        if over:
            now = slip.answer.get("versions", {})
            sent = {**sent, "typed": [[name, now.get(name, value)] for name, value in sent["typed"]]}
        if slip.answer.get("anew"):
            sent = {**sent, "id": self.id()}
        self.boxes[phone][sent["id"]] = Slip(sent)

    @precondition(lambda self: self.slips("waiting", "refused", "conflict"))
    @rule(place=places)
    def delete(self, place):
        open_ = self.slips("waiting", "refused", "conflict")
        phone, slip = open_[place % len(open_)]
        del self.boxes[phone][slip.sent["id"]]

    @rule(who=st.sampled_from(WRITERS))
    def put_the_outbox_on_the_other_phone_too(self, who):
        self.boxes[who, 1] = {**copy.deepcopy(self.boxes[who, 0]), **self.boxes[who, 1]}

    # ── sending ─────────────────────────────────────────────────────────────────────────────────────────────────────
    def send(self, phone: tuple[str, int], sent: list[Wire], fault: str = "none", whole: bool = False) -> None:
        """Send some items and, in a *whole* contact, ask of all receipts and of what is held."""
        if fault == "question lost":
            return
        self.lived["sends"] += 1
        if fault != "none":
            self.lived[fault] += 1
        who, box = phone[0], self.boxes[phone]
        known = [name for name, slip in box.items() if slip.state in ("received", "held")] if whole else []
        held = [name for name in known if box[name].state == "held"]
        parcel = {"items": sent, "receipts": known, "held": held}
        if fault == "dies before":
            with self.stage.dies(fault.removeprefix("dies ")):
                self.stage.send(who, tag_of(*phone), parcel)
            return
        states = [self.promise.judge(who, one) for one in sent]
        if fault == "dies after":
            with self.stage.dies(fault.removeprefix("dies ")):
                self.stage.send(who, tag_of(*phone), parcel)
            return
        said = self.stage.send(who, tag_of(*phone), parcel)
        assert said.status_code == 200, said.text
        receipts = self.promise.receipts
        given, decided = said.json["answers"][: len(sent)], said.json["answers"][len(sent) :]
        assert [one["id"] for one in given] == [one["id"] for one in sent]
        assert {one["id"] for one in decided} == {name for name in held if (who, name) in receipts}
        states += [receipts[who, one["id"]].state for one in decided]
        for answer, state in zip([*given, *decided], states, strict=True):
            self.heard(who, answer, state)
        assert said.json["lost"] == [name for name in known if (who, name) not in receipts]
        if fault == "none":
            self.keep(box, [*given, *decided], said.json["lost"])

    def heard(self, who: str, answer: dict[str, Any], state: frozenset[str]) -> None:
        self.lived[answer["state"]] += 1
        assert answer["state"] in state, answer
        assert answer.get("told") or answer.get("errors"), answer
        if answer["state"] in ("received", "held"):
            kept = self.promise.receipts[who, answer["id"]]
            kept.number = kept.number or answer["number"]
            assert answer["number"] == kept.number, answer

    def keep(self, box: dict[str, Slip], given: list[dict[str, Any]], lost: list[str]) -> None:
        for answer in given:
            if answer["id"] in box:
                box[answer["id"]].state, box[answer["id"]].answer = answer["state"], answer
        for name in lost:
            box[name].state = "waiting"

    @precondition(lambda self: self.slips("waiting"))
    @rule(place=places, most=st.integers(1, 6), fault=st.sampled_from(FAULTS), backwards=st.booleans(),
          twice=st.booleans())  # fmt: skip
    def send_some(self, place, most, fault, backwards, twice):
        phone, _slip = self.slips("waiting")[place % len(self.slips("waiting"))]
        sent = [one.sent for one in self.boxes[phone].values() if one.state == "waiting"][:most]
        sent = sent[::-1] if backwards else sent
        self.send(phone, sent * 2 if twice else sent, fault)

    @rule(phone=phones, fault=st.sampled_from(FAULTS))
    def contact(self, phone, fault):
        self.send(phone, [one.sent for one in self.boxes[phone].values() if one.state == "waiting"], fault, whole=True)

    @precondition(lambda self: self.slips("received", "held"))
    @rule(place=places, times=st.integers(1, 3))
    def send_again_what_was_taken(self, place, times):
        there = self.slips("received", "held")
        phone, slip = there[place % len(there)]
        self.send(phone, [slip.sent] * times, "answer lost")

    @precondition(lambda self: self.slips())
    @rule(place=places, unreadable=st.booleans())
    def tamper(self, place, unreadable):
        phone, slip = self.slips()[place % len(self.slips())]
        sent = self.changed(slip.sent)
        if unreadable:
            sent = {**sent, "typed": [[name, 7] for name, _value in sent["typed"]]}
        self.send(phone, [sent], "answer lost")

    @precondition(lambda self: self.slips())
    @rule(place=places, cut=st.booleans(), times=st.integers(1, 2))
    def photo(self, place, cut, times):
        (who, number), slip = self.slips()[place % len(self.slips())]
        name, content = self.id(), PHOTO[: len(PHOTO) // 2] if cut else PHOTO
        of = self.promise.receipts.get((who, slip.sent["id"]))
        for _time in range(times):
            said = self.stage.send_photo(who, tag_of(who, number), slip.sent["id"], name, content)
            if of is None:
                assert said.status_code == 425
                return
            assert said.status_code == 200, said.text
            self.lived["photos"] += 1
            self.photo_was_answered((who, name), of, cut, said.json)

    def photo_was_answered(self, key, of, cut, answer):
        """Of a text that waits, or waited, for the chief it is kept with the text or refused aloud."""
        takes, late = of.sent["form"] in WITH_PHOTOS and not cut, bool(of.decided)
        state = answer["state"]
        assert state in (REFUSED if not takes else RECEIVED | REFUSED if late else RECEIVED), answer
        assert answer["told"]
        if state != "received" or key in self.promise.photos:
            return
        self.promise.photos[key] = of.sent["id"]
        if of.decided == "held":
            of.photos.add(key[1])
        else:
            self.promise.attached += of.decided != "refused"

    # ── meanwhile ───────────────────────────────────────────────────────────────────────────────────────────────────
    @rule(minutes=st.sampled_from((2, 45, 200)))
    def time_passes(self, minutes):
        if self.stage.moment - BEGINS < timedelta(hours=12):
            self.stage.pass_time(minutes)

    @rule()
    def restart(self):
        self.lived["restarts"] += 1
        self.stage.restart()

    @rule()
    def copy(self):
        self.stage.copy()
        self.copied = copy.deepcopy(self.promise)

    @precondition(lambda self: self.copied)
    @rule()
    def restore(self):
        self.lived["restores"] += 1
        self.stage.restore()
        self.promise, self.restored = copy.deepcopy(self.copied), True

    @rule(who=st.sampled_from(WRITERS))
    def end_or_begin_role(self, who):
        self.stage.pass_time(1)
        spans = self.promise.roles[who]
        if spans[-1][1] is None:
            spans[-1][1] = self.stage.moment
            self.stage.end_role(who)
        else:
            spans.append([self.stage.moment, None])
            self.stage.begin_role(who)

    @rule(who=st.sampled_from(WRITERS), valid=st.booleans(), about_a_door=st.booleans())
    def send_too_late(self, who, valid, about_a_door):
        """Something is written after the role has ended, and arrives: the chief has to decide."""
        if self.promise.roles[who][-1][1] is None:
            self.end_or_begin_role(who)
        day = DAYS[1 if valid else 2]
        if who == "village_head" and about_a_door:
            self.knock(0, [self.number() % 4], day, "signed")
        elif who == "officer" and about_a_door:
            self.take_a_self_report(0, 0, "2026-11-01", day)
        else:
            self.see_something(who, 0, day, shorter=False)
        self.contact((who, 0), "none")
        self.end_or_begin_role(who)

    @rule(case=st.integers(0, 1), how=st.sampled_from(("closed", "moved", "back")))
    def close_or_move_a_case(self, case, how):
        case = self.things.cases[case]
        (self.promise.away.discard if how == "back" else self.promise.away.add)(case)
        commune = self.stage.other_commune() if how == "moved" else self.stage.commune.id
        self.stage.change_case(case, state="closed" if how == "closed" else "open", commune_id=commune)

    @rule(door=st.integers(0, 3), day=st.sampled_from(DAYS[:2]))
    def the_police_tick_a_door(self, door, day):
        door = self.things.doors[door]
        self.promise.tick(door, day, confirms=False)
        self.stage.tick_as_chief(door, day)

    @rule(patrol=st.integers(0, 1), agrees=st.booleans())
    def the_border_post_answers(self, patrol, agrees):
        patrol = self.things.patrols[patrol]
        if patrol not in self.promise.by_border and self.promise.answered.get(patrol) != "disputed":
            self.promise.by_border[patrol] = agrees
            self.stage.answer_as_border(patrol, agrees)

    @precondition(lambda self: self.promise.waiting())
    @rule(place=places, takes_over=st.booleans())
    def the_chief_decides(self, place, takes_over):
        self.lived["decisions"] += 1
        key = self.promise.waiting()[place % len(self.promise.waiting())]
        if not takes_over:
            self.promise.refuse(key)
            assert self.stage.decide(*key, "refuse") == 302
        else:
            done = self.promise.take_over(key)
            assert (self.stage.decide(*key, "take-over") == 302) == done

    # ── what must be so after each step ─────────────────────────────────────────────────────────────────────────────
    @invariant()
    def what_was_promised_is_there(self):
        self.lived["steps"] += 1
        found, promised = self.stage.found(), self.promise
        assert found["notes"] == promised.notes
        assert found["signed"] == Counter(promised.signed.items())
        assert found["calls"] == Counter(promised.calls.items())
        assert found["months"] == promised.months
        assert found["answered"] == Counter(promised.answered.items())
        assert found["receipts"].keys() == promised.receipts.keys() | promised.photos.keys()
        assert found["held"] == {key: one.decided for key, one in promised.receipts.items() if one.decided}
        assert found["attached"] == promised.attached
        promised.pledge_versions, promised.patrol_versions = found["pledge_versions"], found["patrol_versions"]
        promised.call_ids = found["call_ids"]

    def the_signal_is_back(self) -> None:
        for _time in range(2):
            for phone, box in self.boxes.items():
                self.send(phone, [one.sent for one in box.values() if one.state == "waiting"], whole=True)
        self.what_was_promised_is_there()
        for (who, _number), slip in self.slips():
            kept = self.promise.receipts.get((who, slip.sent["id"]))
            there = kept is not None and kept.sent == slip.sent
            allowed = kept.state if there else REFUSED | CONFLICT
            if kept and not there and self.restored:
                allowed |= kept.state  # it was received; a restore lost that, and other words came under its id first
            assert slip.state in allowed, slip
        assert self.stage.trail() is None


def _photo() -> bytes:
    content = BytesIO()
    Image.effect_noise((64, 48), 90).convert("RGB").save(content, "JPEG")
    return content.getvalue()


PHOTO = _photo()

# ── living them ─────────────────────────────────────────────────────────────────────────────────────────────────────
MANY = int(os.environ.get("HISTORIES", "0"))
FIRST_SEED = int(os.environ.get("SEED", "1"))
ENDS = monotonic() + 60 * float(os.environ.get("MINUTES", "60"))
AT_ONCE = 50
FEW = {"sqlite": 6, "postgresql": 1}
PARTS = range(FIRST_SEED, FIRST_SEED + max(1, -(-MANY // AT_ONCE)))


def live(house: Any, histories: int, number: int, steps: int = 25, phases: Any = tuple(Phase)) -> Counter[str]:
    """Live some histories by the chance of a number. Of one that fails the shortest that fails likewise is told."""

    @seed(number)
    class Lived(History):
        stage = Stage(house)
        lived = Counter()

    run_state_machine_as_test(
        Lived,
        settings=settings(
            max_examples=histories, stateful_step_count=steps, deadline=None, database=None, phases=phases,
            suppress_health_check=list(HealthCheck), report_multiple_bugs=False,
        ),
    )  # fmt: skip
    return Lived.lived


@pytest.fixture
def house(engine_name, houses, today):
    return houses(engine_name)


@pytest.mark.both_engines
@pytest.mark.parametrize("part", PARTS)
def test_after_every_history_each_item_is_there_once_or_refused_or_held_aloud(house, engine_name, part, capsys):
    if MANY and monotonic() > ENDS:
        pytest.skip("the time is over")
    lived = live(house, AT_ONCE if MANY else FEW[engine_name], part)
    if MANY:
        with capsys.disabled():
            print(f"\n{engine_name}, seed {part}: {dict(lived)}", flush=True)


# ── that a fault would be found ─────────────────────────────────────────────────────────────────────────────────────
rightly = sending.take
Fault = Callable[..., sending.Taken]


def refuses_everything(_user, _phone, parcel, **_contact):
    return sending.Taken([answers.Answer(one.id, "refused", "Không") for one in parcel.items], [])


def says_received_and_keeps_nothing(_user, _phone, parcel, **_contact):
    return sending.Taken([answers.Answer(one.id, "received", "Đã nhận", 1) for one in parcel.items], [])


def keeps_no_receipt(user, phone, parcel, **contact):
    """What was received is not known again under its id."""
    others = {str(uuid.uuid4()): one.id for one in parcel.items}
    fresh = [replace(one, id=name) for name, one in zip(others, parcel.items, strict=True)]
    taken = rightly(user, phone, replace(parcel, items=tuple(fresh)), **contact)
    told = [replace(one, id=others.get(one.id, one.id)) for one in taken.answers]
    return sending.Taken(told, taken.lost)


def drops_the_last_of_many(user, phone, parcel, **contact):
    if len(parcel.items) < 2:
        return rightly(user, phone, parcel, **contact)
    *others, last = parcel.items
    taken = rightly(user, phone, replace(parcel, items=tuple(others)), **contact)
    told = [*taken.answers]
    told.insert(len(others), answers.Answer(last.id, "received", "Đã nhận", 1))
    return sending.Taken(told, taken.lost)


def forgets_what_a_restore_has_lost(user, phone, parcel, **contact):
    return sending.Taken(rightly(user, phone, parcel, **contact).answers, [])


def judges_by_the_roles_of_today(user, phone, parcel, **contact):
    return rightly(user, phone, _written(parcel, lambda _one: clock.now()), **contact)


def takes_everything_for_written_in_time(user, phone, parcel, **contact):
    return rightly(user, phone, _written(parcel, lambda one: one.written_at - timedelta(hours=18)), **contact)


def takes_other_words_under_the_same_id_for_the_same(user, phone, parcel, **contact):
    known = receipts_of(user.id, [one.id for one in parcel.items])
    taken = rightly(user, phone, parcel, **contact)
    told = [answers.received(known[one.id]) if one.id in known and one.anew else one for one in taken.answers]
    return sending.Taken(told, taken.lost)


def puts_nothing_before_the_chief(user, phone, parcel, **contact):
    taken = rightly(user, phone, parcel, **contact)
    with transaction(user):
        for held in db.session.scalars(select(HeldSend)):
            held.state = "taken"
    return taken


def _written(parcel, moment):
    items = [replace(one, written_at=moment(one)) if isinstance(one, Item) else one for one in parcel.items]
    return replace(parcel, items=tuple(items))


FAULTY = (
    refuses_everything, says_received_and_keeps_nothing, keeps_no_receipt, drops_the_last_of_many,
    forgets_what_a_restore_has_lost, judges_by_the_roles_of_today, takes_everything_for_written_in_time,
    takes_other_words_under_the_same_id_for_the_same, puts_nothing_before_the_chief,
)  # fmt: skip


@pytest.mark.parametrize("fault", FAULTY if MANY else FAULTY[:3], ids=lambda one: one.__name__)
def test_a_fault_of_the_portal_is_found_by_some_history(house, engine_name, fault, monkeypatch):
    monkeypatch.setattr(sending, "take", fault)
    with pytest.raises(AssertionError):
        live(house, 60, 1, phases=[Phase.generate])
