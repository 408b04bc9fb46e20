"""`jobs run proposals`: what nobody does but time.

The time to decide passes, an oral approval lapses, and what was signed ahead takes effect on its day.
"""

import logging
from collections.abc import Callable
from typing import Any

from flask_babel import gettext, ngettext
from sqlalchemy import Select, select

from portal.cases.models import DECIDED, RUNNING, Case
from portal.engine import clock
from portal.engine.commands import Failed
from portal.engine.db import db
from portal.engine.faults import out_of_reach, traced
from portal.engine.jobs import MINUTES, Job
from portal.engine.text import mark
from portal.engine.transaction import transaction
from portal.proposals.actions import close_on_its_day, lapse, time_out
from portal.proposals.kinds.completion.model import CompletionProposal
from portal.proposals.models import Proposal

log = logging.getLogger("portal")

MOST_NAMED = 20


def run() -> str:
    """Tell of each proposal that is late, let each word lapse, close what was signed ahead once its day is there.

    One at a time. Raises Failed where some could not.
    """
    waiting = Proposal.state.in_(("submitted", "endorsed")), Proposal.timed_out_at.is_(None)
    late, missed = _each(time_out, *waiting)
    lapsed, missed_too = _each(lapse, Proposal.state == "oral")
    closed, missed_at_last = _each(close_on_its_day, Proposal.id.in_(_signed_and_due()))
    told = [
        ngettext("%(num)s proposal timed out.", "%(num)s proposals timed out.", late),
        ngettext("%(num)s oral approval lapsed.", "%(num)s oral approvals lapsed.", lapsed),
        ngettext("%(num)s case closed on its day.", "%(num)s cases closed on their day.", closed),
    ]
    if failed := [*missed, *missed_too, *missed_at_last]:
        named = ", ".join(failed[:MOST_NAMED])
        told.append(gettext("These could not be looked at: %(which)s. The log says why.", which=named))
        raise Failed(" ".join(told))
    return " ".join(told)


def _signed_and_due() -> Select[Any]:
    """The completions that were decided, whose day is there, of cases that still run."""
    decided = select(CompletionProposal.id).join(Case, Case.id == CompletionProposal.case_id)
    return decided.where(
        CompletionProposal.state.in_(DECIDED), CompletionProposal.completed_on <= clock.today(), Case.state.in_(RUNNING)
    )


def _each(deed: Callable[[Any], bool], *which: object) -> tuple[int, list[str]]:
    """How many the deed was done to, and the numbers of those that have a fault: they hold up none of the others."""
    found = select(Proposal.id, Proposal.number).where(*which, Proposal.voided_at.is_(None))  # type: ignore[arg-type]
    done, failed = 0, []
    for key, number in db.session.execute(found).all():
        try:
            with transaction(None):
                done += deed(db.session.get_one(Proposal, key))
        except Exception as error:
            if out_of_reach(error):
                raise
            log.error("proposal %s could not be looked at: %s", number, traced(error))  # noqa: TRY400
            failed.append(number)
    return done, failed


JOBS = (
    Job("proposals", mark(
        "Tell of proposals whose time has passed, let oral approvals lapse, close what was signed ahead on its day."
    ), run, MINUTES),
)  # fmt: skip
