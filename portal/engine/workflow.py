"""Workflows as data: states, transitions, guards. Who may take a transition is a row of the access table."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, ClassVar, Literal

from flask import current_app
from sqlalchemy import ColumnElement, ForeignKey, Index, exists, or_, select
from sqlalchemy.orm import Mapped, aliased, mapped_column

from portal.engine import access, audit, clock
from portal.engine.access import Actor
from portal.engine.db import Base, Kept, base_of, db
from portal.engine.refusal import Conflict, Forbidden, Plain, Reason, Refused, Unsaid
from portal.engine.text import mark as _
from portal.engine.transaction import read_at_one_moment

Guard = Callable[[Any], Sequence[Reason]]


def nothing_against(_record: Any) -> Sequence[Reason]:
    return ()


def always(_record: Any) -> bool:
    return True


Shape = Literal[
    "todo", "waiting", "active", "right", "soon", "overdue", "returned", "done", "paused", "cancelled",
    "none",  # of what its reader is told no state
]  # fmt: skip


@dataclass(frozen=True)
class State:
    """A state with its label and the shape that stands for it."""

    label: Any
    shape: Shape


@dataclass(frozen=True)
class Words:
    """What is written with a step: the label of its field, and what is said where nothing was written."""

    label: str
    missing: str


REASON = Words(_("Reason"), _("Please give the reason."))


@dataclass(frozen=True)
class Transition:
    """One step of a workflow. Its name is an action of the access table.

    *story* tells it as a sentence, with %(who)s; *applies* says whether the step exists for this record at all;
    *guard* gives the reasons against it, which the page shows instead of a button. A step that *needs_reason* asks for
    *words*: why, or what came of it. *four_eyes* closes it to whoever
    wrote the record or had a part in it since the last step that let it begin *anew*, and to those who act for them;
    *stand_in* opens it to a deputy of theirs again, where the step decides nothing. A step that *asks* puts a new
    question to a second person: whoever takes it is to that question what the author is to the record. One without
    sources is never offered: a deed of its own does it, and has it told (`Workflow.tell`). One that *binds* not decides
    nothing on the record: to have taken it is no part in it.
    """

    name: str
    label: Any
    sources: tuple[str, ...]
    target: str
    story: Any
    guard: Guard = nothing_against
    applies: Callable[[Any], bool] = always
    needs_reason: bool = False
    words: Words = REASON
    four_eyes: bool = False
    stand_in: bool = False
    anew: bool = False
    asks: bool = False
    binds: bool = True
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
    capacity: Mapped[str] = mapped_column(default="")  # with which they sign: "", KT, TL, TUQ, Q
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
class Looked:
    """What a look that costs much (`Area.last_looks`) found against a step, at a version of the record."""

    version: int
    reasons: Sequence[Reason]


@dataclass(frozen=True)
class Workflow:
    """The states of a record type and the transitions between them."""

    states: Mapping[str, State]
    transitions: tuple[Transition, ...]

    def named(self, name: str) -> Transition | None:
        return next((one for one in self.transitions if one.name == name), None)

    @property
    def names(self) -> tuple[str, ...]:
        """The steps, by the names of their rights."""
        return tuple(one.name for one in self.transitions)

    @property
    def asking(self) -> tuple[str, ...]:
        """The names of the steps that put a question to a second person."""
        return tuple(one.name for one in self.transitions if one.asks)

    def offers(self, user: Actor, record: Kept, allowed: frozenset[str] | None = None) -> list[Offer]:
        """What this user can do now: the buttons of the page, and what a rule blocks.

        *allowed* are the user's rights in the record, where the page has asked for them already.
        """
        standing = [one for one in self.transitions if _stands_open(one, record)]
        if allowed is None:
            allowed = access.rights(user, record, [one.name for one in standing])
        offered = [one for one in standing if one.name in allowed]
        had_a_part = bound(record) if any(one.four_eyes for one in offered) else set()
        return [Offer(one, tuple(one.guard(record))) for one in offered if not _acted_before(user, one, had_a_part)]

    def barred(self, user: Actor, record: Kept) -> bool:
        """Whether a step stands open that this user could take, had they no part in the record themselves."""
        standing = [one for one in self.transitions if one.four_eyes and _stands_open(one, record)]
        allowed = access.rights(user, record, [one.name for one in standing])
        had_a_part = bound(record) if allowed else set()
        return any(one.name in allowed and _acted_before(user, one, had_a_part) for one in standing)

    def open_to(self, user: Actor, record: Kept) -> list[Transition]:
        return [offer.transition for offer in self.offers(user, record) if offer.open]

    def is_open_to(self, user: Actor, record: Kept, name: str) -> bool:
        """Whether this user can take a step now. A page that asks once more is not shown where it would be refused."""
        return any(one.name == name for one in self.open_to(user, record))

    def look_ahead(self, name: str, record: Any, user: Actor, version: int | None = None) -> Looked | None:
        """What costs much is looked at before the write lock is taken; `take` is given it.

        None where nobody has to look, and where the step is not this user's now at the *version* shown: why, `take`
        tells. All of it is read as it stands at one moment.
        """
        look = _last_looks().get((record.kind_of_record, name))
        if look is None:
            return None
        read_at_one_moment()
        if version not in (None, record.version) or not self.is_open_to(user, record, name):
            return None
        at = record.version
        return Looked(at, look(record))

    def take(
        self, name: str, record: Any, user: Actor, reason: str = "", version: int | None = None,
        looked: Looked | None = None,
    ) -> Step:  # fmt: skip
        """Move the record on, or raise Refused and change nothing.

        *version* is the one that the page showed: what was decided is what was read. What was *looked* at ahead holds
        as long as the record is at that version; else it is looked at here. Raises Forbidden if the step is
        not this user's, Conflict if the record has moved on (also where the right to the step ended with the state
        that the page showed), Refused with the law's reasons if a rule blocks it.
        """
        chosen = self.named(name)
        if chosen is None:
            raise Forbidden(Plain(_("There is no such step.")), wanted=name, record=record)
        moved_on = Conflict(record, Plain(_("The record has moved on since this page was opened.")))
        stale = version is not None and version != record.version
        if not access.may(user, name, record):
            if stale and access.holds(user, name, type(record)):
                raise moved_on
            raise Forbidden(Plain(_("This step belongs to somebody else.")), wanted=name, record=record)
        if stale or not _stands_open(chosen, record):
            raise moved_on
        if _acted_before(user, chosen, bound(record) if chosen.four_eyes else set()):
            why = Plain(_("Nobody decides on what they wrote or endorsed themselves."))
            raise Forbidden(why, wanted=name, record=record)
        if chosen.needs_reason and not reason.strip():
            raise Unsaid(Plain(chosen.words.missing))
        if reasons := chosen.guard(record) or _last_look(name, record, looked):
            raise Refused(*reasons)
        return self._move(chosen, record, user, reason.strip())

    def follow(self, name: str, record: Any, user: Actor | None) -> Step:
        """Take a step that follows by itself from what *user* did: nobody presses it, so the table is not asked.

        Without anybody it follows from the time that has passed, and `moved` is told of nobody. Raises LookupError
        where it does not stand open: whoever lets it follow has to know.
        """
        chosen = self.named(name)
        if chosen is None or not _stands_open(chosen, record):
            raise LookupError(f"{name} does not follow for {record.kind_of_record} {record.id}.")
        return self._move(chosen, record, user, "")

    def tell(self, name: str, record: Any, user: Actor | None, reason: str = "") -> Step:
        """Keep a deed that moves the record nowhere as a step of its story. Its own action has done it; of nobody's,
        time has."""
        chosen = next(one for one in self.transitions if one.name == name)
        return self._move(replace(chosen, target=record.state), record, user, reason.strip())

    def _move(self, chosen: Transition, record: Any, user: Actor | None, reason: str) -> Step:
        acting = user.acting if user else None
        step = Step(
            record_type=record.kind_of_record,
            record_id=record.id,
            name=chosen.name,
            from_state=record.state,
            to_state=chosen.target,
            reason=reason,
            at=db.session.info["writer"].at,
            by_id=user.id if user else None,
            role=str(acting.role) if acting else "",
            unit_id=acting.unit_id if acting else None,
            on_behalf_of_id=acting.on_behalf_of_id if acting else None,
            capacity=acting.capacity if acting else "",
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

    def brought_in(self, words: str) -> None:
        """Keep what the last step said, of a record that an import brings in its state. Most keep it in the step."""

    @property
    def standing(self) -> State:
        return self.workflow.states[self.state]


def _stands_open(transition: Transition, record: Any) -> bool:
    return record.state in transition.sources and transition.applies(record) and record.voided_at is None


def steps_of(record: Kept) -> Sequence[Step]:
    return db.session.scalars(
        select(Step)
        .where(Step.record_type == record.kind_of_record, Step.record_id == record.id)
        .order_by(Step.at, Step.id)
    ).all()


def taken_at(record: Kept, *names: str) -> datetime | None:
    """When a record last took one of some steps."""
    return next((one.at for one in reversed(steps_of(record)) if one.name in names), None)


def latest_step(record: Kept) -> Step | None:
    """The step by which a record became what it is, if it was one: nothing was changed after it."""
    of = Step.record_type == record.kind_of_record, Step.record_id == record.id, Step.at == record.changed_at
    return db.session.scalar(select(Step).where(*of).order_by(Step.id.desc()).limit(1))


def bound(record: Kept) -> set[int]:
    """Whoever wrote the record or had a part in its present round, and those for whom they did.

    A round ends with a step that lets the record begin anew: who returned a proposal may decide on what comes back.
    A step that asks ends it as well: who confirmed something may answer whether it is to be taken back, but neither
    whoever asks nor the one in whose name they do.
    """
    people: set[int | None] = {record.created_by_id}
    for step in steps_of(record):
        taken = record.workflow.named(step.name)
        if taken and not taken.binds:
            continue
        if taken and taken.asks:
            people = {step.by_id, step.on_behalf_of_id}
        elif taken and taken.anew:
            people = {record.created_by_id}
        else:
            people |= {step.by_id, step.on_behalf_of_id}
    return {person for person in people if person is not None}


def bound_among(kind: type[Any], people: Collection[int]) -> ColumnElement[bool]:
    """The same as a condition of many records: those in which one of some people is bound.

    Of a kind whose workflow has no step that asks; there a round begins with the asking.
    """
    anew = [one.name for one in kind.workflow.transitions if one.anew]
    loose = [one.name for one in kind.workflow.transitions if not one.binds]
    later = aliased(Step)
    round_over = exists().where(
        later.record_type == Step.record_type, later.record_id == Step.record_id, later.name.in_(anew),
        later.id >= Step.id,
    )  # fmt: skip
    took = exists().where(
        Step.record_type == base_of(kind).__tablename__, Step.record_id == kind.id, Step.name.not_in(loose),
        or_(Step.by_id.in_(people), Step.on_behalf_of_id.in_(people)), ~round_over,
    )  # fmt: skip
    return or_(kind.created_by_id.in_(people), took)


def _last_look(name: str, record: Kept, looked: Looked | None) -> Sequence[Reason]:
    """What a room asks once a step is taken (`Area.last_looks`): it costs too much to be asked for each page."""
    if looked is not None and looked.version == record.version:
        return looked.reasons
    return _last_looks().get((record.kind_of_record, name), nothing_against)(record)


def _last_looks() -> Mapping[tuple[str, str], Guard]:
    looks: Mapping[tuple[str, str], Guard] = current_app.extensions["last_looks"]
    return looks


def _acted_before(user: Actor, transition: Transition, had_a_part: set[int]) -> bool:
    """Whether the user, or the one they act for, is bound where a step wants four eyes.

    It asks for persons, not for roles: a deputy's grant and a second role of one's own change nothing.
    """
    acting_for = user.acting.on_behalf_of_id if user.acting and not transition.stand_in else None
    return transition.four_eyes and bool({user.id, acting_for} & had_a_part)
