"""Timed work. A room declares its jobs in `Area.jobs`; a timer lets `jobs due` do those whose time has come.

When a job last came to its end stands in the instance folder, a file a job: the doctor tells by it what stands still.
"""

import fcntl
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from flask import current_app

from portal.engine import clock

MINUTES, NIGHTLY = timedelta(minutes=10), timedelta(days=1)
EARLY = timedelta(minutes=1)  # a timer never comes at the same second twice
FIRST_MOMENT = timedelta(hours=1)  # of the day, in Viet Nam: work of the night begins
MOST_LATE = {MINUTES: timedelta(hours=2), NIGHTLY: timedelta(hours=36)}


@dataclass(frozen=True)
class Job:
    """One job by its *name*: *does* tells for the list what it does, *run* does it and says in a sentence what came of
    it. *every*: how often a timer lets it run; one without is for by hand. *wanted*: whether there is anything to it in
    this installation."""

    name: str
    does: str
    run: Callable[[], str]
    every: timedelta | None = None
    wanted: Callable[[], bool] = lambda: True

    @property
    def timed(self) -> bool:
        return self.every is not None and self.wanted()

    def is_due(self, last: datetime | None) -> bool:
        """Whether its time has come: of the night's work once a day, as soon as the machine is on after one o'clock."""
        if not self.timed:
            return False
        if self.every == NIGHTLY:
            begun = clock.moment(clock.today(), 0) + FIRST_MOMENT
            return clock.now() >= begun and (last is None or last < begun)
        return last is None or clock.now() - last >= (self.every or MINUTES) - EARLY

    def is_late(self, last: datetime | None) -> bool:
        """Whether it has not run for longer than it should; *last* of one that never ran is when the portal began."""
        return self.timed and last is not None and clock.now() - last > MOST_LATE[self.every or MINUTES]


def known_jobs() -> Mapping[str, Job]:
    """What the rooms declared, by name."""
    return {job.name: job for area in current_app.extensions["areas"] for job in area.jobs}


def do(job: Job) -> str:
    """Run it now, and note that it came to its end; what it says. A failure is the caller's to tell."""
    told = job.run()
    file = _folder() / job.name
    draft = file.with_suffix(f".{os.getpid()}")
    draft.write_text(clock.now().isoformat(), "utf-8")
    draft.replace(file)
    return told


def last_run(job: Job) -> datetime | None:
    file = _folder() / job.name
    return datetime.fromisoformat(file.read_text("utf-8")) if file.exists() else None


@contextmanager
def alone() -> Iterator[bool]:
    """Whether no other run of what is due is at work. The system lets go of the lock with the process that holds it."""
    with (_folder() / "at-work").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True


def _folder() -> Path:
    folder = Path(current_app.instance_path) / "jobs"
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder
