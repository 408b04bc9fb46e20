"""A world in which every record carries marker words of its place and of each protected group of fields.

Whoever reads a page in which a foreign marker stands has seen what is not theirs.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from typing import Any

from sqlalchemy import select

from portal.cases.models import (
    Assessment,
    Assignment,
    AssignmentKind,
    BirthCorrection,
    Case,
    CertificateHold,
    CheckIn,
    ClosingReason,
    Contact,
    ContactKind,
    Custody,
    Death,
    EndCheck,
    FileHandover,
    GettingOn,
    HelperReport,
    HoldGround,
    IncomeDeduction,
    JobLoss,
    LeftUndone,
    Measure,
    MeasureKind,
    Move,
    Receiver,
    Reception,
    ReckonedDay,
    Reckoning,
    ReviewMeeting,
    RollCall,
    RoundKind,
    RoundSignature,
    Summons,
    SummonsPurpose,
    TermChange,
    Violation,
    ViolationKind,
    WorkDay,
    WrittenWarning,
)
from portal.documents import actions as filing
from portal.documents import store
from portal.documents.intake import accept
from portal.documents.models import Attachment, OfficialDocument
from portal.duties.models import Duty, Escalation, Notification
from portal.engine import clock
from portal.engine.db import Kept, db
from portal.engine.transaction import transaction
from portal.forces.models import Hotline
from portal.households.models import (
    CampaignGoal,
    DoorCall,
    Establishment,
    Household,
    Pledge,
    PledgeBreach,
    PledgeCampaign,
    PledgeSheet,
    PrintedList,
)
from portal.incidents.models import Observation
from portal.law.facts import digest_of
from portal.meetings.models import ActionItem, AgendaItem, Attendance, Meeting, MeetingSeries
from portal.offline.models import HeldSend, Phone
from portal.organisation import actions, passwords
from portal.organisation.models import CoordinationPlan, Role, RoleGrant, SignInCard, Unit, UnitKind, User
from portal.outreach.models import OutreachSession
from portal.patrols.models import EventProtection, Landmark, Patrol, PatrolStop
from portal.people.models import Person
from portal.proposals import actions as proposing
from portal.proposals.kinds.revoking.answer import RevocationAnswer
from portal.proposals.models import CourtAnswer, Proposal
from tests.builders import FOUNDED, PASSWORD, PEOPLE, Commune, a_case
from tests.cases.ends import left_by
from tests.documents import files

ADULT, MINOR = 1979, 2010  # years of birth
NEVER = 999_999  # an id that was never given


@dataclass(frozen=True)
class Place:
    """Where a case lies: whose it is, who helps, which unit supervises, and whether the person is of age."""

    officer: str
    helper: str | None = None
    unit: str = "CA"
    born: int = ADULT
    state: str = "open"
    asked: bool = False  # the helper has not answered yet


PLACES = {
    "own": Place("officer", "helper"),  # the officer's own
    "sister": Place("officer2", "village_head"),  # a colleague's, in another village
    "supervised": Place("officer2", unit="QS"),  # the military's
    "minor": Place("officer", "helper", born=MINOR, asked=True),
    "young": Place("officer2", "village_head", "QS", MINOR, asked=True),  # a minor of somebody else's
    "draft": Place("officer", state="draft"),
    "foreign": Place("officer", "helper"),  # in the neighbour commune
    "left": Place("gone", state="draft"),  # that of an officer who is no longer in service
}
ADULTS = ("own", "sister", "supervised", "foreign")  # their helper's proposal lies before the leader


@dataclass
class Marked:
    """The records of a place, by name, and the marker words that they carry."""

    place: str
    ids: dict[str, int] = field(default_factory=dict)
    versions: dict[str, int] = field(default_factory=dict)  # of the same records, as a page would show them

    @property
    def far(self) -> bool:
        """Whether it lies in the neighbour commune."""
        return self.place == "foreign"

    @property
    def number(self) -> int:
        return list(PLACES).index(self.place) + 1

    @property
    def words(self) -> dict[str, str]:
        """The marker of each group of fields, as it stands on a page if the field is shown openly."""
        n, place = self.number, self.place.upper()
        return {
            **{group: f"MK{group.upper()}{place}" for group in WORDS},
            "identity": f"0{n}790123{n}{n}{n}{n}",
            "phone": f"09{n}765{n}1{n}2",
            "birth": f"{n + 10}/03/{PLACES[self.place].born}",
            "term": f"{(self.starts_on - timedelta(days=1)).replace(year=2028):%d/%m/%Y}",
        }

    @property
    def starts_on(self) -> date:
        """Far enough from every other place's that the days around the end of a term tell them apart."""
        return date(2026, 7, 1) + timedelta(days=4 * self.number)


# The records of a place by name, where their class is not named so.
RECORDS: dict[str, type[Kept]] = {
    **{one.__tablename__: one for one in (
        Case, CheckIn, RollCall, Contact, Assessment, Violation, Measure, TermChange, BirthCorrection, Reckoning,
        EndCheck, CertificateHold, LeftUndone, Attachment, HelperReport, Custody, Move, FileHandover, Death, Summons,
        IncomeDeduction, WorkDay, JobLoss,
        Reception, WrittenWarning, ReviewMeeting, CourtAnswer,
        Assignment, Duty, RoundSignature,
    )},
    **dict.fromkeys(("sent", "unsent", "laid"), Proposal), "laid_file": Attachment,
    "account": User, "grant": RoleGrant, "unit": Unit, "document": OfficialDocument,
    **dict.fromkeys(("patrol", "planned", "logged", "done"), Patrol), "stop": PatrolStop, "landmark": Landmark,
    "protection": EventProtection, "plan": CoordinationPlan, **dict.fromkeys(("photo", "signed_photo"), Attachment),
    **dict.fromkeys(("observation", "handed"), Observation),
    "meeting": Meeting, **dict.fromkeys(("item", "late_item"), AgendaItem), "invitation": Attendance,
    "task": ActionItem, "series": MeetingSeries,
    "household": Household, "establishment": Establishment, **dict.fromkeys(("campaign", "drafted"), PledgeCampaign),
    "card": SignInCard, "hotline": Hotline, "held": OutreachSession,
    "goal": CampaignGoal, "call": DoorCall, "pledge_sheet": PledgeSheet, "printed": PrintedList,
    **dict.fromkeys(("pledge", "breached", "moved_pledge"), Pledge),
    **dict.fromkeys(("moved", "unsigned"), Household),
    **dict.fromkeys(("breach", "decided", "asked_back"), PledgeBreach),
    "phone": Phone, "held_send": HeldSend,
}  # fmt: skip
WORDS = ("name", "village", "address", "judgment", "notes", "proposal", "laid", "file")


@dataclass
class World:
    """Two communes full of markers."""

    places: dict[str, Marked]

    def __post_init__(self) -> None:
        self.meant = {word: (place, group) for place, it in self.places.items() for group, word in it.words.items()}
        self._any = re.compile("|".join(map(re.escape, sorted(self.meant, key=len, reverse=True))))

    def seen_in(self, text: str) -> set[tuple[str, str]]:
        """Which place and group of fields can be read in a text."""
        return {self.meant[word] for word in self._any.findall(text)}


def build(commune: Commune, neighbour: Commune) -> World:
    """One case a place, with something of every kind in it."""
    with transaction(None):
        officer, _first = actions.create_user(f"{commune.unit.code}.gone".lower(), "Gone", commune.unit)
        grant = actions.grant_role(officer, Role.POLICE_OFFICER, commune.place("CA"), FOUNDED)
        actions.confirm_grant(grant, None)
    world = World({name: _marked(name, neighbour if name == "foreign" else commune) for name in PLACES})
    with transaction(None):
        grant.valid_to = clock.today() - timedelta(days=1)
    return world


def remember_versions(marked: "Marked") -> None:
    """As a page would show them."""
    marked.versions = {name: db.session.get_one(RECORDS[name], number).version
                       for name, number in marked.ids.items() if name in RECORDS}  # fmt: skip


def _marked(name: str, commune: Commune) -> Marked:
    marked, place = Marked(name), PLACES[name]
    case = _case(marked, place, commune)
    marked.ids |= {"case": case.id, "person": case.person_id}
    officer = getattr(commune, place.officer)
    if place.state == "open":
        _events(marked, case, officer)
        _proposals(marked, case, commune, officer)
    else:
        with transaction(officer):
            opening = proposing.propose_opening(case, officer, marked.words["proposal"])
        marked.ids["unsent"] = opening.id
    _others(marked, case)
    remember_versions(marked)
    return marked


def _case(marked: Marked, place: Place, commune: Commune) -> Case:
    words = marked.words
    with transaction(None):
        village = actions.create_unit(
            f"{commune.unit.code}-{marked.place}", f"thôn {words['village']}", UnitKind.VILLAGE, FOUNDED,
            commune=commune.unit, above=commune.unit,
        )  # fmt: skip
    person = Person(
        full_name=f"Trần {words['name']}", commune_id=commune.id, village_id=village.id, address=words["address"],
        birth_date=date(place.born, 3, marked.number + 10), national_id=words["identity"], phone=words["phone"],
    )  # fmt: skip
    case = a_case(
        commune, officer=place.officer, helper=place.helper, unit=place.unit, person=person, state=place.state,
        starts_on=marked.starts_on, offence=words["judgment"], judgment_number=words["judgment"],
        court=words["judgment"],
    )  # fmt: skip
    with transaction(None):
        case.created_by_id = case.owner_id  # whoever has it wrote it down
        for one in case.assignments:
            if place.asked and one.kind == AssignmentKind.HELPER:
                one.state, one.since = "proposed", None
    return case


def _events(marked: Marked, case: Case, officer: User) -> None:
    """Something of every kind that is recorded in a case."""
    note, today, month = marked.words["notes"], clock.today(), clock.today().replace(day=1)
    made: dict[str, Any] = {
        "check_in": CheckIn(month=month, received_on=month + timedelta(days=2), note=note),
        "roll_call": RollCall(month=month, held_on=today, present=True, note=note),
        "contact": Contact(kind=ContactKind.VISIT, happened_on=today, note=note),
        "assessment": Assessment(month=month, written_on=today, text=note),
        "violation": Violation(
            kind=ViolationKind.DUTY, occurred_on=today - timedelta(days=9), recorded_on=today, text=note
        ),
        "written_warning": WrittenWarning(
            violation=Violation(
                kind=ViolationKind.DUTY,
                occurred_on=today,
                recorded_on=today,
                text=note,
                only_reminded=True,
                case=case,
                commune_id=case.commune_id,
            ),
            written_on=today,
            text=note,
        ),
        "review_meeting": ReviewMeeting(
            paper_on=today, planned_on=today, location=note, invited=note, organiser=Role.POLICE_CHIEF
        ),
        "helper_report": HelperReport(
            quarter="2026-Q3", getting_on=GettingOn.FAIR, help_given=note, to_know=note, assignment=case.assignments[0]
        ),
        "measure": Measure(kind=MeasureKind.PAPERS, given_on=today - timedelta(days=9), given_by=note, text=note),
        "income_deduction": IncomeDeduction(deducted_on=today, income_vnd=8_000_000, amount_vnd=0, waived=True),
        "work_day": WorkDay(worked_on=today, hours=4),
        "job_loss": JobLoss(known_on=today),
        "term_change": TermChange(decided_on=today - timedelta(days=9), months=1, decision_number=note),
        "reckoning": Reckoning(made_on=today, because="asked", facts="", last_on=today, state="asked", reason=note),
        "birth_correction": BirthCorrection(birth_date=case.person.birth_date, reason=marked.words["identity"]),
        "end_check": EndCheck(last_on=case.ends_on, reason=note, paper=note, facts=digest_of(case.facts)),
        "certificate_hold": CertificateHold(ground=HoldGround.ABSENT, since=today - timedelta(days=9), paper=note),
        "left_undone": LeftUndone(rule="COM-PLAN", due_on=today, reason=note),
        "summons": Summons(
            purpose=SummonsPurpose.OTHER,
            about=note,
            summoned_on=today - timedelta(days=9),
            appear_on=today,
            appear_time=time(8),
            place=note,
        ),
        "reception": Reception(held_on=today, participants=note, statements=note, place=note),
        "management_custody": Custody(detained_on=today - timedelta(days=9), released_on=today, paper=note),
        "management_move": Move(moves_to=note, known_on=today, known_time=time(8)),
        "file_handover": FileHandover(to=Receiver.AGENCY, handed_on=today, receiver=note, items=note),
        "death": Death(died_on=today, known_on=today, paper=note, state="refused"),
        "left": _right_left(case, note),
    }
    with transaction(officer):
        for record in made.values():
            record.case, record.commune_id = case, case.commune_id
            db.session.add(record)
        db.session.flush()
        asked = made["reckoning"]
        asked.facts, asked.days = digest_of(case.facts), [ReckonedDay.of(due) for due in case.worked_out]
    marked.ids |= {name: record.id for name, record in made.items()}
    marked.ids["round_signature"] = _signed(case, note)
    marked.ids["attachment"] = _attached(case, officer, marked.words["file"])


def _signed(case: Case, note: str) -> int:
    """The chief's signature under an assessment of an earlier month."""
    month = (clock.today().replace(day=1) - timedelta(days=40)).replace(day=1)
    chief = db.session.scalars(
        select(User).join(RoleGrant, RoleGrant.user_id == User.id)
        .where(RoleGrant.role == Role.POLICE_CHIEF, User.commune_id == case.commune_id)
    ).first()  # fmt: skip
    with transaction(chief):
        signature = RoundSignature(
            kind=RoundKind.ASSESSMENTS, month=month, unit_id=case.commune_id, signed_by_id=chief.id, count=1,
            role=Role.POLICE_CHIEF, commune_id=case.commune_id,
        )  # fmt: skip
        one = Assessment(month=month, written_on=clock.today(), text=note, case=case, commune_id=case.commune_id)
        one.signature = signature
        db.session.add_all([signature, one])
    return signature.id


def _right_left(case: Case, why: str) -> Duty:
    """A right of which the owner said that it is not used."""
    return Duty(
        rule="RIGHT", key="left", subject_type="case", subject_id=case.id, due_on=clock.today(), is_right=True,
        owner_id=case.owner_id, owner_role=Role.POLICE_OFFICER, dropped_on=clock.today(), done_by_id=case.owner_id,
        note=why, said_at=clock.now(), rests_until=clock.today() + timedelta(days=90),
    )  # fmt: skip


def _attached(case: Case, officer: User, word: str, proposal_id: int | None = None) -> int:
    """A file that lies in the store, with the marker as its title, in its name and in its content."""
    content = files.pdf(b"/Note (" + word.encode() + b")")
    stored = store.keep(accept(content, f"{word}.pdf", len(content)))
    with transaction(officer):
        kept = filing.attach(
            case, stored, officer.id, 10**6, title=word, dated_on=clock.today(), proposal_id=proposal_id
        )
    return kept.id


def _proposals(marked: Marked, case: Case, commune: Commune, officer: User) -> None:
    """Leave that was submitted, a completion that is a draft, and a helper whom, for adults, the leader decides on."""
    why = marked.words["proposal"]
    with transaction(officer):
        leave = proposing.propose_absence(case, date(2026, 12, 1), date(2026, 12, 9), "phường Pleiku", why)
        done = proposing.propose_completion(case, clock.today(), ClosingReason.OTHER, why)
        leave.workflow.take("submit", leave, officer)
        answer = RevocationAnswer(
            case=case, commune_id=case.commune_id, proposal=leave, body=marked.words["notes"], paper_number="1",
            decided_on=clock.today(), accepted=False,
        )  # fmt: skip
        db.session.add(answer)
    left_by(officer, case)
    marked.ids |= {
        "court_answer": answer.id,
        "sent": leave.id,
        "unsent": done.id,
        "notice": _told(commune.chief, leave),
    }
    if marked.place in ADULTS:
        with transaction(officer):
            laid = proposing.propose_helper(case, commune.village_head2, marked.words["laid"])
            laid.workflow.take("submit", laid, officer)
        with transaction(commune.chief):
            laid.workflow.take("endorse", laid, commune.chief)
        marked.ids["laid"] = laid.id
        marked.ids["laid_file"] = _attached(case, officer, marked.words["laid"], laid.id)


def _told(user: User, proposal: Proposal) -> int:
    """What the bell told somebody about a proposal."""
    about = Notification.user_id == user.id, Notification.subject_type == "proposal"
    return db.session.scalars(select(Notification.id).where(*about, Notification.subject_id == proposal.id)).one()


def _others(marked: Marked, case: Case) -> None:
    """The helper's assignment, and a duty that is the owner's and has not climbed."""
    helps = select(Assignment.id).where(Assignment.case_id == case.id, Assignment.kind == AssignmentKind.HELPER)
    climbed = select(Escalation.duty_id).where(Escalation.from_on <= clock.today())
    owed = select(Duty.id).where(
        Duty.case_id == case.id, Duty.owner_id == case.owner_id, Duty.done_on.is_(None), Duty.id.not_in(climbed)
    )
    for name, query in (("assignment", helps), ("duty", owed)):
        if found := db.session.scalars(query).first():
            marked.ids[name] = found


SCOPES = ("own", "ended", "future", "deputy")


def actor(commune: Commune, role: Role, scope: str) -> User:
    """Somebody with the role in the own unit, with an ended or a future grant, or as a deputy of who holds it."""
    name, _role, unit_code = next(entry for entry in PEOPLE if entry[1] == role)
    original: User = getattr(commune, name)
    if scope == "own":
        return original
    unit = commune.place(unit_code) if unit_code else commune.unit
    today = clock.today()
    spans = {
        "ended": (today - timedelta(days=90), today - timedelta(days=1)),
        "future": (today + timedelta(days=1), None),
        "deputy": (today, today + timedelta(days=30)),
    }
    with transaction(None):
        user, _first = actions.create_user(f"{scope}.{role}", f"{scope} {role}", commune.unit)
        user.password_hash, user.must_change_password = passwords.hashed(PASSWORD), False
        user.first_password_until = None
        grant: RoleGrant = actions.grant_role(
            user, role, unit, *spans[scope], on_behalf_of=original if scope == "deputy" else None
        )
        actions.confirm_grant(grant, None)
    return user


def everybody(commune: Commune) -> Iterable[tuple[Role, str, User]]:
    """Each role in each scope."""
    return [(role, scope, actor(commune, role, scope)) for role in Role for scope in SCOPES]


def kinds_of_proposals() -> set[str]:
    """The kinds that the world holds."""
    return set(db.session.scalars(select(Proposal.kind).distinct()))
