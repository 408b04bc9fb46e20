"""Workflows as data: states, transitions, guards. Who may take a transition is a row of the access table."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import ForeignKey, Index, select
from sqlalchemy.orm import Mapped, mapped_column

from portal.engine import access, audit, clock
from portal.engine.access import Actor
from portal.engine.db import Base, Kept, db
from portal.engine.refusal import Conflict, Forbidden, Plain, Reason, Refused
from portal.engine.text import mark as _

Guard = Callable[[Any], Sequence[Reason]]


def nothing_against(_record: Any) -> Sequence[Reason]:
    return ()


def always(_record: Any) -> bool:
    return True


@dataclass(frozen=True)
class State:
    """A state with its label and the one of the ten shapes that stands for it."""

    label: Any
    shape: str  # todo waiting active right soon overdue returned done paused cancelled


@dataclass(frozen=True)
class Transition:
    """One step of a workflow. Its name is an action of the access table.

    *story* tells it as a sentence, with %(who)s; *applies* says whether the step exists for this record at all;
    *guard* gives the reasons against it, which the page shows instead of a button.
    """

    name: str
    label: Any
    sources: tuple[str, ...]
    target: str
    story: Any
    guard: Guard = nothing_against
    applies: Callable[[Any], bool] = always
    needs_reason: bool = False
    four_eyes: bool = False
    danger: bool = False
    help: Any = ""


class Step(Base):
    """A transition that was taken: who, as whom, when and why. It never changes."""

    __table_args__ = (Index("ix_step_of", "record_type", "record_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    record_type: Mapped[str]
    record_id: Mapped[int]
    name: Mapped[str]
    from_state: Mapped[str]
    to_state: Mapped[str]
    reason: Mapped[str] = mapped_column(default="")
    at: Mapped[datetime] = mapped_column(default=clock.now)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    role: Mapped[str] = mapped_column(default="")
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    on_behalf_of_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    record_version: Mapped[int]  # the version that was looked at when the step was taken


@dataclass(frozen=True)
class Offer:
    """A transition as a page shows it: a button, or the reasons why the law forbids it."""

    transition: Transition
    refusals: Sequence[Reason] = ()

    @property
    def open(self) -> bool:
        return not self.refusals


@dataclass(frozen=True)
class Workflow:
    """The states of a record type and the transitions between them."""

    states: Mapping[str, State]
    transitions: tuple[Transition, ...]

    def named(self, name: str) -> Transition | None:
        return next((one for one in self.transitions if one.name == name), None)

    def offers(self, user: Actor, record: Kept) -> list[Offer]:
        """What this user can do now: the buttons of the page, and what a rule blocks."""
        return [
            Offer(one, tuple(one.guard(record)))
            for one in self.transitions
            if _stands_open(one, record) and _allowed(one, user, record)
        ]

    def open_to(self, user: Actor, record: Kept) -> list[Transition]:
        return [offer.transition for offer in self.offers(user, record) if offer.open]

    def take(self, name: str, record: Any, user: Actor, reason: str = "", version: int | None = None) -> Step:
        """Move the record on, or raise Refused and change nothing.

        *version* is the one that the page showed: what was decided is what was read. Raises Conflict if the record has
        moved on, Forbidden if the step is not this user's, Refused with the law's reasons if a rule blocks it.
        """
        chosen = self.named(name)
        if chosen is None:
            raise Forbidden(Plain(_("There is no such step.")), wanted=name, record=record)
        if not access.may(user, name, record):
            raise Forbidden(Plain(_("This step belongs to somebody else.")), wanted=name, record=record)
        if not _stands_open(chosen, record) or (version is not None and version != record.version):
            raise Conflict(record, Plain(_("The record has moved on since this page was opened.")))
        if chosen.four_eyes and _acted_before(user, record):
            why = Plain(_("Nobody decides on what they wrote or endorsed themselves."))
            raise Forbidden(why, wanted=name, record=record)
        if chosen.needs_reason and not reason.strip():
            raise Refused(Plain(_("Please give the reason.")))
        if reasons := chosen.guard(record):
            raise Refused(*reasons)
        return self._move(chosen, record, user, reason.strip())

    def _move(self, chosen: Transition, record: Any, user: Actor, reason: str) -> Step:
        acting = user.acting
        step = Step(
            record_type=record.kind_of_record,
            record_id=record.id,
            name=chosen.name,
            from_state=record.state,
            to_state=chosen.target,
            reason=reason,
            by_id=user.id,
            role=str(acting.role) if acting else "",
            unit_id=acting.unit_id if acting else None,
            on_behalf_of_id=acting.on_behalf_of_id if acting else None,
            record_version=record.version,
        )
        db.session.add(step)
        record.state = chosen.target
        audit.note(chosen.name, record, **({"reason": "#" + audit.digest(reason)} if reason else {}))
        record.moved(chosen.name, user)
        db.session.flush()
        return step


class Moves:
    """Mixed into records with a workflow: their state, their label, and what follows from a step."""

    workflow: ClassVar[Workflow]
    state: Any

    def moved(self, transition: str, actor: Actor) -> None:
        """Do what follows from a transition that was just taken. Most records have nothing to do."""

    @property
    def standing(self) -> State:
        return self.workflow.states[self.state]


def _stands_open(transition: Transition, record: Any) -> bool:
    return record.state in transition.sources and transition.applies(record) and record.voided_at is None


def _allowed(transition: Transition, user: Actor, record: Kept) -> bool:
    if transition.four_eyes and _acted_before(user, record):
        return False
    return access.may(user, transition.name, record)


def steps_of(record: Kept) -> Sequence[Step]:
    return db.session.scalars(
        select(Step)
        .where(Step.record_type == record.kind_of_record, Step.record_id == record.id)
        .order_by(Step.at, Step.id)
    ).all()


def _acted_before(user: Actor, record: Kept) -> bool:
    """Whether the user, or the one they act for, wrote the record or took a step of it.

    It asks for persons, not for roles: a deputy's grant and a second role of one's own change nothing.
    """
    mine = {user.id, user.acting.on_behalf_of_id if user.acting else None} - {None}
    theirs: Iterable[int | None] = (
        record.created_by_id,
        *(person for step in steps_of(record) for person in (step.by_id, step.on_behalf_of_id)),
    )
    return bool(mine & set(theirs))
