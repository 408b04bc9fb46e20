"""All that the page of a case shows to one reader. What they may not see is never fetched."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from flask import url_for

from portal.cases import law_days, queries
from portal.cases.models import RATING_NAMES, Case, reception_of
from portal.cases.presenters import leaving, legal_calendar
from portal.cases.presenters.deeds import Deed, DeedGroup, deeds, main_deed
from portal.cases.presenters.legal_calendar import Calendar
from portal.cases.presenters.limits import Absence, absence
from portal.cases.presenters.marks import Marks, marks
from portal.cases.presenters.questioned import as_pending, questioned, to_check
from portal.cases.presenters.states import Stage, stages
from portal.cases.presenters.term import Pending, pending
from portal.cases.presenters.timeline import Timeline, timeline
from portal.cases.presenters.todo import Todo, todo
from portal.cases.presenters.wording import Wording, wording
from portal.documents.models import Attachment
from portal.documents.presenter import AttachedFile, attached
from portal.duties.models import Duty
from portal.engine.access import Actor, holds, rights
from portal.engine.presentation import day, noted, told
from portal.engine.text import _
from portal.engine.workflow import Offer
from portal.law.rule import Due
from portal.people.presenter import called

RIGHTS = (
    "read_dates",
    "read_judgment",
    "read_notes",
    "read_dates",
    "read_lookers",
    "record",
    "stand_in",
    "propose",
    "assign",
    "attach",
    "edit",
    "edit_person",
    "correct",
    "report_help",
    "take_file",
    "take_request",
    "give_draft",
)


@dataclass(frozen=True)
class CasePage:
    """The page of a case, made for one reader."""

    case: Case
    rights: frozenset[str]
    todo: Sequence[Todo]
    stages: Sequence[Stage]
    offers: Sequence[Offer]
    deeds: Sequence[DeedGroup]
    main: Deed | None
    words: Wording
    last_day: Due | None = None
    remark: str = ""
    pending: Sequence[Pending] = ()
    calendar: Calendar | None = None
    marks: Marks = field(default_factory=lambda: Marks((), ()))
    absence: Absence | None = None
    timeline: Timeline = field(default_factory=lambda: Timeline((), 0))
    proposals: Sequence[Any] = ()
    titles: Mapping[int, str] = field(default_factory=dict)  # of the proposals, as this reader may know them
    files: Sequence[AttachedFile] = ()
    takes_no_file: Sequence[str] = ()  # why, where it takes none any more
    reception_url: str = ""
    paper: Sequence[str] = ()  # what was there before the file was kept here
    questioned: frozenset[str] = frozenset()  # of which facts the person says that they are wrong


def case_page(case: Case, user: Actor, *, whole_story: bool = False) -> CasePage:
    """Ask for all rights at once, then for what they open."""
    allowed = rights(user, case, (*RIGHTS, *case.workflow.names))
    duties = queries.duties_of(user, case)
    waiting = [one for one in duties if one.open]
    offered = deeds(case, allowed, {one.rule for one in waiting})
    urgent = todo(case, waiting, user, allowed)
    return CasePage(
        case=case,
        rights=allowed,
        todo=urgent,
        stages=stages(case),
        offers=case.workflow.offers(user, case, allowed),
        deeds=offered,
        main=main_deed(offered, urgent),
        words=wording(case),
        files=_files(case, user),
        takes_no_file=[told(one) for one in case.against_files],
        reception_url=_reception_url(case) if "read_notes" in allowed else "",
        paper=_paper(case) if "read_notes" in allowed else (),
        **_dates(case, user, allowed, duties, whole_story=whole_story),
    )


def _reception_url(case: Case) -> str:
    """What is kept of the session; nothing of an old one, of which only the day is known."""
    reception = reception_of(case)
    return url_for("cases.received", id=reception.id) if reception else ""


def _paper(case: Case) -> list[str]:
    """What the paper had when the file came to be kept here."""
    found = []
    if case.paper_report_on:
        found.append(_("self-reports and roll-calls until %(day)s", day=day(case.paper_report_on)))
    if case.paper_assessed_on and case.paper_rating:
        rated = {"day": day(case.paper_assessed_on), "rating": RATING_NAMES[case.paper_rating]}
        found.append(_("last assessment of %(day)s: %(rating)s", **rated))
    elif case.paper_assessed_on:
        found.append(_("last assessment of %(day)s", day=day(case.paper_assessed_on)))
    return found


def _files(case: Case, user: Actor) -> list[AttachedFile]:
    found = queries.attachments_of(user, case)
    voidable = queries.readable(user, "void", Attachment, {one.id for one in found})
    return [attached(one, voidable) for one in found]


def _dates(
    case: Case, user: Actor, allowed: frozenset[str], duties: Sequence[Duty], *, whole_story: bool
) -> Mapping[str, Any]:
    """What only those may read who may know the term."""
    if "read_dates" not in allowed:
        return {}
    last, permits = law_days.last_day(case), case.permits
    wrong = questioned(case)
    proposals = queries.proposals_of(user, case)
    with_notes = "read_notes" in allowed
    assignments = queries.assignments_of(user, case)
    return {
        "last_day": last,
        "remark": remark(last),
        "pending": [
            *to_check(case),
            *pending(case, user),
            *(leaving.pending(case, user) if with_notes else ()),
            *as_pending(wrong, may_open="take_request" in allowed),
        ],
        "questioned": frozenset(str(one.about) for one in wrong),
        "calendar": legal_calendar.draw(case, permits, with_reports=with_notes),
        "marks": marks(case, duties),
        "absence": absence(case),
        "timeline": timeline(
            case,
            called(user, case.person),
            assignments,
            proposals,
            duties,
            with_notes=with_notes,
            whole=whole_story,
            may_ask_again=holds(user, "ask_again", Duty),
        ),
        "proposals": proposals,
    }


def remark(last: Due | None) -> str:
    """The one thing most worth knowing about the last day."""
    return noted(last) if last else ""
