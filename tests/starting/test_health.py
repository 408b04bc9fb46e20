"""`/health` says whether the portal can still write down what people do."""

from contextlib import closing
from pathlib import Path

import pytest
import sqlalchemy as sa

from portal.engine.db import db


@pytest.mark.both_engines
def test_a_portal_that_takes_writes_is_well_and_says_so_to_anybody(app, commune):
    answer = app.test_client().get("/health")
    assert (answer.status_code, answer.json) == (200, {"status": "ok"})


def test_a_disk_that_takes_no_writes_is_told(app, commune):
    sign = Path(app.instance_path) / ".health"
    sign.unlink(missing_ok=True)
    sign.mkdir()
    try:
        assert app.test_client().get("/health").status_code == 503
    finally:
        sign.rmdir()
    assert app.test_client().get("/health").status_code == 200


@pytest.mark.both_engines
def test_a_database_that_can_only_be_read_is_told_though_pages_still_open(app, commune):
    engine, kept = db.engine, db.engine.dialect.name == "postgresql"
    statement = "SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY" if kept else "PRAGMA query_only=ON"

    def only_read(connection, _record, _proxy):
        with closing(connection.cursor()) as cursor:
            cursor.execute(statement)
        if kept:
            connection.commit()

    db.session.remove()
    sa.event.listen(engine, "checkout", only_read)
    try:
        assert app.test_client().get("/health").status_code == 503
        assert app.test_client().get("/login").status_code == 200
    finally:
        sa.event.remove(engine, "checkout", only_read)
        engine.dispose()
    assert app.test_client().get("/health").status_code == 200


@pytest.mark.files_of_sqlite
def test_a_database_that_is_none_is_told(app, commune):
    db.session.remove()
    db.engine.dispose()
    file = Path(db.engine.url.database)
    for rest in ("-wal", "-shm"):
        file.with_name(file.name + rest).unlink(missing_ok=True)
    file.write_bytes(b"no database at all" * 1000)
    assert app.test_client().get("/health").status_code == 503
