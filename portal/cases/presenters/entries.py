"""One thing that happened in a case, as the timeline tells it."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask import url_for

from portal.engine.presentation import day


@dataclass(frozen=True)
class Entry:
    """One thing that happened. *voided* says since when and why it was struck."""

    on: date
    shape: str
    title: str
    text: str = ""
    url: str = ""
    voided: str | None = None
    recorded_at: datetime | None = None
    mend_url: str = ""  # where whoever may do so marks it as made in error, or asks for that

    @property
    def year(self) -> str:
        return f"{self.on:%Y}"


def of_record(record: Any, on: date, shape: str, title: str, text: str) -> Entry:
    """Tell a record. One that was entered in error keeps its title, and nothing of its content."""
    if record.voided_at is not None:
        return Entry(on, "cancelled", title, voided=struck(record), recorded_at=record.created_at)
    mend_url = "" if record.against_voiding else url_for(f"cases.void_{record.kind_of_record}", id=record.id)
    return Entry(on, shape, title, text, recorded_at=record.created_at, mend_url=mend_url)


def struck(record: Any) -> str:
    """Since when an entry counts no more, and why."""
    return f"{day(record.voided_at)}, {record.void_reason}"


def sentence(*parts: str) -> str:
    """Join what is there with full stops."""
    return ". ".join(part.rstrip(".") for part in parts if part)
