"""Proposing that a pledge was broken. The decision is the workflow's."""

from datetime import date

from sqlalchemy import select

from portal.engine import clock
from portal.engine.db import db
from portal.engine.refusal import Misfit, Plain, Refused
from portal.engine.text import mark
from portal.households.models import Pledge, PledgeBreach
from portal.law import approval


def propose_breach(pledge: Pledge, happened_on: date, reason: str) -> PledgeBreach:
    """Propose that somebody broke a pledge on a day. One is under way at a time."""
    if pledge.state not in ("signed", "confirmed") or pledge.voided_at is not None:
        raise Refused(Plain(mark("The pledge does not hold any more.")))
    if not pledge.signed_on <= happened_on <= clock.today():
        told = mark("A breach lies between %(day)s, when it was signed, and today.")
        raise Refused(Misfit("happened_on", told, day=pledge.signed_on))
    under_way = PledgeBreach.pledge_id == pledge.id, PledgeBreach.state == "proposed", PledgeBreach.voided_at.is_(None)
    if db.session.scalar(select(select(PledgeBreach.id).where(*under_way).exists())):
        raise Refused(Plain(mark("A breach of this pledge is proposed already, and not decided yet.")))
    breach = PledgeBreach(
        commune_id=pledge.commune_id, pledge=pledge, pledge_id=pledge.id, happened_on=happened_on, reason=reason,
        decider_role=approval.chain("pledge_breach", clock.today()).decider,
    )  # fmt: skip
    db.session.add(breach)
    db.session.flush()
    return breach
