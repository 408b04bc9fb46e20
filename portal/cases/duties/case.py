"""Which duties a case makes: what the law asks of it in these weeks, and what nobody may forget about it."""

from collections.abc import Iterator

from portal.cases.duties.beginning import another_officer, checked_by_hand, left_draft, reception
from portal.cases.duties.breaches import of_breaches
from portal.cases.duties.ending import end, ending
from portal.cases.duties.helping import another_helper, end_of_help
from portal.cases.duties.leaving import custody, death_known, move_away, offered
from portal.cases.duties.management import management
from portal.cases.duties.months import monthly, quarterly
from portal.cases.duties.reform import out_of_work
from portal.cases.models import Case, ClosingReason, may_own
from portal.cases.seldom import tell_empty
from portal.duties.rules import Wanted
from portal.engine.workflow import steps_of


def of_case(case: Case) -> Iterator[Wanted]:
    """What a draft asks for whose author left, and a running case: what is still missing of the last months, and what
    comes until the end of the next.

    A suspended one pauses its monthly steps and nothing else: the reception is still to be reported and planned, the
    helper reports on the quarter, and the term runs on to its end. One that an army unit supervises is only followed.
    """
    if case.voided_at:
        return
    tell_empty(case)
    if case.state == "draft" and not may_own(case.owner):
        yield left_draft(case)
    if case.state == "draft" and case.origin_id is not None:
        yield from offered(case)
    if case.under_military:
        return
    if case.running and (case.death or case.person.died_on):
        yield from () if case.death else death_known(case)
        return  # nothing is owed by the dead; the report of it is the entry's own
    if case.running:
        steps = steps_of(case)
        if case.officer is not None and not may_own(case.officer):
            yield another_officer(case, case.officer)
        yield from reception(case, steps)
        yield from checked_by_hand(case)
        yield from another_helper(case)
        yield from end_of_help(case)
        yield from monthly(case, steps)
        yield from quarterly(case)
        yield from ending(case)
        yield from of_breaches(case)
        yield from management(case)
        yield from custody(case)
        yield from out_of_work(case)
    if case.running or case.closing_reason == ClosingReason.TRANSFERRED:
        yield from move_away(case)
    yield from end(case)
