"""What a phone sends is taken once, as its page would take it, or refused aloud."""

import uuid
from datetime import timedelta

import pytest

from portal.cases.actions import recording
from portal.cases.models import CheckIn
from portal.cases.sync import CHECK_IN
from portal.engine import clock
from portal.engine.audit import AuditEvent, verify
from portal.engine.db import db
from portal.engine.transaction import transaction
from portal.households import actions as pledging
from portal.incidents.models import Observation
from portal.offline.models import Phone as KnownPhone
from portal.offline.models import Receipt
from tests.builders import a_case
from tests.households.doors import a_campaign, goal, some_households
from tests.offline.phones import HEAD, OFFICER, Phone, a_note, an_item, kept

NO = timedelta()
pytestmark = pytest.mark.both_engines


def a_self_report(case, ago=NO, /, **other):
    typed = {"version": case.version, "month": "2026-11-01", "received_on": "23/11/2026", "channel": "in_person"}
    return an_item("cases.check_in", case.id, OFFICER, ago, **{**typed, **other})


def test_what_is_sent_forty_times_is_one_record_with_one_receipt(commune, browse_as):
    phone, report = Phone(browse_as(commune.officer)), a_self_report(a_case(commune))
    answers = [phone.answers(report)[0] for _time in range(40)]
    assert {(one["state"], one["number"]) for one in answers} == {("received", 1)}
    assert (len(kept(CheckIn)), len(kept(Receipt))) == (1, 1)


def test_what_two_phones_of_one_person_send_under_one_id_is_one_record(commune, browse_as):
    note, browser = a_note(), browse_as(commune.officer)
    states = [Phone(browser).answers(note)[0]["state"] for _phone in range(2)]
    assert (states, len(kept(Observation))) == (["received", "received"], 1)


def test_a_receipt_has_a_number_that_its_owner_can_quote(commune, browse_as):
    phone = Phone(browse_as(commune.officer))
    answers = phone.answers(a_note("Một"), a_note("Hai"))
    assert [one["number"] for one in answers] == [1, 2]
    assert all(f"no. {one['number']}" in one["told"] for one in answers)


def test_another_content_under_a_received_id_is_shown_and_changes_nothing(commune, browse_as):
    phone, note = Phone(browse_as(commune.officer)), a_note()
    phone.answers(note)
    typed = [[name, "Hai người lạ" if name == "text" else value] for name, value in note["typed"]]
    (answer,) = phone.answers({**note, "typed": typed})
    assert (answer["state"], answer["number"], answer["anew"]) == ("conflict", 1, True)
    assert "Hai người lạ" in dict(answer["mine"]).values()
    assert [one.text for one in kept(Observation)] == ["Người lạ ở bìa rừng"]


def test_another_content_about_what_is_no_longer_theirs_is_told_and_blocks_no_other(commune, browse_as):
    phone, case, note = Phone(browse_as(commune.officer)), a_case(commune), a_note()
    report = a_self_report(case)
    phone.answers(report)
    with transaction(commune.chief):
        case.state = "closed"
    typed = [[name, "22/11/2026" if name == "received_on" else value] for name, value in report["typed"]]
    other, fresh = phone.answers({**report, "typed": typed}, note)
    assert (other["state"], other["anew"], fresh["state"]) == ("conflict", True, "received")
    assert "stands" not in other
    assert len(kept(CheckIn)) == 1


def test_one_bad_item_blocks_no_other(commune, browse_as):
    phone, case = Phone(browse_as(commune.officer)), a_case(commune)
    bad, good, other = a_self_report(case, received_on="31/02/2026"), a_self_report(case), a_note()
    found = {one.get("id"): one for one in phone.answers(bad, {"id": "?"}, good, other)}
    assert found[bad["id"]]["state"] == "refused"
    assert list(found[bad["id"]]["errors"]) == ["received_on"]
    assert [found[one["id"]]["state"] for one in (good, other)] == ["received", "received"]
    assert (len(kept(CheckIn)), len(kept(Observation))) == (1, 1)


def test_a_fault_of_the_portal_undoes_one_item_which_is_taken_the_next_time(commune, browse_as, monkeypatch):
    phone, case = Phone(browse_as(commune.officer)), a_case(commune)
    report, note = a_self_report(case), a_note()

    def breaks(*_given):
        raise ZeroDivisionError

    with monkeypatch.context() as broken:
        broken.setattr("portal.cases.actions.recording.record_check_in", breaks)
        assert [one["state"] for one in phone.answers(report, note)] == ["failed", "received"]
    assert kept(CheckIn) == []
    assert phone.answers(report)[0]["state"] == "received"


def test_what_a_second_phone_recorded_first_is_told_with_both_versions(commune, browse_as):
    case = a_case(commune)
    Phone(browse_as(commune.officer)).answers(a_self_report(case, received_on="20/11/2026"))
    (answer,) = Phone(browse_as(commune.officer)).answers(a_self_report(case))
    assert answer["state"] in ("refused", "conflict")
    assert ("20/11/2026" in str(answer["stands"]), "23/11/2026" in str(answer["mine"])) == (True, True)
    assert len(kept(CheckIn)) == 1


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0)])
def test_pieces_in_any_order_and_again_are_each_taken_once(commune, browse_as, order):
    phone, notes = Phone(browse_as(commune.officer)), [a_note(str(number)) for number in range(3)]
    for number in (*order, *order):
        phone.answers(notes[number])
    phone.answers(*notes)
    assert sorted(one.text for one in kept(Observation)) == ["0", "1", "2"]


def test_what_the_role_allows_and_the_record_does_not_is_refused_with_whom_to_tell(commune, browse_as, neighbour):
    phone, other = Phone(browse_as(commune.officer)), a_case(neighbour)
    (answer,) = phone.answers(a_self_report(other))
    assert answer["state"] == "refused"
    assert commune.chief.full_name in answer["told"]
    assert other.person.full_name not in str(answer)
    assert kept(CheckIn) == []


def test_a_case_that_was_closed_meanwhile_is_told_and_nothing_is_recorded(commune, browse_as):
    case = a_case(commune)
    phone, report = Phone(browse_as(commune.officer)), a_self_report(case)
    with transaction(commune.chief):
        case.state = "closed"
    (answer,) = phone.answers(report)
    assert answer["state"] == "conflict"
    assert commune.chief.full_name in answer["told"]
    assert kept(CheckIn) == []


def test_who_never_held_the_role_is_refused_and_the_trail_tells_it(commune, browse_as):
    case = a_case(commune)
    (answer,) = Phone(browse_as(commune.clerk)).answers({**a_self_report(case), "acting": "office_clerk:"})
    assert answer["state"] == "refused"
    assert kept(CheckIn) == []
    told = [one for one in kept(AuditEvent) if one.action == "refused"]
    assert [(one.user_id, one.changes["wanted"]) for one in told] == [(commune.clerk.id, CHECK_IN.to)]


def test_a_wrong_clock_of_the_phone_is_put_right_and_both_times_are_kept(commune, browse_as):
    phone, behind = Phone(browse_as(commune.officer)), timedelta(days=400)
    note = a_note(ago=behind + timedelta(hours=2))
    phone.answers(note, clock=(clock.now() - behind).isoformat())
    (receipt,) = kept(Receipt)
    assert receipt.written_at == clock.now() - timedelta(hours=2)
    assert receipt.phone_said == note["written"]


def test_no_clock_of_a_phone_dates_anything_before_the_phone_was_known_or_ahead(commune, browse_as):
    phone = Phone(browse_as(commune.officer))
    phone.answers(a_note("früher", timedelta(days=900)), a_note("später", -timedelta(days=3)))
    known = kept(KnownPhone)[0].created_at
    assert [one.written_at for one in kept(Receipt)] == [known, clock.now()]


def test_receipts_that_a_restore_has_lost_are_asked_for_again(commune, browse_as):
    phone, there, gone = Phone(browse_as(commune.officer)), a_note(), str(uuid.uuid4())
    phone.answers(there)
    said = phone.send(receipts=[there["id"], gone]).json
    assert said["lost"] == [gone]


@pytest.mark.parametrize("parcel", [
    None, [], {}, {"phone": "x"}, {"phone": "a" * 20}, {"phone": "a" * 20, "clock": "gestern", "waiting": 0},
    {"phone": "a" * 20, "clock": "2026-11-23T08:00:00", "waiting": 0}, {"phone": "a" * 20, "clock": 3, "waiting": 0},
    {"phone": "a" * 20, "clock": "2026-11-23T08:00:00+07:00", "waiting": -1},
    {"phone": "a" * 20, "clock": "2026-11-23T08:00:00+07:00", "waiting": 0, "items": {}},
    {"phone": "a" * 20, "clock": "2026-11-23T08:00:00+07:00", "waiting": 0, "items": [1] * 101},
    {"phone": "a" * 20, "clock": "2026-11-23T08:00:00+07:00", "waiting": 0, "receipts": ["?"]},
])  # fmt: skip
def test_what_no_phone_of_ours_sends_is_refused_as_a_whole(commune, browse_as, parcel):
    answer = browse_as(commune.officer).post("/offline/send", json=parcel)
    assert answer.status_code == 400


@pytest.mark.parametrize("damage", [
    {"about": True}, {"about": 2**40}, {"about": "1"}, {"typed": [["text"]]}, {"typed": [["text", 3]]}, {"typed": {}},
    {"typed": [["text", "x" * 30_000]]}, {"written": "nie"}, {"written": "9999-01-01T00:00:00+00:00"}, {"acting": None},
    {"form": ["x"]}, {"typed": [["x", ""]] * 1001},
])  # fmt: skip
def test_a_damaged_item_is_told_by_its_id_and_nothing_of_it_is_kept(commune, browse_as, damage):
    phone, note = Phone(browse_as(commune.officer)), a_note()
    (answer,) = phone.answers({**note, **damage})
    assert (answer["id"], answer["state"]) == (note["id"], "refused")
    assert (kept(Observation), kept(Receipt)) == ([], [])


def test_a_form_that_this_portal_does_not_know_is_refused_and_says_what_to_do(commune, browse_as):
    (answer,) = Phone(browse_as(commune.officer)).answers({**a_note(), "form": "cameras.broken"})
    assert answer["state"] == "refused"
    assert "renewed" in answer["told"]


@pytest.mark.parametrize("text", ["a\x00b", "\ud800", "‮đảo ngược", "<script>alert(1)</script>", "{{ 7*7 }}"])
def test_hostile_text_is_refused_at_its_field_or_kept_as_text(commune, browse_as, text):
    (answer,) = Phone(browse_as(commune.officer)).answers(a_note(text))
    assert answer["state"] == "received" or "text" in answer["errors"]


# ── faults of ours, and the order of a record ───────────────────────────────────────────────────────────────────────
@pytest.fixture
def poisoned(app):
    """What follows from a note that says so goes wrong."""

    def follow(changed):
        if any(isinstance(one, Observation) and one.text == "Độc" for one in changed):
            raise ZeroDivisionError

    before = app.extensions["when_changed"]
    app.extensions["when_changed"] = (*before, follow)
    yield
    app.extensions["when_changed"] = before


def test_where_what_follows_from_an_item_goes_wrong_that_item_alone_fails(commune, browse_as, poisoned):
    phone, case = Phone(browse_as(commune.officer)), a_case(commune)
    items = [a_note("Trước"), a_note("Độc"), a_note("Sau"), a_self_report(case)]
    for states in (["received", "failed", "received", "received"],) * 2:
        assert [one["state"] for one in phone.answers(*items, waiting=7)] == states
    assert [one.text for one in kept(Observation)] == ["Trước", "Sau"]
    assert [one.number for one in kept(Receipt)] == [1, 2, 3]
    assert kept(KnownPhone)[0].waiting == 7
    assert verify(db.session())[1] is None


def test_behind_an_item_that_failed_nothing_more_of_its_record_is_done(commune, browse_as, monkeypatch):
    phone, case, other = Phone(browse_as(commune.officer)), a_case(commune), a_case(commune)
    first, later, elsewhere = a_self_report(case), a_self_report(case, received_on="22/11/2026"), a_self_report(other)
    record, tries = recording.record_check_in, []

    def breaks_once(of, *given):
        tries.append(of.id)
        if tries == [case.id]:
            raise ZeroDivisionError
        return record(of, *given)

    monkeypatch.setattr(recording, "record_check_in", breaks_once)
    assert [one["state"] for one in phone.answers(first, later, elsewhere)] == ["failed", "failed", "received"]
    assert tries == [case.id, other.id]
    assert phone.answers(first)[0]["state"] == "received"


def test_of_doors_that_were_ticked_together_those_behind_a_failed_one_of_the_same_household_wait(
    commune, browse_as, monkeypatch
):
    doors, at = some_households(commune, 2), goal(commune, a_campaign(commune))
    phone, record, tries = Phone(browse_as(commune.village_head)), pledging.record_calls, []
    said = ((0, "20/11/2026", "absent"), (0, "22/11/2026", "refused"), (1, "22/11/2026", "refused"))
    items = [
        an_item("households.door", at.id, HEAD, household=doors[door].id, signed_on=on, result=result)
        for door, on, result in said
    ]

    def breaks_once(*given):
        tries.append(given)
        if len(tries) == 1:
            raise ZeroDivisionError
        return record(*given)

    monkeypatch.setattr(pledging, "record_calls", breaks_once)
    assert [one["state"] for one in phone.answers(*items)] == ["failed", "failed", "received"]
    assert [one["state"] for one in phone.answers(*items)] == ["received"] * 3


def test_what_no_form_takes_is_one_event_of_a_parcel_however_much_of_it_there_is(commune, browse_as):
    phone = Phone(browse_as(commune.officer))
    phone.answers(*({"id": "?"} for _item in range(30)), {**a_note(), "form": "cameras\x00.broken"})
    told = [one.changes for one in kept(AuditEvent) if one.action == "refused"]
    assert told == [{"wanted": "send", "sent": "", "rows": 31}]
