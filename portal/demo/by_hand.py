"""What no record shows yet, said by hand as officers do: reports to the province, plans."""

from datetime import date, datetime, timedelta

from sqlalchemy import select

from portal.demo import words
from portal.duties import actions
from portal.duties.models import Duty
from portal.duties.queries import still_open
from portal.engine import access, clock
from portal.engine.db import db
from portal.engine.transaction import transaction
from portal.organisation.models import User

LEFT_OPEN = timedelta(days=14)  # what is younger still waits, so that a day has something to show
AT_ONCE = ("HANDOVER", "COM-RECEPTION-REPORT")  # done on the day: the file went, the province was told


def say_what_was_done(now: datetime) -> None:
    """Each owner records what was done on its day. Call it when the duties are there."""
    with clock.telling(now):
        for owner_id in db.session.scalars(select(Duty.owner_id).where(still_open()).distinct()).all():
            owner = db.session.get(User, owner_id) if owner_id else None
            if owner is not None:
                _finish(owner)


def _finish(owner: User) -> None:
    rules = {rule.id for source in actions.sources() for rule in source.rules if rule.by_hand}
    with transaction(owner):
        mine = access.reach(owner, "finish", Duty).where(Duty.owner_id == owner.id, still_open())
        for duty in db.session.scalars(mine.where(Duty.rule.in_(rules)).order_by(Duty.id)).all():
            if _is_done(duty.rule, duty.due_on):
                say = actions.leave if duty.is_right else actions.finish
                say(duty, duty.due_on, words.BY_HAND[duty.rule], owner.id)
                if duty.is_right:
                    duty.said_at = clock.moment(duty.due_on, 10)  # then: the chief has read it long ago


def _is_done(rule: str, due_on: date) -> bool:
    return due_on < clock.today() - (timedelta() if rule in AT_ONCE else LEFT_OPEN)
