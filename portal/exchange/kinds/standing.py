"""How a record stands: its state, since when, by whom and with which words, as columns of its sheet.

A state beyond the first was brought about by somebody, often by two people. It comes in as it is by the command alone:
whoever runs it has the machine. Nobody brings in another's signature by a page.
"""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import aliased
from wtforms.fields.core import UnboundField

from portal.engine import clock
from portal.engine.db import base_of, db
from portal.engine.forms import Choice, Day, Form, Line, Optional, Paragraphs, not_in_the_future
from portal.engine.refusal import Misfit, Refused
from portal.engine.text import _l, mark
from portal.engine.workflow import Step, Transition, Workflow
from portal.exchange.bringing import Bringing
from portal.exchange.kinds.rows import BY_COMMAND
from portal.exchange.references import STILL_TO_COME, Reference
from portal.exchange.sheet import Facts, Field, Kind
from portal.organisation.models import Role

ONLY_THE_CHIEF = mark("Of what this sheet holds only the chief of police brings anything in.")
NAMES = ("state", "stands_since", "brought_by", "words")
AUTHOR = _l("Written down by")
_STATE, _SINCE, _BY, _WORDS = _l("State"), _l("In this state since"), _l("Brought there by"), _l("With these words")
_OF_AUTHOR = _l("The user name of an account. Only the command brings in what somebody else wrote down.")


class OfAuthor(Form):
    """The column of who wrote a record down."""

    author = Line(AUTHOR, [Optional()], description=_OF_AUTHOR)


def author_field(known: Mapping[str, Reference]) -> Field:
    return Field("author", AUTHOR, Kind.REFERENCE, _OF_AUTHOR, reference=known["user"])


def fields_of_state(workflow: Workflow, known: Mapping[str, Reference], *, default: bool = True) -> tuple[Field, ...]:
    """Four columns. Where nothing is said the first state is meant or, without a *default*, what the record has."""
    states = {name: state.label for name, state in workflow.states.items()}
    return (
        Field("state", _STATE, Kind.CHOICE, "", choices=states, default=_first(workflow) if default else None),
        Field("stands_since", _SINCE, Kind.DAY),
        Field("brought_by", _BY, Kind.REFERENCE, _l("The user name of an account."), reference=known["user"]),
        Field("words", _WORDS, Kind.TEXT),
    )


def answers_about_state(workflow: Workflow) -> Mapping[str, UnboundField]:
    """What a form is given for these columns."""
    return {
        "state": Choice(_STATE, choices=[("", ""), *((name, state.label) for name, state in workflow.states.items())]),
        "stands_since": Day(_SINCE, [Optional(), not_in_the_future]),
        "brought_by": Line(_BY, [Optional()]),
        "words": Paragraphs(_WORDS, [Optional()], length=2000),
    }


def with_steps(found: Select[Any], record: type[Any]) -> Select[Any]:
    """With each record, as the last of its row, the latest step to the state in which it is; none where none led
    there."""
    step = aliased(Step)
    latest = (
        select(step.id)
        .where(step.record_type == base_of(record).__tablename__, step.record_id == record.id)
        .where(step.to_state == record.state)
        .order_by(step.at.desc(), step.id.desc())
        .limit(1)
        .correlate(record)
    )
    return found.outerjoin(Step, Step.id == latest.scalar_subquery()).add_columns(Step)


def told_of(record: Any, step: Step | None) -> Mapping[str, Any]:
    """How a record stands, by column, with the *step* that led there. Of its first state nothing more is told."""
    if step is None or record.state == _first(record.workflow):
        return {"state": record.state}
    since = clock.day_of(step.at)
    return {"state": record.state, "stands_since": since, "brought_by": step.by_id, "words": step.reason}


def refuse_what_is_signed(facts: Facts, workflow: Workflow, bringing: Bringing) -> None:
    """Raises Refused where a state is none that the row's bringer, or anybody alone, brings about."""
    transition = _transition_to(workflow, facts["state"])
    if facts["state"] != _first(workflow) and bringing.by is not None:
        raise Refused(Misfit("state", BY_COMMAND))
    told = [name for name in NAMES[1:] if facts[name]]
    if transition is None:
        if told:
            raise Refused(Misfit(told[0], mark("In this state nobody brought it: leave the column empty.")))
        return
    if transition.four_eyes and not (facts["brought_by"] and facts["stands_since"]):
        missing = "stands_since" if facts["brought_by"] else "brought_by"
        raise Refused(Misfit(missing, mark("What a second person decided says who that was, and on which day.")))
    if transition.four_eyes and facts["brought_by"] == facts["author"] != STILL_TO_COME:
        raise Refused(Misfit("brought_by", mark("Nobody decides on what they wrote or endorsed themselves.")))


def stand(record: Any, facts: Facts) -> None:
    """Bring a record that was just written into its state, with the step by which it came there."""
    record.state = facts["state"]
    record.brought_in(facts["words"] or "")
    transition = _transition_to(record.workflow, facts["state"])
    if transition is None or not facts["stands_since"]:
        return
    db.session.add(
        Step(
            record_type=record.kind_of_record, record_id=record.id, name=transition.name,
            from_state=transition.sources[0], to_state=record.state, reason=facts["words"] or "",
            at=clock.moment(facts["stands_since"]), by_id=facts["brought_by"],
            record_version=record.version,
        )
    )  # fmt: skip


def author_of(facts: Facts, bringing: Bringing) -> int | None:
    """Who wrote a row's record down. Raises Refused where that is not whoever brings it, but for the command."""
    author: int | None = facts["author"]
    if bringing.by is None:
        return author
    if author not in (None, bringing.by.id):
        raise Refused(Misfit("author", BY_COMMAND))
    return bringing.by.id


def refuse_unless_chief(bringing: Bringing, column: str) -> None:
    """A command that an account signs is given every sheet; what is sealed is the chief's there as on a page."""
    acting = bringing.by.acting if bringing.by is not None else None
    if bringing.by is not None and (acting is None or acting.role != Role.POLICE_CHIEF):
        raise Refused(Misfit(column, ONLY_THE_CHIEF))


def _first(workflow: Workflow) -> str:
    return next(iter(workflow.states))


def _transition_to(workflow: Workflow, state: str) -> Transition | None:
    if state == _first(workflow):
        return None
    return next((one for one in workflow.transitions if one.target == state and one.sources), None)
