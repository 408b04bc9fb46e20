"""Measure a report: `python bench/report.py`, or `python bench/report.py 200000 --rounds 3`.

All its figures and those of the year before, counted by the portal and by bare SQL in turn, over the example commune
written so many times that its counted records are as many as asked for. Both have to come to the same. What is printed
is the ratio of the times, and by how much the portal's memory grew meanwhile.
"""

import argparse
import hashlib
import resource
import shutil
import sqlite3
import statistics
import sys
import time
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent))

from flask_migrate import upgrade
from sqlalchemy import Table

from bench.report_sql import STATEMENTS
from portal.app import create_app
from portal.demo.loading import load_example
from portal.engine import clock
from portal.engine.db import db
from portal.engine.indicators import Period
from portal.organisation.models import Unit, line_of
from portal.reports import catalogue, figures

ROOT = Path(__file__).parent.parent
CACHE = ROOT / "bench" / "cache"
FIRST, LAST = date(2024, 1, 1), date(2024, 8, 31)
SAID_ON = date(2026, 11, 23)  # the day on which the example is loaded
# What a report counts, parents before their lines. Villages and what they declared stay as they are.
WRITTEN_AGAIN = (
    "person", "case", "check_in", "violation", "household", "establishment", "pledge", "incident", "incident_person",
    "incident_vehicle", "seizure", "tip", "tip_box", "drug_review_entry", "drug_test", "fine_decision", "camera",
    "security_team", "team_member", "reorganisation", "official_document", "attachment", "meeting", "model",
    "model_training", "commendation", "outreach_session", "material", "patrol", "weapon_handover", "weapon_item",
)  # fmt: skip
ONCE_ONLY = {"number", "identity", "stored_as", "digest"}  # columns whose values no two rows share


def prepared(records: int) -> Path:
    """The database with so many records: the kept one, or one that is made now."""
    changed = b"".join(path.read_bytes() for path in sorted((ROOT / "portal" / "demo").glob("*.py")))
    kept = CACHE / f"report-{records}-{hashlib.sha256(changed + Path(__file__).read_bytes()).hexdigest()[:12]}"
    if not kept.exists():
        draft = kept.with_suffix(".draft")
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir(parents=True)
        app = create_app(instance=draft, SQLALCHEMY_DATABASE_URI=f"sqlite:///{draft / 'portal.db'}")
        with app.app_context():
            upgrade()
            load_example(clock.moment(SAID_ON, 10))
            db.session.remove()
            db.engine.dispose()
        _multiply(draft / "portal.db", records)
        draft.rename(kept)
    return kept


def _multiply(path: Path, records: int) -> None:
    """Write every counted record again and again, each time under ids and numbers of its own."""
    tables = [db.metadata.tables[name] for name in WRITTEN_AGAIN]
    rows = sqlite3.connect(path, isolation_level=None)
    rows.execute("PRAGMA foreign_keys=OFF")
    rows.execute("PRAGMA synchronous=OFF")
    there = {one.name: rows.execute(f'SELECT count(*), max(id) FROM "{one.name}"').fetchone() for one in tables}
    copies = round(records / sum(count for count, _last in there.values())) - 1
    step = max(last or 0 for _count, last in there.values()) + 1
    rows.execute("BEGIN")
    for turn in range(1, copies + 1):
        for one in tables:
            columns = ", ".join(f'"{column.name}"' for column in one.columns)
            copied = ", ".join(_copied(one, column.name, turn, step) for column in one.columns)
            rows.execute(f'INSERT INTO "{one.name}" ({columns}) SELECT {copied} FROM "{one.name}" WHERE id < {step}')
    rows.execute("COMMIT")
    rows.execute("ANALYZE")
    rows.close()


def _copied(table: Table, name: str, turn: int, step: int) -> str:
    column = table.columns[name]
    parents = {key.column.table.name for key in column.foreign_keys}
    if name == "id" or parents & set(WRITTEN_AGAIN):
        return f'"{name}" + {turn * step}'
    return f"\"{name}\" || '/{turn}'" if name in ONCE_ONLY and not parents else f'"{name}"'


def counted(period: Period) -> dict[str, tuple[Any, Any]]:
    """By the portal, as its report does."""
    return {one.id: (one.value, one.previous_value) for one in figures.counted(period, catalogue.indicators().values())}


def in_bare_sql(rows: sqlite3.Connection, heir: int, periods: Sequence[Period]) -> dict[str, tuple[Any, ...]]:
    given = [_given(heir, period) for period in periods]
    return {name: tuple(rows.execute(sql, one).fetchone()[0] for one in given) for name, sql in STATEMENTS.items()}


def _given(heir: int, period: Period) -> dict[str, Any]:
    moments = (clock.moment(period.first, 0), clock.moment(period.last + timedelta(days=1), 0))
    first_at, after = (f"{one:%Y-%m-%d %H:%M:%S.%f}" for one in moments)
    days = {"first": period.first.isoformat(), "last": period.last.isoformat()}
    return {"heir": heir, "first_at": first_at, "after": after, **days}


def _timed(what: Any, *given: Any) -> tuple[Any, float]:
    begun = time.perf_counter()
    return what(*given), time.perf_counter() - begun


def rounds(path: Path, count: int) -> Iterator[tuple[float, float]]:
    """The seconds of each round, of the portal and of bare SQL, after a first one that warms both."""
    heir = db.session.query(Unit).filter_by(code="BY").one().heir_id
    period = Period(FIRST, LAST, tuple(db.session.scalars(line_of(heir))))
    rows = sqlite3.connect(path / "portal.db")
    for turn in range(count + 1):
        mine, took = _timed(counted, period)
        bare, floor = _timed(in_bare_sql, rows, heir, (period, period.year_before()))
        if differing := {name: (mine[name], bare[name]) for name in mine if mine[name] != bare[name]}:
            raise SystemExit(f"The two do not agree: {differing}")
        if turn:
            yield took, floor
    rows.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("records", nargs="?", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=3)
    wanted = parser.parse_args()
    path = prepared(wanted.records)
    app = create_app(instance=path, SQLALCHEMY_DATABASE_URI=f"sqlite:///{path / 'portal.db'}")
    with app.app_context(), app.test_request_context():
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        took = list(rounds(path, wanted.rounds))
        grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    ratios = sorted(mine / floor for mine, floor in took)
    print(f"{wanted.records} records, {len(STATEMENTS)} figures in two periods: portal "
          f"{statistics.median(mine for mine, _floor in took):.2f} s, bare SQL "
          f"{statistics.median(floor for _mine, floor in took):.2f} s, {statistics.median(ratios):.2f} × "
          f"({ratios[0]:.2f}–{ratios[-1]:.2f}), memory {grown:+.0f} MiB")  # fmt: skip


if __name__ == "__main__":
    main()
