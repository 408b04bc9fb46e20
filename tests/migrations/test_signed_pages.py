"""Files that were attached before signed pages were told apart stay what they were."""

import sqlite3

from flask_migrate import upgrade

from portal.app import create_app
from portal.engine.db import db

BEFORE, AFTER = "0002_accounts", "0003_signed_pages"


def test_a_file_of_before_is_an_ordinary_file_afterwards(tmp_path):
    app = create_app(instance=tmp_path, SQLALCHEMY_DATABASE_URI=f"sqlite:///{tmp_path / 'portal.db'}")
    with app.app_context():
        upgrade(revision=BEFORE)
        db.engine.dispose()
    with sqlite3.connect(tmp_path / "portal.db") as rows:
        columns = [column for _n, column, *_rest in rows.execute("PRAGMA table_info(attachment)")]
        old = {
            "title": "Đơn",
            "file_name": "đơn.pdf",
            "stored_as": "a" * 32,
            "void_reason": "",
            "dated_on": "2026-01-02",
        }
        values = [old.get(column, 1) for column in columns]
        rows.execute(f"INSERT INTO attachment VALUES ({', '.join('?' * len(values))})", values)  # noqa: S608
    with app.app_context():
        upgrade(revision=AFTER)
        db.engine.dispose()
    with sqlite3.connect(tmp_path / "portal.db") as rows:
        assert rows.execute("SELECT title, kind, dated_on FROM attachment").fetchall() == [
            ("Đơn", "file", "2026-01-02")
        ]
