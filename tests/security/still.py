"""The database as it lay at one moment: to compare with, and to go back to."""

import shutil
import sqlite3
from contextlib import closing
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
        self.before = self.content()

    def content(self) -> dict[str, list[tuple[object, ...]]]:
        """Every row of every table that a refused request must leave alone."""
        with closing(sqlite3.connect(self.folder / "portal.db")) as rows:
            found = rows.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
            names = [name for (name,) in found if name not in PASSING]
            return {name: rows.execute(f'SELECT * FROM "{name}" ORDER BY 1').fetchall() for name in names}  # noqa: S608

    def changed(self) -> list[str]:
        """The tables that hold something else than before."""
        now = self.content()
        return [name for name, rows in self.before.items() if now.get(name) != rows]

    def restore(self) -> None:
        self._let_go()
        for leftover in ("portal.db-wal", "portal.db-shm"):
            (self.folder / leftover).unlink(missing_ok=True)
        shutil.copy(self.folder / "still.db", self.folder / "portal.db")
        shutil.copy(self.folder / "still-head", self.folder / "audit-head")

    @staticmethod
    def _let_go() -> None:
        db.session.remove()
        db.engine.dispose()
