"""Outcomes that hold no more, as the story of a meeting and the page of an item tell them."""

from collections.abc import Collection, Iterable

from portal.engine.story import StepTold
from portal.engine.text import _
from portal.meetings.models import OUTCOME_WORDS, AgendaItem, EarlierOutcome
from portal.organisation.presenters.stories import name
from portal.organisation.queries import users_named


def told(items: Iterable[AgendaItem], readable: Collection[int]) -> list[StepTold]:
    """Who changed an outcome or took it back, the latest first; of an item that may not be read, no more than that."""
    found = [one for item in items for one in item.earlier]
    people = users_named({one.created_by_id for one in found if one.created_by_id}) if found else {}
    sentences = [
        StepTold(
            one.created_at, _sentence(one, name(people, one.created_by_id)),
            in_words(one) if one.item_id in readable else "", "returned" if one.reason else "done",
        )
        for one in found
    ]  # fmt: skip
    return sorted(sentences, key=lambda one: one.at, reverse=True)


def _sentence(one: EarlierOutcome, who: str) -> str:
    told = {"who": who, "number": one.item.position}
    if one.reason:
        return _("%(who)s took back the outcome of item %(number)s", **told)
    return _("%(who)s changed the outcome of item %(number)s", **told)


def in_words(one: EarlierOutcome) -> str:
    """As it was said, and why it was taken back."""
    was = _(
        "%(outcome)s: %(words)s",
        outcome=OUTCOME_WORDS[one.outcome],
        words=f"{one.words.rstrip('.')}." if one.words else "–",
    )
    because = _("Because: %(reason)s", reason=one.reason) if one.reason else ""
    return " ".join(part for part in (was, because) if part)


def goes_with(item: AgendaItem) -> list[str]:
    """What follows from taking the outcome of an item back."""
    tasks = "; ".join(f"{task.unit.title}: {task.text}" for task in item.open_tasks)
    kept = _("What was said stays in the course of events.")
    return [kept, _("These tasks are struck out with it: %(tasks)s.", tasks=tasks)] if tasks else [kept]
