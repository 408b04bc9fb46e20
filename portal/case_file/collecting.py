"""Puts the file of a case together from what the reader may read of it, asking for each kind of record once."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from flask_babel import format_decimal
from sqlalchemy import select

from portal.case_file.deciding import of_proposals
from portal.case_file.parts import CaseFile, Part, Table
from portal.cases import law_days, queries
from portal.cases.models import RATING_NAMES, VIOLATION_KIND_NAMES, Case
from portal.cases.presenters import kept
from portal.cases.presenters.limits import absence
from portal.cases.presenters.lookers import how_many, of_looks, people_who_looked
from portal.cases.presenters.recorded import entry_of
from portal.cases.presenters.timeline import timeline
from portal.cases.presenters.wording import wording
from portal.cases.presenters.words import month_name
from portal.documents.models import OfficialDocument
from portal.documents.shown import heading, state_of
from portal.engine import clock
from portal.engine.access import Actor, see
from portal.engine.db import db
from portal.engine.presentation import day, moment
from portal.engine.text import _, ngettext, say
from portal.people.presenter import called, village_of

MOST_LOOKS = 1000  # each with its moment; how often each person looked is told of all


def case_file(case: Case, user: Actor, mark: str, number: str) -> CaseFile:
    """The file as it stands, in the words of whoever reads it."""
    name, proposals = called(user, case.person), queries.proposals_of(user, case)
    parts = (
        _person(case, user), _reasons(case), _story(case, user, name, proposals), _documents(case, user),
        of_proposals(proposals, name), _absences(case), _assessments(case), _violations(case), _changes(case),
        _looks(case),
    )  # fmt: skip
    numbered = [replace(part, title=f"{place}. {part.title}") for place, part in enumerate(parts, start=1)]
    facts = (
        (_("Case"), case.number), (_("Kind"), str(case.type_name)), (_("State"), str(case.standing.label)),
        (_("Person"), name), (_("Officer in charge"), case.owner.full_name), (_("Number of this print"), number),
        (_("Printed on"), moment(clock.now())),
    )  # fmt: skip
    issuer = case.supervising_unit.heir or case.supervising_unit  # as it is called on the day of the print
    return CaseFile(issuer.name, _("File of a case"), name, facts, mark, number, numbered)


def _person(case: Case, user: Actor) -> Part:
    words, born = wording(case), see(user, case.person, "born").value
    judged = _("No. %(number)s of %(day)s, %(court)s", number=case.judgment_number, day=day(case.judgment_on),
               court=case.court)  # fmt: skip
    term = ngettext(
        "%(num)s month from %(day)s", "%(num)s months from %(day)s", case.term_months, day=day(case.starts_on)
    )
    facts = (
        (_("Name"), called(user, case.person)), (_("Year of birth"), str(born or "")),
        (_("Village"), village_of(user, case.person)),
        (str(words.judgment), judged if case.judgment_number else ""),
        (_("Management decided on"), day(case.decision_on) if case.decision_on else ""),
        (str(words.offence), case.offence), (str(words.term), str(term)),
        (_("File received on"), day(case.received_on)),
        (_("Reception held on"), day(case.reception_on) if case.reception_on else ""),
        (_("Supervised by"), case.supervising_unit.name),
        (_("Helper"), case.helper.full_name if case.helper else ""),
        (_("Closed on"), day(case.closed_on) if case.closed_on else ""),
    )  # fmt: skip
    return Part("person", _("Person and sentence"), facts=[(label, value) for label, value in facts if value])


def _reasons(case: Case) -> Part:
    """Each date as the acts kept it, the latest first: rule, version, source, and from what it was worked out."""
    heads = (_("Day"), _("What"), _("Rule and version"), _("Source"), _("Worked out from"))
    tables = [
        Table(
            heads,
            [
                (
                    day(one.due.due_on), _with(say(one.due.label), _period(one.due.period)),
                    _with(one.due.rule, one.version, ", "), _doubted(one.due.source, one.due.confirmed),
                    _with(one.facts, one.note, ". "),
                )
                for one in act.days
            ],
            (22, 38, 35, 35, 35), _("%(day)s: %(why)s", day=day(act.reckoning.made_on), why=act.because), _last(act),
        )
        for act in (kept.told(one) for one in reversed(case.reckonings) if one.counts)
    ]  # fmt: skip
    return Part(
        "reasons", _("Dates and their reasons"), tables, _last_day(case), nothing=_("No date was kept of this case.")
    )


def _last_day(case: Case) -> Sequence[tuple[str, str]]:
    """The last day as it holds, with its reasoning; nothing where the law of the portal does not reach back."""
    due = law_days.last_day(case)
    if due is None:
        return ()
    told = kept.told_day(due)
    facts = (
        (_("Last day of the term"), day(due.due_on)), (_("Rule and version"), _with(due.rule, told.version, ", ")),
        (_("Source"), _doubted(due.source, due.confirmed)), (_("Worked out from"), _with(told.facts, told.note, ". ")),
    )  # fmt: skip
    return [(label, value) for label, value in facts if value]


def _period(period: str) -> str:
    """The month or year that a day is of; keys of the rules are no words."""
    return period if period[:1].isdigit() else ""


def _last(act: kept.Kept) -> Sequence[str]:
    on = act.reckoning.last_on
    return [_("Last day by this act: %(day)s", day=day(on))] if on else []


def _with(text: str, more: str, between: str = " ") -> str:
    if not more:
        return text
    return f"{text}{between}{more}" if between != " " else f"{text} ({more})"


def _doubted(source: str, confirmed: bool) -> str:
    return source if confirmed or not source else _("%(source)s (not confirmed)", source=source)


def _story(case: Case, user: Actor, name: str, proposals: Sequence[Any]) -> Part:
    told = timeline(
        case, name, queries.assignments_of(user, case), proposals, queries.duties_of(user, case), with_notes=True,
        whole=True,
    )  # fmt: skip
    rows = [
        (day(one.on), one.title, _("Entered in error: %(why)s", why=one.voided) if one.voided is not None else one.text)
        for one in reversed(told.shown)
    ]
    heads = (_("Day"), _("What happened"), _("In more words"))
    return Part("story", _("Course of events"), [Table(heads, rows, (24, 68, 73))], nothing=_("Nothing yet."))


def _documents(case: Case, user: Actor) -> Part:
    entered = select(OfficialDocument).where(OfficialDocument.case_id == case.id).order_by(OfficialDocument.id)
    papers = [
        (one.number or "", day(one.dated_on) if one.dated_on else "", heading(one), str(state_of(one).label))
        for one in db.session.scalars(entered)
    ]
    files = [
        (one.title, day(one.dated_on), _("Attached in error: %(why)s", why=one.void_reason) if one.voided_at else "")
        for one in reversed(queries.attachments_of(user, case))
    ]
    return Part(
        "documents", _("Documents"),
        [
            Table((_("Number"), _("Day"), _("What it is"), _("State")), papers, (35, 24, 76, 30), _("In the register")),
            Table((_("File"), _("Day"), _("Remark")), files, (96, 24, 45), _("Attached files")),
        ],
        nothing=_("No document and no file."),
    )  # fmt: skip


def _absences(case: Case) -> Part:
    rows = [
        (day(one.leaves_on), day(one.returns_on), str(one.days), one.destination,
         "" if one.days_that_count else _("does not count"), str(one.standing.label))
        for one in case.permits
    ]  # fmt: skip
    left = absence(case)
    lines = [_with(f"{left.used} {left.of}. {left.text}", _doubted(left.source, left.confirmed), " ")] if left else []
    heads = (_("From"), _("Until"), _("Days"), _("Where to"), _("Hospital"), _("State"))
    table = Table(heads, rows, (24, 24, 14, 45, 26, 32))
    return Part("absences", _("Absences, and what is left"), [table], lines=lines, nothing=_("None."))


def _assessments(case: Case) -> Part:
    rows = [
        (month_name(one.month), str(RATING_NAMES[one.rating]) if one.rating else "", day(one.written_on), _unless(one))
        for one in sorted(case.assessments, key=lambda one: (one.month, one.id))
    ]
    heads = (_("Month"), _("Rating"), _("Written on"), _("Text"))
    return Part("assessments", _("Assessments"), [Table(heads, rows, (32, 26, 24, 83))], nothing=_("None."))


def _unless(record: Any, text: str = "") -> str:
    """What a record says; of one that was entered in error only why."""
    if record.voided_at is not None:
        return _("Entered in error: %(why)s", why=record.void_reason)
    return text or record.text


def _violations(case: Case) -> Part:
    rows = [
        (day(one.occurred_on), str(VIOLATION_KIND_NAMES[one.kind]), day(one.recorded_on), _unless(one))
        for one in sorted(case.violations, key=lambda one: (one.occurred_on, one.id))
    ]
    heads = (_("Day"), _("Violation"), _("Recorded on"), _("What happened"))
    return Part("violations", _("Violations"), [Table(heads, rows, (24, 46, 24, 71))], nothing=_("None."))


def _changes(case: Case) -> Part:
    told = [(one, entry_of(one)) for one in sorted(case.term_changes, key=lambda one: (one.decided_on, one.id))]
    rows = [(day(entry.on), entry.title, _unless(one, entry.text or one.decision_number or " ")) for one, entry in told]
    heads = (_("Decided on"), _("Change"), _("Decision"))
    return Part("changes", _("Changes of the term"), [Table(heads, rows, (24, 81, 60))], nothing=_("None."))


def _looks(case: Case) -> Part:
    people = people_who_looked(case)
    total = how_many(case)
    counted = [(one.who, format_decimal(one.times), moment(one.last_at)) for one in people]
    looks = [(moment(one.at), one.who, one.as_whom, one.what) for one in of_looks(case, MOST_LOOKS)]
    return Part("looks", _("Who looked at the file"), list(_of_looks(counted, looks, total)), nothing=_("Nobody."))


def _of_looks(counted: Sequence[Any], looks: Sequence[Any], total: int) -> Iterator[Table]:
    yield Table((_("Who"), _("Times"), _("Last")), counted, (95, 25, 45), _("By person"))
    lines = [_("The latest %(shown)s of %(total)s looks.", shown=len(looks), total=total)] if len(looks) < total else []
    yield Table((_("When"), _("Who"), _("As whom"), _("What")), looks, (38, 38, 50, 39), _("Each look"), lines)
