"""The kinds of what is kept in cases, a sheet each: what their rows are known by, and what does not fit together."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from typing import Any

from portal.cases import forms
from portal.cases.models import (
    Assessment,
    Assignment,
    BirthCorrection,
    CertificateHold,
    CheckIn,
    Contact,
    Custody,
    Death,
    EndCheck,
    FileHandover,
    HelperReport,
    IncomeDeduction,
    JobLoss,
    LeftUndone,
    Measure,
    Move,
    Reception,
    Reckoning,
    ReviewMeeting,
    RollCall,
    Summons,
    TermChange,
    Violation,
    WorkDay,
    WrittenWarning,
)
from portal.cases.models.reckoning import ReckonedDay
from portal.engine.forms import Form
from portal.engine.refusal import Misfit
from portal.engine.text import _l, mark
from portal.engine.workflow import Moves
from portal.exchange.cells import Fits
from portal.exchange.kinds.case_forms import (
    AssessmentOfSheet,
    AssignmentOfSheet,
    BirthCorrectionOfSheet,
    CheckInOfSheet,
    HelperReportOfSheet,
    MeasureOfSheet,
    RollCallOfSheet,
)
from portal.exchange.kinds.case_life_forms import (
    DeathOfSheet,
    EndCheckOfSheet,
    HoldOfSheet,
    LeftUndoneOfSheet,
    MoveOfSheet,
    ReceptionOfSheet,
    ReckoningOfSheet,
    ReviewOfSheet,
    RevocationAnswerOfSheet,
    ShorteningAnswerOfSheet,
    SummonsOfSheet,
    ViolationOfSheet,
    WarningOfSheet,
)
from portal.exchange.numbers_in_cases import SHEETS
from portal.exchange.sheet import Facts, Field, Kind
from portal.proposals.kinds.revoking.answer import RevocationAnswer
from portal.proposals.kinds.shortening.answer import ShorteningAnswer

Misfits = Iterator[Misfit]


def _nothing(_kept: Facts) -> Misfits:
    return iter(())


def _of_assignment(kept: Facts) -> Misfits:
    """Days that do not fit the state in which an assignment is."""
    accepted = kept["state"] in ("accepted", "ended")
    if accepted and not kept["since"]:
        yield Misfit("since", mark("What was accepted says on which day."))
    if kept["since"] and (not accepted or kept["since"] < kept["proposed_on"]):
        yield Misfit("since", mark("This day does not fit the others of its row."))
    if (kept["state"] == "ended") != bool(kept["until"]):  # it ends with its case, which may be learnt of later
        yield Misfit("until", mark("This day does not fit the others of its row."))


def _of_measure(kept: Facts) -> Misfits:
    for name in ("result_3", "result_6"):
        day = kept[f"{name}_on"]
        if bool(day) != bool(kept[f"{name}_months"]):
            yield Misfit(f"{name}_on", mark("What became of it says when that was asked."))
        elif day and day < kept["given_on"]:
            yield Misfit(f"{name}_on", mark("The help was given only later."))


def _of_birth(kept: Facts) -> Misfits:
    if not kept["birth_date"] and not kept["birth_year"]:
        yield Misfit("birth_date", mark("Please give the date or the year of birth."))


def _in_order(*names: str) -> Callable[[Facts], Misfits]:
    """Days of which none lies before the one that stands before it, where both are there."""

    def misfits(kept: Facts) -> Misfits:
        there = [name for name in names if kept[name]]
        for before, after in pairwise(there):
            if kept[after] < kept[before]:
                yield Misfit(after, mark("This day does not fit the others of its row."))

    return misfits


def _of_summons(kept: Facts) -> Misfits:
    yield from _in_order("summoned_on", "appear_on", "outcome_on")(kept)
    if bool(kept["outcome"]) != bool(kept["outcome_on"]):
        yield Misfit("outcome_on", mark("What became of it says on which day that was recorded."))


def _of_warning(kept: Facts) -> Misfits:
    yield from _in_order("written_on", "given_on")(kept)
    if (kept["state"] in ("signed", "given")) != bool(kept["signed_on"]):
        yield Misfit("signed_on", mark("This day does not fit the state of its row."))
    if (kept["state"] == "given") != bool(kept["given_on"]):
        yield Misfit("given_on", mark("This day does not fit the state of its row."))


def _of_review(kept: Facts) -> Misfits:
    if (kept["state"] == "planned") == bool(kept["held_on"]):
        yield Misfit("held_on", mark("This day does not fit the state of its row."))


def _of_end_check(kept: Facts) -> Misfits:
    if not kept["ground"] and kept["last_on"] != kept["computed_on"]:
        yield Misfit("ground", mark("Another day than the computed one says what it rests on."))


def _of_hold(kept: Facts) -> Misfits:
    yield from _in_order("since", "ended_on")(kept)
    if bool(kept["ended_on"]) != bool(kept["how_ended"]):
        yield Misfit("how_ended", mark("What ended says on which day, and how."))


def _of_custody(kept: Facts) -> Misfits:
    yield from _in_order("detained_on", "released_on")(kept)


@dataclass(frozen=True)
class Data:
    """A column that the portal keeps as data: whether something *fits*, and how it is *told* and *made*, where what is
    kept is no data itself."""

    fits: Fits
    told: Callable[[Any], Any] = lambda value: value
    made: Callable[[Any], Any] = lambda value: value


def _is_map(value: Any) -> bool:
    return isinstance(value, dict)


OF_DAY = ("rule", "period", "kind", "label", "source", "confirmed", "note", "inputs", "note_values")
DATES_OF_DAY = ("due_on", "holds_from")


def _told_days(days: Sequence[ReckonedDay]) -> list[dict[str, Any]]:
    return [
        {name: getattr(one, name) for name in OF_DAY}
        | {name: day.isoformat() if (day := getattr(one, name)) else None for name in DATES_OF_DAY}
        for one in days
    ]


def _made_days(told: Sequence[Mapping[str, Any]]) -> list[ReckonedDay]:
    return [
        ReckonedDay(
            **{name: one[name] for name in OF_DAY},
            **{name: date.fromisoformat(one[name]) if one[name] else None for name in DATES_OF_DAY},
        )
        for one in told
    ]


def _are_days(value: Any) -> bool:
    """Whether something are days as they were worked out, with their reasons."""
    parts = {*OF_DAY, *DATES_OF_DAY}
    whole = isinstance(value, list) and all(isinstance(one, dict) and one.keys() == parts for one in value)
    return whole and all(isinstance(one[name], str | None) for one in value for name in DATES_OF_DAY)


@dataclass(frozen=True)
class InCase:
    """A kind of record that is kept in cases.

    *known_by* names the columns by which a row is known, where it is not all of them; *days* those that do not lie
    before the case was received. Of what is *once* written no second one of the same columns counts. *misfits* tells
    what else does not fit together. What follows from a decision alone comes in *by_command* only. What took more than
    one step is told by a sheet of its *steps*, and *data* are columns that the portal keeps as data.
    """

    name: str
    title: Any
    record: Any
    form: type[Form]
    days: tuple[str, ...]
    known_by: tuple[str, ...] = ()
    once: tuple[str, ...] = ()
    counting: tuple[str, ...] = ("received", "recorded", "confirmed", "taking_back")
    misfits: Callable[[Facts], Misfits] = _nothing
    by_command: bool = False
    more: tuple[Field, ...] = field(default_factory=tuple)
    steps: bool = False
    data: Mapping[str, Data] = field(default_factory=dict)

    @property
    def key(self) -> str:
        return f"cases.{self.name}"

    @property
    def moves(self) -> bool:
        return issubclass(self.record, Moves)

    @property
    def numbered(self) -> bool:
        """Whether other rows name its own by a number."""
        return self.record in SHEETS


HELPER = Field("helper", _l("Helper"), Kind.REFERENCE, _l("The user name of an account."), required=True)

KINDS = (
    InCase(
        "assignments", _l("Assignments"), Assignment, AssignmentOfSheet, (), ("kind", "assignee_id", "proposed_on"),
        misfits=_of_assignment, by_command=True,
    ),
    InCase("check_ins", _l("Self-reports"), CheckIn, CheckInOfSheet, ("received_on",), once=("month",)),
    InCase("roll_calls", _l("Roll-calls"), RollCall, RollCallOfSheet, ("held_on",), once=("month",)),
    InCase("contacts", _l("Contacts"), Contact, forms.ContactForm, ("happened_on",)),
    InCase("assessments", _l("Assessments"), Assessment, AssessmentOfSheet, ("written_on",), once=("month",)),
    InCase("summonses", _l("Summonses"), Summons, SummonsOfSheet, (), misfits=_of_summons, by_command=True),
    InCase(
        "receptions", _l("Receptions"), Reception, ReceptionOfSheet, ("held_on",), ("held_on",),
        misfits=_in_order("held_on", "completed_on"), by_command=True,
    ),
    InCase(
        "reviews", _l("Reviews of conduct"), ReviewMeeting, ReviewOfSheet, (), ("paper_on", "planned_on"),
        misfits=_of_review, by_command=True, steps=True,
    ),
    InCase("violations", _l("Violations"), Violation, ViolationOfSheet, ("occurred_on", "recorded_on")),
    InCase(
        "warnings", _l("Warnings"), WrittenWarning, WarningOfSheet, (), ("violation_id", "written_on"),
        misfits=_of_warning, by_command=True, steps=True,
    ),
    InCase(
        "measures", _l("Help given"), Measure, MeasureOfSheet, ("given_on",),
        ("kind", "given_on", "given_by", "amount_vnd", "text"), misfits=_of_measure,
    ),
    InCase("deductions", _l("Deductions of income"), IncomeDeduction, forms.DeductionForm, (), by_command=True),
    InCase("work_days", _l("Work for the community"), WorkDay, forms.WorkDayForm, (), by_command=True),
    InCase("job_losses", _l("Losses of work"), JobLoss, forms.JobLossForm, (), by_command=True),
    InCase(
        "helper_reports", _l("Reports of helpers"), HelperReport, HelperReportOfSheet, ("written_on",),
        once=("quarter",), more=(HELPER,),
    ),
    InCase("term_changes", _l("Shortenings"), TermChange, forms.TermChangeForm, ("decided_on",), once=("decided_on",)),
    InCase(
        "birth_corrections", _l("Corrections of a birth"), BirthCorrection, BirthCorrectionOfSheet, (),
        misfits=_of_birth, by_command=True,
    ),
    InCase(
        "end_checks", _l("Checks of the last day"), EndCheck, EndCheckOfSheet, (), ("last_on", "computed_on", "facts"),
        misfits=_of_end_check, by_command=True, data={"shown": Data(_is_map)},
    ),
    InCase(
        "holds", _l("Certificates held back"), CertificateHold, HoldOfSheet, (), ("ground", "since"),
        misfits=_of_hold, by_command=True,
    ),
    InCase(
        "reckonings", _l("Days as they were kept"), Reckoning, ReckoningOfSheet, (), ("made_on", "because", "facts"),
        by_command=True, data={"days": Data(_are_days, _told_days, _made_days)},
    ),
    InCase("left_undone", _l("Left undone"), LeftUndone, LeftUndoneOfSheet, (), by_command=True),
    InCase(
        "custodies", _l("Custody and charges"), Custody, forms.CustodyForm, (), ("kind", "detained_on"),
        misfits=_of_custody, by_command=True,
    ),
    InCase("moves", _l("Moves"), Move, MoveOfSheet, (), ("moves_to", "known_on"), by_command=True),
    InCase(
        "deaths", _l("Deaths"), Death, DeathOfSheet, (), ("died_on", "paper"), misfits=_in_order("died_on", "known_on"),
        by_command=True,
    ),
    InCase(
        "handovers", _l("Hand-overs of the file"), FileHandover, forms.HandOverForm, (), ("to", "handed_on"),
        by_command=True,
    ),
    InCase(
        "answers_on_prison", _l("Answers of courts on prison"), RevocationAnswer, RevocationAnswerOfSheet, (),
        ("paper_number", "decided_on"), by_command=True,
    ),
    InCase(
        "answers_on_shortenings", _l("Answers of courts on shortenings"), ShorteningAnswer, ShorteningAnswerOfSheet, (),
        ("paper_number", "decided_on"), by_command=True,
    ),
)  # fmt: skip
