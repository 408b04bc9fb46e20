"""A portal with many cases to measure with. It is made once and kept: a second run copies it.

    python bench/generate.py 100000

Rows are inserted in bulk, past actions and audit trail: this is for measuring only, and the trail is valid but short.
"""

import hashlib
import os
import random
import shutil
import sys
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import chain, islice
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent))

from flask_migrate import upgrade
from sqlalchemy import insert, select, text, update

from bench import village
from bench.files import ORDER, Files
from bench.long_files import HOW_MANY, LongFiles
from bench.organisation import set_up
from portal.app import create_app
from portal.cases.duties import CASE_RULES
from portal.duties.daily import renew_all
from portal.duties.models import Duty
from portal.engine import clock
from portal.engine.db import db

ROOT = Path(__file__).parent.parent
CACHE = ROOT / "bench" / "cache"
SEED, AT_ONCE = 20260701, 1000
BY_HAND = 0.97  # how much of what is said by hand was done
NEIGHBOURS_SHARE = 20  # every twentieth case is the neighbour's
SOURCES = (
    "bench/generate.py", "bench/files.py", "bench/long_files.py", "bench/organisation.py", "bench/village.py",
    "portal/cases/duties/*.py", "portal/cases/models/*.py", "portal/law/*.py",
)  # fmt: skip


def prepared(cases: int) -> Path:
    """The instance folder of a portal with so many cases: the kept one, or one that is made now."""
    kept = CACHE / f"{cases}-{_fingerprint()}"
    if not kept.exists():
        draft = CACHE / f"draft-{cases}-{os.getpid()}"
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir(parents=True)
        _make(draft, cases)
        draft.rename(kept)
    return kept


def _fingerprint() -> str:
    """What the database depends on: the schema, these modules, and the month, since duties belong to months."""
    files = sorted(path for pattern in ("migrations/versions/*.py", *SOURCES) for path in ROOT.glob(pattern))
    content = b"".join(path.read_bytes() for path in files)
    return hashlib.sha256(content + f"{clock.today():%Y-%m}".encode()).hexdigest()[:12]


def _make(instance: Path, cases: int) -> None:
    app = create_app(instance=instance, SQLALCHEMY_DATABASE_URI=f"sqlite:///{instance / 'portal.db'}")
    with app.app_context():
        upgrade()
        _fill(cases, clock.today())
        renew_all()
        _finish_most(clock.today())
        db.session.remove()
        with db.engine.connect() as connection:
            connection.execute(text("ANALYZE"))
            connection.exec_driver_sql("COMMIT")
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
            connection.exec_driver_sql("BEGIN")
        db.engine.dispose()


def _fill(cases: int, today: date) -> None:
    communes, files = set_up(), Files(SEED, today)
    village.set_up(communes[1], today)  # of the neighbour, so that the pages of the first stay as they are
    long_ones = LongFiles(SEED, today)
    made = chain(
        (row for number in range(1, cases + 1) for row in files.rows(number, communes[number % NEIGHBOURS_SHARE == 0])),
        (row for number in range(cases + 1, cases + 1 + HOW_MANY) for row in long_ones.rows(number, communes[0])),
    )
    with db.engine.begin() as connection:
        for rows in _by_table(made):
            for kind in ORDER:
                if rows[kind]:
                    connection.execute(insert(kind.__table__), rows[kind])


def _finish_most(today: date) -> None:
    """Most of what is said by hand was done by its day."""
    chance, by_hand = random.Random(SEED), {rule.id for rule in CASE_RULES if rule.by_hand}
    owed = select(Duty.id).where(Duty.rule.in_(by_hand), Duty.done_on.is_(None), Duty.due_on <= today)
    done = [number for number in db.session.scalars(owed.order_by(Duty.id)) if chance.random() < BY_HAND]
    with db.engine.begin() as connection:
        for first in range(0, len(done), AT_ONCE):
            some = Duty.id.in_(done[first : first + AT_ONCE])
            said = {"done_on": Duty.due_on, "done_by_id": Duty.owner_id, "note": "Đã làm"}
            connection.execute(update(Duty.__table__).where(some).values(said))


def _by_table(made: Iterable[tuple[type[Any], dict[str, Any]]]) -> Iterator[dict[type[Any], list[dict[str, Any]]]]:
    """Some rows at a time, those of one table together."""
    made = iter(made)
    while some := list(islice(made, AT_ONCE * 20)):
        sorted_out: dict[type[Any], list[dict[str, Any]]] = defaultdict(list)
        for kind, row in some:
            sorted_out[kind].append(row)
        yield sorted_out


def main() -> None:
    for cases in [int(word) for word in sys.argv[1:]] or [1000]:
        started = time.monotonic()
        print(f"{cases} cases: {prepared(cases)} ({time.monotonic() - started:.1f} s)")


if __name__ == "__main__":
    main()
