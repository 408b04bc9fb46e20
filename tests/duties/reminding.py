"""Mornings, matters whose hours run, and what was told of them."""

from contextlib import contextmanager
from datetime import timedelta

from sqlalchemy import select

from portal.duties.models import Digest, Duty, Notification, Outbox
from portal.engine import clock
from portal.engine.db import db
from portal.engine.transaction import transaction

OWN_RULE = "COMPLETE-INCIDENTS"


@contextmanager
def at(day, hour=8, minute=0):
    """Live at an hour of a day, with nothing read before."""
    db.session.rollback()
    with clock.telling(clock.moment(day, hour, minute)):
        yield


def job(app, day, hour=7, minute=0, name="digest"):
    """Run a job at an hour of a day, and give back what it said."""
    with at(day, hour, minute):
        answer = app.test_cli_runner().invoke(args=["jobs", "run", name], env={"LANG": "en"})
    db.session.rollback()
    assert answer.exit_code == 0, answer.output
    return answer.output


def a_matter(commune, owner=None, hours=24, rule=OWN_RULE, **more):
    """Something that somebody owes within hours from now."""
    due_at = clock.now() + timedelta(hours=hours)
    facts = {
        "subject_type": "incident", "subject_id": 9000 + len(db.session.scalars(select(Duty.id)).all()),
        "owner_role": "police_officer", "owner_id": owner.id if owner else None, "values": {"number": "VV-2026-001"},
        "due_on": clock.day_of(due_at), "due_at": due_at, **more,
    }  # fmt: skip
    with transaction(None):
        duty = Duty(rule=rule, commune_id=commune.id, **facts)
        db.session.add(duty)
    return duty


def digests(user=None):
    """The days on which digests were made, of one person or of all."""
    asked = select(Digest).order_by(Digest.on, Digest.user_id)
    return list(db.session.scalars(asked.where(Digest.user_id == user.id) if user else asked))


def unread(user, kind):
    wanted = Notification.user_id == user.id, Notification.kind == kind, Notification.read_at.is_(None)
    return list(db.session.scalars(select(Notification).where(*wanted)))


def mails(user):
    return list(db.session.scalars(select(Outbox).where(Outbox.user_id == user.id).order_by(Outbox.id)))


def reachable(app, monkeypatch, *users):
    """Let mail be set, and give people an address."""
    monkeypatch.setitem(app.config, "SMTP_URL", "smtp://localhost:2525")
    monkeypatch.setitem(app.config, "ADDRESS", "https://boy.example.vn")
    with transaction(None):
        for user in users:
            user.email = f"{user.username}@example.vn"
