"""Pledges door by door without signal: each counts once, and two days of one door stand beside each other."""

import json
import re
from datetime import date

import pytest

from portal.documents.models import Attachment
from portal.engine.db import db
from portal.engine.transaction import transaction
from portal.households import actions
from portal.households.models import CallResult, DoorCall, Household, Pledge, PledgeSheet
from tests.households.doors import a_campaign, goal, some_households, ticked
from tests.offline.phones import HEAD, Phone, an_item, kept

pytestmark = pytest.mark.both_engines


@pytest.fixture
def village(commune, browse_as):
    """The head of a village of eight, its open campaign, and another village beside it."""
    doors = some_households(commune, 8)
    some_households(commune, 3, "NHA", head="Trần Văn Kín")
    campaign = a_campaign(commune)
    return Phone(browse_as(commune.village_head)), goal(commune, campaign), doors


def a_door(at, household, on="23/11/2026", result="signed", **other):
    return an_item("households.door", at.id, HEAD, household=household.id, signed_on=on, result=result, **other)


def test_a_phone_takes_the_own_village_along_by_number_head_and_state_and_no_more(village):
    phone, at, doors = village
    (sheet,) = [one for one in phone.day()["sheets"] if one["form"] == "households.door"]
    assert (len(sheet["rows"]), sheet["whole"], sheet["many"]) == (8, 8, True)
    assert sheet["rows"][0] == {
        "about": at.id, "title": doors[0].head, "line": "Household 001", "values": {"household": str(doors[0].id)},
    }  # fmt: skip
    assert "Trần Văn Kín" not in json.dumps(sheet, ensure_ascii=False)


def test_doors_that_were_confirmed_without_signal_count_once_and_are_confirmed(village):
    phone, at, doors = village
    items = [a_door(at, one) for one in doors[:5]]
    for _time in range(3):
        assert {one["state"] for one in phone.answers(*items)} == {"received"}
    assert [(one.household_id, one.state) for one in kept(Pledge)] == [(one.id, "confirmed") for one in doors[:5]]
    (sheet,) = [one for one in phone.day()["sheets"] if one["form"] == "households.door"]
    assert len(sheet["rows"]) == 3


def test_what_was_said_at_a_door_is_kept_and_a_later_signing_supersedes_it(village):
    phone, at, doors = village
    phone.answers(a_door(at, doors[0], "20/11/2026", "absent"))
    assert [(one.household_id, one.standing) for one in kept(DoorCall)] == [(doors[0].id, True)]
    phone.answers(a_door(at, doors[0]))
    assert [one.standing for one in kept(DoorCall)] == [False]


def test_a_door_that_is_entered_with_another_day_shows_both_and_either_can_be_kept(village, commune):
    phone, at, doors = village
    ticked(commune, at.campaign, doors[:1], on=date(2026, 11, 20), by="officer")
    item = a_door(at, doors[0], "22/11/2026", pledge_version="")
    (answer,) = phone.answers(item)
    assert answer["state"] == "conflict"
    assert "20/11/2026" in str(answer["stands"])
    assert "22/11/2026" in str(answer["mine"])
    assert [one.signed_on for one in kept(Pledge)] == [date(2026, 11, 20)]
    over = [[name, answer["versions"].get(name, value)] for name, value in item["typed"]]
    assert phone.answers({**item, "typed": over})[0]["state"] == "received"
    assert [one.signed_on for one in kept(Pledge)] == [date(2026, 11, 22)]
    page = phone.browser.get(f"/households/{doors[0].id}").text
    assert "20/11/2026 → 22/11/2026: " in page


def test_no_door_of_another_village_is_confirmed_by_its_number(village):
    phone, at, _doors = village
    other = next(one for one in kept(Household) if one.head == "Trần Văn Kín")
    (answer,) = phone.answers(a_door(at, other))
    assert answer["state"] == "refused"
    assert kept(Pledge) == []


@pytest.mark.parametrize(("field", "typed"), [
    ("household", "x"), ("household", "0"), ("household", "99999999999"), ("result", "perhaps"),
    ("signed_on", "24/11/2026"), ("signed_on", "01/01/2024"), ("signed_on", ""),
])  # fmt: skip
def test_what_cannot_be_of_a_door_is_refused_and_nothing_is_kept(village, field, typed):
    phone, at, doors = village
    item = a_door(at, doors[0])
    item["typed"] = [[name, typed if name == field else value] for name, value in item["typed"]]
    (answer,) = phone.answers(item)
    assert answer["state"] == "refused"
    assert (kept(Pledge), kept(DoorCall)) == ([], [])


# ── a whole village on one sheet ────────────────────────────────────────────────────────────────────────────────────
def a_sheet(phone, at, on="23/11/2026", **exceptions):
    """The sheet as the phone took it along, with what was chosen at some doors."""
    (shown,) = [one for one in phone.day()["sheets"] if one["form"] == "households.sheet"]
    (row,) = shown["rows"]
    among = re.search(r'name="among"[^>]*value="([\d,]+)"', row["html"])[1]
    return an_item("households.sheet", at.id, HEAD, among=among, signed_on=on, **exceptions)


def test_a_whole_village_but_for_two_is_one_item_with_one_photo(village):
    phone, at, doors = village
    item = a_sheet(phone, at, **{f"said_{doors[1].id}": "absent", f"said_{doors[4].id}": "refused"})
    numbers = {phone.answers(item)[0]["number"] for _time in range(3)}
    assert {phone.send_photo(item).json["state"] for _time in range(2)} == {"received"}
    assert [one.household_id for one in kept(Pledge)] == [
        one.id for one in doors if one not in (doors[1], doors[4])
    ]  # fmt: skip
    assert [one.count for one in kept(PledgeSheet)] == [6]
    assert [one.pledge_sheet_id for one in kept(Attachment)] == [kept(PledgeSheet)[0].id]
    assert len(numbers) == 1


def test_a_sheet_speaks_of_whom_the_phone_had_on_its_list(commune, village):
    phone, at, doors = village
    item = a_sheet(phone, at)
    phone.answers(a_door(at, doors[0], "20/11/2026"))
    came_since = some_households(commune, 1)[0]
    assert phone.answers(item)[0]["state"] == "received"
    days = {one.household_id: one.signed_on for one in kept(Pledge)}
    assert days == {doors[0].id: date(2026, 11, 20), **{one.id: date(2026, 11, 23) for one in doors[1:]}}
    assert came_since.id not in days


@pytest.mark.parametrize("wrong", [{"among": ""}, {"among": "a,-1,999999999999"}, {"signed_on": "01/01/2020"}])
def test_a_sheet_that_cannot_be_is_refused_and_nobody_signed(village, wrong):
    phone, at, _doors = village
    item = a_sheet(phone, at)
    typed = [[name, wrong.get(name, value)] for name, value in item["typed"]]
    assert phone.answers({**item, "typed": typed})[0]["state"] == "refused"
    assert (kept(Pledge), kept(PledgeSheet)) == ([], [])


def test_no_household_of_another_village_signs_by_a_sheet(village):
    phone, at, doors = village
    item, foreign = (
        a_sheet(phone, at),
        db.session.scalars(db.select(Household).where(Household.head.like("Trần%"))).all(),
    )
    typed = [[name, f"{foreign[0].id},{doors[0].id}" if name == "among" else value] for name, value in item["typed"]]
    phone.answers({**item, "typed": typed})
    assert [one.household_id for one in kept(Pledge)] == [doors[0].id]


def test_the_sheet_of_a_village_of_four_hundred_and_twenty_doors_is_taken(commune, browse_as):
    some_households(commune, 420)
    phone, at = Phone(browse_as(commune.village_head)), goal(commune, a_campaign(commune))
    item = a_sheet(phone, at, **{f"said_{one.id}": "" for one in kept(Household)})
    assert len(item["typed"]) > 420
    assert phone.answers(item)[0]["state"] == "received"
    assert len(kept(Pledge)) == 420


# ── what was said before ────────────────────────────────────────────────────────────────────────────────────────────
def refuses(commune, at, household, result=CallResult.REFUSED):
    """The police note it down at the door, of which the phone knows nothing yet."""
    with transaction(commune.officer):
        actions.record_calls(at, Household, {household.id: result}, date(2026, 11, 22))


def test_a_signature_over_a_refusal_is_shown_beside_it_and_wants_to_be_sent_once_more(village, commune):
    phone, at, doors = village
    refuses(commune, at, doors[1])
    items = [a_door(at, one, pledge_version="", call_version="") for one in doors[:3]]
    answers = phone.answers(*items)
    assert [one["state"] for one in answers] == ["received", "conflict", "received"]
    assert answers[1]["stands"] == [["Refused to sign", "22/11/2026"]]
    assert {one.household_id for one in kept(Pledge)} == {doors[0].id, doors[2].id}
    over = [[name, answers[1]["versions"].get(name, value)] for name, value in items[1]["typed"]]
    assert phone.answers({**items[1], "typed": over})[0]["state"] == "received"
    assert [one.standing for one in kept(DoorCall)] == [False]
    assert len(kept(Pledge)) == 3


def test_a_sheet_leaves_those_as_they_stand_of_whom_something_was_noted_down(village, commune):
    phone, at, doors = village
    refuses(commune, at, doors[2])
    item = a_sheet(phone, at, **{f"said_{doors[2].id}": "stands"})
    assert phone.answers(item)[0]["state"] == "received"
    assert doors[2].id not in {one.household_id for one in kept(Pledge)}
    assert [(one.count, len(kept(DoorCall))) for one in kept(PledgeSheet)] == [(7, 1)]


def test_a_sheet_that_knows_nothing_of_a_refusal_comes_back_and_nobody_signed(village, commune):
    phone, at, doors = village
    item = a_sheet(phone, at, **{f"said_{one.id}": "" for one in doors})
    refuses(commune, at, doors[2])
    (answer,) = phone.answers(item)
    assert (answer["state"], kept(Pledge), kept(PledgeSheet)) == ("refused", [], [])
    assert doors[2].head in answer["told"]
    mended = [[name, "signed" if name == f"said_{doors[2].id}" else value] for name, value in item["typed"]]
    assert phone.answers({**item, "typed": mended})[0]["state"] == "received"
    assert len(kept(Pledge)) == 8


@pytest.mark.parametrize("together", [True, False])
def test_what_was_said_where_a_signature_is_entered_is_refused_aloud_and_not_dropped(village, commune, together):
    phone, at, doors = village
    ticked(commune, at.campaign, doors[1:2], on=date(2026, 11, 20), by="officer")
    items = [a_door(at, one, "22/11/2026", "refused") for one in doors[:3]]
    answers = phone.answers(*items) if together else [phone.answers(one)[0] for one in items]
    assert [one["state"] for one in answers] == ["received", "refused", "received"]
    assert "It is entered there that they signed" in answers[1]["told"]
    assert answers[1]["stands"] == [["Signed on", "20/11/2026"]]
    assert {one.household_id for one in kept(DoorCall)} == {doors[0].id, doors[2].id}


def test_a_sheet_that_denies_a_signature_comes_back_and_is_taken_without_that_door(village, commune):
    phone, at, doors = village
    item = a_sheet(phone, at, **{f"said_{doors[1].id}": "refused"})
    ticked(commune, at.campaign, doors[1:2], on=date(2026, 11, 20), by="officer")
    (answer,) = phone.answers(item)
    assert (answer["state"], doors[1].head in answer["told"], kept(PledgeSheet)) == ("refused", True, [])
    without = [pair for pair in item["typed"] if pair[0] != f"said_{doors[1].id}"]
    assert phone.answers({**item, "typed": without})[0]["state"] == "received"
    assert [(one.count, len(kept(Pledge))) for one in kept(PledgeSheet)] == [(7, 8)]
