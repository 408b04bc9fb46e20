"""Accounts that were there before: found by name afterwards, and trusted where a role of theirs was confirmed."""

from alembic.script import ScriptDirectory
from flask import current_app
from flask_migrate import upgrade
from sqlalchemy import text

from portal.app import create_app
from portal.engine.db import db

CHANGE = "0002_accounts"
NOW = "2026-01-01 00:00:00"
ACCOUNT = """INSERT INTO "user" (id, username, full_name, title, address_word, phone, locale, password_hash,
    must_change_password, reset_waits, demo, created_at, changed_at, void_reason, version)
    VALUES (:id, :username, :full_name, '', '', '', 'vi', 'kept', false, false, false, :now, :now, '', 1)"""
UNIT = """INSERT INTO unit (id, code, name, kind, superior, valid_from, phone, created_at, changed_at, void_reason,
    version) VALUES (1, 'BY', 'xã Bờ Y', 'commune', '', '2025-07-01', '', :now, :now, '', 1)"""
GRANT = """INSERT INTO role_grant (user_id, role, unit_id, valid_from, capacity, purpose, confirmed_at, created_at,
    changed_at, void_reason, version)
    VALUES (:user, 'police_officer', 1, '2025-07-01', '', '', :confirmed, :now, :now, '', 1)"""


def test_accounts_in_place_are_found_by_name_and_keep_their_passwords(tmp_path):
    app = create_app(instance=tmp_path, TESTING=True)
    with app.app_context():
        scripts = ScriptDirectory(current_app.extensions["migrate"].directory)
        upgrade(revision=str(scripts.get_revision(CHANGE).down_revision))
        with db.engine.begin() as connection:
            connection.execute(text(UNIT), {"now": NOW})
            for number, name in ((1, "Đặng Văn Ưỡng"), (2, "Lý Thị Hường")):
                connection.execute(
                    text(ACCOUNT), {"id": number, "username": f"user{number}", "full_name": name, "now": NOW}
                )
            connection.execute(text(GRANT), {"user": 1, "confirmed": NOW, "now": NOW})
            connection.execute(text(GRANT), {"user": 2, "confirmed": None, "now": NOW})
            connection.execute(text('UPDATE "user" SET created_by_id = 1'))
        db.engine.dispose()
        upgrade(revision=CHANGE)
        found = db.session.execute(
            text('SELECT username, folded, password_hash, vouched_at IS NOT NULL, first_half_by_id, theme FROM "user"')
        ).all()
        db.session.remove()
        db.engine.dispose()
    assert found == [("user1", "dang van uong", "kept", 1, None, ""), ("user2", "ly thi huong", "kept", 0, None, "")]
