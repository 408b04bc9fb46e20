"""Timed work: what cron lets `jobs run NAME` do. A room declares its jobs in `Area.jobs`."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Job:
    """One job by its *name*: *does* tells for the list what it does, *run* does it and says in a sentence what came of
    it."""

    name: str
    does: str
    run: Callable[[], str]
