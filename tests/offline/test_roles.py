"""A right counts as it was when something was written; what came after its end is put before the chief."""

from datetime import timedelta

import pytest

from portal.documents.models import Attachment
from portal.duties.models import Duty
from portal.engine import clock
from portal.engine.transaction import transaction
from portal.incidents.models import Observation
from portal.offline.models import HeldSend, Receipt
from portal.organisation.actions import confirm_grant, grant_role
from portal.organisation.models import Role
from tests.builders import FOUNDED, a_case
from tests.households.doors import a_campaign, goal, some_households
from tests.offline import phones
from tests.offline.phones import HEAD, HOUR, OFFICER, Phone, an_item, end_role, kept

DAY = timedelta(days=1)
pytestmark = pytest.mark.both_engines


def a_note(ago, text="Xe lạ đỗ cạnh trường"):
    return phones.a_note(text, ago, HEAD)


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
    chief.post(f"/offline/held/{held.id}/take-over", data={"version": version})
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


# ── how long, and in which role ─────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(("days", "state"), [(29, "received"), (31, "held")])
def test_what_was_written_in_a_role_is_taken_for_thirty_days_after_its_end(commune, browse_as, days, state):
    phone = Phone(browse_as(commune.village_head))
    end_role(commune.village_head, Role.VILLAGE_HEAD, HOUR)
    with clock.telling(clock.now() + days * DAY):
        phone.browser = browse_as(commune.village_head)
        assert phone.answers(a_note(days * DAY + 2 * HOUR))[0]["state"] == state


def given(user, role, unit):
    with transaction(None):
        grant = grant_role(user, role, unit, FOUNDED)
        confirm_grant(grant, None)
        grant.confirmed_at = clock.now() - 3 * DAY
    return grant


def test_nothing_is_judged_in_another_role_than_the_one_it_was_written_in(commune, browse_as):
    given(commune.village_head, Role.MILITARY_COMMAND, commune.place("QS"))
    phone = Phone(browse_as(commune.village_head))
    end_role(commune.village_head, Role.VILLAGE_HEAD, HOUR)
    assert phone.answers(a_note(HOUR / 2))[0]["state"] == "held"
    assert kept(Observation) == []


def test_who_never_had_the_role_that_a_phone_names_is_refused(commune, browse_as):
    phone = Phone(browse_as(commune.village_head))
    (answer,) = phone.answers({**a_note(HOUR), "acting": "police_chief:"})
    assert (answer["state"], kept(HeldSend)) == ("refused", [])


def test_a_photo_is_judged_by_the_role_of_its_text_and_not_by_that_of_the_session(commune, browse_as):
    clerk = given(commune.officer, Role.OFFICE_CLERK, commune.clerk.grants[0].unit)
    phone, note = Phone(browse_as(commune.officer)), phones.a_note()
    phone.answers(note)
    phone.browser.post("/acting", data={"role": clerk.key})
    assert phone.send_photo(note).json["state"] == "received"
    assert len(kept(Attachment)) == 1


# ── what the chief is shown ─────────────────────────────────────────────────────────────────────────────────────────
def shown(browse_as, commune):
    (held,) = kept(HeldSend)
    chief = browse_as(commune.chief)
    take_over = lambda: chief.post(f"/offline/held/{held.id}/take-over", data={"version": held.version})  # noqa: E731
    return chief.get(f"/offline/held/{held.id}").text, take_over


def test_the_chief_sees_of_which_household_and_campaign_a_held_pledge_is(commune, browse_as):
    doors, at = some_households(commune, 3), goal(commune, a_campaign(commune))
    phone = Phone(browse_as(commune.village_head))
    end_role(commune.village_head, Role.VILLAGE_HEAD, HOUR)
    phone.answers(an_item(
        "households.door", at.id, HEAD, HOUR / 2, household=doors[1].id, signed_on="23/11/2026", result="signed",
    ))  # fmt: skip
    page, take_over = shown(browse_as, commune)
    assert all(one in page for one in (doors[1].head, doors[1].number, at.campaign.title, at.village.title))
    assert doors[0].number not in page
    assert take_over().status_code == 302


def test_the_chief_sees_of_which_case_a_held_self_report_is(commune, browse_as):
    case = a_case(commune, "Nguyễn Công Trứng")
    phone = Phone(browse_as(commune.officer))
    end_role(commune.officer, Role.POLICE_OFFICER, HOUR)
    phone.answers(an_item(
        "cases.check_in", case.id, OFFICER, HOUR / 2, version=case.version, month="2026-11-01",
        received_on="23/11/2026", channel="in_person",
    ))  # fmt: skip
    page, _take_over = shown(browse_as, commune)
    assert case.number in page
    assert "Nguyễn Công Trứng" in page


@pytest.mark.parametrize("late", [HOUR / 2, 40 * DAY])
def test_a_held_report_is_taken_over_for_the_village_of_its_writer(commune, browse_as, late):
    phone = Phone(browse_as(commune.village_head))
    end_role(commune.village_head, Role.VILLAGE_HEAD, HOUR)
    with clock.telling(clock.now() + late):
        phone.browser = browse_as(commune.village_head)
        phone.answers(an_item("incidents.report", None, HEAD, happened_on="23/11/2026", text="Người lạ"))
        page, take_over = shown(browse_as, commune)
        assert commune.place("BPH").title in page
        assert take_over().status_code == 302
    assert [(one.village_id, one.created_by_id) for one in kept(Observation)] == [
        (commune.place("BPH").id, commune.chief.id)
    ]


def test_photos_of_a_held_text_wait_with_it_and_are_attached_when_it_is_taken_over(late, commune, browse_as):
    phone, note = late
    phone.answers(note)
    assert {phone.send_photo(note).json["state"] for _time in range(2)} == {"received"}
    assert kept(Attachment) == []
    page, take_over = shown(browse_as, commune)
    assert "1, attached once it is taken over" in page
    assert take_over().status_code == 302
    other = "00000000-0000-4000-8000-000000000010"
    assert phone.send_photo(note, photo=other, file=phones.a_file("red")).json["state"] == "received"
    (made,) = kept(Observation)
    assert [one.observation_id for one in kept(Attachment)] == [made.id, made.id]
    head = browse_as(commune.chief).get(f"/attachments/{kept(Attachment)[0].id}")
    assert head.status_code == 200


def test_a_photo_of_what_the_chief_refused_is_refused(late, commune, browse_as):
    phone, note = late
    phone.answers(note)
    (held,) = kept(HeldSend)
    refusing = {"version": held.version, "reason": "Đã ghi"}
    browse_as(commune.chief).post(f"/offline/held/{held.id}/refuse", data=refusing)
    assert phone.send_photo(note).json["state"] == "refused"


def test_what_waits_for_the_chief_on_one_phone_and_was_received_meanwhile_from_another_is_told_as_received(
    late, commune
):
    """As after a restore: the role that is back took what had been held before."""
    phone, note = late
    with transaction(None):
        for grant in commune.village_head.grants:
            grant.ended_at = None
    assert phone.answers(note)[0]["state"] == "received"
    (answer,) = phone.answers(held=[note["id"]])
    assert (answer["id"], answer["state"], answer["number"]) == (note["id"], "received", 1)
