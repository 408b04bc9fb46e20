"""A right counts as it was when something was written; what came after its end is put before the chief."""

from datetime import timedelta

import pytest

from portal.duties.models import Duty
from portal.engine import clock
from portal.engine.db import db
from portal.engine.transaction import transaction
from portal.incidents.models import Observation
from portal.offline.models import HeldSend, Receipt
from portal.organisation.models import Role
from tests.offline.phones import Phone, an_item

HEAD = "village_head:"
HOUR = timedelta(hours=1)
pytestmark = pytest.mark.both_engines


def kept(record):
    db.session.rollback()
    return db.session.scalars(db.select(record)).all()


def a_note(ago, text="Xe lạ đỗ cạnh trường"):
    return an_item("incidents.observation", None, HEAD, ago, happened_on="23/11/2026", text=text, source="village")


def end_role(user, role, ago):
    with transaction(None):
        grant = next(one for one in user.grants if one.role == role)
        grant.confirmed_at, grant.ended_at = clock.now() - timedelta(days=1), clock.now() - ago


@pytest.fixture
def late(commune, browse_as):
    """The phone of a village head whose role ended an hour ago; and what they wrote half an hour ago."""
    phone = Phone(browse_as(commune.village_head))
    end_role(commune.village_head, Role.VILLAGE_HEAD, HOUR)
    return phone, a_note(HOUR / 2)


def test_what_was_written_while_the_role_held_is_taken_in_that_role(commune, browse_as):
    phone = Phone(browse_as(commune.village_head))
    end_role(commune.village_head, Role.VILLAGE_HEAD, HOUR)
    assert phone.answers(a_note(2 * HOUR))[0]["state"] == "received"
    assert [one.created_by_id for one in kept(Observation)] == [commune.village_head.id]


def test_what_was_written_after_the_end_waits_for_the_chief_and_nothing_is_done(late, commune):
    phone, note = late
    (answer,) = phone.answers(note)
    assert (answer["state"], answer["number"]) == ("held", 1)
    assert commune.chief.full_name in answer["told"]
    assert (kept(Observation), len(kept(HeldSend))) == ([], 1)
    assert [one.owner_role for one in kept(Duty) if one.rule == "DECIDE-LATE-SEND"] == [Role.POLICE_CHIEF]


def test_the_chief_takes_it_over_in_their_own_name_and_the_phone_learns_it(late, commune, browse_as):
    phone, note = late
    phone.answers(note)
    (held,) = kept(HeldSend)
    chief = browse_as(commune.chief)
    shown = chief.get(f"/offline/held/{held.id}").text
    assert "Xe lạ đỗ cạnh trường" in shown
    assert commune.village_head.full_name in shown
    assert chief.post(f"/offline/held/{held.id}/take-over", data={"version": held.version}).status_code == 302
    assert [(one.text, one.created_by_id) for one in kept(Observation)] == [("Xe lạ đỗ cạnh trường", commune.chief.id)]
    (answer,) = phone.answers(held=[note["id"]])
    assert (answer["id"], answer["state"]) == (note["id"], "received")
    assert [(one.record_type, one.record_id) for one in kept(Receipt)] == [("observation", kept(Observation)[0].id)]


def test_the_chief_refuses_it_with_a_reason_that_the_phone_tells(late, commune, browse_as):
    phone, note = late
    phone.answers(note)
    (held,) = kept(HeldSend)
    chief = browse_as(commune.chief)
    assert (
        chief.post(f"/offline/held/{held.id}/refuse", data={"version": held.version, "reason": ""}).status_code == 422
    )
    reason = "Trưởng thôn mới đã ghi việc này."
    chief.post(f"/offline/held/{held.id}/refuse", data={"version": held.version, "reason": reason})
    (answer,) = phone.answers(held=[note["id"]])
    assert (answer["state"], answer["told"]) == ("refused", reason)
    assert kept(Observation) == []
    assert [one["state"] for one in phone.answers(note)] == ["refused"]


def test_a_held_item_that_is_sent_again_waits_once(late):
    phone, note = late
    assert {phone.answers(note)[0]["state"] for _time in range(5)} == {"held"}
    assert len(kept(HeldSend)) == 1


def test_only_one_of_two_who_decide_at_once_wins_and_the_other_is_told(late, commune, browse_as):
    phone, note = late
    phone.answers(note)
    (held,) = kept(HeldSend)
    chief, version = browse_as(commune.chief), held.version
    chief.post(f"/offline/held/{held.id}", data={"version": version})
    answer = chief.post(f"/offline/held/{held.id}/refuse", data={"version": version, "reason": "Không"})
    assert answer.status_code == 409
    assert len(kept(Observation)) == 1


@pytest.mark.parametrize("who", ["officer", "leader", "village_head", "clerk", "administrator"])
def test_nobody_but_chief_and_inspector_reads_what_is_held(late, commune, browse_as, who):
    phone, note = late
    phone.answers(note)
    (held,) = kept(HeldSend)
    assert browse_as(getattr(commune, who)).get(f"/offline/held/{held.id}").status_code in (403, 404)


def test_the_chief_of_another_commune_never_learns_of_it(late, neighbour, browse_as):
    phone, note = late
    phone.answers(note)
    (held,) = kept(HeldSend)
    chief = browse_as(neighbour.chief)
    assert chief.get(f"/offline/held/{held.id}").status_code == 404
    assert "Xe lạ" not in chief.get("/offline/held?show=all").text
