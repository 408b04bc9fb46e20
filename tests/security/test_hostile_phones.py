"""Bad input in all that a phone's program sends: no key of it makes an error of ours, and each item has its answer."""

import base64
import json
import os
import uuid
from io import BytesIO

import pytest
from lxml import html

from portal.engine import clock
from portal.incidents.models import Observation
from portal.offline.models import Phone as KnownPhone
from tests.builders import a_case
from tests.households.doors import a_campaign, some_households
from tests.offline.phones import Phone, a_note, a_photo, kept
from tests.offline.test_phones import a_file, hand_in
from tests.patrols.going import a_patrol, a_point
from tests.security.hostile import ALL, SOME, VALUES

pytestmark = pytest.mark.both_engines

TEXTS = [one.text for one in (VALUES if ALL else SOME)] + ["\ud800"]
ODD = [
    None, True, 0, -1, 1.5, 2**31, 2**64, 10**400, float("inf"), float("nan"), [], {}, [[]], [None], {"a": {"b": []}},
    ["x"] * 2_000,
]  # fmt: skip
SETTLED = {"received", "held", "refused", "conflict"}


def put(sent, key, value):
    """A copy of what is sent with something else under a key, which is left out where there is nothing to put."""
    return {**sent, key: value}


def answers_of(answer):
    """None of it is an error of ours; what was answered is settled, since nothing was wrong with the portal."""
    assert answer.status_code in (200, 400, 404, 409, 413), answer.status_code
    found = (answer.json or {}).get("answers", []) if answer.status_code == 200 else []
    assert {one["state"] for one in found} <= SETTLED, found
    return found


@pytest.fixture
def phone(commune, browse_as, caplog):
    yield Phone(browse_as(commune.officer))
    assert [one.message for one in caplog.records if one.levelname == "ERROR"] == []


def items_of(phone):
    """One item of each form that the phone takes along, as its page fills it in."""
    day = phone.day()
    for sheet in (one for one in day["sheets"] if one["rows"]):
        row = sheet["rows"][0]
        drawn = html.fromstring(f"<form>{row.get('html') or sheet['html']}</form>")
        typed = {**dict(drawn.form_values()), **row["values"]}
        said = {"form": sheet["form"], "about": row["about"], "acting": day["acting"]}
        yield {
            **said, "id": str(uuid.uuid4()), "written": clock.now().isoformat(),
            "typed": [[name, value] for name, value in typed.items()],
        }  # fmt: skip


@pytest.mark.parametrize("key", ["phone", "clock", "waiting", "items", "held", "receipts", "strange"])
def test_no_key_of_a_parcel_is_harmed_by_what_is_sent(phone, key):
    sent = {"phone": phone.tag, "clock": clock.now().isoformat(), "waiting": 0, "items": []}
    for value in (*TEXTS, *ODD):
        answers_of(phone.browser.post("/offline/send", json=put(sent, key, value)))
    assert kept(Observation) == []


@pytest.mark.parametrize("key", ["id", "form", "about", "acting", "written", "typed"])
def test_no_key_of_an_item_is_harmed_by_what_is_sent(phone, key):
    for values in (TEXTS, ODD):
        items = [put({**a_note(), "id": str(uuid.uuid4())}, key, value) for value in values]
        assert len(answers_of(phone.send(*items, a_note()))) == len(items) + 1


@pytest.mark.parametrize("who", ["officer", "village_head", "military"])
def test_no_field_of_any_form_is_harmed_by_what_a_phone_sends(commune, browse_as, who, caplog):
    a_case(commune)
    some_households(commune, 3)
    a_campaign(commune)
    a_patrol(commune, points=(a_point(commune),))
    sending, tried = Phone(browse_as(getattr(commune, who))), set()
    for item in list(items_of(sending)):
        tried.add(item["form"])
        for place, (name, _right) in enumerate(item["typed"]):
            names = TEXTS if place == 0 else ["strange"]  # whichever field it takes the place of, a name is as odd
            wrong = [
                {**item, "id": str(uuid.uuid4()), "typed": [*item["typed"][:place], pair, *item["typed"][place + 1 :]]}
                for pair in [*([name, value] for value in TEXTS), *([odd, "1"] for odd in names)]
            ]
            for first in range(0, len(wrong), 90):
                answers_of(sending.send(*wrong[first : first + 90]))
    assert tried
    assert [one.message for one in caplog.records if one.levelname == "ERROR"] == []


@pytest.mark.parametrize("key", ["phones", "fresh", "owner", "strange"])
def test_no_key_of_a_new_phone_is_harmed_by_what_is_sent(phone, key):
    for value in (*TEXTS, *ODD):
        answers_of(phone.browser.post("/offline/phone", json=put({"phones": [], "fresh": "n" * 24}, key, value)))
    assert {one.tag for one in kept(KnownPhone)} <= {phone.tag, "n" * 24}


@pytest.mark.parametrize("address", ["send", "phone", "photos"])
@pytest.mark.parametrize("body", [b"", b"null", b"[1", b"\xff\xfe", b"[" * 50_000, b'{"a":' * 50_000, b"1" * 10_000])
def test_no_body_is_too_odd_to_be_refused(phone, address, body):
    answer = phone.browser.post(f"/offline/{address}", data=body, content_type="application/json")
    assert answer.status_code == 400


@pytest.mark.parametrize("key", ["phone", "of", "photo", "file"])
def test_nothing_beside_a_photo_is_harmed_by_what_is_sent(phone, key):
    note = a_note()
    phone.answers(note)
    for value in TEXTS[:-1]:
        answer = phone.send_photo(note, **{key: value})
        assert answer.status_code in (200, 400, 404, 413, 425), (value, answer.status_code)
    for name in TEXTS[:-1]:
        assert phone.send_photo(note, photo=str(uuid.uuid4()), file=(BytesIO(a_photo()), name[:200])).status_code < 500


OUTER = ("phone", "clock", "items", "photos")


@pytest.mark.parametrize("key", [*OUTER, "id", "title", "typed", "data", "of"])
def test_no_key_of_a_file_is_harmed_by_what_is_in_it(phone, key):
    note, outer = a_note(), key in OUTER
    photo = {"id": str(uuid.uuid4()), "of": note["id"], "data": base64.b64encode(os.urandom(9)).decode()}
    said = {"phone": phone.tag, "clock": clock.now().isoformat(), "items": [note], "photos": [photo]}
    for value in (*TEXTS, *ODD):
        one = said if outer else {**said, "items": [put(note, key, value)], "photos": [put(photo, key, value)]}
        inside = json.dumps(put(one, key, value) if outer else one).encode()
        assert hand_in(phone.browser, a_file(phone, inside=inside)).status_code in (200, 422)
