"""What is owed where somebody is in custody, moves away, or has died."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from portal.cases import owed
from portal.cases.duties.rules import chief
from portal.cases.duties.term_changes import of_death_entry
from portal.cases.duties.wanting import of_law, owner_of, wanted
from portal.cases.models import ANSWER, Case, CaseType, Custody, Death, Move
from portal.duties.rules import Wanted
from portal.engine import clock
from portal.law import moving
from portal.law.asking import asked
from portal.law.rule import Due

LOOKS_AGAIN = timedelta(days=30)  # our own policy: how somebody in custody is, is asked once a month


def custody(case: Case) -> Iterator[Wanted]:
    """Whoever is in custody, or charged, is asked after; the file stays open meanwhile (COM-DETAINED)."""
    one = case.custody
    if one is None or case.type == CaseType.DRUG_USER_MANAGEMENT:
        return
    law = owed.law_of_custody(case, clock.today())
    told = {"source": law.source, "confirmed": law.confirmed} if law else {}
    yield wanted(case, "COM-DETAINED", asked_again_on(one), key=str(one.id), **told)


def asked_again_on(one: Custody) -> date:
    """A month after the last that was heard or, if nothing was, after it became known."""
    return max(one.detained_on, one.informed_on or clock.day_of(one.created_at)) + LOOKS_AGAIN


# ── a move ──────────────────────────────────────────────────────────────────────────────────────────────────────────
def steps_of_move(case: Case, move: Move) -> list[Due]:
    """What the law of the case gives for a change of residence, each step counted from the one before."""
    done = (move.told_on, move.agreed_on, move.decided_on, move.received_on)
    return asked(case.regime.residence_change, move.known_on, done, bool(move.other_province))


def move_away(case: Case) -> Iterator[Wanted]:
    """The commune reports the wish, looks after the answer of the agency, and hands the file over."""
    move = case.move
    if move is None or move.refused or case.type == CaseType.DRUG_USER_MANAGEMENT:
        return
    key, dues = str(move.id), steps_of_move(case, move)
    for due in dues:
        if due.period == "report":
            yield of_law(case, due, "MOVE-REPORT", key=key, **_done(move, "told_on"))
        elif not due.period:
            yield of_law(case, due, "MOVE-ANSWER", key=key, **_done(move, "decided_on"))
    if move.decided_on or move.transfer_id:
        yield _hand_over(case, move, key)


def _done(move: Move, name: str) -> dict[str, Any]:
    on = getattr(move, name)
    return {"done_on": on, "done_by_id": move.changed_by_id} if on else {}


def _hand_over(case: Case, move: Move, key: str) -> Wanted:
    """By the days of the law or, where it names none, within ours."""
    done, clocks = _done(move, "received_on"), moving.clocks(move.decided_on, None, case.regime.PARAMETERS)
    if clocks:
        return of_law(case, clocks[0], "MOVE-HANDOVER", key=key, **done)
    approved = next((one.decided_on for one in case.proposals if one.id == move.transfer_id), None)
    return wanted(case, "MOVE-HANDOVER", (move.decided_on or approved or move.known_on) + ANSWER, key=key, **done)


def offered(case: Case) -> Iterator[Wanted]:
    """A draft that came from another commune: the chief gives it to an officer, who asks to open it, by the day on
    which the law wants an officer."""
    due = next(iter(moving.taken_on(case.received_on, case.regime.PARAMETERS)), None)
    owner = {"owner_role": chief, "owner_id": None} if _with_chief(case) else owner_of(case)
    if due is not None:
        yield of_law(case, due, "TRANSFERRED-HERE", **owner)
    else:
        yield wanted(case, "TRANSFERRED-HERE", case.received_on + ANSWER, **owner)


def _with_chief(case: Case) -> bool:
    return any(grant.role == chief for grant in case.owner.held_today)


# ── a death ─────────────────────────────────────────────────────────────────────────────────────────────────────────
def death_known(case: Case) -> Iterator[Wanted]:
    """Another case of the person was closed by their death: it is recorded here too, and nothing else is owed."""
    if case.person.died_on is not None:
        yield wanted(case, "RECORD-DEATH", case.person.died_on + ANSWER)


def of_death(death: Death) -> Iterator[Wanted]:
    """A second person sees the paper. The agency is told, also after the case was closed; then one looks what the
    court decided."""
    yield from of_death_entry(death)
    if not death.counts:
        return
    case = death.case
    done = {"done_on": death.reported_on, "done_by_id": death.changed_by_id} if death.reported_on else {}
    yield wanted(case, "REPORT-DEATH", death.known_on + ANSWER, source=_clause(case, death), **done)
    if death.reported_on is None:
        return
    dues = asked(case.regime.death, death.reported_on, (death.court_told_on, death.decided_on))
    if dues:
        told = {"done_on": death.decided_on, "done_by_id": death.changed_by_id} if death.decided_on else {}
        yield of_law(case, dues[-1], "DEATH-ENDED", **told)


def _clause(case: Case, death: Death) -> str:
    """The clause of the report, which names no days for the commune: those are ours."""
    return next((due.source for due in asked(case.regime.death, death.known_on)), "")
