"""A step that was taken, as `components/workflow.html` tells it: one sentence, with what was written to it."""

from dataclasses import dataclass
from datetime import datetime

from portal.engine import clock


@dataclass(frozen=True)
class StepTold:
    """Who did what, when, and why."""

    at: datetime
    sentence: str
    remark: str = ""
    shape: str = "done"

    @property
    def day(self) -> str:
        return self.at.astimezone(clock.VIETNAM).strftime("%d/%m")

    @property
    def sub(self) -> str:
        """The year, under the day."""
        return self.at.astimezone(clock.VIETNAM).strftime("%Y")
