"""Photos from a phone: each once, of one text, answered by itself whatever is wrong with it."""

import uuid
from io import BytesIO

import pytest

from portal.documents.models import Attachment
from tests.offline.phones import Phone, a_file, a_note, kept

pytestmark = pytest.mark.both_engines


@pytest.fixture
def sent(commune, browse_as):
    """A phone that has sent two notes."""
    phone, notes = Phone(browse_as(commune.officer)), [a_note("Một"), a_note("Hai")]
    phone.answers(*notes)
    return phone, *notes


def test_another_photo_under_the_id_of_one_that_is_there_is_refused_with_words(sent):
    phone, note, other = sent
    assert phone.send_photo(note).json["state"] == "received"
    assert phone.send_photo(note).json["state"] == "received"
    again = [phone.send_photo(note, file=a_file("red")), phone.send_photo(other)]
    assert [(one.status_code, one.json["state"]) for one in again] == [(200, "refused")] * 2
    assert all("Something else" in one.json["told"] for one in again)
    assert len(kept(Attachment)) == 1


def test_a_photo_under_the_id_of_a_text_is_refused_and_not_taken_for_received(sent):
    phone, note, other = sent
    assert phone.send_photo(note, photo=other["id"]).json["state"] == "refused"
    assert kept(Attachment) == []


def test_a_fault_of_the_portal_at_a_photo_is_an_answer_and_the_photo_is_taken_the_next_time(sent, monkeypatch):
    phone, note, _other = sent

    def breaks(*_given, **_more):
        raise ZeroDivisionError

    with monkeypatch.context() as broken:
        broken.setattr("portal.offline.attaching.attach", breaks)
        answer = phone.send_photo(note)
    assert (answer.status_code, answer.json["state"]) == (200, "failed")
    assert phone.send_photo(note).json["state"] == "received"


def test_a_photo_before_its_text_is_told_to_come_later(sent):
    phone, _note, _other = sent
    assert phone.send_photo(a_note()).status_code == 425


def sent_as(value):
    """A file, each time anew, or what is sent in its place."""
    return (BytesIO(value[0]), value[1]) if isinstance(value, tuple) else value or ""


@pytest.mark.parametrize("wrong", [
    {"phone": "x"}, {"phone": "\x00" * 20}, {"of": "\x00"}, {"photo": "\x00"}, {"photo": ""}, {"photo": "x" * 100_000},
    {"phone": (b"x", "x")},
])  # fmt: skip
def test_what_no_phone_says_beside_a_photo_is_refused_as_a_whole(sent, wrong):
    phone, note, _other = sent
    beside = {name: sent_as(value) for name, value in wrong.items()}
    assert phone.send_photo(note, **beside).status_code in (400, 413)
    assert kept(Attachment) == []


@pytest.mark.parametrize("file", [None, "text", (b"", ""), (b"GIF89a", "a.gif")])
def test_what_is_no_photo_is_answered_by_its_id(sent, file):
    phone, note, _other = sent
    name = str(uuid.uuid4())
    answer = phone.send_photo(note, photo=name, file=sent_as(file))
    assert (answer.status_code, answer.json["id"], answer.json["state"]) == (200, name, "refused")


def test_a_phone_that_is_unknown_and_one_that_is_somebody_elses_are_told_apart(sent, commune, browse_as):
    phone, note, _other = sent
    answer = phone.send_photo(note, phone="u" * 24)
    assert (answer.status_code, answer.json) == (404, {"unknown": True})
    phone.browser = browse_as(commune.officer2)
    assert phone.send_photo(note).status_code == 409
