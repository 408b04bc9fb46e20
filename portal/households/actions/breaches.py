"""Proposing that a pledge was broken. The decision is the workflow's."""

from datetime import date

from portal.engine import clock
from portal.engine.access import Actor
from portal.engine.db import db
from portal.engine.refusal import Misfit, Plain, Refused
from portal.engine.text import mark
from portal.households.models import Pledge, PledgeBreach
from portal.households.models.breach import decider_for
from portal.households.queries import breach_under_way


def check_breach(pledge: Pledge, happened_on: date) -> None:
    """Raise Refused where nobody can propose that a pledge was broken on a day. One is under way at a time."""
    if pledge.state not in ("signed", "confirmed") or pledge.voided_at is not None:
        raise Refused(Plain(mark("The pledge does not hold any more.")))
    if not pledge.signed_on <= happened_on <= clock.today():
        told = mark("A breach lies between %(day)s, when it was signed, and today.")
        raise Refused(Misfit("happened_on", told, day=pledge.signed_on))
    if breach_under_way(pledge):
        raise Refused(Plain(mark("A breach of this pledge is proposed already, and not decided yet.")))


def propose_breach(pledge: Pledge, happened_on: date, reason: str, by: Actor) -> PledgeBreach:
    """Propose that somebody broke a pledge on a day. Raises Refused as `check_breach` does."""
    check_breach(pledge, happened_on)
    breach = PledgeBreach(
        commune_id=pledge.commune_id, pledge=pledge, pledge_id=pledge.id, happened_on=happened_on, reason=reason,
        decider_role=decider_for(by, pledge.commune_id),
    )  # fmt: skip
    db.session.add(breach)
    db.session.flush()
    return breach
