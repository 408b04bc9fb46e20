"""Whether whatever is owed belongs to somebody who sees it and can do it."""

from sqlalchemy import select

from portal.cases.models import Case, Measure
from portal.duties.actions import sources
from portal.duties.models import Duty
from portal.duties.queries import still_open
from portal.engine.access import may
from portal.engine.db import db
from portal.organisation.models import Role
from portal.organisation.queries import holders
from portal.proposals.models import Proposal

# the right that the page which clears a duty asks for, and on which record
RIGHTS = {
    "cases.check_in": (Case, "stand_in"), "cases.roll_call": (Case, "stand_in"), "cases.assessment": (Case, "record"),
    "cases.assign": (Case, "assign"), "proposals.new": (Case, "propose"), "duties.finish": (Duty, "finish"),
    "cases.measure_result": (Measure, "record"), "proposals.show": (Proposal, "read"),
    "proposals.edit": (Proposal, "edit"), "proposals.agency_answer": (Proposal, "record_answer"),
}  # fmt: skip


def owners(duty):
    return [duty.owner] if duty.owner else holders(Role(duty.owner_role), duty.commune_id)


def subject(duty, record):
    if record is Duty:
        return duty
    return db.session.get_one(record, duty.case_id if record is Case else duty.subject_id)


def nobodys():
    """Open duties that none of their owners sees or can do today."""
    rules = {rule.id: rule for source in sources() for rule in source.rules}
    left = []
    for duty in db.session.scalars(select(Duty).where(still_open())):
        asked = RIGHTS.get(rules[duty.rule].endpoint)
        able = [
            user
            for user in owners(duty)
            if may(user, "read", duty) and (asked is None or may(user, asked[1], subject(duty, asked[0])))
        ]
        if not able:
            left.append((duty.rule, duty.key, duty.owner_role))
    return left
