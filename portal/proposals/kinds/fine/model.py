"""A fine for an offence of the person of a case: its record, what the decree asks, and the decision that it becomes."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ForeignKey, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.cases.models import Case, CaseType, Violation
from portal.drugs.models import DrugTest, FineDecision
from portal.engine import clock
from portal.engine.db import EMPTY, Money, db
from portal.engine.refusal import Misfit, Plain, Reason
from portal.engine.text import _, _l, mark
from portal.law import fines, minors
from portal.law.fines import OF_DUTIES, Band, Offence, Signer
from portal.law.rule import NotInForceError, Parameter, Parameters
from portal.lawbook.queries import numbers_of
from portal.proposals.models import Condition, Proposal
from portal.proposals.models.conditions import against

ABOVE, BY_CHIEF = "fine_above_ceiling", "fine"  # rows of the table of who decides
SIGNERS = {BY_CHIEF: Signer.POLICE_CHIEF, ABOVE: Signer.COMMUNE_CHAIR}
NAMED = ("test_id", "incident_id", "violation_id")  # on what a fine may stand
SENT_UP = mark(
    "The highest fine for this is above what the chair of the commune may sign. The file goes to the competent body "
    "above; its decision is recorded among the fines."
)
NO_MINUTES = mark("A fine rests on the minutes of the administrative offence: please give their number and day.")
HALF_OF_MINUTES = mark("Minutes have a number and a day: please give both.")


@dataclass(frozen=True)
class Deed:
    """What is fined, as far as it is typed, and by which decree; what was decided keeps the decree of that day."""

    offence: Offence
    committed_on: date
    amount_vnd: int
    milder: bool = False
    law: Parameters = fines.PARAMETERS
    decided_on: date | None = None

    @property
    def act_on(self) -> date:
        """The day of the decision."""
        return self.decided_on or clock.today()

    @property
    def band(self) -> Band | None:
        return fines.band(self.offence, self.act_on if self.milder else self.committed_on, self.law)

    @property
    def asked(self) -> tuple[Any, ...]:
        """What the law is asked with: the offence, the amount, the day of the decree, the day of the decision."""
        day = self.act_on if self.milder else self.committed_on
        return self.offence, self.amount_vnd, day, self.act_on, self.law

    def limit(self, day: date) -> Parameter | None:
        """Up to which amount whoever decides may fine it on a day, with the clause that says so."""
        return fines.ceiling(SIGNERS[self.chain], self.offence, day, self.law) if self.chain else None

    @property
    def chain(self) -> str | None:
        """Whose decision it is: the chief's, above that ceiling the chair's; None: it is sent up."""
        try:
            return fines.approval_kind(*self.asked)
        except NotInForceError:
            return None


def law_of(case: Any) -> Parameters:
    """The numbers of the decrees as they hold, and are read, in the commune of the case."""
    return numbers_of(case.commune_id, "fines")


class FineProposal(Proposal):
    """Fine the person of a case. Its signed page makes the decision that counts."""

    __mapper_args__ = {"polymorphic_identity": "fine"}
    label = _l("Fine somebody")
    of_types = frozenset(CaseType) - {CaseType.PRISON_DEFERRAL}  # for whose duties the decrees name no fine
    chain_kind = BY_CHIEF
    one_at_a_time = False
    told_to_person = True
    content = (
        "offence", "committed_on", "milder", "milder_reason", "amount_vnd", "deviation", "test_id", "incident_id",
        "violation_id", "minutes_number", "minutes_on",
    )  # fmt: skip
    sensitive = Proposal.sensitive | {"milder_reason", "deviation", "minutes_number"}
    asked_later = ("minutes_number", "minutes_on")

    id: Mapped[int] = mapped_column(ForeignKey("proposal.id"), primary_key=True)
    offence: Mapped[Offence]
    committed_on: Mapped[date]
    milder: Mapped[bool] = mapped_column(default=False)
    milder_reason: Mapped[str] = mapped_column(default="")
    amount_vnd: Mapped[int] = mapped_column(Money)
    deviation: Mapped[str] = mapped_column(default="")
    test_id: Mapped[int | None] = mapped_column(ForeignKey("drug_test.id"))
    incident_id: Mapped[int | None] = mapped_column(ForeignKey("incident.id"))
    violation_id: Mapped[int | None] = mapped_column(ForeignKey("violation.id"))

    minutes_number: Mapped[str] = mapped_column(default="", server_default=EMPTY)  # of the administrative offence
    minutes_on: Mapped[date | None]

    test: Mapped[DrugTest | None] = relationship(foreign_keys=test_id)
    incident: Mapped[Any] = relationship("Incident", foreign_keys=incident_id)
    violation: Mapped[Violation | None] = relationship(foreign_keys=violation_id)

    def titled(self, name: str) -> str:
        return _("Fine of %(name)s", name=name)

    @property
    def deed(self) -> Deed:
        law = law_of(self.case)
        return Deed(self.offence, self.committed_on, self.amount_vnd, self.milder, law, self.decided_on)

    @property
    def chain_row(self) -> str:
        """The chain switches where the highest fine of the band is above the chief's ceiling."""
        return self.deed.chain or ABOVE

    @property
    def signer(self) -> Signer:
        return SIGNERS[self.chain_row]

    def misfits(self) -> Sequence[Reason]:
        named = {name: getattr(self, name) for name in NAMED}
        against = of_deed(self.deed, self.deviation, self.milder_reason, self.case)
        return [*against, *self._of_subject(), *fined_already(self.case, named, self)]

    def _of_subject(self) -> Iterator[Reason]:
        """On what it stands, and that all of it is about this person and no other decision."""
        person = self.case.person_id
        yield from of_minutes(self)
        yield from of_papers(self.offence, self.test_id, self.incident_id)
        if self.test is not None and (self.test.person_id != person or not self.test.positive):
            yield Misfit("test_id", mark("Only a positive test of this person is chosen here."))
        if self.violation is not None and self.violation.case_id != self.case_id:
            yield Misfit("violation_id", mark("This breach is not recorded in the case."))

    def refusals(self) -> list[Reason]:
        if not self.case.running:
            return [Plain(mark("The case is not open."))]
        found = [*self.misfits(), *self._against_type()]
        return [*found, *sent_up(self.deed)]

    def _against_type(self) -> Iterator[Reason]:
        """A released person's duties are fined by a band of their own, and nobody else by it."""
        released = self.case.type == CaseType.REINTEGRATION
        if self.offence in OF_DUTIES and (self.offence == Offence.RELEASED) != released:
            yield Misfit("offence", mark("This offence is not one of somebody in a case of this kind."))

    def conditions(self) -> list[Condition]:
        return of_fine(self.deed, self.refusals())

    def facts(self, paper_number: str, decided_on: date) -> dict[str, Any]:
        """The decision as the book of fines keeps it."""
        test, incident = self.test, self.incident
        return {
            "person_id": self.case.person_id, "case": self.case, "village_id": self.case.person.village_id,
            "test_id": test.id if test else None, "incident_id": incident.id if incident else None,
            "violation_id": self.violation_id, "proposal_id": self.id, "paper_number": paper_number,
            "decided_on": decided_on, "committed_on": self.committed_on, "offence": self.offence,
            "amount_vnd": self.amount_vnd, "signer": self.signer, "milder": self.milder,
            "milder_reason": self.milder_reason, "deviation": self.deviation,
        }  # fmt: skip


def of_minutes(fine: FineProposal) -> Iterator[Reason]:
    """A fine rests on the minutes of the administrative offence, which are others than those of a broken duty.

    A warning may be given without any. Source: Luật Xử lý vi phạm hành chính, Điều 56, Điều 58.
    """
    number, on = (fine.minutes_number or "").strip(), fine.minutes_on
    if fine.amount_vnd and not number:
        yield Misfit("minutes_number", NO_MINUTES)
    if bool(number) != bool(on) and (number or not fine.amount_vnd):
        yield Misfit("minutes_number" if on else "minutes_on", HALF_OF_MINUTES)
    if on and on > clock.today():
        yield Misfit("minutes_on", mark("%(day)s lies in the future."), day=on)
    elif on and on < fine.committed_on:
        yield Misfit("minutes_on", mark("The minutes cannot lie before the deed."))


def of_papers(offence: Offence, test_id: int | None, incident_id: int | None) -> Iterator[Reason]:
    """On what a fine of this kind stands."""
    if offence in OF_DUTIES and (test_id or incident_id):
        told = mark("A fine for a broken duty stands on no test and on no incident.")
        yield Misfit("test_id" if test_id else "incident_id", told)
    if offence not in OF_DUTIES and bool(test_id) == bool(incident_id):
        yield Misfit("test_id", mark("A fine stands on a test or is for an incident: please choose one of the two."))


def sent_up(deed: Deed) -> list[Reason]:
    """Why nobody of the commune signs it, where that is so."""
    if deed.chain is not None:
        return []
    try:
        refused = fines.refuse_signer(Signer.COMMUNE_CHAIR, *deed.asked)
    except NotInForceError:
        return [Plain(mark("The portal does not know the law of that day."))]
    return [*refused, Plain(SENT_UP)]


def fined_already(case: Any, named: Mapping[str, int | None], besides: FineProposal | None) -> Iterator[Misfit]:
    """A decision, or a further proposal under way, on the same test, incident or breach: also beside this case."""
    decided = decision_of(besides) if besides is not None and besides.id else None
    own = decided.id if decided is not None else 0
    for name, ask in (("test_id", _of_test), ("incident_id", _of_incident), ("violation_id", _of_violation)):
        value = named.get(name)
        number = (ask(case, value, own) or _asked(case, name, value, besides)) if value else None
        if number:
            yield Misfit(name, mark("For this deed the person is fined already: %(number)s."), number=number)
            return


def _of_test(case: Any, test_id: int, own: int) -> str | None:
    """The fine that stands on a test, or on the person for the incident at which it was taken."""
    test = db.session.get(DrugTest, test_id)
    at_incident = test.incident_id if test is not None else None
    found = FineDecision.on_test(test_id, besides=own)
    return found or (_of_incident(case, at_incident, own) if at_incident else None)


def _of_incident(case: Any, incident_id: int, own: int) -> str | None:
    return FineDecision.of_incident(case.person_id, incident_id, besides=(own, 0))


def _of_violation(case: Any, violation_id: int, own: int) -> str | None:
    fined = (one for one in case.fines if one.in_force(clock.today()) and one.id != own)
    return next((one.number for one in fined if one.violation_id == violation_id), None)


def _asked(case: Any, name: str, value: int, besides: FineProposal | None) -> str | None:
    """A further proposal on it about the person, in whatever case; once its page is registered its decision counts."""
    decided = select(FineDecision.id).where(FineDecision.proposal_id == FineProposal.id).exists()
    found = select(FineProposal).join(Case, Case.id == FineProposal.case_id).where(
        Case.person_id == case.person_id, getattr(FineProposal, name) == value,
        FineProposal.state.not_in(("rejected", "withdrawn")), FineProposal.voided_at.is_(None), ~decided,
    )  # fmt: skip
    others = db.session.scalars(found.order_by(FineProposal.id)).unique()
    return next((one.number for one in others if one is not besides), None)


def of_deed(deed: Deed, deviation: str, milder_reason: str, case: Any) -> Iterator[Reason]:
    """What the decree says against an amount, at its field."""
    if deed.committed_on > clock.today():
        yield Misfit("committed_on", mark("%(day)s lies in the future."), day=deed.committed_on)
        return
    offered = fines.milder_decree(deed.offence, deed.committed_on, clock.today(), deed.law)
    if deed.milder and offered is None:
        yield Misfit("milder", mark("The decree of the day of the decision is not milder for this deed."))
    if deed.milder and not milder_reason.strip():
        yield Misfit("milder_reason", mark("Please say why the milder decree is applied."))
    band = deed.band
    if band is None:
        yield Misfit("offence", mark("The decree of that day has no band for this offence that the portal knows."))
    elif not band.holds(deed.amount_vnd):
        minor = minors.is_minor(case.person.birth_date, deed.committed_on)
        if minor and deviation.strip():
            return
        told = fines.OUTSIDE if band.may_warn else fines.OUTSIDE_WITHOUT_WARNING
        refused = band.least.forbids(told, least=band.least.count, most=band.most.count)
        yield Misfit.by("amount_vnd", refused)
        if minor:
            yield Misfit("deviation", mark("Of a minor the amount may lie outside of the band: please say why."))
    elif deed.amount_vnd != band.middle and not deviation.strip():
        yield Misfit("deviation", mark("The middle of the band is %(usual)s đồng. Please say why another amount."),
                     usual=band.middle)  # fmt: skip


def of_fine(deed: Deed, reasons: Sequence[Reason]) -> list[Condition]:
    """The band with its clause, whose decision it is and why, and a milder decree where there is one."""
    found = [*against(reasons)]
    band = deed.band
    if band is not None:
        rule = band.least
        numbers = {"least": rule.count, "most": band.most.count, "middle": band.middle, "asked": deed.amount_vnd}
        held = "ok" if band.holds(deed.amount_vnd) else "note"
        found.append(Condition(held, "band", numbers, rule.source, rule.confirmed, rule.rule, "", rule.holds_from))
    found += _signed_by(deed)
    milder = fines.milder_decree(deed.offence, deed.committed_on, clock.today(), deed.law)
    if milder is not None:
        found.append(Condition(
            "note", "against", milder.numbers, milder.source, milder.confirmed, milder.rule, milder.message,
            milder.holds_from,
        ))  # fmt: skip
    return found


def _signed_by(deed: Deed) -> Iterator[Condition]:
    if (chain := deed.chain) is None:
        return
    if (limit := deed.limit(clock.today())) is not None:
        numbers = {"signer": SIGNERS[chain].value, "limit": limit.count}
        yield Condition(
            "ok", "ceiling", numbers, limit.source, limit.confirmed, limit.rule, holds_from=limit.holds_from
        )


def decision_of(proposal: FineProposal) -> FineDecision | None:
    """The decision in the book of fines that a proposal became."""
    return next((one for one in proposal.case.fines if one.proposal_id == proposal.id), None)
