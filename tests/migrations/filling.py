"""Rows of every table as the database has it, whatever the code of today knows: so old schemas can be filled too."""

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection, MetaData, Table

from portal.engine.db import db

ROWS = (1, 2)
KEPT_BY_ALEMBIC = "alembic_version"
EITHER = (("household_id", "establishment_id"),)  # a pledge is of one of them
DERIVED = {"folded"}  # the words by which a row is found, made of its other values whenever it is written
Snapshot = dict[str, list[dict[str, Any]]]


def schema(connection: Connection) -> MetaData:
    found = MetaData()
    found.reflect(connection)
    if KEPT_BY_ALEMBIC in found.tables:
        found.remove(found.tables[KEPT_BY_ALEMBIC])
    return found


def fill(connection: Connection) -> None:
    """Put two rows into every table that has none. Keys that go in circles are not checked meanwhile."""
    _unchecked(connection)
    for table in schema(connection).tables.values():
        if not connection.scalar(sa.select(sa.func.count()).select_from(table)):
            connection.execute(table.insert(), [_row(table, number) for number in ROWS])
            _count_on(connection, table)
    connection.commit()


def asked(question: str) -> list[tuple[Any, ...]]:
    """What the database answers, row by row."""
    with db.engine.connect() as connection:
        return [tuple(row) for row in connection.execute(sa.text(question))]


def _unchecked(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
    else:
        connection.execute(sa.text("SET session_replication_role = replica"))


def _count_on(connection: Connection, table: Table) -> None:
    """Let the next number follow those that were written out, as after rows that were numbered one by one."""
    if connection.dialect.name == "postgresql" and "id" in table.columns:
        connection.execute(
            sa.text("SELECT setval(pg_get_serial_sequence(:of, 'id'), :last)"), {"of": table.name, "last": max(ROWS)}
        )


def _row(table: Table, number: int) -> dict[str, Any]:
    """All columns; of those of which a row has one and not the other, the first."""
    told = {column.name: _value(column, number) for column in table.columns}
    return {**told, **{other: None for one, other in EITHER if {one, other} <= told.keys()}}


def _value(column: sa.Column[Any], number: int) -> Any:
    """Something of the column's type, different in each row; keys lead to the row of the same number."""
    kind = column.type
    if isinstance(kind, sa.Boolean):
        return True
    if isinstance(kind, sa.DateTime):
        return datetime(2026, 11, number, 8)  # noqa: DTZ001 - as the database keeps it
    if isinstance(kind, sa.Date):
        return date(2026, 11, number)
    if isinstance(kind, sa.Time):
        return time(8, number)
    if isinstance(kind, sa.Integer | sa.Numeric):
        return number
    if isinstance(kind, sa.LargeBinary):
        return bytes([number])
    if isinstance(kind, sa.JSON):
        return {"row": number}
    return f"{column.name[:20]} {number}"


def snapshot(connection: Connection) -> Snapshot:
    """Every row of every table, by its key."""
    told = {}
    for table in schema(connection).tables.values():
        asked = sa.select(table).order_by(*table.primary_key.columns)
        told[table.name] = [dict(row) for row in connection.execute(asked).mappings()]
    connection.rollback()
    return told


def lost(before: Snapshot, after: Snapshot) -> Iterable[str]:
    """What a migration did away with: tables, rows, and values of columns that are still there."""
    for table, rows in before.items():
        if table not in after:
            yield table
        elif len(after[table]) < len(rows):
            yield f"{table}: {len(rows) - len(after[table])} rows"
        else:
            yield from _changed(table, rows, after[table])


def _changed(table: str, before: list[dict[str, Any]], after: list[dict[str, Any]]) -> Iterable[str]:
    for old, new in zip(before, after, strict=False):
        for column in (old.keys() & new.keys()) - DERIVED:
            if old[column] != new[column]:
                yield f"{table}.{column}: {old[column]!r} became {new[column]!r}"
