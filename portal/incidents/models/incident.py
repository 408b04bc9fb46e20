"""Incidents: what happened in the commune, to whom, who found it and what became of it."""

from collections.abc import Iterable, Sequence
from datetime import date, time
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, ForeignKey, func
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.books.models import Entry, Part
from portal.engine import clock
from portal.engine.db import Money
from portal.engine.refusal import Misfit, Plain, Reason
from portal.engine.text import mark
from portal.engine.workflow import State
from portal.incidents.models.words import (
    OUTCOME_NAMES,
    Agency,
    Harm,
    IncidentKind,
    IncidentRole,
    Offence,
    Outcome,
    Substance,
    VehicleKind,
)
from portal.law.competence import DISTRICT_POLICE_ENDED
from portal.organisation.models import Unit
from portal.people.models import NAME_GONE, PSEUDONYM, Person

if TYPE_CHECKING:
    from portal.incidents.models.observation import Observation


LEAST_AGE = 6  # years: nobody younger is written down as a subject but by a slip of the pen
MOST_YEARS_HIDDEN = 50  # between what happened and its detection


class Incident(Entry):
    """A crime or violation, an accident, a fire. Its day is that on which it happened, else that of its detection.

    *detected_by* is the leading force of those that found it, and empty until somebody says it; *outcome_on* is the day
    on which it came to its outcome.
    """

    prefix = "VV"
    dated = "day"
    searched = ("location", "text")
    protected = True
    sensitive = frozenset({"location", "text", "cause", "agencies", "folded"})

    kind: Mapped[IncidentKind]
    category: Mapped[Offence | None]
    occurred_on: Mapped[date | None] = mapped_column(index=True)
    happened_at: Mapped[time | None]
    detected_on: Mapped[date] = mapped_column(default=clock.today, index=True)
    village_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    location: Mapped[str] = mapped_column(default="")
    text: Mapped[str]
    cause: Mapped[str] = mapped_column(default="")
    detected_by: Mapped[Agency | None]
    received_by: Mapped[Agency | None]
    handled_by: Mapped[Agency | None]
    agencies: Mapped[str] = mapped_column(default="")  # which ones these are by name, and who worked with them
    outcome: Mapped[Outcome] = mapped_column(default=Outcome.PENDING)
    outcome_on: Mapped[date | None]
    deaths: Mapped[int] = mapped_column(default=0)
    injured: Mapped[int] = mapped_column(default=0)
    property_vnd: Mapped[int | None] = mapped_column(Money)  # nobody valued it yet where it is empty

    village: Mapped[Unit] = relationship(foreign_keys=village_id, lazy="joined")
    persons: Mapped[list["IncidentPerson"]] = relationship(back_populates="incident", order_by="IncidentPerson.id")
    seizures: Mapped[list["Seizure"]] = relationship(back_populates="incident", order_by="Seizure.id")
    vehicles: Mapped[list["IncidentVehicle"]] = relationship(back_populates="incident", order_by="IncidentVehicle.id")
    observations: Mapped[list["Observation"]] = relationship(
        back_populates="incident", foreign_keys="Observation.incident_id", order_by="Observation.id"
    )

    def __init__(self, **facts: Any) -> None:
        """What nobody typed in a hurry is known from its first moment, so that it can be checked with the rest."""
        for name, value in (("detected_on", clock.today()), ("outcome", Outcome.PENDING)):
            facts[name] = facts.get(name) or value
        super().__init__(**facts)

    @hybrid_property
    def day(self) -> date:
        """The day by which it is counted."""
        return self.occurred_on or self.detected_on

    @day.inplace.expression
    @classmethod
    def _day(cls) -> ColumnElement[date]:
        return func.coalesce(cls.occurred_on, cls.detected_on)

    @property
    def spared(self) -> Sequence[str]:
        """An offence is named of security incidents alone."""
        return () if self.kind == IncidentKind.SECURITY else ("category",)

    @property
    def against_files(self) -> Sequence[Reason]:
        return (Plain(mark("The incident is struck out.")),) if self.voided_at is not None else ()

    @property
    def standing(self) -> State:
        pending = self.outcome == Outcome.PENDING
        return State(OUTCOME_NAMES[self.outcome], "active" if pending else "done")

    @property
    def misfits(self) -> Iterable[Reason]:
        if self.category and self.kind != IncidentKind.SECURITY:
            yield Misfit("category", mark("Only a security incident has an offence. Leave it empty here."))
        yield from self._misfits_of_days()
        yield from self._misfits_of_outcome()

    def _misfits_of_days(self) -> Iterable[Reason]:
        today = clock.today()
        for name in ("occurred_on", "detected_on"):
            if (day := getattr(self, name)) and day > today:
                yield Misfit(name, mark("The day lies in the future."))
        if self.occurred_on and self.detected_on.year - self.occurred_on.year > MOST_YEARS_HIDDEN:
            told = mark("This lies more than %(years)s years before it was detected. Please look at the year.")
            yield Misfit("occurred_on", told, years=MOST_YEARS_HIDDEN)
        if self.occurred_on and self.detected_on < self.occurred_on:
            yield Misfit("detected_on", mark("It cannot be detected before it happened."))
        for name in ("detected_by", "received_by"):
            if getattr(self, name) == Agency.DISTRICT_POLICE and self.detected_on >= DISTRICT_POLICE_ENDED:
                told = mark("There are no district police since %(day)s. Please choose who does their work now.")
                yield Misfit(name, told, day=DISTRICT_POLICE_ENDED)
        if self.happened_at and self.day == today and clock.at(today, self.happened_at) > clock.now():
            yield Misfit("happened_at", mark("This hour is still to come."))

    def _misfits_of_outcome(self) -> Iterable[Reason]:
        if self.outcome == Outcome.PENDING:
            if self.outcome_on:
                yield Misfit("outcome_on", mark("A day stands here only once there is an outcome."))
        elif self.outcome_on is None:
            yield Misfit("outcome_on", mark("Please give the day of the outcome."))
        elif self.outcome_on < self.day:
            yield Misfit("outcome_on", mark("The outcome cannot come before the incident."))
        elif self.outcome_on > clock.today():
            yield Misfit("outcome_on", mark("The day lies in the future."))


class IncidentPerson(Part):
    """Somebody who had a part in an incident. One who has a file is linked to it, and counts once."""

    parent = "incident"
    protected = True
    sensitive = frozenset({"full_name", "birth_year", "residence", "person_id", "note"})

    incident_id: Mapped[int] = mapped_column(ForeignKey("incident.id"), index=True)
    role: Mapped[IncidentRole]
    full_name: Mapped[str]
    birth_year: Mapped[int | None]
    residence: Mapped[str] = mapped_column(default="")
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    note: Mapped[str] = mapped_column(default="")

    incident: Mapped[Incident] = relationship(back_populates="persons")
    person: Mapped[Person | None] = relationship(foreign_keys=person_id)

    @property
    def against_mending(self) -> Sequence[Reason]:
        gone = self.full_name.startswith(PSEUDONYM) or (self.person is not None and self.person.forgotten_on)
        return (Plain(NAME_GONE),) if gone else ()

    @property
    def misfits(self) -> Iterable[Reason]:
        if self.birth_year and self.birth_year > self.incident.day.year:
            yield Misfit("birth_year", mark("Nobody is born after the incident."))
        elif self.birth_year and self.role == IncidentRole.SUBJECT and self._age < LEAST_AGE:
            yield Misfit("birth_year", mark("A child of %(age)s is no subject of an incident."), age=self._age)
        others = (one for one in self.incident.persons if one is not self and one.voided_at is None)
        if self.person_id and any(one.person_id == self.person_id and one.role == self.role for one in others):
            yield Misfit("person_id", mark("This person is written down here already in this role."))

    @property
    def _age(self) -> int:
        """How old they were in the year of the incident."""
        return self.incident.day.year - (self.birth_year or 0)


class Seizure(Part):
    """What was seized: a substance by its weight in thousandths of a gram, or something else in words."""

    parent = "incident"
    sensitive = frozenset({"text"})

    incident_id: Mapped[int] = mapped_column(ForeignKey("incident.id"), index=True)
    substance: Mapped[Substance]
    grams: Mapped[int | None] = mapped_column(Money)  # thousandths of a gram
    text: Mapped[str] = mapped_column(default="")

    incident: Mapped[Incident] = relationship(back_populates="seizures")

    @property
    def misfits(self) -> Iterable[Reason]:
        if self.grams is None and not self.text:
            yield Misfit("grams", mark("Please write how many grams, or what it is in words."))
        if self.grams == 0:
            yield Misfit("grams", mark("Nothing is seized at 0 grams. Leave it empty where it was not weighed."))
        if self.substance == Substance.OTHER and not self.text:
            yield Misfit("text", mark("Please write what was seized."))


class IncidentVehicle(Part):
    """Vehicles of one kind that an incident touched, and in which state it left them."""

    parent = "incident"

    incident_id: Mapped[int] = mapped_column(ForeignKey("incident.id"), index=True)
    kind: Mapped[VehicleKind]
    quantity: Mapped[int] = mapped_column(default=1)
    harm: Mapped[Harm]

    incident: Mapped[Incident] = relationship(back_populates="vehicles")
