"""Which phones there are, whose, and how one is forgotten; what a phone takes along of today."""

import base64
import json
import os
import uuid
from datetime import timedelta
from io import BytesIO

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from portal.documents.models import Attachment
from portal.engine import clock
from portal.engine.db import db
from portal.incidents.models import Observation
from portal.offline.models import Phone as KnownPhone
from portal.offline.models import Receipt
from tests.builders import a_case
from tests.offline.phones import Phone, a_note, a_photo, an_item, kept
from tests.organisation.test_cards import a_card, use

pytestmark = pytest.mark.both_engines


def forget(browser, phone):
    known = next(one for one in kept(KnownPhone) if one.tag == phone.tag)
    return browser.post(f"/offline/phones/{known.id}/forget", data={"version": known.version})


def test_a_phone_that_was_forgotten_is_told_so_and_nothing_is_taken_from_it(commune, browse_as):
    phone = Phone(browse_as(commune.officer))
    assert forget(browse_as(commune.officer), phone).status_code == 302
    assert phone.send(a_note()).status_code == 410
    assert kept(Observation) == []


def test_a_phone_whose_session_ended_with_it_learns_that_it_is_forgotten_without_anybody_signing_in(commune, browse_as):
    phone = Phone(browse_as(commune.officer))
    assert forget(browse_as(commune.administrator), phone).status_code == 302
    assert {phone.browser.get(f"/offline/{one}").status_code for one in ("hello", "day")} == {410}
    assert phone.browser.get("/offline/hello").json == {"forgotten": True}
    assert phone.browser.get("/more").status_code == 302


def test_a_phone_that_was_forgotten_is_let_in_by_a_new_sign_in_and_by_no_session_of_before(commune, browse_as):
    phone, other = Phone(browse_as(commune.officer)), browse_as(commune.officer)
    forget(browse_as(commune.administrator), phone)
    phone.browser = other
    assert phone.let_in([phone.tag], "n" * 24).status_code == 403
    assert phone.send(a_note()).json == {"forgotten": True}
    with clock.telling(clock.now() + timedelta(minutes=1)):
        phone.browser = browse_as(commune.officer)
        answer = phone.let_in([phone.tag], "n" * 24)
        assert answer.json == {"phone": phone.tag, "secret": phone.secret}
        assert phone.answers(a_note())[0]["state"] == "received"


# ── the secret of a store ───────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize("asked", ["as there", "as fresh", "as both"])
def test_a_store_that_is_there_opens_only_shortly_after_a_password(commune, browse_as, asked):
    phone = Phone(browse_as(commune.officer))
    there = {"as there": ([phone.tag], "n" * 24), "as fresh": ([], phone.tag), "as both": ([phone.tag], phone.tag)}
    assert phone.let_in(*there[asked]).json["secret"] == phone.secret
    with clock.telling(clock.now() + timedelta(minutes=11)):
        answer = phone.let_in(*there[asked])
        assert (answer.status_code, answer.json["prove"], "secret" in answer.json) == (403, True, False)
        assert phone.answers(a_note())[0]["state"] == "received"


def test_a_new_store_is_let_in_by_a_session_of_long_ago(commune, browse_as):
    phone = Phone(browse_as(commune.officer))
    with clock.telling(clock.now() + timedelta(minutes=20)):
        assert phone.let_in([], "n" * 24).status_code == 200


def test_acting_as_somebody_else_proves_nothing(commune, browse_as):
    phone = Phone(browse_as(commune.officer))
    with clock.telling(clock.now() + timedelta(minutes=20)):
        phone.browser.post("/acting", data={"role": "police_officer:"})
        assert phone.let_in([phone.tag]).status_code == 403


def test_a_card_proves_it_as_a_password_does_and_after_a_while_the_app_is_told_what_to_do(app, commune):
    browser = app.test_client()
    use(browser, a_card(commune))
    phone = Phone(browser)
    assert phone.let_in([phone.tag]).status_code == 200
    with clock.telling(clock.now() + timedelta(days=3)):
        answer = phone.let_in([phone.tag])
    assert (answer.status_code, "card" in answer.json["told"]) == (403, True)


def test_a_portal_that_was_put_back_gives_the_same_secret_again(commune, browse_as):
    phone = Phone(browse_as(commune.officer))
    db.session.execute(db.delete(KnownPhone))
    db.session.commit()
    assert phone.send(a_note()).json == {"unknown": True}
    assert phone.let_in([phone.tag]).json["secret"] == phone.secret
    other = Phone(browse_as(commune.officer2), tag="o" * 24)
    assert len({phone.secret, other.secret, Phone(phone.browser).secret}) == 3


def test_no_store_is_let_in_for_anybody_but_its_owner(commune, browse_as):
    phone, other = Phone(browse_as(commune.officer)), browse_as(commune.officer2)
    owner = phone.browser.get("/offline/hello").json["owner"]
    assert owner == browse_as(commune.officer).get("/offline/hello").json["owner"]
    assert owner != other.get("/offline/hello").json["owner"]
    assert phone.let_in([phone.tag], owner=owner).status_code == 200
    phone.browser = other
    assert phone.let_in([phone.tag]).status_code == 409
    db.session.execute(db.delete(KnownPhone))
    db.session.commit()
    assert phone.let_in([phone.tag], owner=owner).status_code == 409


def test_the_next_user_of_a_phone_sends_nothing_of_the_first_and_gets_a_store_of_their_own(commune, browse_as):
    first = Phone(browse_as(commune.officer))
    other = browse_as(commune.officer2)
    assert other.post("/offline/send", json={
        "phone": first.tag, "clock": "2026-11-23T08:00:00+07:00", "waiting": 0, "items": [a_note()],
    }).status_code == 409  # fmt: skip
    answer = other.post("/offline/phone", json={"phones": [first.tag], "fresh": "n" * 24})
    assert answer.json["phone"] == "n" * 24
    assert answer.json["secret"] != first.secret
    assert kept(Observation) == []


def test_the_administrator_sees_that_a_phone_holds_something_and_never_what(commune, browse_as):
    phone = Phone(browse_as(commune.officer))
    phone.answers(a_note("Chuyện kín"), waiting=3)
    page = browse_as(commune.administrator).get("/offline/phones").text
    assert commune.officer.full_name in page
    assert ">3<" in page
    assert "Chuyện kín" not in page


def test_everybody_sees_their_own_phones_alone_and_only_they_and_the_administrator_forget_them(commune, browse_as):
    phone = Phone(browse_as(commune.officer))
    other = browse_as(commune.officer2)
    assert commune.officer.full_name not in other.get("/offline/phones").text
    assert forget(other, phone).status_code == 404
    assert forget(browse_as(commune.administrator), phone).status_code == 302


def test_a_phone_takes_along_given_names_villages_and_what_is_due_and_nothing_else(commune, browse_as):
    case = a_case(commune, "Nguyễn Công Trứng")
    person = case.person
    told = json.dumps(Phone(browse_as(commune.officer)).day(), ensure_ascii=False)
    assert "Trứng" in told
    assert person.village.title in told
    for private in (
        "Nguyễn Công",
        person.phone,
        str(person.birth_year),
        case.offence,
        case.judgment_number,
        case.number,
    ):
        assert private not in told


def test_of_namesakes_a_phone_takes_the_whole_name_along(commune, browse_as):
    a_case(commune, "Nguyễn Công Trứng")
    a_case(commune, "Y Trứng")
    told = json.dumps(Phone(browse_as(commune.officer)).day(), ensure_ascii=False)
    assert "Nguyễn Công Trứng" in told
    assert "Y Trứng" in told


def test_a_village_head_takes_no_case_along(commune, browse_as):
    a_case(commune, "Nguyễn Công Trứng")
    told = Phone(browse_as(commune.village_head)).day()
    assert [one["form"] for one in told["sheets"]] == ["incidents.report"]


# ── the outbox as a file ────────────────────────────────────────────────────────────────────────────────────────────
def a_box(key, content):
    iv = os.urandom(12)
    parts = {"iv": iv, "box": AESGCM(key).encrypt(iv, content, None)}
    return {name: base64.b64encode(one).decode() for name, one in parts.items()}


def a_file(phone, *items, secret=None, photos=(), inside=None, **more):
    """The outbox as the app saves it."""
    key = os.urandom(32)
    outer = HKDF(hashes.SHA256(), 32, None, phone.tag.encode()).derive((secret or phone.secret).encode())
    said = {"phone": phone.tag, "clock": clock.now().isoformat(), "items": items, "photos": photos, **more}
    sealed = a_box(key, json.dumps(said).encode() if inside is None else inside)
    file = {"kind": "portal-outbox", "phone": phone.tag, "key": a_box(outer, key), "sealed": sealed}
    return json.dumps(file).encode()


def hand_in(browser, content):
    return browser.post("/offline/file", data={"file": (BytesIO(content), "outbox.json")})


def test_an_outbox_in_a_file_is_taken_for_its_owner_once(commune, browse_as):
    browser = browse_as(commune.officer)
    phone, note = Phone(browser), a_note()
    for _time in range(2):
        assert "no. 1" in hand_in(browser, a_file(phone, note)).text
    assert phone.answers(note)[0]["number"] == 1
    assert len(kept(Observation)) == 1


def test_an_outbox_in_a_file_may_hold_more_than_is_sent_at_once(commune, browse_as):
    browser = browse_as(commune.officer)
    phone = Phone(browser)
    answer = hand_in(browser, a_file(phone, *(a_note(str(number)) for number in range(130))))
    assert "no. 130" in answer.text
    assert len(kept(Observation)) == 130


def test_photos_in_a_file_follow_their_texts(commune, browse_as):
    browser = browse_as(commune.officer)
    phone, note = Phone(browser), {**a_note(), "title": "Bìa rừng", "label": "Ghi nhận"}
    photo = {"id": str(uuid.uuid4()), "of": note["id"], "type": "image/jpeg"}
    photo["data"] = base64.b64encode(a_photo()).decode()
    lost = {**photo, "id": str(uuid.uuid4()), "of": str(uuid.uuid4())}
    page = hand_in(browser, a_file(phone, note, photos=[photo, lost])).text
    assert "Photo: Bìa rừng: Ghi nhận" in page
    assert "The text comes first." in page
    assert len(kept(Attachment)) == 1


def test_the_page_of_a_file_names_each_item_and_what_is_wrong_at_its_fields(commune, browse_as):
    browser = browse_as(commune.officer)
    bad = an_item("incidents.observation", None, "police_officer:", happened_on="31/02/2026", text="", source="village")
    page = hand_in(browser, a_file(Phone(browser), {**bad, "title": "Bìa <rừng>"}, a_note())).text
    assert "Bìa &lt;rừng&gt;" in page
    assert page.count('class="error"') >= 2
    assert len(kept(Observation)) == 1


def test_the_clock_of_a_file_is_put_right_as_that_of_a_send(commune, browse_as):
    browser, behind = browse_as(commune.officer), timedelta(days=400)
    phone, note = Phone(browser), a_note(ago=timedelta(days=400, hours=2))
    hand_in(browser, a_file(phone, note, clock=(clock.now() - behind).isoformat()))
    assert [one.written_at for one in kept(Receipt)] == [clock.now() - timedelta(hours=2)]


def test_the_file_of_a_phone_that_was_forgotten_is_refused_with_words(commune, browse_as):
    browser = browse_as(commune.officer)
    phone = Phone(browse_as(commune.officer))
    forget(browse_as(commune.administrator), phone)
    answer = hand_in(browser, a_file(phone, a_note()))
    assert (answer.status_code, "This phone was forgotten" in answer.text) == (422, True)
    assert kept(Observation) == []


def test_an_outbox_in_a_file_opens_for_nobody_else(commune, browse_as):
    phone = Phone(browse_as(commune.officer))
    answer = hand_in(browse_as(commune.officer2), a_file(phone, a_note()))
    assert answer.status_code == 422
    assert kept(Observation) == []


@pytest.mark.parametrize("spoil", [
    lambda _file: b"", lambda _file: b"{}", lambda file: file[:-40], lambda file: b"\xff\xfe" + file,
    lambda file: file.replace(b'"iv": "', b'"iv": "AAAA'), lambda _file: b"[" * 100_000,
    lambda file: file.replace(b'"sealed": {', b'"sealed": [], "other": {'),
])  # fmt: skip
def test_a_file_that_was_spoiled_is_refused_at_its_field(commune, browse_as, spoil):
    browser = browse_as(commune.officer)
    answer = hand_in(browser, spoil(a_file(Phone(browser), a_note())))
    assert answer.status_code == 422
    assert kept(Observation) == []


@pytest.mark.parametrize("more", [
    {"inside": b"[]"}, {"inside": b"\xff"}, {"inside": b"[" * 100_000}, {"items": 3}, {"items": [{}] * 2001},
    {"inside": b'{"phone": "x"}'}, {"clock": None}, {"clock": "2026"}, {"photos": [1]},
    {"photos": [{"id": 1, "of": 2, "data": "x"}]}, {"photos": {"a": 1}},
])  # fmt: skip
def test_a_file_that_is_no_outbox_inside_is_refused_at_its_field(commune, browse_as, more):
    browser = browse_as(commune.officer)
    assert hand_in(browser, a_file(Phone(browser), **more)).status_code == 422


@pytest.mark.parametrize("item", [1, None, [], {"x": 1}, {"state": "waiting", "seq": "z"}, {"id": "x", "title": 7}])
def test_an_item_of_a_file_that_cannot_be_read_blocks_no_other(commune, browse_as, item):
    browser = browse_as(commune.officer)
    assert hand_in(browser, a_file(Phone(browser), item, a_note())).status_code == 200
    assert len(kept(Observation)) == 1
