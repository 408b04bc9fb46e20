"""What somebody with the database in their hands, but without the key, might do to the trail."""

from sqlalchemy import text

from portal.engine import chain
from portal.engine.db import db

COLUMNS = [column.name for column in chain.AuditEvent.__table__.columns]


def lift_protection():
    """Drop the triggers, as an owner of the database can."""
    with db.engine.begin() as connection:
        if connection.dialect.name == "sqlite":
            for name in ("audit_event_no_update", "audit_event_no_delete"):
                connection.execute(text(f"DROP TRIGGER {name}"))
        else:
            connection.execute(text("DROP TRIGGER audit_event_append_only ON audit_event"))


def tamper(statement, **values):
    """Run a statement behind the portal's back; returns how many rows it met."""
    db.session.rollback()
    with db.engine.begin() as connection:
        return connection.execute(text(statement), values).rowcount


def events():
    """All events as they lie in the database."""
    db.session.rollback()
    found = db.session.execute(text("SELECT * FROM audit_event ORDER BY sequence")).mappings().all()
    db.session.rollback()
    return [dict(row) for row in found]


def verdict():
    db.session.rollback()
    _stands, broken = chain.verify(db.session())
    db.session.rollback()
    return broken


def with_a_bit_flipped(value, bit):
    """The value with one bit turned over: of a number, or of one letter of a text."""
    if isinstance(value, int):
        return value ^ (1 << 8 + bit % 16)  # no number that another row has
    raw = bytearray(value.encode())
    at = bit // 8 % len(raw)
    raw[at] ^= 1 << bit % 8
    return bytes(raw)


def insert(row):
    names = ", ".join(row)
    marks = ", ".join(f":{name}" for name in row)
    tamper(f"INSERT INTO audit_event ({names}) VALUES ({marks})", **row)  # noqa: S608 (names of our own columns)
