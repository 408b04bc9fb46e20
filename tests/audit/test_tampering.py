"""Whatever is done to the trail without the key is found, and the first broken link is named."""

import random

import pytest

from portal.engine import chain
from portal.engine.db import db
from tests.audit.tampering import COLUMNS, events, insert, lift_protection, tamper, verdict, with_a_bit_flipped
from tests.builders import a_case, an_absence
from tests.conftest import TODAY

pytestmark = pytest.mark.both_engines
MOMENTS = ("at", "written_at")


@pytest.fixture
def trail(commune, browse_as):
    """A whole trail with changes, looks and refusals; the protection of the database is lifted."""
    case = a_case(commune)
    an_absence(commune, case, TODAY, TODAY)
    browse_as(commune.officer).get(f"/cases/{case.id}")
    browse_as(commune.officer2).get(f"/cases/{case.id}")
    lift_protection()
    assert verdict() is None
    return events()


def test_an_untouched_trail_is_whole(trail):
    stands, broken = chain.verify(db.session())
    assert (stands, broken) == (len(trail), None)


@pytest.mark.parametrize("column", COLUMNS)
def test_one_bit_in_any_column_is_found(trail, column):
    chance = random.Random(column)
    rows = [row for row in trail if row[column] not in (None, "")]
    for row in chance.sample(rows, min(3, len(rows))):
        flip(row, column, chance.randrange(4096))


def flip(row, column, bit):
    """Turn a bit, look, and turn it back."""
    number, there = row["sequence"], row[column]
    if column in MOMENTS and not isinstance(there, str):
        change, values = f"{column} = {column} + interval '1 microsecond'", {}
    elif isinstance(there, int):
        change, values = f"{column} = :new", {"new": with_a_bit_flipped(there, bit)}
    else:
        change, values = changed_text(there, column, bit)
    assert tamper(f"UPDATE audit_event SET {change} WHERE sequence = :number", number=number, **values) == 1  # noqa: S608
    broken = verdict()
    assert broken is not None, (column, bit)
    assert broken.sequence <= number
    now = values["new"] if column == "sequence" else number
    restored = "CAST(:there AS TIMESTAMPTZ)" if change.endswith("microsecond'") else ":there"
    tamper(f"UPDATE audit_event SET {column} = {restored} WHERE sequence = :now", there=there, now=now)  # noqa: S608
    assert verdict() is None


def changed_text(there, column, bit):
    """SQLite takes any bytes for a text; PostgreSQL takes text only, so the flip stays among letters there."""
    if db.engine.dialect.name == "sqlite":
        return f"{column} = CAST(:new AS TEXT)", {"new": with_a_bit_flipped(there, bit)}
    at = bit % len(there)
    return f"{column} = :new", {"new": there[:at] + chr(ord(there[at]) ^ 1) + there[at + 1 :]}


def test_a_letter_that_changes_only_its_case_is_found(trail):
    """What lies in the database is compared letter by letter, not by what it would be read as."""
    row = next(row for row in trail if len(row["changes"]) > 10)
    tamper("UPDATE audit_event SET changes = :new WHERE sequence = :number",
           new=row["changes"].replace(",", ", ", 1).replace(":", ": ", 1), number=row["sequence"])  # fmt: skip
    assert verdict().sequence == row["sequence"]


def test_something_set_where_there_was_nothing_is_found(trail):
    row = next(row for row in trail if row["on_behalf_of_id"] is None)
    tamper("UPDATE audit_event SET on_behalf_of_id = 1 WHERE sequence = :number", number=row["sequence"])
    assert verdict().sequence == row["sequence"]


@pytest.mark.parametrize("which", [0, 1, -2])
def test_an_event_that_was_removed_is_named(trail, which):
    number = trail[which]["sequence"]
    tamper("DELETE FROM audit_event WHERE sequence = :number", number=number)
    assert (verdict().sequence, verdict().why) == (number, "missing")


@pytest.mark.parametrize("count", [1, 5, None])
def test_a_tail_that_was_cut_off_is_found_by_the_head_beside_the_database(trail, count):
    keep = 0 if count is None else len(trail) - count
    tamper("DELETE FROM audit_event WHERE sequence > :keep", keep=keep)
    assert (verdict().sequence, verdict().why) == (keep + 1, "cut off")


def test_two_events_that_changed_places_are_found(trail):
    one, other = trail[2]["sequence"], trail[4]["sequence"]
    for now, then in ((one, -1), (other, one), (-1, other)):
        tamper("UPDATE audit_event SET sequence = :then WHERE sequence = :now", now=now, then=then)
    assert verdict().sequence == one


def test_an_event_that_was_put_in_between_is_found(trail):
    for row in reversed(trail[3:]):
        tamper("UPDATE audit_event SET sequence = sequence + 1 WHERE sequence = :now", now=row["sequence"])
    insert(trail[3])
    assert verdict().sequence == trail[4]["sequence"]


def test_an_event_that_was_put_at_the_end_is_found(trail):
    last = trail[-1]
    insert(last | {"sequence": last["sequence"] + 1, "previous_hash": last["hash"]})
    assert verdict().sequence == last["sequence"] + 1


def test_an_event_before_the_first_is_found(trail):
    insert(trail[0] | {"sequence": 0})
    assert verdict() is not None


def test_a_suffix_rewritten_without_the_key_is_found(trail):
    """The links fit each other; only the seal gives it away."""
    previous = trail[-4]["hash"]
    for row in trail[-3:]:
        forged = chain.seal(repr(row).encode(), b"not the key")
        tamper("UPDATE audit_event SET role = 'inspector', previous_hash = :previous, hash = :forged "
               "WHERE sequence = :number", previous=previous, forged=forged, number=row["sequence"])  # fmt: skip
        previous = forged
    assert verdict().sequence == trail[-3]["sequence"]


def test_a_trail_put_back_to_an_older_state_is_found_by_a_head_noted_on_paper(trail):
    """With the file beside the database rolled back as well, only what was noted elsewhere knows."""
    noted = (trail[-1]["sequence"], trail[-1]["hash"])
    tamper("DELETE FROM audit_event WHERE sequence > :keep", keep=len(trail) - 3)
    chain.head_file().write_text(f"{trail[-4]['sequence']:020d} {trail[-4]['hash']}\n")
    assert verdict() is None
    assert chain.verify(db.session(), noted)[1].why == "cut off"


@pytest.mark.parametrize("content", [None, "", "rubbish", "12", "\x00\xff"])
def test_a_head_that_was_lost_is_told(trail, content):
    chain.head_file().unlink() if content is None else chain.head_file().write_text(content)
    assert verdict().why == "head lost"


def test_a_head_that_fits_no_event_is_told(trail):
    chain.head_file().write_text(f"{trail[-1]['sequence']:020d} {'0' * 64}\n")
    assert (verdict().sequence, verdict().why) == (trail[-1]["sequence"], "head differs")
