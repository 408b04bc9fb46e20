"""What an approval keeps: figures with the records that they counted, the text, and the paper as a file."""

import hashlib
import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import force_locale

from portal.documents.intake import DOCX, Accepted
from portal.documents.numbers import Number
from portal.reports import catalogue, figures, papers
from portal.reports.composing import composed
from portal.reports.models import Report
from portal.reports.wording.runs import as_data
from portal.reports.wording.told import Figures


@dataclass(frozen=True)
class Frozen:
    """*rows* are the columns of its figures; *text* its paragraphs as data."""

    told: Figures
    rows: list[dict[str, Any]]
    text: list[Any]


@dataclass(frozen=True)
class Prepared:
    """What is ready before anything is written: the frozen content, the number that it takes, and its file."""

    frozen: Frozen
    number: Number
    day: date
    file: Accepted


def frozen(report: Report) -> Frozen:
    """Count everything once, and write the text from it, in the language of papers."""
    with force_locale("vi"):
        return _frozen(report)


def _frozen(report: Report) -> Frozen:
    period = figures.period_of(report)
    declared = catalogue.of_period(period)
    told = figures.counted(period, declared.values())
    rows = [
        {
            "position": place, "figure_id": one.id, "label": told[one.id].label, "definition": told[one.id].definition,
            "unit": told[one.id].unit, "kind": one.kind, "record_type": one.record.__tablename__,
            "value": told[one.id].value, "previous_value": told[one.id].previous_value,
            "ids": figures.ids_counted(one, period), "previous_ids": figures.ids_counted(one, period.year_before()),
            "parts": figures.parts_of(one, period),
        }
        for place, one in enumerate(declared.values(), start=1)
    ]  # fmt: skip
    return Frozen(told, rows, as_data(composed(report, told)))


def prepared(report: Report, number: Number, day: date, signer: papers.Signer) -> Prepared:
    """The file is written before the transaction in which it is approved, under the number that is free now."""
    from portal.documents import layout  # eight megabytes, which a worker holds only once somebody prints

    found = frozen(report)
    with force_locale("vi"):
        paper = papers.paper(report, found.told, number=str(number), day=day, signer=signer)
    written = layout.written(paper)
    return Prepared(found, number, day, Accepted(written, DOCX, file_name(number)))


def file_name(number: Number) -> str:
    return f"{str(number).replace('/', '-')}.docx"


def shown(report: Report, told: Figures) -> str:
    """A digest of what a page shows of a report, so that what is approved is what was read."""
    values = [[one.id, one.value, one.previous_value] for one in told]
    content = json.dumps([values, as_data(composed(report, told))], ensure_ascii=False, default=str)
    return hashlib.sha256(content.encode()).hexdigest()[:32]
