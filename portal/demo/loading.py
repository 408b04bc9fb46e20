"""Loads the example: the story told deed by deed, each by whoever does it and on its own day, saved all together.

All or nothing: an interrupted load leaves the database as empty as it was, so that a half-told example cannot be.
"""

from datetime import datetime, timedelta

from sqlalchemy import select

from portal.demo.by_hand import say_what_was_done
from portal.demo.chronicle import chronicle
from portal.demo.deeds import Deed, Scene
from portal.demo.meetings import compile_coming
from portal.demo.on_call import write_rosters
from portal.demo.organisation import load_organisation
from portal.demo.registering import keep_registers
from portal.demo.units import SET_UP_ON
from portal.duties.daily import renew_along
from portal.engine import clock
from portal.engine.db import db
from portal.engine.transaction import go_on_as_any_day, together, transaction
from portal.organisation.models import RoleGrant, Unit, User
from portal.organisation.queries import has_demo

NEWS = timedelta(days=10)  # for how long the bells of the example ring


class RealData(Exception):
    """The portal holds units or accounts that are not the example's."""


def load_example(now: datetime | None = None) -> int:
    """Load the example as it stands at a moment, now unless told. Returns how many deeds were told, 0 if it was there.

    Raises RealData where anything real is kept.
    """
    now = now or clock.now()
    with together(news_from=now - NEWS, unchanging=(Unit, User, RoleGrant)):
        if holds_real_data():
            raise RealData
        return 0 if has_demo() else _tell(now)


def holds_real_data() -> bool:
    """Whether somebody here is not of the example, or units stand without it."""
    real = db.session.scalar(select(select(User.id).where(User.demo.is_(False)).exists()))
    units = db.session.scalar(select(select(Unit.id).exists()))
    return bool(real) or (bool(units) and not has_demo())


def _tell(now: datetime) -> int:
    with clock.telling(clock.moment(SET_UP_ON)):
        organisation = load_organisation(clock.day_of(now))
    scene = Scene(organisation, organisation.people["police_chief"])
    deeds = chronicle(now)
    for deed in deeds:
        _do(deed, scene)
    _do_what_is_due(now)
    return len(deeds)


def _do_what_is_due(now: datetime) -> None:
    """What people do on the last day, once they see what they owe."""
    go_on_as_any_day()
    with clock.telling(now):
        renew_along()
    for do in (say_what_was_done, keep_registers, write_rosters, compile_coming):
        do(now)


def _do(deed: Deed, scene: Scene) -> None:
    """Live at the moment of a deed, as the one who does it."""
    scene.actor = scene.person(deed.by)
    with clock.telling(deed.at), transaction(scene.actor):
        deed.act(scene)
