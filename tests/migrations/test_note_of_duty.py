"""What was written to a duty stays what it was: a note where it is done, a reason where it was dropped."""

import pytest
from sqlalchemy import Connection, inspect, text

from portal.engine.db import db
from tests.migrations.filling import fill

BEFORE, AFTER = "0007_second_person", "0008_note_of_duty"
DONE, DROPPED, OPEN = 1, 2, 3
SAID = "Kế hoạch số 5, lưu hồ sơ"
AS_IT_WAS = "UPDATE duty SET done_on = :done, dropped_on = :dropped, drop_reason = :said WHERE id = :id"


def duties_of_before(connection: Connection) -> None:
    fill(connection)
    copied = [one["name"] for one in inspect(connection).get_columns("duty") if one["name"] not in ("id", "key")]
    columns = ", ".join(f'"{name}"' for name in copied)
    connection.execute(text(f"INSERT INTO duty (id, key, {columns}) SELECT 3, 'x', {columns} FROM duty WHERE id = 1"))  # noqa: S608
    for key, done, dropped, said in (
        (DONE, "2026-11-20", None, SAID),
        (DROPPED, None, "2026-11-20", "no longer asked for"),
        (OPEN, None, None, "no longer asked for"),
    ):
        connection.execute(text(AS_IT_WAS), {"id": key, "done": done, "dropped": dropped, "said": said})
    connection.commit()


@pytest.mark.both_engines
def test_a_note_of_completion_moves_to_its_own_place_and_a_reason_of_dropping_stays(bare):
    bare.upgrade(BEFORE)
    with db.engine.connect() as rows:
        duties_of_before(rows)
    db.engine.dispose()
    bare.upgrade(AFTER)
    with db.engine.connect() as rows:
        told = rows.execute(text("SELECT id, note, drop_reason FROM duty ORDER BY id")).fetchall()
    assert [tuple(one) for one in told] == [(DONE, SAID, ""), (DROPPED, "", "no longer asked for"), (OPEN, "", "")]
