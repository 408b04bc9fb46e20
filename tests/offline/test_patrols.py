"""The log of a patrol, its photos and what other forces answer to it, from phones that had no signal."""

import pytest
from lxml import html

from portal.documents.models import Attachment
from portal.engine import clock
from portal.patrols.models import Countersignature, Patrol, PatrolLog
from tests.offline.phones import Phone, kept
from tests.patrols.going import a_patrol, a_point, logged

pytestmark = pytest.mark.both_engines


def taken_along(phone, form):
    """The one thing that may be written about, with the fields of its form as they stand there."""
    day = phone.day()
    (row,) = next(one for one in day["sheets"] if one["form"] == form)["rows"]
    fields = html.fromstring(f"<form>{row['html']}</form>").form_values()
    return {"form": form, "about": row["about"], "acting": day["acting"]}, dict(fields), row


def written(about, fields, number=1):
    return {
        **about, "id": f"00000000-0000-4000-8000-{number:012d}", "written": clock.now().isoformat(),
        "typed": [[name, value] for name, value in fields.items()],
    }  # fmt: skip


@pytest.fixture
def police(commune, browse_as):
    return Phone(browse_as(commune.officer))


def test_a_log_that_was_written_without_signal_is_the_log(commune, police):
    a_patrol(commune, points=(a_point(commune),))
    about, fields, _row = taken_along(police, "patrols.log")
    fields |= {"conclusion": "Không phát hiện vi phạm", **{name: "03:10" for name in fields if name.startswith("at_")}}
    (answer,) = police.answers(written(about, fields))
    assert answer["state"] == "received", answer
    (log,) = kept(PatrolLog)
    assert log.conclusion == "Không phát hiện vi phạm"
    assert "03:10" in str(log.stops)
    assert kept(Patrol)[0].state == "logged"


def test_a_log_that_somebody_else_wrote_meanwhile_stands_beside_it_and_nothing_is_lost(commune, police):
    patrol = a_patrol(commune)
    about, fields, _row = taken_along(police, "patrols.log")
    logged(commune, patrol, "military", conclusion="Đã ghi trước")
    (answer,) = police.answers(written(about, {**fields, "conclusion": "Ghi sau"}))
    assert answer["state"] == "conflict"
    assert "Đã ghi trước" in str(answer["stands"])
    assert "Ghi sau" in str(answer["mine"])
    assert [one.conclusion for one in kept(PatrolLog)] == ["Đã ghi trước"]


def test_another_force_countersigns_or_disputes_without_signal(commune, browse_as):
    logged(commune, a_patrol(commune))
    military, border = Phone(browse_as(commune.military)), Phone(browse_as(commune.border))
    about, fields, row = taken_along(military, "patrols.answer")
    assert "Không phát hiện vi phạm" in row["html"]
    assert military.answers(written(about, {**fields, "answer": "sign"}))[0]["state"] == "received"
    about, fields, _row = taken_along(border, "patrols.answer")
    (answer,) = border.answers(written(about, {**fields, "answer": "dispute"}, 2))
    assert list(answer["errors"]) == ["reason"]
    disputed = {**fields, "answer": "dispute", "reason": "Đoàn đi từ tối hôm trước"}
    assert border.answers(written(about, disputed, 2))[0]["state"] == "received"
    assert {one.outcome for one in kept(Countersignature)} == {"logged", "signed", "disputed"}
    assert kept(Patrol)[0].state == "disputed"


def test_who_signed_already_is_told_so_when_the_phone_sends_it_once_more_under_another_id(commune, browse_as):
    logged(commune, a_patrol(commune))
    military = Phone(browse_as(commune.military))
    about, fields, _row = taken_along(military, "patrols.answer")
    military.answers(written(about, fields))
    (answer,) = military.answers(written(about, fields, 2))
    assert answer["state"] in ("refused", "conflict")
    assert len([one for one in kept(Countersignature) if one.outcome == "signed"]) == 1


def test_a_photo_comes_after_its_text_once_and_without_place_and_device(commune, police):
    a_patrol(commune)
    about, fields, _row = taken_along(police, "patrols.log")
    log = written(about, {**fields, "conclusion": "Bình thường"})
    assert police.send_photo(log).status_code == 425
    police.answers(log)
    numbers = {police.send_photo(log).json["number"] for _time in range(4)}
    assert len(numbers) == 1
    (photo,) = kept(Attachment)
    assert (photo.patrol_id, photo.media_type) == (about["about"], "image/jpeg")


def test_a_photo_still_comes_to_a_patrol_of_one_force_that_closed_with_its_log(commune, police):
    a_patrol(commune, forces=(("CA", 3, "Lê Văn Thịnh"),))
    about, fields, _row = taken_along(police, "patrols.log")
    log = written(about, {**fields, "conclusion": "Bình thường"})
    police.answers(log)
    assert kept(Patrol)[0].state == "closed"
    assert police.send_photo(log).json["state"] == "received"
    assert [one.patrol_id for one in kept(Attachment)] == [about["about"]]


def test_a_photo_of_a_report_comes_after_it_and_only_its_readers_see_it(commune, neighbour, browse_as):
    head = Phone(browse_as(commune.village_head))
    said = {"happened_on": "23/11/2026", "text": "Xe lạ ở bìa rừng"}
    note = written({"form": "incidents.report", "about": None, "acting": "village_head:"}, said)
    head.answers(note)
    assert {head.send_photo(note).json["number"] for _time in range(3)} == {2}
    (photo,) = kept(Attachment)
    assert f"/attachments/{photo.id}" in head.browser.get(f"/observations/{photo.observation_id}").text
    readers = {who: browse_as(who).get(f"/attachments/{photo.id}").status_code for who in (
        commune.village_head, commune.officer, commune.chief, commune.leader, commune.military, commune.village_head2,
        neighbour.chief,
    )}  # fmt: skip
    assert [*readers.values()] == [200, 200, 200, 200, 404, 404, 404]


@pytest.mark.parametrize("content", [b"", b"<script>alert(1)</script>", b"GIF89a", b"\xff\xd8\xff\xe0 cut"])
def test_what_is_no_photo_is_refused_and_its_text_stays(commune, police, content):
    a_patrol(commune)
    about, fields, _row = taken_along(police, "patrols.log")
    log = written(about, {**fields, "conclusion": "Bình thường"})
    police.answers(log)
    assert police.send_photo(log, content or b" ").json["state"] == "refused"
    assert (len(kept(PatrolLog)), kept(Attachment)) == (1, [])


def test_nobody_attaches_a_photo_to_what_somebody_else_sent(commune, police, browse_as):
    a_patrol(commune)
    about, fields, _row = taken_along(police, "patrols.log")
    log = written(about, {**fields, "conclusion": "Bình thường"})
    police.answers(log)
    other = Phone(browse_as(commune.officer2))
    assert other.send_photo(log).status_code == 425
    assert police.send_photo(log, phone=other.tag).status_code == 409
    assert kept(Attachment) == []
