"""How far a title has come: each criterion as its figure stands today, held against its target."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from flask import url_for

from portal.books.forms import amount_in_words
from portal.engine.access import Actor, may_open, rights_on
from portal.engine.indicators import Period
from portal.engine.text import _, _l, mark, say
from portal.engine.workflow import State
from portal.movement.models import BASIS_NAMES, ByHand, Comparison, TitleCriterion, TitleEvidence, TitleProgramme
from portal.movement.queries import indicator_named, may_count, period_of

PERCENT, THOUSAND = 100, 1000
SHOWN = 10  # thousandths: a share is shown to hundredths of a percent
FIGURE = "reports.figure"  # the page of the records that a figure counted
MET, SHORT = State(_l("Met"), "done"), State(_l("Not met"), "overdue")
UNKNOWN, TO_FILL = State(_l("Not known yet"), "todo"), State(_l("To be filled in"), "todo")
CLOSED = State(_l("Your role does not read this"), "none")
BY_HAND = {ByHand.MET: MET, ByHand.NOT_MET: SHORT, None: UNKNOWN}
TARGETS = {
    Comparison.AT_LEAST: mark("at least %(target)s"), Comparison.AT_MOST: mark("at most %(target)s"),
    Comparison.BELOW: mark("less than %(target)s"),
}  # fmt: skip


@dataclass(frozen=True)
class Stands:
    """A criterion today: what it asks and where that is written, how it stands, its figures in words, what is missing,
    and what shows it."""

    criterion: TitleCriterion
    asked: str
    source: str
    state: State
    value: str
    target: str
    gap: str
    figures: Sequence[tuple[str, str]]  # label and address of what is counted
    evidence: Sequence[TitleEvidence]


@dataclass(frozen=True)
class Number:
    """A count in thousandths: None where it is not known, *closed* where this reader is not told."""

    value: Decimal | None = None
    closed: bool = False


def standing_of(programme: TitleProgramme, reader: Actor) -> list[Stands]:
    """All criteria of a programme, as of today."""
    period = period_of(programme)
    shown: dict[int, list[TitleEvidence]] = {}
    for one in programme.evidence:
        if one.voided_at is None and one.criterion_id:
            shown.setdefault(one.criterion_id, []).append(one)
    kept = (one for one in programme.criteria if one.voided_at is None)
    return [_stands(one, period, reader, shown.get(one.id, ())) for one in kept]


def campaigns_of(programme: TitleProgramme, reader: Actor) -> list[Any]:
    """The campaigns for a title that a reader may open."""
    kept = {one.id: one for one in programme.campaigns if one.voided_at is None}
    kind = TitleProgramme.campaigns.property.mapper.class_
    readable = rights_on(reader, kind, kept.keys(), ("read",))
    return [one for number, one in kept.items() if readable.get(number)]


def asked(criterion: TitleCriterion) -> str:
    return criterion.text or _("Not filled in yet")


def source_of(criterion: TitleCriterion) -> str:
    doubt = "" if criterion.confirmed else _("not confirmed")
    return "; ".join(one for one in (str(BASIS_NAMES[criterion.basis]), criterion.clause, doubt) if one)


def shown_by(evidence: TitleEvidence) -> str:
    """The record that shows that a criterion is met."""
    if evidence.model:
        return evidence.model.name
    return str(evidence.campaign.title) if evidence.campaign else evidence.paper


def _stands(one: TitleCriterion, period: Period, reader: Actor, evidence: Sequence[TitleEvidence]) -> Stands:
    value = _measured(one, period, reader)
    return Stands(
        one, asked(one), source_of(one), _state(one, value), _in_words(one, value.value), target_of(one),
        _gap(one, value), _opened(one, period, reader), evidence,
    )  # fmt: skip


def _measured(one: TitleCriterion, period: Period, reader: Actor) -> Number:
    """The count, or so many percent of the whole."""
    part = _number(one.figure, one.count, period, reader)
    if not one.of_whole:
        return part
    whole = _number(one.whole_figure, one.whole_count, period, reader)
    if part.closed or whole.closed:
        return Number(closed=True)
    if part.value is None or not whole.value:
        return Number()
    return Number(part.value * PERCENT * THOUSAND / whole.value)


def _number(figure: str, typed: int | None, period: Period, reader: Actor) -> Number:
    indicator = indicator_named(figure) if figure else None
    if indicator is None:
        return Number(None if typed is None else Decimal(typed))
    if not may_count(reader, indicator):
        return Number(closed=True)
    found = indicator.value(period)
    return Number(None if found is None else Decimal(str(found)) * THOUSAND)


def _state(one: TitleCriterion, number: Number) -> State:
    if one.is_empty:
        return TO_FILL
    if one.target is None:
        return BY_HAND[one.by_hand]
    if number.closed:
        return CLOSED
    if number.value is None:
        return UNKNOWN
    return MET if _reached(one, number.value) else SHORT


def _reached(one: TitleCriterion, value: Decimal) -> bool:
    target = one.target or 0
    if one.comparison == Comparison.AT_LEAST:
        return value >= target
    return value <= target if one.comparison == Comparison.AT_MOST else value < target


def _gap(one: TitleCriterion, number: Number) -> str:
    """How much is missing, or is too much; where nothing is known yet, what has to be written down."""
    value = number.value
    if one.is_empty or one.target is None or number.closed:
        return ""
    if value is None:
        return _unknown(one)
    if _reached(one, value):
        return ""
    if one.comparison == Comparison.AT_LEAST:
        return _("Still missing: %(gap)s", gap=_in_words(one, one.target - value))
    if value == one.target:
        return _("just what it must stay below")
    return _("Over it by %(gap)s", gap=_in_words(one, value - one.target))


def _unknown(one: TitleCriterion) -> str:
    """Which number nobody knows: the portal counts what a figure of it says, all else is typed."""
    if not one.figure and one.count is None:
        return _("No figure of the portal counts this. Please write the number down.")
    return _("The number of which it is a share is not known yet.") if one.of_whole else ""


def target_of(one: TitleCriterion) -> str:
    """What is asked, in words; nothing where there is no target."""
    if one.target is None:
        return ""
    return say(TARGETS[one.comparison], target=_in_words(one, one.target))


def _in_words(one: TitleCriterion, value: Decimal | int | None) -> str:
    """A share to two places, a count as it is; halves up."""
    if value is None:
        return ""
    rounded = int((Decimal(value) / SHOWN).quantize(Decimal(1), ROUND_HALF_UP) * SHOWN) if one.of_whole else int(value)
    return f"{amount_in_words(rounded)}%" if one.of_whole else f"{amount_in_words(rounded)} {one.unit}".strip()


def _opened(one: TitleCriterion, period: Period, reader: Actor) -> list[tuple[str, str]]:
    """The figures behind it, each with the page of the records that it counted."""
    found = [indicator_named(name) for name in (one.figure, one.whole_figure) if name]
    days: dict[str, Any] = {"from": period.first.isoformat(), "to": period.last.isoformat()}
    opens = may_open(reader, FIGURE)
    return [
        (str(each.label), url_for(FIGURE, figure_id=each.id, **days) if opens else "")
        for each in found if each is not None and may_count(reader, each)
    ]  # fmt: skip


def summary(stands: Sequence[Stands]) -> str:
    """How many of the criteria are met."""
    met = sum(one.state is MET for one in stands)
    return _("Criteria met: %(met)s of %(all)s", met=met, all=len(stands))
