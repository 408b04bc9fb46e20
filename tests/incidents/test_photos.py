"""Files of observations: through the same door as those of patrols, read by whoever reads the observation."""

from io import BytesIO
from typing import Any

import pytest
from sqlalchemy import select

from portal.documents.models import Attachment
from portal.engine.db import db
from portal.incidents.models import Observation
from tests.documents.files import photograph
from tests.incidents.test_observations import TYPED, hand_over, the_note

SENT = {"title": "Dấu xe ở lối mòn", "dated_on": "22/11/2026", "not_classified": "y"}


def a_note(commune: Any, browse_as: Any, by: str = "officer") -> Observation:
    assert browse_as(getattr(commune, by)).post("/observations/new", data=TYPED).status_code == 302
    return the_note()


def attach(browser: Any, note: Observation, content: bytes | None = None, name: str = "loi-mon.jpg") -> Any:
    typed = {**SENT, "file": (BytesIO(photograph() if content is None else content), name)}
    return browser.post(f"/observations/{note.id}/photos", data=typed, content_type="multipart/form-data")


def the_photo() -> Attachment:
    return db.session.scalars(select(Attachment)).one()


def strike_out(browser: Any) -> int:
    photo = the_photo()
    return int(
        browser.post(f"/attachments/{photo.id}/void", data={"version": photo.version, "reason": "Mờ"}).status_code
    )


def test_a_photo_stands_on_the_page_without_place_and_device(commune, browse_as):
    note, officer = a_note(commune, browse_as), browse_as(commune.officer)
    assert f'href="/observations/{note.id}/photos"' in officer.get(f"/observations/{note.id}").text
    assert "22/11/2026" in officer.get(f"/observations/{note.id}/photos").text  # as likely as not of that day
    assert attach(officer, note).location == f"/observations/{note.id}"
    assert (the_photo().belongs_to, the_photo().unit_id) == (note, commune.place("CA").id)
    assert f'href="/attachments/{the_photo().id}"' in officer.get(f"/observations/{note.id}").text
    kept = officer.get(f"/attachments/{the_photo().id}")
    assert (kept.status_code, b"Exif" in kept.data) == (200, False)


def test_a_file_is_read_by_whoever_reads_the_observation_and_by_nobody_else(commune, browse_as):
    note = a_note(commune, browse_as, by="village_head")
    assert attach(browse_as(commune.village_head), note).status_code == 302
    address = f"/attachments/{the_photo().id}"
    for who, status in (
        ("village_head", 200), ("officer2", 200), ("leader", 200), ("inspector", 200), ("village_head2", 404),
        ("military", 404), ("border", 404), ("clerk", 404),
    ):  # fmt: skip
        assert browse_as(getattr(commune, who)).get(address).status_code == status, who
    hand_over(browse_as(commune.officer), commune, "BP")
    assert browse_as(commune.border).get(address).status_code == 200
    assert browse_as(commune.military).get(address).status_code == 404


def test_a_file_is_struck_out_by_the_force_that_attached_it_and_by_no_other(commune, browse_as):
    note = a_note(commune, browse_as)
    hand_over(browse_as(commune.officer), commune, "BP")
    assert attach(browse_as(commune.border), note).status_code == 302
    assert strike_out(browse_as(commune.chief)) == 403
    assert strike_out(browse_as(commune.border)) == 302
    assert "Attached in error: Mờ" in browse_as(commune.officer).get(f"/observations/{note.id}").text


@pytest.mark.parametrize("who", ["village_head2", "military", "leader"])
def test_nobody_attaches_to_what_is_not_theirs_to_write_of(commune, browse_as, who):
    note = a_note(commune, browse_as)
    assert attach(browse_as(getattr(commune, who)), note).status_code in (403, 404)
    assert db.session.scalars(select(Attachment)).all() == []


def test_what_is_no_file_or_too_large_is_told_at_its_field_and_the_rest_is_kept(commune, browse_as):
    note, officer = a_note(commune, browse_as), browse_as(commune.officer)
    for content, why in (
        (b"MZ" + b"x" * 100, "file-error"),
        (b"\xff\xd8\xff" + b"x" * 80 * 2**20, "larger than 20 MB"),
    ):
        answer = attach(officer, note, content)
        assert (answer.status_code, why in answer.text, SENT["title"] in answer.text) == (422, True, True)
    assert db.session.scalars(select(Attachment)).all() == []


def test_once_an_observation_is_closed_its_files_stay_as_they_are(commune, browse_as):
    note, officer = a_note(commune, browse_as), browse_as(commune.officer)
    attach(officer, note)
    officer.post(f"/observations/{note.id}/close", data={"version": the_note().version, "reason": "Xe đi rẫy"})
    assert "/photos" not in officer.get(f"/observations/{note.id}").text
    assert officer.get(f"/observations/{note.id}/photos").location == f"/observations/{note.id}"
    assert (attach(officer, note).status_code, strike_out(officer)) == (422, 422)
