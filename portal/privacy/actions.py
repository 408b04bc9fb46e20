"""Taking what people ask of their data, holding it, and rounds in which closed files lose their names."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from portal.engine import audit, clock
from portal.engine.access import Actor
from portal.engine.db import db
from portal.engine.numbering import next_number
from portal.engine.refusal import Conflict, Misfit, Plain, Refused
from portal.engine.text import mark
from portal.engine.transaction import no_news
from portal.law import personal_data
from portal.organisation.models import Unit, line_of
from portal.people.models import LegalHold, Person, PersonRequest, RequestKind
from portal.privacy import forgetting, mentions, remembered
from portal.privacy.models import RetentionItem, RetentionRound
from portal.privacy.models.round import DONE, LEFT, decider

NOBODY = mark("Nobody's time of keeping is over: there is nothing to propose.")
OTHERS = mark("Others than when this page was opened would lose their names. Look at the list once more.")
ANOTHER = mark("A round waits for its decision, or is being carried out: one comes after the other.")
NOT_COUNTED = mark("Type the number of people of this round, which stands above: %(people)s.")
NOBODY_LEFT = mark("By now nobody of this round would lose their name. Reject it, with the reason.")
FORGOTTEN = mark("A pseudonym stands for this person already. Nothing is kept that could be asked for.")
ASKED_ALREADY = mark("The same was asked already and waits for its answer: %(number)s.")


def take_request(person: Person, kind: RequestKind, commune: Unit, facts: Mapping[str, Any]) -> PersonRequest:
    """Write down what somebody asks. Its deadline is the day of the rule that holds on the day of asking.

    Raises Refused of somebody for whom a pseudonym stands, and where the same waits for its answer.
    """
    if person.forgotten_on:
        raise Refused(Plain(FORGOTTEN))
    same = select(PersonRequest.number).where(
        PersonRequest.person_id == person.id, PersonRequest.kind == kind, PersonRequest.state == "received",
        PersonRequest.voided_at.is_(None), PersonRequest.about == facts.get("about"),
    )  # fmt: skip
    if kind == RequestKind.EXTRACT and (number := db.session.scalar(same)):
        raise Refused(Plain(ASKED_ALREADY, number=number))
    due = personal_data.answer_by(
        facts["asked_on"], correction=kind == RequestKind.CORRECTION, parameters=mentions.law_on_data(commune)
    )
    asked = PersonRequest(
        commune_id=person.commune_id, person=person, person_id=person.id, kind=kind, number=_next("YC", PersonRequest,
        commune), due_on=due.due_on, source=due.source, confirmed=due.confirmed, **facts,
    )  # fmt: skip
    db.session.add(asked)
    if asked.is_correction:
        person.questioned = True
    db.session.flush()
    return asked


def answer(request: PersonRequest, by: Actor, facts: Mapping[str, Any]) -> None:
    """Answer it: an extract with the number of its copies, a correction with the event that made it."""
    if not request.open:
        raise Conflict(request)
    for name, value in facts.items():
        setattr(request, name, value)
    request.workflow.take("answer", request, by)


def refuse(request: PersonRequest, by: Actor, words: str, version: int | None) -> None:
    """The reason stays with the request as well: the paper says it."""
    request.workflow.take("refuse", request, by, words, version)
    request.answer = words.strip()


def hold(person: Person, facts: Mapping[str, Any]) -> LegalHold:
    if person.forgotten_on:
        raise Refused(Plain(FORGOTTEN))
    made = LegalHold(commune_id=person.commune_id, person=person, person_id=person.id, **facts)
    db.session.add(made)
    db.session.flush()
    return made


def _next(prefix: str, model: Any, commune: Unit) -> str:
    year = clock.today().year
    return next_number(model.number, f"{prefix}-{year}-", model.commune_id.in_(line_of(commune.id)))


# ── rounds ──────────────────────────────────────────────────────────────────────────────────────────────────────────
def propose(commune: Unit, reason: str, shown: str) -> RetentionRound:
    """Propose that those lose their names whom the dry run of this moment finds; *shown* is whom the page told of."""
    waits = select(RetentionRound.id).where(
        RetentionRound.commune_id.in_(line_of(commune.id)), RetentionRound.state.in_(("proposed", "approved")),
        RetentionRound.voided_at.is_(None),
    )  # fmt: skip
    if db.session.scalar(waits.limit(1)):
        raise Refused(Plain(ANOTHER))
    found = mentions.dry_run(commune)
    if not found.due:
        raise Refused(Plain(NOBODY))
    if shown != found.fingerprint:
        raise Conflict(None, Plain(OTHERS))
    records, files = forgetting.touched(found.people)
    made = RetentionRound(
        commune_id=commune.id, commune=commune, number=_next("AD", RetentionRound, commune),
        counted_on=clock.today(), people=len(found.people), records=records, files=files, reason=reason,
        decider_role=decider(),
    )  # fmt: skip
    made.items = [
        RetentionItem(place=place, person_id=person_id, told=group.told, ended_on=group.ended_on)
        for place, (person_id, group) in enumerate(found.by_person(), start=1)
    ]
    db.session.add(made)
    db.session.flush()
    return made


def decide(
    round_: RetentionRound, transition: str, by: Actor, reason: str, version: int | None, typed: int | None = None
) -> None:
    """Approve or reject; whoever approves types how many people it is by now, since nobody brings their names back."""
    if transition == "approve":
        people = len(as_of_now(round_).people)
        if not people:
            raise Refused(Plain(NOBODY_LEFT))
        if typed != people:
            raise Refused(Misfit("counted", NOT_COUNTED, people=people))
    round_.workflow.take(transition, round_, by, reason, version)


@dataclass(frozen=True)
class AsOfNow:
    """What an approval of this moment would do: whose names go, in how many records and files, and why others stay."""

    people: Sequence[int]
    records: int
    files: int
    stay: Mapping[int, str]  # the reason by the person


def as_of_now(round_: RetentionRound) -> AsOfNow:
    """Look at everybody of a round anew: holds, requests and files have gone on since it was proposed."""
    named = [one.person_id for one in round_.left_to_do]
    of = {one: group for group in mentions.groups_of(round_.commune, named) for one in group.people}
    stay = {one: why for one in named if one in of and (why := mentions.stays(of[one], named))}
    people = [one for one in named if one in of and one not in stay]
    records, files = forgetting.touched(people) if people else (0, 0)
    return AsOfNow(people, records, files, stay)


def carry_out(round_: RetentionRound, most: int) -> int:
    """Take the names of the next people of an approved round, groups whole; how many lost theirs.

    Each is looked at anew: whoever is held by now, or has a file that runs again, keeps their name, and why is kept.
    """
    waiting = {one.person_id: one for one in round_.left_to_do}
    done = 0
    groups = mentions.groups_of(round_.commune, set(waiting))
    of = {person_id: group for group in groups for person_id in group.people}
    with no_news():
        while waiting and most > 0:
            first = next(iter(waiting))
            taken = _take(of.get(first), first, waiting)
            most -= len(taken)
            done += sum(one.state == DONE for one in taken)
            for one in taken:
                del waiting[one.person_id]
        if not waiting:
            round_.workflow.follow("carry_out", round_, None)
        db.session.flush()
    return done


def _take(group: mentions.Group | None, first: int, waiting: Mapping[int, RetentionItem]) -> list[RetentionItem]:
    """Those who are one with the first, done or left."""
    known = [waiting[one] for one in group.people if one in waiting] if group else [waiting[first]]
    why = mentions.stays(group, waiting) if group else ""
    if not why and group is not None:  # else a run after a restore was faster
        forgetting.forget([one.person for one in known], {one.person_id: one.pseudonym for one in known})
    for item in known:
        item.state, item.why, item.done_on = (LEFT, why, None) if why else (DONE, "", clock.today())
    return known


def forget_again() -> int:
    """After a restore: take the names of those who had lost them already, by what is noted beside the database."""
    found = remembered.still_named()
    for people, pseudonyms in found:
        forgetting.forget(people, pseudonyms)
        audit.note("forget_again", people[0])
    return sum(len(people) for people, _names in found)
