"""The end of a term in words: the last day with its reasoning, what holds the certificate, what is left undone."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from flask import url_for

from portal.cases.models import (
    COMMUNITY_SENTENCES,
    END_GROUND_NAMES,
    HOLD_GROUND_NAMES,
    Case,
    CertificateHold,
    EndCheck,
    LeftUndone,
    latest_check,
)
from portal.cases.presenters.entries import Entry, of_record, sentence
from portal.cases.presenters.kept import DayTold, told_day
from portal.duties.presenter import rules
from portal.engine import clock
from portal.engine.access import Actor, rights_on
from portal.engine.presentation import day
from portal.engine.presentation import told as told_plain
from portal.engine.story import StepTold
from portal.engine.text import _, mark, say
from portal.engine.workflow import steps_of
from portal.law.rule import Due
from portal.organisation.presenters.stories import story_of


@dataclass(frozen=True)
class EndTold:
    """The last day as the law gives it, with its reasons, and the computed one where a paper prints another."""

    kept: DayTold
    computed_on: date | None

    @property
    def differs(self) -> bool:
        return self.computed_on is not None and self.computed_on != self.kept.due.due_on


def told(due: Due | None, computed_on: date | None) -> EndTold | None:
    """None where the law of the portal does not reach back."""
    return EndTold(told_day(due), computed_on) if due else None


def waiting(case: Case) -> EndCheck | None:
    return next((one for one in case.end_checks if one.waits), None)


def ground(check: EndCheck) -> str:
    """What the day rests on, in words."""
    return str(END_GROUND_NAMES[check.ground]) if check.ground else _("The computed day")


def story(check: EndCheck) -> Sequence[StepTold]:
    return story_of(check, steps_of(check), mark("%(who)s asked that the last day be checked"))


@dataclass(frozen=True)
class Hold:
    """What holds a certificate back, and the page on which its end is recorded."""

    title: str
    text: str
    url: str


def holds(case: Case, user: Actor) -> list[Hold]:
    """What holds it back now, as far as the reader may know of it; whoever may is led to where its end is recorded."""
    running = [one for one in case.holds if one.runs]
    allowed = rights_on(user, CertificateHold, [one.id for one in running], ("read", "record")) if running else {}
    return [
        Hold(
            str(HOLD_GROUND_NAMES[one.ground]),
            _("Since %(day)s (%(paper)s). Until it has ended no certificate is given; then it tells the last day of "
              "the term.", day=day(one.since), paper=one.paper),
            url_for("cases.end_hold", id=one.id) if "record" in allowed[one.id] else "",
        )
        for one in running if "read" in allowed.get(one.id, ())
    ]  # fmt: skip


def checks(case: Case, user: Actor) -> Iterator[tuple[str, str, str]]:
    """A check that waits, or a confirmed one that names another day than the computed one: title, text, page."""
    if case.type not in COMMUNITY_SENTENCES or not case.end_checks:
        return
    latest = latest_check(case)
    if latest is None or not (latest.waits or latest.ground or (case.running and latest.moved_on)):
        return
    readable = rights_on(user, EndCheck, [latest.id], ("read",))
    url = url_for("cases.end_checked", id=latest.id) if "read" in readable.get(latest.id, ()) else ""
    days = {"last": day(latest.last_on), "computed": day(latest.computed_on) if latest.computed_on else "–"}
    if case.running and latest.moved_on:
        yield (
            _("The last day that was checked holds no more"),
            " ".join(told_plain(one) for one in latest.moved_on),
            url,
        )
    elif latest.waits:
        yield _("The last day waits to be checked by a second person"), _("Asked for: %(last)s.", **days), url
    else:
        told = _("%(last)s is certified, computed was %(computed)s: %(why)s.", why=ground(latest).lower(), **days)
        yield _("Another last day than the computed one"), told, url


def left(case: Case) -> list[Entry]:
    """What somebody said to leave undone."""
    return [of_undone(one) for one in case.left_undone if one.counts]


# ── as entries of the timeline ──────────────────────────────────────────────────────────────────────────────────────
CHECKS = {
    "asked": (mark("Last day %(day)s laid before a second person"), "waiting"),
    "confirmed": (mark("Last day %(day)s confirmed by a second person"), "done"),
    "refused": (mark("Last day %(day)s not confirmed"), "cancelled"),
}  # by state: what the entry says, and its shape


def of_check(one: EndCheck) -> Entry:
    title, shape = CHECKS[one.state]
    text = "" if one.ground is None else sentence(ground(one), one.paper)
    entry = of_record(
        one, clock.day_of(one.created_at), shape, say(title, day=day(one.last_on)), sentence(text, one.reason)
    )
    if one.voided_at:
        return entry
    url = url_for("cases.end_checked", id=one.id)
    return replace(entry, url=url, mend_url="" if one.against_voiding else entry.mend_url)


def of_hold(one: CertificateHold) -> Iterator[Entry]:
    title = _("Holds the certificate back: %(what)s", what=HOLD_GROUND_NAMES[one.ground])
    yield of_record(one, one.since, "paused", title, one.paper)
    if one.ended_on and one.voided_at is None:
        ended = _("Holds the certificate back no more: %(what)s", what=HOLD_GROUND_NAMES[one.ground])
        yield of_record(one, one.ended_on, "done", ended, one.how_ended)


def of_undone(one: LeftUndone) -> Entry:
    rule = rules().get(one.rule)
    what = str(rule.label) if rule else one.rule
    month = f" ({one.key})" if one.key else ""
    title = _("Left undone: %(what)s", what=f"{what}{month}")
    return of_record(one, clock.day_of(one.created_at), "cancelled", title, one.reason)
