"""Doors that were ticked together are one deed, and nobody can tell it from the answers."""

import random
from datetime import date, timedelta

import pytest
from sqlalchemy import event

from portal.engine.audit import AuditEvent, verify
from portal.engine.db import db
from portal.engine.transaction import transaction
from portal.households import actions
from portal.households.models import CallResult, DoorCall, Household, Pledge
from portal.offline.models import Receipt
from tests.households.doors import a_campaign, goal, some_households, ticked
from tests.offline.phones import HEAD, Phone, an_item, kept

DOORS = 10
DAYS = ("22/11/2026", "22/11/2026", "22/11/2026", "23/11/2026", "31/02/2026", "24/11/2026", "01/01/2024")
SIGNED = {"signed_on": "23/11/2026", "result": "signed"}
pytestmark = pytest.mark.both_engines


@pytest.fixture
def village(commune, browse_as):
    """The head of a village of ten; what is known of it before; and one household that lives elsewhere."""
    doors = [*some_households(commune, DOORS), *some_households(commune, 1, "NHA")]
    return Phone(browse_as(commune.village_head)), doors


def begun(commune, doors, title):
    """A campaign in which some have signed on another day, some wait to be confirmed, and one was not at home."""
    campaign = a_campaign(commune, title=title)
    at = goal(commune, campaign)
    ticked(commune, campaign, doors[:2], on=date(2026, 11, 20), by="officer")
    ticked(commune, campaign, doors[2:3], on=date(2026, 11, 22), by="officer")
    ticked(commune, campaign, doors[3:4], on=date(2026, 11, 22))
    with transaction(commune.village_head):
        actions.record_calls(at, Household, {doors[4].id: CallResult.ABSENT}, date(2026, 11, 21))
    return at


def a_parcel(at, doors, seed):
    """Runs of doors as somebody ticks them, with whatever else may lie between: the same for each campaign."""
    chance, items = random.Random(seed), []
    while len(items) < 24:
        items += a_run(at, doors, chance)
        odd = {
            "the same": {}, "two answers": {"typed": [*items[-1]["typed"], ["household", "7"]]},
            "elsewhere": {"about": chance.choice((None, 0, "1"))},
        }  # fmt: skip
        items += [{**items[-1], **what} for what in odd.values() if chance.random() < 0.2]
    for number, item in enumerate(items):  # ids by which two campaigns can be compared; some come twice
        item["id"] = items[number - 1]["id"] if number and chance.random() < 0.1 else an_id(at, number)
    return items


def a_run(at, doors, chance):
    """What is ticked together; now and then one of them was written before its owner had the role."""
    said = {
        "signed_on": chance.choice(DAYS),
        "result": chance.choice(("signed", "signed", "signed", "signed", "absent", "absent", "refused", "perhaps")),
        "pledge_version": chance.choice(("", "", "1")),
    }  # fmt: skip
    some = [*(str(one.id) for one in chance.sample(doors, chance.randrange(1, 7))), *chance.choice(((), (), ("x",)))]
    return [
        an_item(
            "households.door", at.id, HEAD, timedelta(minutes=chance.choice((0, 0, 0, 30, 5000))), household=one, **said
        )
        for one in some
    ]


def an_id(at, number):
    return f"00000000-0000-4000-8000-{at.id:06d}{number:06d}"


def told(answer):
    """An answer without what differs from one send to the next: its id, its number, which call stands."""
    number = str(answer.get("number", ""))
    words = {name: value for name, value in answer.items() if name not in ("id", "number", "versions")}
    versions = {name: name == "call_version" or value for name, value in answer.get("versions", {}).items()}
    return {**words, "versions": versions, "told": answer["told"].replace(f"no. {number}", "no. …")}


def there(at):
    """What is kept of a campaign in the village: pledges and calls."""
    pledges = [(one.household_id, one.signed_on, one.state) for one in kept(Pledge, campaign_id=at.campaign_id)]
    calls = [(one.household_id, one.on, one.result, one.standing) for one in kept(DoorCall, campaign_id=at.campaign_id)]
    return sorted(pledges), sorted(calls)


@pytest.mark.parametrize("seed", range(15))
def test_any_parcel_is_answered_as_if_each_of_it_had_come_by_itself(village, commune, seed, caplog):
    phone, doors = village
    together, apart = begun(commune, doors, "Chung"), begun(commune, doors, "Riêng")
    at_once = phone.answers(*a_parcel(together, doors, seed))
    one_by_one = [phone.answers(one)[0] for one in a_parcel(apart, doors, seed)]
    assert [told(one) for one in at_once] == [told(one) for one in one_by_one]
    assert there(together) == there(apart)
    taken = {one["number"] for one in at_once if one["state"] in ("received", "held")}
    assert taken == set(range(1, len(taken) + 1))
    assert [one.number for one in kept(Receipt)] == [*range(1, 2 * len(taken) + 1)]
    assert verify(db.session())[1] is None
    assert [one.message for one in caplog.records if one.levelname == "ERROR"] == []


def statements(app, deed):
    """How often the database is asked or told something, all rows of one table counted as one."""
    said = []
    with app.app_context():
        engine = db.engine
    note = lambda _connection, _cursor, statement, *_rest: said.append(statement.partition("(")[0])  # noqa: E731
    event.listen(engine, "before_cursor_execute", note)
    try:
        deed()
    finally:
        event.remove(engine, "before_cursor_execute", note)
    return len([one for one in said if not one.startswith("INSERT")])


def test_ninety_doors_ask_the_database_no_more_than_three(commune, browse_as, app):
    doors, at = some_households(commune, 93), goal(commune, a_campaign(commune))
    phone = Phone(browse_as(commune.village_head))
    items = [an_item("households.door", at.id, HEAD, household=one.id, **SIGNED) for one in doors]
    few, many = (statements(app, lambda some=some: phone.answers(*some)) for some in (items[:3], items[3:]))
    assert many <= few
    assert len(kept(Pledge)) == len(kept(Receipt)) == 93


def test_each_door_of_a_run_has_its_own_receipt_and_its_own_event(commune, village):
    phone, doors = village
    at = goal(commune, a_campaign(commune))
    items = [an_item("households.door", at.id, HEAD, household=one.id, **SIGNED) for one in doors[:6]]
    answers = phone.answers(*items)
    assert [(one["id"], one["number"]) for one in answers] == [(one["id"], n) for n, one in enumerate(items, 1)]
    pledges = {one.id for one in kept(Pledge)}
    assert {one.record_id for one in kept(Receipt)} == pledges
    told = [one for one in db.session.scalars(db.select(AuditEvent)) if one.action == "confirm_pledge"]
    assert {(one.record_id, one.user_id) for one in told} == {(one, commune.village_head.id) for one in pledges}


def test_a_fault_in_the_deed_of_many_loses_none_of_them(commune, village, monkeypatch):
    phone, doors = village
    at = goal(commune, a_campaign(commune))
    items = [an_item("households.door", at.id, HEAD, household=one.id, **SIGNED) for one in doors[:4]]
    tick = actions.tick

    def breaks_with_many(goal, kind, ids, *rest, **more):
        tick(goal, kind, ids, *rest, **more)
        if len(ids) > 1:
            raise ZeroDivisionError

    with monkeypatch.context() as broken:
        broken.setattr(actions, "tick", lambda *given, **more: breaks_with_many(*given, **more) or tick(*given, **more))
        answers = phone.answers(*items)
    assert [(one["state"], one["number"]) for one in answers] == [("received", number) for number in range(1, 5)]
    assert len(kept(Pledge)) == 4


def test_what_was_said_at_a_door_that_moved_away_is_refused_and_not_lost(commune, village):
    phone, doors = village
    at = goal(commune, a_campaign(commune))
    items = [
        an_item("households.door", at.id, HEAD, household=one.id, signed_on="23/11/2026", result="absent")
        for one in (doors[0], doors[-1])
    ]
    assert [one["state"] for one in phone.answers(*items)] == ["received", "refused"]
    assert [one.household_id for one in kept(DoorCall)] == [doors[0].id]
