"""What an approval keeps: figures with the records that they counted, the text, and the paper as a file."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import force_locale

from portal.documents.intake import DOCX, Accepted
from portal.documents.numbers import Number
from portal.engine.indicators import Indicator, Period
from portal.engine.transaction import read_at_one_moment
from portal.reports import catalogue, figures, papers
from portal.reports.composing import composed
from portal.reports.models import Report
from portal.reports.wording.runs import as_data, of_data
from portal.reports.wording.told import Figures


@dataclass(frozen=True)
class Content:
    """What a report says on a day, read once: its figures, its paragraphs and the frame of its paper as data, and who
    signs."""

    told: Figures
    text: list[Any]
    frame: dict[str, Any]
    signer: papers.Signer
    day: date

    @property
    def digest(self) -> str:
        """Of all that a page shows of it, so that what is approved is what was read."""
        values = [[one.id, one.value, one.previous_value] for one in self.told]
        shown = json.dumps([values, self.text, self.frame], ensure_ascii=False, default=str)
        return hashlib.sha256(shown.encode()).hexdigest()[:32]


@dataclass(frozen=True)
class Frozen:
    """A content with the columns of its figures, whose records are counted with them."""

    content: Content
    rows: list[dict[str, Any]]


@dataclass(frozen=True)
class Prepared:
    """What is ready before anything is written: the frozen content, the number that it takes, and its file."""

    frozen: Frozen
    number: Number
    file: Accepted

    @property
    def content(self) -> Content:
        return self.frozen.content

    @property
    def day(self) -> date:
        return self.content.day


def content(report: Report, signer: papers.Signer, day: date) -> Content:
    """Count everything, and write the text from it, in the language of papers."""
    with force_locale("vi"):
        return _content(report, signer, day, figures.counted(figures.period_of(report)))


def _content(report: Report, signer: papers.Signer, day: date, told: Figures) -> Content:
    text = as_data(composed(report, told))
    return Content(told, text, papers.frame(report, told, signer, day), signer, day)


def frozen(report: Report, signer: papers.Signer, day: date) -> Frozen:
    """The same with the records behind each figure, all of one moment: nothing of it is counted a second time."""
    read_at_one_moment()
    with force_locale("vi"):
        period = figures.period_of(report)
        declared = catalogue.of_period(period)
        found = _content(report, signer, day, figures.counted(period, declared.values()))
        return Frozen(found, list(_rows(found.told, declared.values(), period)))


def _rows(told: Figures, declared: Iterable[Indicator], period: Period) -> Iterator[dict[str, Any]]:
    for place, one in enumerate(declared, start=1):
        yield {
            "position": place, "figure_id": one.id, "label": told[one.id].label, "definition": told[one.id].definition,
            "unit": told[one.id].unit, "kind": one.kind, "record_type": one.record.__tablename__,
            "value": told[one.id].value, "previous_value": told[one.id].previous_value,
            "ids": figures.ids_counted(one, period), "previous_ids": figures.ids_counted(one, period.year_before()),
            "parts": figures.parts_of(one, period),
        }  # fmt: skip


def prepared(found: Frozen, number: Number) -> Prepared:
    """The file is written before the transaction in which it is approved, under the number that is free now."""
    from portal.documents import layout  # eight megabytes, which a worker holds only once somebody prints

    said = found.content
    paper = papers.framed(said.frame, of_data(said.text), str(number), said.day)
    with force_locale("vi"):
        return Prepared(found, number, Accepted(layout.written(paper), DOCX, file_name(number)))


def file_name(number: Number) -> str:
    return f"{str(number).replace('/', '-')}.docx"
