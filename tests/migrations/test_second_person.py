"""Shortenings that counted before a second person was asked go on counting."""

import sqlite3
from datetime import date

from flask_migrate import upgrade

from portal.app import create_app
from portal.engine.db import db

BEFORE, AFTER = "0006_sent_once", "0007_second_person"


def test_a_shortening_of_before_is_a_confirmed_one(tmp_path):
    app = create_app(instance=tmp_path, SQLALCHEMY_DATABASE_URI=f"sqlite:///{tmp_path / 'portal.db'}")
    with app.app_context():
        upgrade(revision=BEFORE)
        db.engine.dispose()
    with sqlite3.connect(tmp_path / "portal.db") as rows:
        columns = [column for _n, column, *_rest in rows.execute("PRAGMA table_info(term_change)")]
        old = {"decided_on": str(date(2025, 3, 20)), "months": 3, "decision_number": "7/2025/QĐ-TA", "void_reason": ""}
        values = [old.get(column, 1) for column in columns]
        rows.execute(f"INSERT INTO term_change VALUES ({', '.join('?' * len(values))})", values)  # noqa: S608
    with app.app_context():
        upgrade(revision=AFTER)
        db.engine.dispose()
    with sqlite3.connect(tmp_path / "portal.db") as rows:
        found = rows.execute("SELECT decided_on, months, state FROM term_change").fetchall()
        assert found == [("2025-03-20", 3, "confirmed")]
