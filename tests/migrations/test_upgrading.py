"""The schema that migrations build is the one that the code declares, and no migration loses a thing."""

from typing import Any

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from portal.engine import audit, clock
from portal.engine.db import db
from tests import builders
from tests.conftest import TODAY
from tests.migrations.filling import fill, lost, schema, snapshot

pytestmark = pytest.mark.both_engines


def shape(connection: sa.Connection) -> dict[str, Any]:
    """Tables with columns, keys and indexes, and the triggers, as the database tells them."""
    tables = {table.name: _of_table(sa.inspect(connection), table) for table in schema(connection).tables.values()}
    return {**tables, "triggers": triggers(connection)}


def _of_table(inspector: sa.Inspector, table: sa.Table) -> dict[str, Any]:
    name = table.name
    return {
        "columns": {column.name: (str(column.type), column.nullable) for column in table.columns},
        "indexes": sorted((one["name"], one["unique"], one["column_names"]) for one in inspector.get_indexes(name)),
        "unique": sorted((one["name"], one["column_names"]) for one in inspector.get_unique_constraints(name)),
        "keys": sorted((one["constrained_columns"], one["referred_table"]) for one in inspector.get_foreign_keys(name)),
        "checks": sorted((str(one["name"]), one["sqltext"]) for one in inspector.get_check_constraints(name)),
    }


def triggers(connection: sa.Connection) -> list[tuple[str, str]]:
    asked = {
        "sqlite": "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY name",
        "postgresql": "SELECT tgname, pg_get_triggerdef(oid, true) FROM pg_trigger WHERE NOT tgisinternal ORDER BY 1",
    }
    return [(name, " ".join(sql.split())) for name, sql in connection.execute(sa.text(asked[connection.dialect.name]))]


def test_migrations_from_nothing_build_just_what_the_models_declare(bare):
    bare.upgrade()
    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(context, db.metadata) == []


def test_migrations_and_models_agree_on_every_column_key_index_and_trigger(bare, houses, engine_name):
    bare.upgrade()
    with db.engine.connect() as connection:
        migrated = shape(connection)
    houses(engine_name).fresh()
    with houses(engine_name).app.app_context(), db.engine.connect() as connection:
        declared = shape(connection)
    assert migrated == declared


def test_no_migration_loses_a_row_or_a_value_of_any_table(bare):
    first, *following = bare.revisions
    bare.upgrade(first)
    with db.engine.connect() as connection:
        fill(connection)
        before = snapshot(connection)
    assert all(len(rows) == 2 for rows in before.values())
    for revision in following:
        db.engine.dispose()
        bare.upgrade(revision)
        with db.engine.connect() as connection:
            after = snapshot(connection)
            assert list(lost(before, after)) == [], revision
            fill(connection)
            before = snapshot(connection)


def test_what_a_migration_lost_would_be_told(bare):
    bare.upgrade()
    with db.engine.connect() as connection:
        fill(connection)
        before = snapshot(connection)
    bare.plant(
        'op.execute("DELETE FROM known_browser WHERE id = 2"); op.execute("UPDATE unit SET name = \'x\' WHERE id = 1")'
    )
    db.engine.dispose()
    bare.upgrade()
    with db.engine.connect() as connection:
        assert sorted(lost(before, snapshot(connection))) == ["known_browser: 1 rows", "unit.name: 'name 1' became 'x'"]


def test_the_trail_takes_neither_changes_nor_deletions_after_migrations(bare):
    bare.upgrade()
    with db.engine.connect() as connection:
        fill(connection)
    db.engine.dispose()
    for statement in ("UPDATE audit_event SET action = 'x'", "DELETE FROM audit_event"):
        with pytest.raises(sa.exc.DBAPIError, match="append-only"), db.engine.begin() as connection:
            connection.execute(sa.text(statement))


def test_a_second_start_loses_nothing_and_adds_nothing(bare):
    with clock.telling(clock.moment(TODAY)):
        assert bare.prepare().exit_code == 0
        builders.two_communes()
        builders.a_case(builders.commune("BY"), helper="helper")
        with db.engine.connect() as connection:
            before = snapshot(connection)
        again = bare.prepare()
        assert again.exit_code == 0, again.output
        with db.engine.connect() as connection:
            assert snapshot(connection) == before
        assert audit.verify(db.session())[1] is None


def test_an_interrupted_migration_leaves_nothing_behind_and_starts_again(bare):
    with clock.telling(clock.moment(TODAY)):
        bare.prepare()
        builders.two_communes()
        with db.engine.connect() as connection:
            before, stood = shape(connection), snapshot(connection)
        bare.plant("raise RuntimeError('the power went')")
        assert bare.prepare().exit_code == 1
        with db.engine.connect() as connection:
            assert (shape(connection), snapshot(connection)) == (before, stood)
        bare.plant()
        assert bare.prepare().exit_code == 0
        with db.engine.connect() as connection:
            assert list(lost(stood, snapshot(connection))) == []
            assert sa.inspect(connection).has_table("planted")
