"""The conditions of a proposal in words, as they stand or, once it is decided, as they were."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from portal.engine.presentation import day, told
from portal.engine.refusal import Plain
from portal.engine.text import _, ngettext
from portal.proposals.kinds import KINDS
from portal.proposals.kinds.kind import Sentence
from portal.proposals.models import Proposal
from portal.proposals.models.conditions import Condition

Numbers = Mapping[str, Any]


@dataclass(frozen=True)
class Told:
    """One condition as a page shows it. The bar of a total shows what is used and what is asked for."""

    result: str  # ok refused note limit ahead
    text: str
    source: str
    confirmed: bool
    used_percent: float = 0.0
    asked_percent: float = 0.0
    words: str = ""


@dataclass(frozen=True)
class Checked:
    """The conditions, and of when they are where that is not today."""

    conditions: list[Told]
    said: str = ""


def checked(proposal: Proposal) -> Checked:
    """What was found on the day of the decision; before it, what the law asks of the proposal as it stands.

    Later facts, and the decision's own effect, say nothing about whether it was right: nothing is reckoned anew.
    """
    if not proposal.intact:
        return Checked([], _("What was checked is not shown, since what was decided on was changed afterwards."))
    if proposal.findings:
        return Checked(in_words([one.condition for one in proposal.findings]), _of_that_day(proposal))
    if proposal.decided_on:
        return Checked([], _not_kept(proposal))
    return Checked([] if proposal.state == "withdrawn" else in_words(proposal.conditions()))


def in_words(conditions: list[Condition]) -> list[Told]:
    return [_in_words(one) for one in conditions]


def _of_that_day(proposal: Proposal) -> str:
    return _(
        "As it was on %(day)s, when %(name)s decided. What came later is not in it.",
        day=day(proposal.decided_on), name=_decider(proposal),
    )  # fmt: skip


def _not_kept(proposal: Proposal) -> str:
    return _(
        "Decided on %(day)s by %(name)s. What was checked on that day was not kept by the portal yet.",
        day=day(proposal.decided_on), name=_decider(proposal),
    )  # fmt: skip


def _decider(proposal: Proposal) -> str:
    return proposal.decided_by.full_name if proposal.decided_by else _("The portal")


def _in_words(one: Condition) -> Told:
    sentence = _sentence(one.about)
    numbers: Numbers = {name: day(value) if name in DAYS else value for name, value in one.numbers.items()}
    text = sentence(numbers) if sentence else told(Plain(one.message, **one.numbers))
    if one.about == "total":
        return Told(one.result, text, one.source, one.confirmed, *_bar(numbers), words=_of_the_total(numbers))
    over = one.about == "each" and one.result == "refused"
    words = _too_many(numbers["asked"] - numbers["limit"]) if over else str(numbers.get("spans", ""))
    return Told(one.result, text, one.source, one.confirmed, words=words)


DAYS = frozenset({"day", "last", "computed", "ends"})
GENERAL: Mapping[str, Sentence] = {
    "last_day": lambda of: _("Last day of the term: %(day)s", **of),
    "paper_wins": lambda of: _(
        "The court's paper prints %(day)s as the last day; by the law it would be %(computed)s. The printed day wins, "
        "since the court fixed it: compare it with the paper before you decide.",
        **of,
    ),
    "nothing": lambda _of: _("Nothing in the law or in the case was against it"),
}


def _sentence(about: str) -> Sentence | None:
    own = (kind.sentences[about] for kind in KINDS.values() if about in kind.sentences)
    return GENERAL.get(about) or next(own, None)


def _of_the_total(of: Numbers) -> str:
    rest = of["limit"] - of["used"] - of["asked"]
    words = _("Used %(used)s, asked for %(asked)s, of %(limit)s days.", **of)
    more = ngettext("%(num)s day is left.", "%(num)s days are left.", rest) if rest >= 0 else _too_many(-rest)
    return f"{words} {more}"


def _too_many(days: int) -> str:
    return str(ngettext("%(num)s day too many.", "%(num)s days too many.", days))


def _bar(of: Numbers) -> tuple[float, float]:
    """How much of the total is used, and how much of the rest is asked for, in percent of it."""
    used = _percent(of["used"], of["limit"])
    return used, min(_percent(of["asked"], of["limit"]), 100 - used)


def _percent(part: int, whole: int) -> float:
    return round(min(100.0, 100 * part / whole), 1) if whole else 100.0
