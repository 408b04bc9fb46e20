"""What the night looks for in cases: days that would be others if they were worked out today."""

from flask_babel import gettext, ngettext
from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from portal.cases.actions import keeping
from portal.cases.models import RUNNING, Case, Reckoning
from portal.engine.db import db
from portal.engine.jobs import NIGHTLY, Job
from portal.engine.text import mark
from portal.engine.transaction import transaction

MOST_NAMED = 20


def look_for_differences() -> str:
    """Work each running case out anew and tell which differ. What ran before days were kept is kept now, once."""
    with transaction(None):
        first = keeping.keep_missing()
    loaded = selectinload(Case.term_changes), selectinload(Case.reckonings).selectinload(Reckoning.days)
    asked = select(Case).where(Case.state.in_(RUNNING), Case.voided_at.is_(None)).order_by(Case.number)
    cases = db.session.scalars(asked.options(*loaded, selectinload(Case.end_checks), joinedload(Case.commune))).all()
    found = [case.number for case in cases if keeping.differing(case) or keeping.checked_otherwise(case)]
    told = ngettext("%(num)s case looked at.", "%(num)s cases looked at.", len(cases))
    if first:
        told += " " + ngettext(
            "Of %(num)s the days are kept from now on.", "Of %(num)s the days are kept from now on.", first
        )
    if not found:
        return f"{told} {gettext('No difference.')}"
    which = ", ".join(found[:MOST_NAMED])
    return f"{told} " + ngettext("%(num)s differs: %(which)s.", "%(num)s differ: %(which)s.", len(found), which=which)


JOBS = (
    Job("differences", mark("Looks for days of cases that would be others if they were worked out today."),
        look_for_differences, NIGHTLY),
)  # fmt: skip
