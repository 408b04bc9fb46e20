"""Kinds of reports as data, reports with their figures and written sections."""

from portal.reports.models.figure import ReportFigure
from portal.reports.models.kind import (
    BASIS_NAMES,
    BODY_NAMES,
    LENGTH_NAMES,
    SIGNER_NAMES,
    Body,
    ReportKind,
)
from portal.reports.models.overruling import Overruling
from portal.reports.models.report import EDITABLE, SIGNED, Report
from portal.reports.models.section import ReportSection
from portal.reports.models.typed import ManualFigure

__all__ = [
    "BASIS_NAMES", "BODY_NAMES", "EDITABLE", "LENGTH_NAMES", "SIGNED", "SIGNER_NAMES", "Body", "ManualFigure",
    "Overruling", "Report", "ReportFigure", "ReportKind", "ReportSection",
]  # fmt: skip
