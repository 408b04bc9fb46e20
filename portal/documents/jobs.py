"""`jobs run registers`: enter the papers that were decided on before there was a register, as each start does."""

import logging
from collections.abc import Sequence

from flask import current_app
from flask_babel import ngettext

from portal.engine.area import Papers
from portal.engine.commands import Failed
from portal.engine.db import db
from portal.engine.faults import out_of_reach, traced
from portal.engine.jobs import Job
from portal.engine.text import mark
from portal.engine.transaction import transaction

log = logging.getLogger("portal")

MOST_NAMED = 20  # records whose papers could not be entered


class NotEnteredError(Exception):
    """The papers of some records could not be entered; the log says why."""

    def __init__(self, failed: Sequence[str]) -> None:
        super().__init__(", ".join(failed))
        self.failed = failed


def enter_missing() -> int:
    """Ask every room for papers that no register has, and enter them; tells how many.

    A record at a time, so that one with a fault costs no other its paper; raises NotEnteredError at the end then.
    """
    found = [
        (papers, number)
        for area in current_app.extensions["areas"]
        for papers in area.papers
        for number in list(papers.missing())
    ]
    entered = [_entered(papers, number) for papers, number in found]
    failed = [f"{papers.of.__tablename__} {number}" for (papers, number), count in zip(found, entered, strict=True)
              if count is None]  # fmt: skip
    if failed:
        raise NotEnteredError(failed)
    return sum(count or 0 for count in entered)


def _entered(papers: Papers, number: int) -> int | None:
    """Enter the papers of one record; None where they could not be, which the log tells as a page's fault."""
    try:
        with transaction(None):
            return papers.enter(db.session.get_one(papers.of, number))
    except Exception as error:
        if out_of_reach(error):  # no fault of a record: the others would wait for the same
            raise
        log.error("papers of %s %s were not entered: %s", papers.of.__tablename__, number, traced(error))  # noqa: TRY400
        return None


def not_entered(error: NotEnteredError) -> str:
    """Which records have papers that could not be entered, in words."""
    return ngettext(
        "The papers of %(num)s record could not be entered: %(which)s. The others were; the log says why.",
        "The papers of %(num)s records could not be entered: %(which)s. The others were; the log says why.",
        len(error.failed), which=", ".join(error.failed[:MOST_NAMED]),
    )  # fmt: skip


def bring_up() -> str:
    """What `jobs run` asks for. Raises Failed where some could not be entered."""
    try:
        entered = enter_missing()
    except NotEnteredError as error:
        raise Failed(not_entered(error)) from error
    return ngettext("%(num)s paper entered its register.", "%(num)s papers entered their registers.", entered)


JOBS = (Job("registers", mark("Enter papers that no register has."), bring_up),)
