"""Rows that belong to a signed report and are no records of their own."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Select

from portal.engine.db import db
from portal.engine.refusal import Misfit, Refused
from portal.engine.text import mark
from portal.exchange.bringing import Bringing
from portal.exchange.cells import Fits, in_cell, of_cell
from portal.exchange.kinds.reports import refuse_unless_made_here
from portal.exchange.kinds.rows import ByCommand, Rows
from portal.exchange.sheet import Facts, Verdict
from portal.exchange.taking import Taking, code_of
from portal.reports.models import SIGNED, Report

MOST_PLACES = 100_000


class OfSigned(ByCommand, Rows):
    """*data* are the columns of data, each with what says whether something fits."""

    record, named = Report, {"report_id": "report"}
    data: Mapping[str, Fits] = {}

    def take(self, facts: Facts, bringing: Bringing) -> Verdict:
        """Data are compared as they are kept, however they stand in the cell."""
        read = {name: of_cell(name, facts[name], fits) for name, fits in self.data.items()}
        return super().take({**facts, **{name: in_cell(value) for name, value in read.items()}}, bringing)

    def once(self, facts: Facts, bringing: Bringing) -> None:
        refuse_unless_made_here(facts, bringing)

    def kept(self, facts: Facts) -> Facts:
        """What a row says, its data read."""
        return {**facts, **{name: of_cell(name, facts[name], fits) for name, fits in self.data.items()}}

    @staticmethod
    def signed(facts: Facts) -> Report:
        """The report that a row belongs to. Raises Refused where it is none that was approved."""
        report = db.session.get_one(Report, facts["report_id"])
        if report.state not in SIGNED:
            raise Refused(Misfit("report_id", mark("Only of a report that was approved anything is frozen.")))
        return report


def of_signed(found: Select[Any], taking: Taking) -> Select[Any]:
    """What a select finds of the signed reports that leave, what a correction corrects before it."""
    found = found.where(Report.voided_at.is_(None), Report.state.in_(SIGNED), *taking.within(Report))
    return found.order_by(Report.version_no, code_of(Report), Report.number)
