"""What is written down at the end of a term: its last day laid before a second person, what holds the certificate
back, and what is left undone."""

from collections.abc import Collection, Iterator, Sequence
from datetime import date

from portal.cases import law_days
from portal.cases.actions.running import refuse_unless_running
from portal.cases.models import (
    COMMUNITY_SENTENCES,
    Case,
    CertificateHold,
    EndCheck,
    EndGround,
    HoldGround,
    LeftUndone,
    computed_day,
)
from portal.cases.undone import open_duties
from portal.engine.db import db
from portal.engine.refusal import Misfit, Plain, Reason, Refused
from portal.engine.text import mark
from portal.law.asking import asked
from portal.law.facts import digest_of
from portal.law.rule import Due

NOT_CERTIFIED = mark("Of this type of case no certificate is given whose last day would be checked.")
ASKED = mark("Somebody has asked for it already: a second person answers.")
UNKNOWN = mark("The portal does not know the law of that day: choose what the day rests on, and name the paper.")
DIFFERS = mark("The law gives %(day)s. Choose what another day rests on, or take the computed one.")
RUNS_OTHERWISE = mark(
    "The case runs to %(day)s: by its paper, or as it was worked out before. For %(asked)s choose what it rests on and "
    "name the paper, or have the new days taken over first, on the page of the days."
)
COMPUTED = mark("That is the computed day: it needs no other ground.")
NO_PAPER = mark("Please name the paper that says so, by its number.")
NO_PAPER_DAY = mark("Please give the day of that paper.")
CUT_LATER = mark(
    "A shortening was decided after that paper, on %(day)s: it moves the day to %(last)s. Name the paper that tells "
    "the last day after it."
)


def computed_end(case: Case) -> tuple[Due | None, date | None]:
    """The last day by the file with its reason, and the day that the law gives without regard to what papers print."""
    due = law_days.last_day(case)
    if due is None:
        return None, None
    return due, computed_day(due)


def ask_end_check(
    case: Case, last_on: date, ground: EndGround | None = None, paper: str = "", paper_on: date | None = None,
    reason: str = "",
) -> EndCheck:  # fmt: skip
    """Lay the last day before a second person. Raises Refused for another day than the law gives, without a ground.

    The date printed on the court's paper wins over the computed one; that it differs is said, with the paper.
    """
    refuse_unless_running(case)
    if against := [*_against_check(case, last_on, ground, paper, paper_on)]:
        raise Refused(*against)
    due, computed_on = computed_end(case)
    check = EndCheck(
        case=case, commune_id=case.commune_id, last_on=last_on, computed_on=computed_on, ground=ground, paper=paper,
        paper_on=paper_on, reason=reason, facts=digest_of(case.facts),
    )  # fmt: skip
    check.show(due)
    db.session.add(check)
    db.session.flush()
    return check


def _against_check(
    case: Case, last_on: date, ground: EndGround | None, paper: str, paper_on: date | None
) -> Iterator[Reason]:
    if case.type not in COMMUNITY_SENTENCES:
        yield Plain(NOT_CERTIFIED)
    if any(one.waits for one in case.end_checks):
        yield Plain(ASKED)
    if last_on < case.starts_on:
        yield Misfit("last_on", mark("The last day cannot lie before the first."))
        return
    due, computed_on = computed_end(case)
    if ground is None:
        if due is None or computed_on is None:
            yield Misfit("ground", UNKNOWN)
        elif last_on != computed_on:
            yield Misfit("ground", DIFFERS, day=computed_on)
        elif last_on != due.due_on:
            yield Misfit("ground", RUNS_OTHERWISE, day=due.due_on, asked=last_on)
        return
    if last_on == computed_on == (due.due_on if due else None):
        yield Misfit("ground", COMPUTED)
    if not paper.strip():
        yield Misfit("paper", NO_PAPER)
    if paper_on is None:
        yield Misfit("paper_on", NO_PAPER_DAY)
    else:
        yield from _against_paper(case, last_on, paper_on)


def _against_paper(case: Case, last_on: date, paper_on: date) -> Iterator[Reason]:
    """A paper from before a shortening cannot print the last day after it."""
    term = case.facts.otherwise(printed_ends_on=last_on, printed_paper_on=paper_on)
    due = next(iter(asked(case.regime.last_day, term)), None)
    later = [cut.decided_on for cut in term.cuts if cut.decided_on > paper_on]
    if due is not None and later and due.due_on != last_on:
        yield Misfit("paper_on", CUT_LATER, day=max(later), last=due.due_on)


def hold_certificate(case: Case, ground: HoldGround, since: date, paper: str) -> CertificateHold:
    """Write down what holds the certificate back."""
    refuse_unless_running(case, since=since)
    if case.type not in COMMUNITY_SENTENCES:
        raise Refused(Plain(NOT_CERTIFIED))
    if any(one.runs and one.ground == ground for one in case.holds):
        raise Refused(Misfit("ground", mark("That is written down already, and has not ended.")))
    hold = CertificateHold(case=case, commune_id=case.commune_id, ground=ground, since=since, paper=paper)
    db.session.add(hold)
    return hold


def end_hold(hold: CertificateHold, ended_on: date, how_ended: str) -> None:
    """Write down how it ended. The certificate that follows still tells the last day of the term."""
    refuse_unless_running(hold.case, ended_on=ended_on)
    if not hold.runs:
        raise Refused(Plain(mark("It has ended already.")))
    if ended_on < hold.since:
        raise Refused(Misfit("ended_on", mark("It cannot end before it began, on %(day)s."), day=hold.since))
    hold.ended_on, hold.how_ended = ended_on, how_ended


def leave_undone(case: Case, duties: Collection[int], reason: str) -> Sequence[LeftUndone]:
    """Say of some open duties, by their ids, why they stay undone when the case is closed."""
    refuse_unless_running(case)
    chosen = [one for one in open_duties(case) if one.id in duties]
    if not chosen:
        raise Refused(Misfit("duties", mark("Please choose what stays undone.")))
    if not reason.strip():
        raise Refused(Misfit("reason", mark("Please give the reason.")))
    made = [
        LeftUndone(
            case=case, commune_id=case.commune_id, rule=one.rule, key=one.key, due_on=one.due_on, reason=reason.strip()
        )
        for one in chosen
    ]
    db.session.add_all(made)
    return made
