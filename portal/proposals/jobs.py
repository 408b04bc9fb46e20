"""`jobs run proposals`: what nobody does but time: the time to decide passes, and an oral approval lapses."""

import logging
from collections.abc import Callable

from flask_babel import gettext, ngettext
from sqlalchemy import select

from portal.engine.commands import Failed
from portal.engine.db import db
from portal.engine.faults import out_of_reach, traced
from portal.engine.jobs import MINUTES, Job
from portal.engine.text import mark
from portal.engine.transaction import transaction
from portal.proposals.actions import lapse, time_out
from portal.proposals.models import Proposal

log = logging.getLogger("portal")

MOST_NAMED = 20


def run() -> str:
    """Tell of each proposal that is late and let each word lapse, one at a time. Raises Failed where some could not."""
    waiting = Proposal.state.in_(("submitted", "endorsed")), Proposal.timed_out_at.is_(None)
    late, missed = _each(time_out, *waiting)
    lapsed, missed_too = _each(lapse, Proposal.state == "oral")
    told = [
        ngettext("%(num)s proposal timed out.", "%(num)s proposals timed out.", late),
        ngettext("%(num)s oral approval lapsed.", "%(num)s oral approvals lapsed.", lapsed),
    ]
    if failed := [*missed, *missed_too]:
        named = ", ".join(failed[:MOST_NAMED])
        told.append(gettext("These could not be looked at: %(which)s. The log says why.", which=named))
        raise Failed(" ".join(told))
    return " ".join(told)


def _each(deed: Callable[[Proposal], bool], *which: object) -> tuple[int, list[str]]:
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
    Job("proposals", mark("Tell of proposals whose time has passed, and let oral approvals lapse."), run, MINUTES),
)  # fmt: skip
