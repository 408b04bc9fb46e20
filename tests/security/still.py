"""The database as it lay at one moment: to compare with, and to go back to."""

import shutil
import sqlite3
from pathlib import Path

from flask import Flask

from portal.engine.db import db

# Written also by who only reads, or fails.
PASSING = {"audit_event", "user_session", "known_browser", "sign_in_waiting"}


class Still:
    """A copy of an application's database on SQLite, taken now."""

    def __init__(self, app: Flask) -> None:
        self.folder = Path(app.instance_path)
        self._let_go()
        shutil.copy(self.folder / "portal.db", self.folder / "still.db")
        shutil.copy(self.folder / "audit-head", self.folder / "still-head")
        self._watch()
        self.before = self.content()

    def content(self) -> dict[str, list[tuple[object, ...]]]:
        """Every row of every table that a refused request must leave alone."""
        rows = self.watcher
        found = rows.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        names = [name for (name,) in found if name not in PASSING]
        return {name: rows.execute(f'SELECT * FROM "{name}" ORDER BY 1').fetchall() for name in names}  # noqa: S608

    def changed(self) -> list[str]:
        """The tables that hold something else than before. Nothing is compared where nobody wrote anything."""
        if self._version() == self.seen:
            return []
        now = self.content()
        return [name for name, rows in self.before.items() if now.get(name) != rows]

    def restore(self) -> None:
        self._let_go()
        if self._version() == self.seen:
            return
        self.close()
        for leftover in ("portal.db-wal", "portal.db-shm"):
            (self.folder / leftover).unlink(missing_ok=True)
        shutil.copy(self.folder / "still.db", self.folder / "portal.db")
        shutil.copy(self.folder / "still-head", self.folder / "audit-head")
        self._watch()

    def close(self) -> None:
        self.watcher.close()

    def _watch(self) -> None:
        self.watcher = sqlite3.connect(self.folder / "portal.db")
        self.seen = self._version()

    def _version(self) -> int:
        """A number that is another one as soon as any other connection has written."""
        return int(self.watcher.execute("PRAGMA data_version").fetchone()[0])

    @staticmethod
    def _let_go() -> None:
        db.session.remove()
        db.engine.dispose()
