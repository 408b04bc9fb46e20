"""Records and transactions.

A read runs in a deferred transaction; whoever writes opens `transaction(actor)`, which takes the write lock first,
asks again whether the page may still be used, and saves the change together with its audit event, or nothing.
Nothing can be flushed outside of it, and nothing that was kept can be deleted.
"""

import enum
import re
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any, ClassVar

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import BigInteger, Connection, Date, DateTime, Enum, ForeignKey, Integer, MetaData, String, event, text
from sqlalchemy.engine import Dialect, Engine
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, declared_attr, mapped_column, registry
from sqlalchemy.orm.attributes import flag_modified
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import TypeDecorator

from portal.engine import clock, keys

if TYPE_CHECKING:
    from portal.engine.refusal import Reason
    from portal.engine.workflow import Workflow


class Moment(TypeDecorator[datetime]):
    """An aware moment, kept in UTC on both engines."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("A moment without a zone is no moment.")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value.replace(tzinfo=UTC) if value is not None and value.tzinfo is None else value


class Sealed(TypeDecorator[str]):
    """A text that lies encrypted in the database, bound to its column."""

    impl = String
    cache_ok = True

    def __init__(self, place: str) -> None:
        super().__init__()
        self.place = place

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        return keys.keys().seal(value.encode(), self.place).hex() if value else value

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | None:
        return keys.keys().unseal(bytes.fromhex(value), self.place).decode() if value else value


_NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
_WORDS = Enum(
    enum.StrEnum,
    native_enum=False,
    create_constraint=False,
    length=40,
    values_callable=lambda words: [word.value for word in words],
)
EMPTY = text("''")  # of columns that came to a table which cannot be written anew
Money = BigInteger().with_variant(Integer(), "sqlite")


class Base(DeclarativeBase):
    registry = registry(
        metadata=MetaData(naming_convention=_NAMES), type_annotation_map={enum.StrEnum: _WORDS, datetime: Moment()}
    )

    @declared_attr.directive
    def __tablename__(cls) -> str:
        return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", cls.__name__).lower()


db = SQLAlchemy(model_class=Base)


class Kept(Base):
    """Whatever the portal keeps: who made it and when, who changed it last, and whether it was entered in error."""

    __abstract__ = True

    parent: ClassVar[str | None] = None  # the attribute that leads to the record it belongs to
    protected: ClassVar[bool] = False  # looking at it is an event
    sensitive: ClassVar[frozenset[str]] = frozenset()  # enters the audit trail as a keyed digest
    workflow: ClassVar["Workflow"]

    id: Mapped[int] = mapped_column(primary_key=True, sort_order=-10)
    created_at: Mapped[datetime] = mapped_column(default=clock.now, sort_order=90)
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", use_alter=True), sort_order=91)
    changed_at: Mapped[datetime] = mapped_column(default=clock.now, sort_order=92)
    changed_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", use_alter=True), sort_order=93)
    voided_at: Mapped[datetime | None] = mapped_column(sort_order=94)
    void_reason: Mapped[str] = mapped_column(default="", sort_order=95)
    version: Mapped[int] = mapped_column(default=1, sort_order=96)

    @property
    def kind_of_record(self) -> str:
        """The name under which steps, duties and audit events speak of it: that of its base table."""
        return str(base_of(type(self)).__table__.name)  # type: ignore[attr-defined]

    @property
    def end_to_tell(self) -> "Reason | None":
        """What is told to somebody who may read it no more, but had a form of it open when it ended. Mostly nothing."""
        return None

    @property
    def against_voiding(self) -> "Sequence[Reason]":
        """Why it may not be marked as entered in error as it stands. Most records have nothing to say."""
        return ()

    @property
    def against_files(self) -> "Sequence[Reason]":
        """Why it takes no file as it stands, and keeps those that it has. Most records have nothing to say."""
        return ()


class local_day(FunctionElement[date]):  # noqa: N801 - it reads as the function that it is
    """The calendar day in Viet Nam of a column that keeps a moment."""

    type, inherit_cache = Date(), True


@compiles(local_day, "sqlite")
def _local_day_of_sqlite(element: Any, compiler: Any, **more: Any) -> str:
    return f"date({compiler.process(element.clauses, **more)}, '+7 hours')"


@compiles(local_day, "postgresql")
def _local_day_of_postgresql(element: Any, compiler: Any, **more: Any) -> str:
    return f"CAST({compiler.process(element.clauses, **more)} AT TIME ZONE 'Asia/Ho_Chi_Minh' AS date)"


class day_after(FunctionElement[date]):  # noqa: N801 - it reads as the function that it is
    """The day after that of a column."""

    type, inherit_cache = Date(), True


@compiles(day_after, "sqlite")
def _day_after_of_sqlite(element: Any, compiler: Any, **more: Any) -> str:
    return f"date({compiler.process(element.clauses, **more)}, '+1 day')"


@compiles(day_after, "postgresql")
def _day_after_of_postgresql(element: Any, compiler: Any, **more: Any) -> str:
    return f"({compiler.process(element.clauses, **more)} + 1)"


class each_of(FunctionElement[Any]):  # noqa: N801 - it reads as the function that it is
    """The members of a list that lies as JSON in a column, a row each; to be asked as a table of *value*."""

    inherit_cache = True


@compiles(each_of, "sqlite")
def _each_of_sqlite(element: Any, compiler: Any, **more: Any) -> str:
    return f"json_each({compiler.process(element.clauses, **more)})"


@compiles(each_of, "postgresql")
def _each_of_postgresql(element: Any, compiler: Any, **more: Any) -> str:
    return f"json_array_elements_text({compiler.process(element.clauses, **more)})"


def touch(record: Kept) -> None:
    """Count a change of what belongs to a record as one of its own: a page that showed it before is stale then.

    Whoever saves it writes when that was, and who it was.
    """
    _read = record.changed_at  # only what was read can be flagged
    flag_modified(record, "changed_at")


class Record(Kept):
    """What belongs to one commune."""

    __abstract__ = True

    commune_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True, sort_order=-9)


@event.listens_for(Kept, "instrument_class", propagate=True)
def _two_who_write_at_once(mapper: Any, class_: type[Kept]) -> None:
    if mapper.version_id_col is None and "version" in class_.__table__.c:
        mapper.version_id_col = class_.__table__.c.version


@event.listens_for(Engine, "connect")
def _durable(connection: Any, _record: Any) -> None:
    if isinstance(connection, sqlite3.Connection):
        connection.isolation_level = None  # we begin, not the driver
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=10000"):
            connection.execute(f"PRAGMA {pragma}")


@event.listens_for(Engine, "begin")
def _begin(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        writes = connection.get_execution_options().get("writes")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def lock(connection: Connection, what: int) -> None:
    """Let writers through one by one. On SQLite `BEGIN IMMEDIATE` has done it already."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:space, :what)"), {"space": 7, "what": what})


def base_of(model: type[Kept]) -> type[Kept]:
    """Give the class that owns the base table: an absence proposal is kept as a proposal."""
    return next(base for base in reversed(model.__mro__) if "__table__" in vars(base))


def init_app(app: Flask) -> None:
    db.init_app(app)


@contextmanager
def own_transaction() -> Iterator[Session]:
    """A short write of its own, apart from what the request is reading: for events of reading and for counters."""
    with Session(db.engine, expire_on_commit=False) as session:
        session.connection(execution_options={"writes": True})
        yield session
        session.commit()
