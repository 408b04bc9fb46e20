"""What stands at the end of a term: rights on the way to it, the hand-over, the certificate."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from portal.cases.duties.months import AHEAD
from portal.cases.duties.rules import CERTIFICATE, CHECK_END, CLEARED, DEFERRAL_ENDS, ENDS, HANDOVERS
from portal.cases.duties.wanting import of_law, wanted
from portal.cases.models import ANSWER, COMMUNITY_SENTENCES, DECIDED, Case, CaseType, Receiver
from portal.duties.rules import Wanted
from portal.engine import clock
from portal.law.rule import Due

SHORTENING = "shortening"  # the kind of proposals that asks for one
CAME_TO_NOTHING = ("draft", "rejected", "withdrawn")
ENDING = ("completion", "drug_end", "drug_stop")  # the kinds of proposals by which a case ends
OF_OTHERS = {  # what is owed at the end of what is no sentence in the community
    CaseType.DRUG_USER_MANAGEMENT: ENDS,
    CaseType.PRISON_DEFERRAL: DEFERRAL_ENDS,
    CaseType.REINTEGRATION: CLEARED,
}
ENDS_SOON = timedelta(days=30)  # from when the end stands before the officer
CHECKED = timedelta(days=16)  # before the end, and before any file is handed over: our own policy


def ending(case: Case) -> Iterator[Wanted]:
    """The right to a shortening, in each round until a court has cut; and the hand-over of the file."""
    soon = clock.today() + AHEAD
    for due in case.law.calendar:
        if due.due_on > soon:
            continue
        if due.rule in HANDOVERS:
            yield of_law(case, due, "HANDOVER", **_handed_over(case))
        elif due.kind == "right" and not due.period.endswith("floor"):
            yield _right(case, due)

    yield from _check(case)


def _check(case: Case) -> Iterator[Wanted]:
    """Its last day is laid before a second person while there is time to mend it; our own policy."""
    last = case.law.last_day
    if last is None or case.type not in COMMUNITY_SENTENCES or last.due_on - ENDS_SOON > clock.today():
        return
    asked = next((one for one in reversed(case.end_checks) if one.waits or one.holds), None)
    done = {"done_on": clock.day_of(asked.created_at), "done_by_id": asked.created_by_id} if asked else {}
    yield wanted(case, CHECK_END, _check_by(case, last.due_on), opens_on=last.due_on - ENDS_SOON, **done)


def _check_by(case: Case, last_on: date) -> date:
    """Not overdue the day on which it comes to be owed: of a day that is known late, or is to be checked anew."""
    known = [one.made_on for one in case.reckonings if one.counts]
    known += [clock.day_of(one.changed_at) for one in case.end_checks if one.state == "refused"]
    since = max(known, default=date.min)
    return max(last_on - CHECKED, min(since + ANSWER, max(last_on, since))) if known else last_on - CHECKED


def _handed_over(case: Case) -> dict[str, Any]:
    """Done by the entry of the hand-over, if there is one."""
    if case.handed_over_on is None:
        return {}
    by = next((one.created_by_id for one in case.handovers if one.counts and one.to == Receiver.AGENCY), None)
    return {"done_on": case.handed_over_on, "done_by_id": by}


def _right(case: Case, due: Due) -> Wanted:
    """The right of a round, which the cut of the same number uses. The first round has no number."""
    key = due.period if due.period.isdecimal() else ""
    before: list[Any] = [(cut.decided_on, None) for cut in case.inherited_cuts]  # used before the file came here
    cuts = [*before, *((one.decided_on, one.created_by_id) for one in case.term_changes if one.counts)]
    used = next(iter(cuts[int(key or 1) - 1 :]), None)
    if used:
        return of_law(case, due, "RIGHT", key=key, is_right=True, done_on=used[0], done_by_id=used[1])
    since = max((decided_on for decided_on, _by in cuts), default=date.min)
    return of_law(case, due, "RIGHT", key=key, is_right=True, **_proposed(case, since))


def _proposed(case: Case, since: date) -> dict[str, Any]:
    """By whom a shortening was proposed in this round, unless it came to nothing."""
    for one in case.proposals:
        submitted = one.submitted_on if one.kind == SHORTENING and one.voided_at is None else None
        if submitted and submitted > since and one.state not in CAME_TO_NOTHING and not one.refused_above:
            return {"done_on": submitted, "done_by_id": one.created_by_id}
    return {}


def end(case: Case) -> Iterator[Wanted]:
    """Nobody overstays: from a month before its last day until its end is decided. Only a sentence in the community is
    certified; whoever was spared prison leaves for it, and whoever is back from it is followed no more."""
    certified = [one for one in case.proposals if one.kind in ENDING and one.state in DECIDED]
    if not (case.running or certified):
        return
    done = {"done_on": certified[0].decided_on, "done_by_id": certified[0].decided_by_id} if certified else {}
    rule = OF_OTHERS.get(case.type, CERTIFICATE)
    for due in case.law.calendar:
        if due.kind == "end" and due.due_on <= clock.today() + AHEAD:
            yield of_law(case, due, rule, opens_on=due.due_on - ENDS_SOON, **done)
