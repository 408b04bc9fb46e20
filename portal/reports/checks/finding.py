"""A check, and what it finds: told in words, with the figures and the records that are meant."""

import enum
import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from flask_babel import format_decimal
from flask_babel.speaklater import LazyString

from portal.engine.db import Kept
from portal.engine.refusal import Reason
from portal.reports.models import Report
from portal.reports.wording.told import Figures

MOST_RECORDS = 20  # that a finding names


def in_number(value: Any) -> Any:
    """A number as its reader writes it, once somebody reads it."""
    return LazyString(_written, value)


def _written(value: Any) -> str:
    return "–" if value is None else str(format_decimal(value))


class Weight(enum.StrEnum):
    """A hard finding is mended, a doubt is mended or overruled with a reason, a note asks for nothing."""

    HARD = "hard"
    DOUBT = "doubt"
    NOTE = "note"


@dataclass(frozen=True)
class Finding:
    """*reason* says in words what was found. *about* tells it from every other finding of its check, with the values
    that were found: once they change, it is another finding, which no earlier reason overrules.
    """

    reason: Reason
    about: Sequence[Any]
    figures: Sequence[str] = ()
    records: Sequence[tuple[type[Kept], int]] = ()


Finds = Callable[[Report, Figures], Iterator[Finding]]  # is given a report and its figures as they are now


def at_once(finds: Finds) -> Callable[[Report], Sequence[Finds]]:
    """The parts of a check that asks everything at once."""
    return lambda _report: (finds,)


@dataclass(frozen=True)
class Check:
    """*parts*: what finds something in a report, one after the other, so that it can be told how far it has come."""

    id: str
    label: Any
    help: Any
    weight: Weight
    parts: Callable[[Report], Sequence[Finds]] = field(repr=False)

    def key(self, finding: Finding) -> str:
        """By which a finding is known in addresses and overrulings, whatever language it is told in."""
        about = json.dumps([self.id, *finding.about], ensure_ascii=False, default=str)
        return f"{self.id}-{hashlib.sha256(about.encode()).hexdigest()[:12]}"
