"""A case: one person, one sentence or measure, from receipt to closing."""

import enum
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import ForeignKey, Select, UniqueConstraint, exists, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.cases.models.by_law import ByLaw
from portal.cases.models.rating import Rating
from portal.cases.workflow import CASE
from portal.engine import clock
from portal.engine.db import EMPTY, Record, db
from portal.engine.refusal import Misfit, Plain, Reason
from portal.engine.text import _l, mark
from portal.engine.workflow import Moves, steps_of
from portal.organisation.models import Role, Unit, UnitKind, User, line_of
from portal.people.models import NAME_GONE, Person

if TYPE_CHECKING:
    from portal.cases.models.assignment import Assignment
    from portal.cases.models.birth_correction import BirthCorrection
    from portal.cases.models.breaches import ReviewMeeting, WrittenWarning
    from portal.cases.models.check_in import CheckIn
    from portal.cases.models.custody import Custody
    from portal.cases.models.death import Death
    from portal.cases.models.ending import CertificateHold, EndCheck, LeftUndone
    from portal.cases.models.events import Assessment, Contact, Measure, RollCall, Violation
    from portal.cases.models.helper_report import HelperReport
    from portal.cases.models.moving import FileHandover, Move
    from portal.cases.models.reception import Reception, Summons
    from portal.cases.models.reckoning import Reckoning
    from portal.cases.models.reform import IncomeDeduction, JobLoss, WorkDay
    from portal.cases.models.term_change import TermChange


class CaseType(enum.StrEnum):
    SUSPENDED_SENTENCE = "suspended_sentence"
    CONDITIONAL_RELEASE = "conditional_release"
    NON_CUSTODIAL_REFORM = "non_custodial_reform"
    RESIDENCE_SUPERVISION = "residence_supervision"
    RESIDENCE_BAN = "residence_ban"
    REINTEGRATION = "reintegration"
    DRUG_USER_MANAGEMENT = "drug_user_management"
    PRISON_DEFERRAL = "prison_deferral"


CASE_TYPE_NAMES = {
    CaseType.SUSPENDED_SENTENCE: _l("Suspended sentence"),
    CaseType.CONDITIONAL_RELEASE: _l("Conditional early release"),
    CaseType.NON_CUSTODIAL_REFORM: _l("Non-custodial reform"),
    CaseType.RESIDENCE_SUPERVISION: _l("Residence supervision"),
    CaseType.RESIDENCE_BAN: _l("Residence ban"),
    CaseType.REINTEGRATION: _l("Reintegration after prison"),
    CaseType.DRUG_USER_MANAGEMENT: _l("Management of a drug user"),
    CaseType.PRISON_DEFERRAL: _l("Deferred or suspended prison"),
}

COMMUNITY_SENTENCES = (
    CaseType.SUSPENDED_SENTENCE,
    CaseType.CONDITIONAL_RELEASE,
    CaseType.NON_CUSTODIAL_REFORM,
    CaseType.RESIDENCE_SUPERVISION,
    CaseType.RESIDENCE_BAN,
)

ARMY = (UnitKind.MILITARY, UnitKind.BORDER_POST)  # who supervises its own people; the border guard is part of it
ACCEPTED = ("open", "suspended", "closing", "closed")  # the commune took the case on; figures count these
RUNNING = ("open", "suspended", "closing")
LATE_ENTRY = timedelta(days=120)  # a file that is older than that when it comes here has run on paper before
DECIDED = ("approved", "communicated", "carried_out")  # states of a proposal that was approved, whatever came after
OWNERS = (Role.POLICE_OFFICER, Role.POLICE_CHIEF)  # roles that may own cases
HELPING = (Role.TEAM_MEMBER, Role.VILLAGE_HEAD)  # roles in which somebody is entrusted with helping a person


def may_own(user: User) -> bool:
    """Whether somebody holds a role today that may own cases."""
    return any(grant.role in OWNERS for grant in user.held_today)


class ClosingReason(enum.StrEnum):
    COMPLETED = "completed"
    REVOKED = "revoked"
    TRANSFERRED = "transferred"
    DECEASED = "deceased"
    RECORD_CLEARED = "record_cleared"
    OTHER = "other"


CLOSING_REASON_NAMES = {
    ClosingReason.COMPLETED: _l("Completed"),
    ClosingReason.REVOKED: _l("Revoked to prison"),
    ClosingReason.TRANSFERRED: _l("Transferred to another commune"),
    ClosingReason.DECEASED: _l("Deceased"),
    ClosingReason.RECORD_CLEARED: _l("Record cleared"),
    ClosingReason.OTHER: _l("Another reason"),
}


class Case(Record, Moves, ByLaw):
    """The file of one person and one sentence. Its dates follow by rule from what the papers say.

    It always has an owner: the officer who accepted it or, until then, whoever opened it.
    """

    protected = True
    workflow = CASE
    sensitive = frozenset({"offence", "judgment_number", "purpose"})

    number: Mapped[str]
    type: Mapped[CaseType]
    state: Mapped[str] = mapped_column(default="draft", index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    owner_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    supervising_unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    received_on: Mapped[date] = mapped_column(index=True)
    reception_on: Mapped[date | None]  # the session in which rights and duties were explained, on or after receipt
    starts_on: Mapped[date]
    term_months: Mapped[int]
    prison_months: Mapped[int | None]
    detained_days: Mapped[int | None]  # in custody before the judgment, which a non-custodial reform takes off
    printed_ends_on: Mapped[date | None]  # the date on the court's paper: it wins
    printed_paper_on: Mapped[date | None]  # the day of that paper, where shortenings decided by then are in it already
    judgment_number: Mapped[str] = mapped_column(default="")
    judgment_on: Mapped[date | None]
    court: Mapped[str] = mapped_column(default="")
    decision_on: Mapped[date | None] = mapped_column(index=True)  # on which the management of a drug user was decided
    offence: Mapped[str] = mapped_column(default="")
    closed_on: Mapped[date | None] = mapped_column(index=True)  # the first day on which it runs no more
    closing_reason: Mapped[ClosingReason | None]
    # from which the days that are kept were worked out
    kept_facts: Mapped[str] = mapped_column(default="", server_default=EMPTY)
    kept_ends_on: Mapped[date | None]
    kept_from: Mapped[date | None]  # from which the file is kept here, where it ran on paper before
    paper_report_on: Mapped[date | None]  # of the last self-report and roll-call on that paper
    paper_assessed_on: Mapped[date | None]  # of its last assessment, and how that rated
    paper_rating: Mapped[Rating | None]
    handed_over_on: Mapped[date | None]  # on which the file went to the agency, before the end
    origin_id: Mapped[int | None] = mapped_column(ForeignKey("case.id"), index=True)  # of the commune it left

    person: Mapped[Person] = relationship(lazy="joined", innerjoin=True)
    owner: Mapped[User] = relationship(foreign_keys=owner_id)
    supervising_unit: Mapped[Unit] = relationship(foreign_keys=supervising_unit_id)
    commune: Mapped[Unit] = relationship(foreign_keys="Case.commune_id")
    assignments: Mapped[list["Assignment"]] = relationship(back_populates="case", order_by="Assignment.id")
    check_ins: Mapped[list["CheckIn"]] = relationship(back_populates="case", order_by="CheckIn.month, CheckIn.id")
    roll_calls: Mapped[list["RollCall"]] = relationship(back_populates="case", order_by="RollCall.month")
    contacts: Mapped[list["Contact"]] = relationship(back_populates="case", order_by="Contact.happened_on")
    assessments: Mapped[list["Assessment"]] = relationship(back_populates="case", order_by="Assessment.month")
    violations: Mapped[list["Violation"]] = relationship(back_populates="case", order_by="Violation.occurred_on")
    measures: Mapped[list["Measure"]] = relationship(back_populates="case", order_by="Measure.given_on")
    helper_reports: Mapped[list["HelperReport"]] = relationship(back_populates="case", order_by="HelperReport.id")
    term_changes: Mapped[list["TermChange"]] = relationship(back_populates="case", order_by="TermChange.decided_on")
    birth_corrections: Mapped[list["BirthCorrection"]] = relationship(
        back_populates="case", order_by="BirthCorrection.id"
    )
    reckonings: Mapped[list["Reckoning"]] = relationship(back_populates="case", order_by="Reckoning.id")
    summonses: Mapped[list["Summons"]] = relationship(back_populates="case", order_by="Summons.id")
    receptions: Mapped[list["Reception"]] = relationship(back_populates="case", order_by="Reception.id")
    end_checks: Mapped[list["EndCheck"]] = relationship(back_populates="case", order_by="EndCheck.id")
    holds: Mapped[list["CertificateHold"]] = relationship(back_populates="case", order_by="CertificateHold.since")
    left_undone: Mapped[list["LeftUndone"]] = relationship(back_populates="case", order_by="LeftUndone.id")
    custodies: Mapped[list["Custody"]] = relationship(back_populates="case", order_by="Custody.detained_on")
    deductions: Mapped[list["IncomeDeduction"]] = relationship(
        back_populates="case", order_by="IncomeDeduction.deducted_on, IncomeDeduction.id"
    )
    work_days: Mapped[list["WorkDay"]] = relationship(back_populates="case", order_by="WorkDay.worked_on, WorkDay.id")
    job_losses: Mapped[list["JobLoss"]] = relationship(back_populates="case", order_by="JobLoss.known_on, JobLoss.id")
    moves: Mapped[list["Move"]] = relationship(back_populates="case", order_by="Move.id")
    deaths: Mapped[list["Death"]] = relationship(back_populates="case", order_by="Death.id")
    handovers: Mapped[list["FileHandover"]] = relationship(back_populates="case", order_by="FileHandover.handed_on")
    origin: Mapped["Case | None"] = relationship(remote_side="Case.id", foreign_keys=origin_id)
    warnings: Mapped[list["WrittenWarning"]] = relationship(back_populates="case", order_by="WrittenWarning.id")
    reviews: Mapped[list["ReviewMeeting"]] = relationship(back_populates="case", order_by="ReviewMeeting.id")
    fines: Mapped[list[Any]] = relationship(
        "FineDecision", back_populates="case", order_by="FineDecision.decided_on, FineDecision.id"
    )
    proposals: Mapped[list[Any]] = relationship("Proposal", back_populates="case", order_by="Proposal.id")

    __table_args__ = (UniqueConstraint("commune_id", "number"),)

    @property
    def type_name(self) -> Any:
        return CASE_TYPE_NAMES[self.type]

    @property
    def running(self) -> bool:
        return self.state in RUNNING

    @classmethod
    def managements_of(cls, person: Person, commune_id: int) -> Select[Any]:
        """The managements as a drug user that were decided on here: of whoever has two records, those of both."""
        same = select(Person.id).where(Person.identity == person.identity)
        found = select(cls).where(
            cls.type == CaseType.DRUG_USER_MANAGEMENT, cls.person_id.in_(same), cls.state.in_(ACCEPTED),
            cls.voided_at.is_(None), cls.commune_id.in_(line_of(commune_id)),
        )  # fmt: skip
        return found.order_by(cls.id.desc())

    @property
    def end_to_tell(self) -> Reason | None:
        """The colleague on duty reads running cases only; neither who closed it nor why is theirs to know."""
        closed = mark(
            "The case was closed in the meantime; nothing more is recorded in it. Please tell its officer or the chief."
        )
        return Plain(closed) if self.state == "closed" else None

    @property
    def paper_until(self) -> date:
        """The first day of which nothing is on paper any more: from then on it is kept here."""
        return self.kept_from or clock.day_of(self.created_at)

    @property
    def ran_on_paper(self) -> bool:
        """Whether anything can have been decided on paper before the file was kept here."""
        return self.paper_until > self.received_on

    @property
    def against_files(self) -> Sequence[Reason]:
        """What is closed takes no paper but by being reopened, and nothing at all once its names are gone."""
        if self.person.forgotten_on:
            return (Plain(NAME_GONE),)
        late = mark(
            "The case is closed, and its files stay as they are. A late paper comes in once the chief asks, with the "
            "reason, to reopen the case and the chair agrees."
        )
        return (Plain(late),) if self.state == "closed" else ()

    def closed_after(self, moment: datetime) -> bool:
        """Whether it is closed by now, and was not yet at a moment."""
        if self.state != "closed":
            return False
        closing = [step for step in steps_of(self) if step.to_state == "closed"]
        if closing:
            return closing[-1].at > moment
        return self.closed_on is None or clock.day_of(moment) <= self.closed_on

    @property
    def in_hand(self) -> bool:
        """Whether it runs or is still written; what is submitted, rejected or closed is locked."""
        return self.running or self.state == "draft"

    def moved(self, transition: str, actor: Any) -> None:
        """Whoever takes a draft over owns it from then on; a file that is reopened ended on no day."""
        if transition == "take_over":
            self.owner_id = actor.id
        if transition == "reopen":
            self.closed_on, self.closing_reason = None, None

    @property
    def owner_serves(self) -> bool:
        """Whether the owner can still open the case; if not, its duties are the chief's until another accepts."""
        return may_own(self.owner)

    @property
    def custody(self) -> "Custody | None":
        """The custody, or the charge, under which somebody is now."""
        return next((one for one in self.custodies if one.runs), None)

    @property
    def move(self) -> "Move | None":
        """The move to another commune, whether or not it came to it yet."""
        return next((one for one in reversed(self.moves) if one.counts), None)

    @property
    def death(self) -> "Death | None":
        """The death that was recorded, and not refused: nothing is owed by the person from its day on."""
        return next((one for one in reversed(self.deaths) if one.counts), None)

    def close(self, on: date, reason: ClosingReason) -> None:
        """It runs no more from that day on. Assignments end with it; nobody comes to own, or keeps reading, it."""
        self.state, self.closed_on, self.closing_reason = "closed", on, reason
        for assignment in self.assignments:
            if assignment.runs:
                assignment.state, assignment.until = "ended", max(assignment.since or on, on)
            elif assignment.state == "proposed":
                assignment.state = "recalled"

    @property
    def under_military(self) -> bool:
        return self.supervising_unit.kind in ARMY

    def accepted(self, kind: str) -> "Assignment | None":
        """The assignment of the kind that runs now."""
        return next((one for one in self.assignments if one.kind == kind and one.runs), None)

    def proposed(self, kind: str) -> "Assignment | None":
        return next((one for one in self.assignments if one.kind == kind and one.state == "proposed"), None)

    @property
    def officer(self) -> User | None:
        assignment = self.accepted("officer")
        return assignment.assignee if assignment else None

    @property
    def helper(self) -> User | None:
        assignment = self.accepted("helper")
        return assignment.assignee if assignment else None


def closed_too_early(closed_on: date, received_on: date, field: str) -> Iterator[Misfit]:
    """Why no case ends on a day: it was not here yet."""
    if closed_on < received_on:
        yield Misfit(field, mark("It cannot be closed before it was received."))


def is_submitted(person: Person) -> bool:
    """Whether a file of the person waits for the decision on opening it: whom it is about is locked with it."""
    waits = exists().where(Case.person_id == person.id, Case.state == "submitted", Case.voided_at.is_(None))
    return bool(db.session.scalar(select(waits)))
