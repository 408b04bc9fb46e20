"""What the bench measures is the portal as it is."""

from sqlalchemy import func, select

from bench import generate
from portal.app import create_app
from portal.duties.daily import renew_all
from portal.duties.models import Duty
from portal.engine.db import db

CASES = 40


def test_the_cases_to_measure_with_owe_what_the_rules_ask_for(tmp_path, monkeypatch):
    monkeypatch.setattr(generate, "CACHE", tmp_path)
    instance = generate.prepared(CASES)
    app = create_app(instance=instance, SQLALCHEMY_DATABASE_URI=f"sqlite:///{instance / 'portal.db'}")
    with app.app_context():
        made = facts()
        assert {done_on is None for *_, done_on in made} == {True, False}
        renew_all()
        db.session.remove()
        assert facts() == made
        assert db.session.scalar(select(func.count()).select_from(Duty)) == len(made)
        db.engine.dispose()


def facts():
    asked = select(Duty.rule, Duty.key, Duty.subject_type, Duty.subject_id, Duty.owner_id, Duty.due_on, Duty.done_on)
    return sorted((tuple(row) for row in db.session.execute(asked)), key=str)
