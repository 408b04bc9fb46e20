"""What came of a deed, in sentences: how many of whom, and what was passed over and why."""

from collections.abc import Iterable, Iterator
from typing import Any

from portal.engine.text import _, ngettext
from portal.households.actions import Called, Outcome, TypedBack
from portal.households.models import Establishment, Household, Signer


def of_tick(outcome: Outcome, kind: type[Signer]) -> tuple[str, str]:
    """A title, and what else is to be told; what had been done before is no fault."""
    households, count = kind is Household, outcome.done
    if outcome.against and not count:
        title = _("Nothing is entered yet.")
    elif outcome.confirmed and households:
        title = ngettext("%(num)s household is confirmed.", "%(num)s households are confirmed.", count)
    elif outcome.confirmed:
        title = ngettext("%(num)s establishment is confirmed.", "%(num)s establishments are confirmed.", count)
    elif households:
        title = ngettext("%(num)s household is entered.", "%(num)s households are entered.", count)
    else:
        title = ngettext("%(num)s establishment is entered.", "%(num)s establishments are entered.", count)
    more = _of_households(outcome) if households else _of_establishments(outcome)
    return title, " ".join(more)


def _of_households(outcome: Outcome) -> Iterator[str]:
    if count := len(outcome.against):
        yield ngettext(
            "%(num)s household is not entered, because of what was noted down at its door.",
            "%(num)s households are not entered, because of what was noted down at their doors.", count,
        )  # fmt: skip
    if count := len(outcome.already):
        yield ngettext("%(num)s household was there already.", "%(num)s households were there already.", count)
    if count := len(outcome.clashing):
        yield ngettext(
            "%(num)s household stands with another day.", "%(num)s households stand with another day.", count
        )
    if count := len(outcome.unsigned):
        yield ngettext("%(num)s household has not signed.", "%(num)s households have not signed.", count)
    if outcome.gone:
        yield _gone(len(outcome.gone), Household)


def _of_establishments(outcome: Outcome) -> Iterator[str]:
    if count := len(outcome.against):
        yield ngettext(
            "%(num)s establishment is not entered, because of what was noted down at its door.",
            "%(num)s establishments are not entered, because of what was noted down at their doors.", count,
        )  # fmt: skip
    if count := len(outcome.already):
        yield ngettext("%(num)s establishment was there already.", "%(num)s establishments were there already.", count)
    if count := len(outcome.clashing):
        yield ngettext(
            "%(num)s establishment stands with another day.", "%(num)s establishments stand with another day.", count
        )
    if count := len(outcome.unsigned):
        yield ngettext("%(num)s establishment has not signed.", "%(num)s establishments have not signed.", count)
    if outcome.gone:
        yield _gone(len(outcome.gone), Establishment)


def _gone(count: int, kind: type[Signer]) -> str:
    if kind is Household:
        return ngettext(
            "%(num)s household no longer lives in the village.", "%(num)s households no longer live in the village.",
            count,
        )  # fmt: skip
    return ngettext(
        "%(num)s establishment is no longer in the village.", "%(num)s establishments are no longer in the village.",
        count,
    )  # fmt: skip


def of_calls(called: Called, kind: type[Signer]) -> tuple[str, str]:
    """The same of calls at doors."""
    more = []
    if count := len(called.already):
        more.append(ngettext("%(num)s call was there already.", "%(num)s calls were there already.", count))
    if count := len(called.signed):
        more.append(ngettext(
            "%(num)s call is not noted down: a pledge was signed there meanwhile.",
            "%(num)s calls are not noted down: a pledge was signed there meanwhile.", count,
        ))  # fmt: skip
    if called.gone:
        more.append(_gone(len(called.gone), kind))
    return _noted(called), " ".join(more)


def _noted(called: Called) -> str:
    return ngettext("%(num)s call is noted down.", "%(num)s calls are noted down.", len(called.made))


def of_list(typed: TypedBack) -> tuple[str, str]:
    """What came of a list that was typed back: the rows that were not entered are told by their numbers, and why."""
    signed, called = typed.signed, typed.called
    title = ngettext("%(num)s signature is entered.", "%(num)s signatures are entered.", signed.done)
    passed_over = (
        (_("No longer in the village, so nothing is entered: row %(rows)s."), [*signed.gone, *called.gone]),
        (
            _("Refused, moved or not concerned as noted down before, so no signature is entered: row %(rows)s."),
            _of(signed.against),
        ),
        (
            _("Withdrawn before, so no signature is entered: row %(rows)s. Tick whoever signed anew singly."),
            typed.withdrawn,
        ),
        (_("Not at home before, signed now: row %(rows)s."), signed.absent),
        (_("Entered before, so nothing is changed: row %(rows)s."), [*_of(signed.already), *called.already]),
        (_("Signed on another day, as it stands: row %(rows)s."), _of(signed.clashing)),
        (_("Signed meanwhile, so no call is noted down: row %(rows)s."), called.signed),
    )
    more = [_noted(called)] if called.made else []
    more += [words % {"rows": spans(typed.rows[one] for one in ids)} for words, ids in passed_over if ids]
    return title, " ".join(more)


def _of(pledges: Iterable[Any]) -> list[int]:
    return [one.signer_id for one in pledges]


def spans(rows: Iterable[int]) -> str:
    """Row numbers as people write them, those that follow each other as one: "1-40, 43"."""
    runs: list[tuple[int, int]] = []
    for row in sorted(rows):
        if runs and row == runs[-1][1] + 1:
            runs[-1] = runs[-1][0], row
        else:
            runs.append((row, row))
    return ", ".join(str(first) if first == last else f"{first}-{last}" for first, last in runs)
