"""What every proposal has, of whichever kind."""

import json
from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, ClassVar

from sqlalchemy import ForeignKey, UniqueConstraint, and_
from sqlalchemy.orm import Mapped, foreign, mapped_column, relationship

from portal.cases.models import DECIDED, Assignment, AssignmentKind, Case, CaseType
from portal.documents.models import OfficialDocument
from portal.duties.rules import Wanted
from portal.engine import audit, clock
from portal.engine.access import Actor
from portal.engine.db import EMPTY, Record, db
from portal.engine.refusal import Plain, Reason
from portal.engine.text import _, mark
from portal.engine.workflow import Moves, State, steps_of
from portal.law import approval
from portal.law.rule import Due
from portal.organisation.models import User
from portal.organisation.queries import grants_of
from portal.proposals.models import closing
from portal.proposals.models.at_court import AtCourt
from portal.proposals.models.conditions import NOTHING_AGAINST, Condition, against
from portal.proposals.models.finding import Finding
from portal.proposals.workflow import PROPOSAL, TIMED_OUT

if TYPE_CHECKING:
    from portal.proposals.models.court_answer import CourtAnswer
    from portal.proposals.models.remark import Remark

ENDED = ("rejected", "withdrawn", "approved", "communicated", "carried_out", "lapsed", "settled")  # nobody decides now
HANDED_ON = ("submit", "endorse")  # the steps that lay it before somebody else
DIGEST = "2:"  # by which rule a digest was made
CONFIRMED_WITHIN = timedelta(hours=24)  # our own rule: what was approved orally is confirmed in writing
ONLY_ONE = mark("There is a proposal of this kind under way already.")
FOREIGN = mark("The law of this case knows no such proposal.")


class Proposal(Record, Moves, AtCourt):
    """A decision that somebody asks for and somebody else takes.

    A kind is a subclass with columns of its own; `content` names those that are frozen, with their digest, at the
    moment of the decision.
    """

    __mapper_args__ = {"polymorphic_on": "kind", "polymorphic_abstract": True}

    workflow = PROPOSAL
    parent = "case"
    protected = True
    sensitive = frozenset({"reason", "oral_why"})

    label: ClassVar[Any] = ""  # what the kind is called
    content: ClassVar[tuple[str, ...]] = ()
    asked_later: ClassVar[tuple[str, ...]] = ()  # columns of it that decisions of before do not have
    one_at_a_time: ClassVar[bool] = True  # for a case
    of_types: ClassVar[Collection[CaseType]] = frozenset(CaseType)  # the types of case whose law knows it
    chain_kind: ClassVar[str] = ""  # its row in the table of who endorses and who decides
    asks: ClassVar[AssignmentKind | None] = None  # as what an approval asks somebody, who may decline
    closes: ClassVar[bool] = False  # approved, it closes the case
    ends: ClassVar[bool] = False  # what comes of it ends the supervision here: so does all that closes the case
    told_when_closed: ClassVar[bool] = False  # also where it closed the case
    may_be_oral: ClassVar[bool] = False  # in an emergency: what nothing but the word itself brings about
    told_to_person: ClassVar[bool] = False  # whether the decision is told to the person once its page is signed

    kind: Mapped[str]
    number: Mapped[str]  # ĐX-2026-087
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    state: Mapped[str] = mapped_column(default="draft", index=True)
    reason: Mapped[str] = mapped_column(default="")  # why it is proposed
    endorser_role: Mapped[str | None]
    decider_role: Mapped[str | None]
    submitted_on: Mapped[date | None]
    decided_on: Mapped[date | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    timed_out_at: Mapped[datetime | None]  # when it was told that the time of the law has passed
    oral_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))  # who approved it orally
    oral_at: Mapped[datetime | None]
    oral_how: Mapped[str] = mapped_column(default="", server_default=EMPTY)
    oral_why: Mapped[str] = mapped_column(default="", server_default=EMPTY)  # why it could not wait
    frozen_digest: Mapped[str] = mapped_column(default="")
    frozen_at: Mapped[datetime | None]

    case: Mapped[Case] = relationship(back_populates="proposals")
    decided_by: Mapped[User | None] = relationship(foreign_keys=decided_by_id)
    oral_by: Mapped[User | None] = relationship(foreign_keys=oral_by_id)
    author: Mapped[User | None] = relationship(foreign_keys="Proposal.created_by_id")
    findings: Mapped[list[Finding]] = relationship(order_by=Finding.id)  # of the day of the decision
    document: Mapped[OfficialDocument | None] = relationship(
        primaryjoin=lambda: and_(
            foreign(OfficialDocument.subject_id) == Proposal.id,
            OfficialDocument.subject_type == Proposal.__tablename__,
            OfficialDocument.voided_at.is_(None),
        ),
        viewonly=True,
    )  # its paper in the register, once it is decided
    answers: Mapped[list["CourtAnswer"]] = relationship(back_populates="proposal", order_by="CourtAnswer.id")
    remarks: Mapped[list["Remark"]] = relationship(back_populates="proposal", order_by="Remark.id")

    __table_args__ = (UniqueConstraint("commune_id", "number"),)

    @property
    def title(self) -> str:
        """What it is, without a name: for whatever has no reader whose rights could be asked."""
        return _("%(kind)s, case %(number)s", kind=self.label_of(self.case), number=self.case.number)

    def titled(self, name: str) -> str:
        """The thing itself, as a heading; *name* is what the reader may know of the person (`called`)."""
        return f"{self.label_of(self.case)}: {name}"

    @classmethod
    def label_of(cls, _case: Case) -> Any:
        """What this kind is called of a case; some are called otherwise by the law of its type."""
        return cls.label

    @classmethod
    def suits(cls, case: Case) -> bool:
        """Whether the law of a case knows such a proposal at all, whatever the case is in need of today."""
        return case.type in cls.of_types

    @classmethod
    def foreign_to(cls, case: Case) -> list[Reason]:
        """Why it has no place in a case: the law of that knows nothing of the kind."""
        return [] if cls.suits(case) else [Plain(FOREIGN)]

    def refusals(self) -> list[Reason]:
        """Why the law forbids it as it stands. Most kinds have nothing to say."""
        return []

    def crossed(self) -> list[Reason]:
        """Why it does not go on beside another proposal, of whichever kind."""
        return closing.crossed(self)

    @property
    def goes_up(self) -> bool:
        """Whether what is approved here is but the file that goes to the agency above, which gives the permission."""
        return False

    @property
    def chain_row(self) -> str:
        """Its row in the table of who endorses and who decides: of most kinds one for all cases."""
        return self.chain_kind

    @property
    def on_paper(self) -> bool:
        """Whether it was decided on paper, before the file was kept here: nothing of it waits for a signature."""
        return False

    def deciding_by(self, since: date) -> Due | None:
        """Until when the law gives time to decide, once it waits since a day; for most kinds it names none."""
        return None

    def telling_by(self, since: date) -> Due | None:
        """Until when the law gives time to tell a decision; for most kinds it names none."""
        return None

    def following(self) -> Iterable[Wanted]:
        """What is owed beside the steps of its way, above all once it is decided; of most kinds nothing."""
        return ()

    @property
    def waits_since(self) -> date:
        """The day on which it came to whoever decides next; today, while it is still written."""
        came = () if self.editable else steps_of(self)
        return next((clock.day_of(one.at) for one in reversed(came) if one.name in HANDED_ON), clock.today())

    @property
    def limit(self) -> Due | None:
        """Until when the law gives time to decide, counted from the day on which it came to whoever decides."""
        return self.deciding_by(self.waits_since)

    @property
    def timed_out(self) -> Due | None:
        """The time that the law gave, once it has passed while nobody decided. Deciding is still possible."""
        due = self.limit if self.decided_on is None and self.state not in ENDED else None
        return due if due is not None and is_past(due) else None

    @property
    def confirmed_by(self) -> datetime | None:
        """Until when an oral approval has to be confirmed in writing."""
        return self.oral_at + CONFIRMED_WITHIN if self.oral_at is not None else None

    @property
    def on_its_way(self) -> bool:
        """Whether somebody still decides on it: here, or the court to which its file went."""
        return self.state not in ENDED or self.awaits_answer

    @property
    def in_effect(self) -> bool:
        """Whether it holds: approved, whatever came after, or approved orally and not lapsed."""
        return self.state in DECIDED or (self.state == "oral" and not self.word_lapsed())

    def word_lapsed(self) -> list[Reason]:
        """Why an oral approval holds no more, from the very moment on."""
        until = self.confirmed_by if self.state == "oral" else None
        if until is None or clock.now() <= until:
            return []
        told = mark("The oral approval lapsed on %(day)s at %(hour)s: it was not confirmed in writing within 24 hours.")
        here = until.astimezone(clock.VIETNAM)
        return [Plain(told, day=here.date(), hour=f"{here:%H:%M}")]

    @property
    def standing(self) -> State:
        """Its state; of what waits, that the time of the law has passed."""
        waits = self.state in ("submitted", "endorsed") and self.timed_out_at is not None
        return TIMED_OUT if waits else super().standing

    def misfits(self) -> Sequence[Reason]:
        """What is not even written down as it stands, by the fields at which it is told."""
        return []

    def conditions(self) -> list[Condition]:
        """What the law asks of it as it stands, and whatever else forbids it; kinds know more than that."""
        return against(self.refusals())

    def refusals_of_decision(self) -> list[Reason]:
        """Why it may not be approved today: asked at the last step, since days may have been used up since."""
        return self.refusals()

    def moved(self, transition: str, actor: Actor) -> None:
        """Fix the way at submission, freeze at the decision, and do what an approval brings, or that it ends."""
        if transition == "submit":
            self._set_way(actor)
        if transition in ("approve", "reject"):
            self._freeze(actor)
        if transition == "approve":
            self.when_approved(actor)
        if transition == "reject":
            self.when_rejected(actor)
        if self.closes:
            closing.follow(self, transition, actor)

    def _freeze(self, actor: Actor) -> None:
        """Keep what the law says today, before the decision changes what it is asked about; bind it all by a digest."""
        self.findings = [Finding.of(one) for one in self.conditions() or [NOTHING_AGAINST]]
        self.decided_on, self.decided_by_id = clock.today(), actor.id
        self.frozen_digest, self.frozen_at = self.digest(), clock.now()

    def _set_way(self, actor: Actor) -> None:
        """Fix who endorses and who decides, by kind and day."""
        chain = approval.chain(self.chain_row, clock.today())
        endorsed = chain.endorser and self._is_endorsed(chain.endorser, actor)
        self.endorser_role = chain.endorser if endorsed else None
        self.decider_role = chain.decider
        self.submitted_on, self.timed_out_at = clock.today(), None

    def _is_endorsed(self, role: str, actor: Actor) -> bool:
        """Whether the step stays: an author who would be the endorser is passed over if nobody else holds the role."""
        authors = {actor.id, actor.acting.on_behalf_of_id if actor.acting else None}
        holders = {grant.user_id for grant in grants_of(role, self.commune_id)}
        return not holders & authors or bool(holders - authors)

    def when_approved(self, actor: Actor) -> None:
        """What the approval brings at once. Kinds say."""

    def when_rejected(self, actor: Actor) -> None:
        """What a rejection brings. Kinds say."""

    def ask(self, kind: AssignmentKind, assignee_id: int) -> None:
        """Put the decision to whoever it names: they accept or decline."""
        asked = Assignment(
            case=self.case, commune_id=self.case.commune_id, kind=kind, assignee_id=assignee_id, proposal_id=self.id
        )  # fmt: skip
        db.session.add(asked)

    def what_was_decided(self) -> dict[str, Any]:
        """What the digest binds: the content, who decided, when, and how."""
        asked = (one for one in self.content if one not in self.asked_later or getattr(self, one) not in (None, ""))
        own = ("kind", "number", "case_id", "reason", "decided_by_id", "decided_on", *asked)
        told = {**{name: getattr(self, name) for name in own}, "granted": self.state != "rejected"}
        if self.findings:  # only then: what was decided before they were kept keeps its digest
            told["findings"] = [one.bound for one in self.findings]
        return told

    def digest(self) -> str:
        """The keyed digest of what was decided on: whoever has only the database cannot make it anew."""
        told = {name: str(value) for name, value in self.what_was_decided().items()}
        return DIGEST + audit.digest(json.dumps(told, sort_keys=True, ensure_ascii=False))

    @property
    def intact(self) -> bool:
        """Whether what was decided on is still what stands here."""
        return not self.frozen_digest or self.frozen_digest == self.digest()

    @property
    def editable(self) -> bool:
        return self.state in ("draft", "returned")

    @property
    def waits_for(self) -> str | None:
        """The role whose step is next."""
        if self.state == "submitted":
            return self.endorser_role or self.decider_role
        return self.decider_role if self.state in ("endorsed", "oral") else None


def is_past(due: Due) -> bool:
    """Whether the last moment of a step lies behind; where the law counts no hours, its last day."""
    if due.due_at is not None:
        return clock.at(due.due_at.date(), due.due_at.time()) < clock.now()
    return due.due_on < clock.today()


def under_way(kind: type[Proposal], case: Case, besides: Proposal | None = None) -> Proposal | None:
    """The proposal of a kind that has not ended, where a case has one of it at a time."""
    others = (one for one in case.proposals if type(one) is kind and one is not besides and one.voided_at is None)
    return next((one for one in others if one.state not in ENDED), None) if kind.one_at_a_time else None
