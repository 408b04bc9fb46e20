"""All that is kept of one person over the rooms, as they may read it, and who looked: by office and never by name.

Nothing of anybody else stands in it: neither who helped or said what, nor with whom somebody was written down. What is
held back is told with the reason.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from portal.audit.queries import looks_at
from portal.cases.models import (
    CLOSING_REASON_NAMES,
    CONTACT_KIND_NAMES,
    DECIDED,
    MEASURE_KIND_NAMES,
    RATING_NAMES,
    VIOLATION_KIND_NAMES,
    Case,
)
from portal.cases.presenters.lookers import Office, by_office
from portal.documents.models import Attachment, OfficialDocument
from portal.documents.shown import kind_of
from portal.drugs.models import RESULT_NAMES, DrugTest, FineDecision
from portal.engine.db import db
from portal.engine.presentation import day
from portal.engine.text import _, ngettext
from portal.households.models import Pledge
from portal.incidents.models import OUTCOME_NAMES, ROLE_NAMES, IncidentPerson
from portal.people.models import SEX_NAMES, Person, PersonRequest


@dataclass(frozen=True)
class Part:
    """A part of the extract: a heading with its lines."""

    title: str
    lines: Sequence[str]


@dataclass(frozen=True)
class Withheld:
    """What is not told, and why."""

    what: str
    why: str


@dataclass(frozen=True)
class Extract:
    person: Person
    parts: Sequence[Part]
    looks: Sequence[Office]
    withheld: Sequence[Withheld]


def extract(request: PersonRequest, *, whole: bool = True) -> Extract:
    """Of whoever asked, as it stands now; the words are those of the reader's language. *whole*: with the numbers."""
    person = request.person
    cases = db.session.scalars(
        select(Case).where(Case.person_id == person.id, Case.voided_at.is_(None)).order_by(Case.id)
    ).all()
    told = [
        Part(_("Who you are"), [*_who(person, whole=whole)]),
        *(Part(_("%(type)s, case %(number)s", type=one.type_name, number=one.number), [*_of_case(one, request)])
          for one in cases if one.state != "discarded"),
        Part(_("Papers"), [*_papers(cases)]),
        Part(_("Files"), [*_files([one.id for one in cases])]),
        Part(_("Drug tests and fines"), [*_tests(person), *_fines(person)]),
        Part(_("Incidents"), [*_incidents(person)]),
        Part(_("Pledges of your household"), [*_pledges(request)]),
        Part(_("What you asked for before"), [*_requests(request)]),
    ]  # fmt: skip
    return Extract(person, [one for one in told if one.lines], looks_of(person), [*_withheld(request)])


def _line(label: str, value: Any) -> Iterator[str]:
    if value not in (None, ""):
        yield _("%(label)s: %(value)s", label=label, value=day(value) if isinstance(value, date) else value)


def _who(person: Person, *, whole: bool) -> Iterator[str]:
    yield from _line(_("Full name"), person.full_name)
    yield from _line(_("Sex"), SEX_NAMES[person.sex] if person.sex else "")
    yield from _line(_("Date of birth"), (person.birth_date if whole else None) or person.born)
    for label, number in ((_("National ID number"), person.national_id), (_("Telephone"), person.phone)):
        yield from _line(label, number if whole or not number else _("on the copy of the person alone"))
    yield from _line(_("Village"), person.village.title if person.village else "")
    yield from _line(_("Address"), person.address if whole else "")


def _of_case(case: Case, request: PersonRequest) -> Iterator[str]:
    yield from _line(_("State"), case.standing.label)
    if case.judgment_number:
        told = {"number": case.judgment_number, "day": day(case.judgment_on) if case.judgment_on else "–"}
        yield _("Judgment no. %(number)s of %(day)s, %(court)s", **told, court=case.court)
    yield from _line(_("Offence"), case.offence)
    yield ngettext("Term: %(num)s month from %(day)s", "Term: %(num)s months from %(day)s", case.term_months,
                   day=day(case.starts_on))  # fmt: skip
    yield from _line(_("File received on"), case.received_on)
    yield from _line(_("Reception held on"), case.reception_on)
    for change in (one for one in case.term_changes if one.counts):
        yield ngettext("Shortened by %(num)s month on %(day)s", "Shortened by %(num)s months on %(day)s", change.months,
                       day=day(change.decided_on))  # fmt: skip
    yield from _months(case)
    yield from _events(case, words=request.with_texts)
    for one in (one for one in _standing(case.proposals) if _is_decided(one)):
        yield _("%(what)s: %(state)s", what=one.label, state=one.standing.label)
    if case.closed_on:
        why = CLOSING_REASON_NAMES[case.closing_reason] if case.closing_reason else "–"
        yield _("Closed on %(day)s: %(why)s", day=day(case.closed_on), why=why)


def _months(case: Case) -> Iterator[str]:
    reports = [f"{one.month:%m/%Y}" for one in case.check_ins if one.counts]
    yield from _line(_("Self-reports for the months"), ", ".join(reports))
    came = [f"{one.month:%m/%Y}" for one in case.roll_calls if one.counts and one.present]
    missed = [f"{one.month:%m/%Y}" for one in case.roll_calls if one.counts and not one.present]
    yield from _line(_("At the roll-call of the months"), ", ".join(came))
    yield from _line(_("Not at the roll-call of the months"), ", ".join(missed))
    rated = [f"{one.month:%m/%Y} ({RATING_NAMES[one.rating]})" for one in case.assessments if one.counts and one.rating]
    yield from _line(_("Rated for the months"), ", ".join(rated))


def _events(case: Case, *, words: bool) -> Iterator[str]:
    for contact in _standing(case.contacts):
        yield f"{day(contact.happened_on)}: {CONTACT_KIND_NAMES[contact.kind]}"
    for breach in _standing(case.violations):
        yield _worded(f"{day(breach.occurred_on)}: {VIOLATION_KIND_NAMES[breach.kind]}", breach.text, words=words)
    for help_given in _standing(case.measures):
        yield _worded(
            f"{day(help_given.given_on)}: {MEASURE_KIND_NAMES[help_given.kind]}", help_given.text, words=words
        )
    if words:
        for one in _standing(case.assessments):
            yield _worded(_("Assessment of %(month)s", month=f"{one.month:%m/%Y}"), one.text, words=True)


def _worded(told: str, text: str, *, words: bool) -> str:
    return f"{told}. {text}" if words and text else told


def _standing(records: Iterable[Any]) -> list[Any]:
    return [one for one in records if one.voided_at is None]


def _is_decided(proposal: Any) -> bool:
    """Whether there is something to tell: what may still become of it is thought over, and not kept of anybody.

    What went up to a court is not decided before the court has answered.
    """
    return proposal.state in (*DECIDED, "rejected") and not proposal.awaits_answer


def _papers(cases: Sequence[Case]) -> Iterator[str]:
    """Without those about proposals that are not decided yet."""
    open_ones = {one.id for case in cases for one in case.proposals if not _is_decided(one)}
    found = select(OfficialDocument).where(
        OfficialDocument.case_id.in_([one.id for one in cases]), OfficialDocument.voided_at.is_(None)
    )
    for one in db.session.scalars(found.order_by(OfficialDocument.id)):
        if one.subject_type == "proposal" and one.subject_id in open_ones:
            continue
        signed = _("no. %(number)s of %(day)s", number=one.number, day=day(one.dated_on)) if one.registered else ""
        yield ", ".join(part for part in (f"{kind_of(one)}: {one.abstract}", signed) if part)


def _files(cases: Sequence[int]) -> Iterator[str]:
    found = select(Attachment).where(Attachment.case_id.in_(cases), Attachment.voided_at.is_(None))
    for one in db.session.scalars(found.order_by(Attachment.id)):
        yield _("%(title)s, of %(day)s", title=one.title, day=day(one.dated_on))


def _tests(person: Person) -> Iterator[str]:
    found = select(DrugTest).where(DrugTest.person_id == person.id, DrugTest.voided_at.is_(None))
    for one in db.session.scalars(found.order_by(DrugTest.taken_on)):
        result = RESULT_NAMES[one.result]
        yield _("Test %(number)s of %(day)s: %(result)s", number=one.number, day=day(one.taken_on), result=result)


def _fines(person: Person) -> Iterator[str]:
    found = select(FineDecision).where(FineDecision.person_id == person.id, FineDecision.voided_at.is_(None))
    for one in db.session.scalars(found.order_by(FineDecision.decided_on)):
        amount = f"{one.amount_vnd:,}".replace(",", ".")
        yield _(
            "Fine %(number)s of %(day)s: %(amount)s đồng", number=one.number, day=day(one.decided_on), amount=amount
        )


def _incidents(person: Person) -> Iterator[str]:
    """The part that the person had, and nobody else's."""
    found = select(IncidentPerson).where(IncidentPerson.person_id == person.id, IncidentPerson.voided_at.is_(None))
    for one in db.session.scalars(found.order_by(IncidentPerson.id)):
        incident = one.incident
        if incident.voided_at is None:
            told = {"number": incident.number, "day": day(incident.day), "role": ROLE_NAMES[one.role]}
            yield _("Incident %(number)s of %(day)s, as: %(role)s. Outcome: %(outcome)s", **told,
                    outcome=OUTCOME_NAMES[incident.outcome])  # fmt: skip


def _pledges(request: PersonRequest) -> Iterator[str]:
    """Of the household that the person named as theirs."""
    if request.household_id is None:
        return
    found = select(Pledge).where(Pledge.household_id == request.household_id, Pledge.voided_at.is_(None))
    for one in db.session.scalars(found.order_by(Pledge.signed_on)):
        yield _("%(campaign)s: signed on %(day)s, %(state)s", campaign=one.campaign.title, day=day(one.signed_on),
                state=one.standing.label)  # fmt: skip


def _requests(request: PersonRequest) -> Iterator[str]:
    others = PersonRequest.person_id == request.person_id, PersonRequest.id != request.id
    found = select(PersonRequest).where(*others, PersonRequest.voided_at.is_(None)).order_by(PersonRequest.id)
    for one in db.session.scalars(found):
        yield _("%(number)s of %(day)s: %(state)s", number=one.number, day=day(one.asked_on), state=one.standing.label)


# ── who looked ──────────────────────────────────────────────────────────────────────────────────────────────────────
def looks_of(person: Person) -> list[Office]:
    """Over all that is kept of them. Which official it was, the law does not ask to be told."""
    return by_office(looks_at(person))


# ── what is held back ───────────────────────────────────────────────────────────────────────────────────────────────
def _withheld(request: PersonRequest) -> Iterator[Withheld]:
    yield Withheld(
        _("Proposals that nobody has decided, or that a court has not answered"),
        _("They are told with the decision; until then nothing follows from them."),
    )
    yield Withheld(_("The names of officials who looked or wrote"), _("The law asks who has access, by office."))
    yield Withheld(
        _("Notes of visits and calls, reports of whoever helps, observations of the village"),
        _("They are about other people as well, or were told in confidence."),
    )
    if not request.with_texts:
        yield Withheld(
            _("The words of assessments, violations and help"),
            _("They may name other people. You may read them at the office together with your officer."),
        )
    yield Withheld(_("Who told the police something"), _("Whoever gives a tip is not told to anybody."))
    yield Withheld(
        _("Lists that the commune police keeps for its own reviews, where there are any"),
        _("The law on drugs keeps them to the commune police; that they hold a name is not told."),
    )
