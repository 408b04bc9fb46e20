"""One thing that happened in a case, as the timeline tells it."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any


@dataclass(frozen=True)
class Entry:
    """One thing that happened. *voided* is the reason why it was struck."""

    on: date
    shape: str
    title: str
    text: str = ""
    url: str = ""
    voided: str | None = None
    recorded_at: datetime | None = None

    @property
    def year(self) -> str:
        return f"{self.on:%Y}"


def of_record(record: Any, on: date, shape: str, title: str, text: str) -> Entry:
    """Tell a record. One that was entered in error keeps its title, and nothing of its content."""
    if record.voided_at is not None:
        return Entry(on, "cancelled", title, voided=record.void_reason, recorded_at=record.created_at)
    return Entry(on, shape, title, text, recorded_at=record.created_at)


def sentence(*parts: str) -> str:
    """Join what is there with full stops."""
    return ". ".join(part.rstrip(".") for part in parts if part)
