"""Every form that a room offers to phones, sent as often and as late as may be: one record each, or a word why not.

A form that is declared and has no sample here fails: what it makes would be counted by nobody.
"""

import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import time, timedelta
from io import BytesIO
from threading import Barrier
from typing import Any

import pytest
from lxml import html
from PIL import Image

from portal.cases.actions.summoning import summon
from portal.cases.models import CheckIn, RollCall, SummonsPurpose, Violation
from portal.documents.models import Attachment
from portal.engine import clock
from portal.engine.db import Kept, db
from portal.engine.transaction import transaction
from portal.households.models import Pledge, PledgeSheet
from portal.incidents.models import Incident, Observation
from portal.offline.models import HeldSend, Receipt
from portal.patrols.models import Countersignature, Outcome, PatrolLog
from tests.builders import Commune, a_case
from tests.households.doors import a_campaign, some_households
from tests.offline.phones import Phone
from tests.offline.stage import started_again
from tests.patrols.going import a_patrol, at, logged

pytestmark = pytest.mark.both_engines
AT_ONCE = 40


@dataclass(frozen=True)
class Sample:
    """Who sends it, what it makes, what it is written about, and what is typed; *other* words for the same thing.

    *part* is where the record is cut off from its writer; a form that begins a record has nothing to be cut off from.
    """

    who: str
    makes: type[Kept]
    about: Callable[[Commune], object] = lambda _commune: None
    typed: dict[str, str] = field(default_factory=dict)
    other: dict[str, str] = field(default_factory=dict)
    part: Callable[[Commune, Commune], None] | None = None
    counted: Any = True


def two_cases(commune: Commune) -> None:
    for name in ("Nguyễn Công Trứng", "Y Pan"):
        a_case(commune, name)


def two_summonses(commune: Commune) -> None:
    today = clock.today()
    for name in ("Nguyễn Công Trứng", "Y Pan"):
        case = a_case(commune, name)
        with transaction(commune.officer):
            summon(case, SummonsPurpose.OTHER, today, time(8), "Công an xã", today, "Bổ sung hồ sơ")


def two_doors(commune: Commune) -> None:
    some_households(commune, 2)
    a_campaign(commune)


def two_sheets(commune: Commune) -> None:
    some_households(commune, 3)
    for title in ("Cam kết không ma túy", "Cam kết phòng cháy"):
        a_campaign(commune, title=title)


def two_patrols(commune: Commune) -> None:
    for hour in (1, 3):
        a_patrol(commune, at(hour), 1)


def two_logs(commune: Commune) -> None:
    for hour in (1, 3):
        logged(commune, a_patrol(commune, at(hour), 1))


def away(kind: str) -> Callable[[Commune, Commune], None]:
    """The record goes to another commune."""

    def part(_commune: Commune, neighbour: Commune) -> None:
        (record,) = (one.class_ for one in Kept.registry.mappers if one.class_.__name__ == kind)
        with transaction(None):
            for one in db.session.scalars(db.select(record)):
                one.commune_id = neighbour.id

    return part


def to_another_village(commune: Commune, _neighbour: Commune) -> None:
    """The head has another village now: the doors of the first are somebody else's."""
    with transaction(None):
        commune.village_head.grants[0].unit_id = commune.place("NHA").id


SAMPLES = {
    "cases.check_in": Sample(
        "officer", CheckIn, two_cases, {"month": "2026-11-01"}, {"received_on": "22/11/2026"}, away("Case")
    ),
    "cases.roll_call": Sample(
        "officer", RollCall, two_cases, {"month": "2026-11-01"}, {"present": "no"}, away("Case")
    ),
    "cases.summons": Sample(
        "officer", Violation, two_summonses, {"outcome": "absent", "note": "Không rõ lý do"},
        {"outcome": "came", "note": ""}, away("Case"),
    ),
    "households.door": Sample(
        "village_head", Pledge, two_doors, {"result": "signed"}, {"signed_on": "22/11/2026"}, to_another_village
    ),
    "households.sheet": Sample(
        "village_head", PledgeSheet, two_sheets, {}, {"signed_on": "22/11/2026"}, to_another_village
    ),
    "incidents.incident": Sample(
        "officer", Incident, typed={"kind": "traffic", "text": "Xe máy tự ngã"}, other={"text": "Hai xe máy va chạm"},
    ),
    "incidents.observation": Sample(
        "officer", Observation, typed={"source": "village", "text": "Xe lạ"},
        other={"source": "village", "text": "Hai xe lạ"},
    ),
    "incidents.report": Sample("village_head", Observation, typed={"text": "Xe lạ"}, other={"text": "Hai xe lạ"}),
    "patrols.log": Sample(
        "officer", PatrolLog, two_patrols, {"conclusion": "Bình thường"}, {"conclusion": "Khác"}, away("Patrol")
    ),
    "patrols.answer": Sample(
        "military", Countersignature, two_logs, {"answer": "sign"},
        {"answer": "dispute", "reason": "Đoàn đi từ tối hôm trước"}, away("Patrol"),
        Countersignature.outcome == Outcome.SIGNED,
    ),
}  # fmt: skip
every_form = pytest.mark.parametrize("name", SAMPLES)


@dataclass
class Sent:
    """Two items of a form, written on the phone of whoever may."""

    sample: Sample
    phone: Phone
    items: list[dict[str, Any]]

    @property
    def first(self) -> dict[str, Any]:
        return self.items[0]

    @property
    def otherwise(self) -> dict[str, Any]:
        """The first with other words, under its id."""
        typed = dict(self.first["typed"]) | self.sample.other
        return {**self.first, "typed": [[name, value] for name, value in typed.items()]}

    def made(self) -> int:
        db.session.rollback()
        asked = db.select(db.func.count()).select_from(self.sample.makes).where(self.sample.counted)
        return db.session.scalar(asked) or 0

    def receipts(self) -> int:
        return db.session.scalar(db.select(db.func.count()).select_from(Receipt)) or 0


@pytest.fixture
def sent(commune, browse_as, name):
    sample = SAMPLES[name]
    sample.about(commune)
    with transaction(None):
        for grant in getattr(commune, sample.who).grants:
            grant.confirmed_at = clock.now() - timedelta(days=9)
    phone = Phone(browse_as(getattr(commune, sample.who)))
    return Sent(sample, phone, written(phone, name, sample.typed))


def written(phone: Phone, form: str, typed: dict[str, str]) -> list[dict[str, Any]]:
    """What the phone took along, filled in: about two things or, where each begins one, twice."""
    day = phone.day()
    rows = [(sheet, row) for sheet in day["sheets"] if sheet["form"] == form for row in sheet["rows"]]
    found = []
    for place, (sheet, row) in enumerate((rows * 2)[:2]):
        fields = html.fromstring(f"<form>{row.get('html') or sheet['html']}</form>")
        said = dict(fields.form_values()) | chosen(fields) | row["values"] | typed
        if "text" in said:
            said["text"] += f" {place}"
        found.append({
            "id": str(uuid.uuid4()), "form": form, "about": row["about"], "acting": day["acting"],
            "written": (clock.now() - timedelta(hours=2)).isoformat(), "typed": [[*pair] for pair in said.items()],
        })  # fmt: skip
    return found


def chosen(fields: Any) -> dict[str, str]:
    """The last village of a list of which nothing is chosen yet: which one it is matters to no form."""
    lists = fields.xpath(".//select[@name='village_id' and option[@value='' and starts-with(., 'Cho')]]")
    return {one.get("name"): one.xpath("option/@value")[-1] for one in lists}


def test_every_form_that_is_declared_has_a_sample(app):
    declared = {form.name for area in app.extensions["areas"] for form in area.phone_forms}
    assert declared == SAMPLES.keys()


@every_form
def test_the_same_forty_times_at_once_is_one_record_with_one_receipt(app, sent):
    barrier, cookies, now = Barrier(AT_ONCE), dict(sent.phone.browser._cookies), clock.now()

    def send(_number: int) -> Any:
        with app.app_context(), clock.telling(now):
            phone = Phone.__new__(Phone)
            phone.browser, phone.tag = app.test_client(), sent.phone.tag
            phone.browser._cookies.update(cookies)
            barrier.wait(timeout=60)
            return phone.send(sent.first)

    with ThreadPoolExecutor(AT_ONCE) as pool:
        said = list(pool.map(send, range(AT_ONCE)))
    assert {one.status_code for one in said} == {200}
    told = [one.json["answers"][0] for one in said]
    assert {(one["state"], one.get("number")) for one in told} == {("received", 1)}
    assert (sent.made(), sent.receipts()) == (1, 1)


@every_form
def test_the_same_a_day_later_is_answered_as_the_first_time(sent, commune, browse_as):
    before = sent.phone.answers(sent.first)
    with clock.telling(clock.now() + timedelta(days=1)):
        sent.phone.browser = browse_as(getattr(commune, sent.sample.who))
        assert sent.phone.answers(sent.first) == before
    assert (before[0]["state"], sent.made(), sent.receipts()) == ("received", 1, 1)


@every_form
def test_the_same_after_a_restart_is_answered_as_the_first_time(app, sent):
    before, cookies = sent.phone.answers(sent.first), dict(sent.phone.browser._cookies)
    with started_again(app) as again:
        sent.phone.browser = again.test_client()
        sent.phone.browser._cookies.update(cookies)
        assert sent.phone.answers(sent.first) == before
    assert (before[0]["state"], sent.made(), sent.receipts()) == ("received", 1, 1)


@every_form
def test_other_words_under_a_received_id_are_shown_and_change_nothing(sent):
    (before,) = sent.phone.answers(sent.first)
    (answer,) = sent.phone.answers(sent.otherwise)
    assert (answer["state"], answer["number"], answer["anew"]) == ("conflict", before["number"], True)
    assert sent.phone.answers(sent.first) == [before]
    assert (sent.made(), sent.receipts()) == (1, 1)


@every_form
def test_what_was_written_in_time_is_taken_after_the_role_has_ended_and_once(sent, commune):
    end_roles(getattr(commune, sent.sample.who), timedelta(hours=1))
    said = [sent.phone.answers(sent.first)[0] for _time in range(2)]
    assert [one["state"] for one in said] == ["received", "received"]
    assert (sent.made(), sent.receipts()) == (1, 1)


@every_form
def test_what_was_received_is_told_again_after_the_role_has_ended(sent, commune):
    before = sent.phone.answers(sent.first)
    end_roles(getattr(commune, sent.sample.who), timedelta(hours=3))
    assert sent.phone.answers(sent.first) == before
    assert (sent.made(), sent.receipts()) == (1, 1)


@every_form
def test_what_was_written_after_the_role_had_ended_is_held_once_and_makes_nothing(sent, commune):
    end_roles(getattr(commune, sent.sample.who), timedelta(hours=3))
    before = sent.made()
    assert [sent.phone.answers(sent.first)[0]["state"] for _time in range(3)] == ["held"] * 3
    assert (sent.made(), sent.receipts()) == (before, 1)
    assert len(db.session.scalars(db.select(HeldSend)).all()) == 1


def end_roles(user, ago):
    with transaction(None):
        for grant in user.grants:
            grant.ended_at = clock.now() - ago


part_from_a_record = pytest.mark.parametrize("name", [name for name, one in SAMPLES.items() if one.part])


@part_from_a_record
def test_what_is_about_a_record_that_is_no_longer_theirs_is_refused_aloud_and_makes_nothing(sent, commune, neighbour):
    sent.sample.part(commune, neighbour)
    (answer,) = sent.phone.answers(sent.first)
    assert answer["state"] in ("refused", "conflict")
    assert answer["told"]
    assert (sent.made(), sent.receipts()) == (0, 0)


@part_from_a_record
def test_what_was_received_is_told_again_when_its_record_is_no_longer_theirs(sent, commune, neighbour):
    before = sent.phone.answers(sent.first)
    sent.sample.part(commune, neighbour)
    assert sent.phone.answers(sent.first) == before
    assert (before[0]["state"], sent.made(), sent.receipts()) == ("received", 1, 1)


@every_form
def test_two_in_reversed_order_and_again_in_order_are_one_record_each(sent):
    backwards = {one["id"]: one for one in sent.phone.answers(*reversed(sent.items))}
    again = {one["id"]: one for one in sent.phone.answers(*sent.items)}
    assert backwards == again
    assert {one["state"] for one in again.values()} == {"received"}
    assert (sent.made(), sent.receipts()) == (2, 2)


# ── photos ──────────────────────────────────────────────────────────────────────────────────────────────────────────
WITH_PHOTOS = ("households.sheet", "incidents.incident", "incidents.observation", "incidents.report", "patrols.log")
with_photos = pytest.mark.parametrize("name", WITH_PHOTOS)
PHOTO_ID = "00000000-0000-4000-8000-000000000009"


def test_every_form_with_photos_is_tried_with_a_photo(app):
    declared = {form.name for area in app.extensions["areas"] for form in area.phone_forms if form.photos}
    assert declared == set(WITH_PHOTOS)


def a_photo() -> bytes:
    content = BytesIO()
    Image.effect_noise((64, 48), 90).convert("RGB").save(content, "JPEG")
    return content.getvalue()


def parts_of(sent: Sent, content: bytes) -> tuple[bytes, str]:
    """A photo as a browser spells it."""
    said = {"phone": sent.phone.tag, "of": sent.first["id"], "photo": PHOTO_ID}
    head = 'Content-Disposition: form-data; name="{}"{}\r\n\r\n'
    parts = [(head.format(name, "") + value).encode() for name, value in said.items()]
    parts.append(head.format("file", '; filename="p.jpg"\r\nContent-Type: image/jpeg').encode() + content)
    body = b"".join(b"--limit\r\n" + one + b"\r\n" for one in parts) + b"--limit--\r\n"
    return body, "multipart/form-data; boundary=limit"


def send_photo(sent: Sent, content: bytes, share: float = 1) -> Any:
    """Send a photo, or no more than a share of the whole request."""
    body, kind = parts_of(sent, content)
    return sent.phone.browser.post("/offline/photos", data=body[: int(len(body) * share)], content_type=kind)


def photos() -> int:
    db.session.rollback()
    return len(db.session.scalars(db.select(Attachment)).all())


@with_photos
def test_a_photo_that_is_cut_in_the_middle_is_refused_aloud_and_the_whole_one_is_taken_once(sent):
    sent.phone.answers(sent.first)
    photo = a_photo()
    cut = send_photo(sent, photo[: len(photo) // 2])
    assert (cut.status_code, cut.json["state"], photos()) == (200, "refused", 0)
    assert cut.json["told"]
    whole = [send_photo(sent, photo) for _time in range(3)]
    assert {(one.status_code, one.json["state"], one.json["number"]) for one in whole} == {(200, "received", 2)}
    assert (photos(), sent.made()) == (1, 1)


@with_photos
@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_a_line_that_breaks_in_the_middle_of_a_photo_keeps_nothing_and_the_next_try_does(sent, share):
    sent.phone.answers(sent.first)
    photo = a_photo()
    broken = send_photo(sent, photo, share)
    assert broken.status_code < 500
    assert photos() == 0
    assert send_photo(sent, photo).json["state"] == "received"
    assert photos() == 1
