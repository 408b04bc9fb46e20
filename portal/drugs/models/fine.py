"""Who was fined: for the use of drugs, or for breaking the duties of a sentence."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, ForeignKey, Index, and_, exists, false, or_, select, text
from sqlalchemy.ext.hybrid import hybrid_method
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.books.models import OfPerson
from portal.drugs.models.review import too_young
from portal.drugs.models.test import DrugTest, TestResult
from portal.engine import clock
from portal.engine.db import EMPTY, Money, db
from portal.engine.refusal import Misfit, Reason
from portal.engine.text import _l, mark
from portal.engine.workflow import State
from portal.law.fines import OF_DUTIES, Offence, Signer, milder_decree, outside_of_band, refuse_signer
from portal.law.rule import NotInForceError, Parameters
from portal.lawbook.queries import numbers_of
from portal.organisation.models import Unit

_HOLDS = text("voided_at IS NULL AND annulled_on IS NULL")
SECOND_FINE = mark("Two fines stood on one test: the first of them stays.")  # why an upgrade struck a fine out
SIGNER_NAMES = {
    Signer.POLICE_CHIEF: _l("Chief of the commune police"),
    Signer.COMMUNE_CHAIR: _l("Chair of the commune"),
    Signer.POLICE_SOLDIER: _l("Police soldier on duty"),
}
FINED, ANNULLED = State(_l("In force"), "done"), State(_l("Annulled"), "cancelled")


class FineDecision(OfPerson):
    """A fine: of a drug offence on a test that was positive or for an incident, on one of the two; for breaking the
    duties of a sentence in the case of that sentence, in which a fine of another kind may count as well.

    *annulled_on* is the first day on which it holds no more. Without an amount (0) it is a warning. *milder*: the deed
    is fined by the decree of the decision, which is milder than that of its day.
    """

    parent = "case"  # where it counts in one
    prefix = "XP"
    dated = "decided_on"
    searched = ("full_name", "paper_number")
    sensitive = OfPerson.sensitive | {"paper_number", "deviation", "annulment_reason", "person_id", "milder_reason"}

    village_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), index=True)
    test_id: Mapped[int | None] = mapped_column(ForeignKey("drug_test.id"), index=True)
    incident_id: Mapped[int | None] = mapped_column(ForeignKey("incident.id"), index=True)
    paper_number: Mapped[str] = mapped_column(default="")
    decided_on: Mapped[date] = mapped_column(index=True)
    amount_vnd: Mapped[int] = mapped_column(Money)
    deviation: Mapped[str] = mapped_column(default="")  # why the amount is not the middle of the band of the decree
    signer: Mapped[Signer | None]  # in which office it was signed; of old fines nobody wrote it down
    offence: Mapped[Offence] = mapped_column(default=Offence.DRUG_USE, server_default=Offence.DRUG_USE.value)
    committed_on: Mapped[date | None]  # the day of the deed, where neither a test nor an incident tells it
    milder: Mapped[bool] = mapped_column(default=False, server_default=false())
    milder_reason: Mapped[str] = mapped_column(default="", server_default=EMPTY)
    case_id: Mapped[int | None] = mapped_column(ForeignKey("case.id"), index=True)  # in which it counts
    violation_id: Mapped[int | None] = mapped_column(ForeignKey("violation.id"))  # the breach that was fined
    proposal_id: Mapped[int | None] = mapped_column(ForeignKey("proposal.id"))  # by which it was decided
    annulled_on: Mapped[date | None]
    annulment_reason: Mapped[str] = mapped_column(default="")

    village: Mapped[Unit | None] = relationship(foreign_keys=village_id, lazy="joined")
    test: Mapped[DrugTest | None] = relationship(back_populates="fines")
    incident: Mapped[Any] = relationship("Incident", foreign_keys=incident_id)
    case: Mapped[Any] = relationship("Case", foreign_keys=case_id, back_populates="fines")

    @classmethod
    def more_table_args(cls) -> tuple[Any, ...]:
        return (
            Index("uq_fine_in_force", "test_id", unique=True, sqlite_where=_HOLDS, postgresql_where=_HOLDS),
            Index("uq_fine_of_proposal", "proposal_id", unique=True),
        )

    def __init__(self, **facts: Any) -> None:
        """Who was fined on a test is whoever was tested; what was fined, unless it is said, is the use of drugs."""
        facts["offence"] = facts.get("offence") or Offence.DRUG_USE
        if facts.get("test_id") and not facts.get("person_id"):
            tested = db.session.get_one(DrugTest, facts["test_id"])
            facts = {"person_id": tested.person_id, **{name: facts[name] for name in facts if name != "person_id"}}
        super().__init__(**facts)

    def take(self, facts: Mapping[str, Any]) -> None:
        super().take({**facts, "offence": facts.get("offence") or self.offence})

    @property
    def misfits(self) -> Iterable[Reason]:
        yield from self._misfits_of_subject()
        yield from self._misfits_of_test()
        yield from self._misfits_of_decree()
        yield from too_young(self, self.decided_on)
        if not self.deviation:
            outside = outside_of_band(self.amount_vnd, self.band_day, self._law, self.offence)
            yield from (Misfit.by("amount_vnd", one) for one in outside)
        yield from (Misfit.by("signer", one) for one in self._against_signer())
        if self.annulled_on and self.annulled_on < self.decided_on:
            yield Misfit("annulled_on", mark("It cannot be annulled before it was decided."))
        if self.annulled_on and not self.annulment_reason:
            yield Misfit("annulment_reason", mark("Please say why it was annulled."))
        if self.annulment_reason and not self.annulled_on:
            yield Misfit("annulled_on", mark("Please give the day on which it was annulled."))

    @property
    def used_on(self) -> date:
        """The day of the deed: that which was written down, else of the test, of the incident or of the decision."""
        if self.committed_on is not None:
            return self.committed_on
        test = self.test or (db.session.get(DrugTest, self.test_id) if self.test_id else None)
        if test is not None:
            return test.taken_on
        incident = self.incident or self._incident()
        return incident.day if incident is not None else self.decided_on

    @property
    def band_day(self) -> date:
        """The day by whose decree the deed is fined: its own or, where that of the decision is milder, that one."""
        return self.decided_on if self.milder else self.used_on

    @property
    def _law(self) -> Parameters:
        """The decrees as they hold, and are read, in the commune."""
        return numbers_of(self.commune_id, "fines")

    def _incident(self) -> Any:
        kind = type(self).incident.property.mapper.class_
        return db.session.get(kind, self.incident_id) if self.incident_id else None

    def _case(self) -> Any:
        kind = type(self).case.property.mapper.class_
        return db.session.get(kind, self.case_id) if self.case_id else None

    def _against_signer(self) -> Iterable[Reason]:
        """Up to which amount whoever signs may fine, by the decree of the decision (NĐ 144/2021, NĐ 282/2025)."""
        if self.signer is None:
            return ()
        try:
            return refuse_signer(self.signer, self.offence, self.amount_vnd, self.band_day, self.decided_on, self._law)
        except NotInForceError:
            return ()  # before the decree of 2021 nobody wrote the ceilings down

    def _misfits_of_subject(self) -> Iterable[Reason]:
        """On what it stands: a drug offence on a test or an incident, a broken duty in the case of the sentence."""
        case = self.case or self._case()
        if case is not None and case.person_id != self.person_id and case.person is not self.person:
            yield Misfit("case_id", mark("This case is somebody else's."))
        if self.committed_on and self.decided_on < self.committed_on:
            yield Misfit("committed_on", mark("Nobody is fined before the deed."))
        if self.offence in OF_DUTIES:
            if case is None:
                yield Misfit("case_id", mark("Please choose the case whose duties were broken."))
            if self.test_id or self.incident_id:
                told = mark("A fine for a broken duty stands on no test and on no incident.")
                yield Misfit("test_id" if self.test_id else "incident_id", told)
            return
        if bool(self.test_id) == bool(self.incident_id):
            chosen = mark("A fine stands on a test or is for an incident: please choose one of the two.")
            yield from (Misfit(field, chosen) for field in ("test_id", "incident_id"))

    def _misfits_of_decree(self) -> Iterable[Reason]:
        if self.milder and milder_decree(self.offence, self.used_on, self.decided_on, self._law) is None:
            yield Misfit("milder", mark("The decree of the day of the decision is not milder for this deed."))
        if self.milder and not self.milder_reason:
            yield Misfit("milder_reason", mark("Please say why the milder decree is applied."))

    def _misfits_of_test(self) -> Iterable[Reason]:
        test = db.session.get(DrugTest, self.test_id) if self.test_id else None
        if self.in_force(clock.today()) and (other := self._other_of_incident(test)):
            told = mark("For this incident the same person was fined already: %(number)s.")
            yield Misfit("incident_id" if self.incident_id else "test_id", told, number=other)
        if test is None:
            return
        if test.person_id != self.person_id and test.person is not self.person:
            yield Misfit("test_id", mark("This test is somebody else's."))
        if not self.in_force(clock.today()):
            return  # it holds no more, whatever became of the test
        if test.voided_at is not None:
            yield Misfit("test_id", mark("This test is struck out."))
        if other := self.on_test(test.id, besides=self.id or 0):
            yield Misfit("test_id", mark("A fine stands on this test already: %(number)s."), number=other)
        if test.result != TestResult.POSITIVE:
            yield Misfit("test_id", mark("This test is not positive."))
        if self.decided_on < test.taken_on:
            yield Misfit("decided_on", mark("Nobody is fined on a test before it was taken."))

    @classmethod
    def on_test(cls, test_id: int, besides: int = 0) -> str | None:
        """The number of the fine that is in force on a test, save the one with that id."""
        on_test = select(cls.number).where(cls.test_id == test_id, cls.id != besides)
        return db.session.scalar(on_test.where(cls.in_force(clock.today())))

    def _other_of_incident(self, test: DrugTest | None) -> str | None:
        """The number of another fine on the same person for the same incident, or for that at which the test was."""
        incident_id = self.incident_id or (test.incident_id if test else None)
        if not incident_id or self.person.id is None:
            return None
        return self.of_incident(self.person.id, incident_id, besides=(self.id or 0, self.test_id or 0))

    @classmethod
    def of_incident(cls, person_id: int, incident_id: int, besides: tuple[int, int] = (0, 0)) -> str | None:
        """The number of the fine that is in force on a person for an incident, or on a test at it.

        *besides* are the id of a fine and that of a test whose fines are left out.
        """
        fine, test = besides
        held = cls.person_id == person_id, cls.in_force(clock.today()), cls.id != fine
        at_it = exists().where(DrugTest.id == cls.test_id, DrugTest.incident_id == incident_id, DrugTest.id != test)
        found = select(cls.number).where(*held, or_(cls.incident_id == incident_id, at_it))
        return db.session.scalar(found.order_by(cls.id).limit(1))

    @hybrid_method
    def in_force(self, day: date) -> bool:
        """Whether it holds at the end of a day: neither struck out nor annulled by then."""
        return self.voided_at is None and (self.annulled_on is None or self.annulled_on > day)

    @in_force.inplace.expression  # type: ignore[attr-defined, untyped-decorator]
    @classmethod
    def _in_force(cls, day: date) -> ColumnElement[bool]:
        return and_(cls.voided_at.is_(None), or_(cls.annulled_on.is_(None), cls.annulled_on > day))

    @property
    def standing(self) -> State:
        return FINED if self.in_force(clock.today()) else ANNULLED
