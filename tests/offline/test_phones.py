"""Which phones there are, whose, and how one is forgotten; what a phone takes along of today."""

import base64
import json
import os
from io import BytesIO

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from portal.engine.db import db
from portal.incidents.models import Observation
from portal.offline.models import Phone as KnownPhone
from tests.builders import a_case
from tests.offline.phones import Phone, an_item

pytestmark = pytest.mark.both_engines


def kept(record):
    db.session.rollback()
    return db.session.scalars(db.select(record)).all()


def a_note(text="Người lạ ở bìa rừng"):
    return an_item(
        "incidents.observation", None, "police_officer:", happened_on="23/11/2026", text=text, source="village"
    )


def forget(browser, phone):
    known = next(one for one in kept(KnownPhone) if one.tag == phone.tag)
    return browser.post(f"/offline/phones/{known.id}/forget", data={"version": known.version})


def test_a_phone_that_was_forgotten_is_told_so_and_nothing_is_taken_from_it(commune, browse_as):
    browser = browse_as(commune.officer)
    phone = Phone(browser)
    assert forget(browser, phone).status_code == 302
    assert phone.send(a_note()).status_code == 410
    assert kept(Observation) == []


def test_whoever_signs_in_again_on_a_forgotten_phone_gets_the_same_secret_back(commune, browse_as):
    browser = browse_as(commune.officer)
    phone = Phone(browser)
    forget(browser, phone)
    answer = browser.post("/offline/phone", json={"phones": [phone.tag], "fresh": "n" * 24})
    assert answer.json == {"phone": phone.tag, "secret": phone.secret}
    assert phone.answers(a_note())[0]["state"] == "received"


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


def test_a_phone_that_a_restore_has_lost_is_told_that_it_is_unknown(commune, browse_as):
    phone = Phone(browse_as(commune.officer))
    phone.tag = "x" * 24
    assert phone.send(a_note()).status_code == 404


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


def a_file(phone, *items, secret=None):
    """The outbox as the app saves it."""
    key, outer = (
        os.urandom(32),
        HKDF(hashes.SHA256(), 32, None, phone.tag.encode()).derive((secret or phone.secret).encode()),
    )

    def box(wrapping, content):
        iv = os.urandom(12)
        sealed = AESGCM(wrapping).encrypt(iv, content, None)
        return {"iv": base64.b64encode(iv).decode(), "box": base64.b64encode(sealed).decode()}

    sealed = [box(key, json.dumps({**one, "state": "waiting", "seq": n}).encode()) for n, one in enumerate(items)]
    return json.dumps({"kind": "portal-outbox", "phone": phone.tag, "key": box(outer, key), "items": sealed}).encode()


def hand_in(browser, content):
    return browser.post("/offline/file", data={"file": (BytesIO(content), "outbox.json")})


def test_an_outbox_in_a_file_is_taken_for_its_owner_once(commune, browse_as):
    browser = browse_as(commune.officer)
    phone, note = Phone(browser), a_note()
    for _time in range(2):
        assert "no. 1" in hand_in(browser, a_file(phone, note)).text
    assert phone.answers(note)[0]["number"] == 1
    assert len(kept(Observation)) == 1


def test_an_outbox_in_a_file_opens_for_nobody_else(commune, browse_as):
    phone = Phone(browse_as(commune.officer))
    answer = hand_in(browse_as(commune.officer2), a_file(phone, a_note()))
    assert answer.status_code == 422
    assert kept(Observation) == []


@pytest.mark.parametrize("spoil", [
    lambda _file: b"", lambda _file: b"{}", lambda file: file[:-40], lambda file: b"\xff\xfe" + file,
    lambda file: file.replace(b'"iv": "', b'"iv": "AAAA'), lambda _file: b"[" * 100_000,
])  # fmt: skip
def test_a_file_that_was_spoiled_is_refused_at_its_field(commune, browse_as, spoil):
    browser = browse_as(commune.officer)
    answer = hand_in(browser, spoil(a_file(Phone(browser), a_note())))
    assert answer.status_code == 422
    assert kept(Observation) == []
