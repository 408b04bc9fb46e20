"""The example is loaded into an empty portal, whole or not at all, and once."""

from datetime import date

import pytest
from sqlalchemy import func, select

from portal.demo import loading
from portal.demo.loading import RealData, load_example
from portal.engine import audit, clock
from portal.engine.audit import AuditEvent
from portal.engine.db import db
from portal.engine.transaction import transaction
from portal.organisation import actions
from portal.organisation.demo_accounts import DEMO_ACCOUNTS, DEMO_PASSWORD
from portal.organisation.models import Unit, UnitKind, User
from portal.people.models import Person
from tests.example import LAST_TOLD, empty_portal


def count(*records):
    return [db.session.scalar(select(func.count()).select_from(one)) for one in records]


def test_the_chain_of_the_loaded_example_is_whole_and_tells_both_the_day_told_and_the_moment_of_loading(example):
    stands, broken = audit.verify(db.session())
    assert (stands > 1000, broken) == (True, None)
    events = db.session.scalars(select(AuditEvent).order_by(AuditEvent.sequence)).all()
    assert events[0].at.year == 2021
    assert max(event.at for event in events) <= clock.now()
    began = min(event.written_at for event in events)
    assert all(event.at < began for event in events if event.at.year < began.year)
    assert sum(event.at.year < began.year for event in events) > 1000


def test_a_self_report_of_2024_is_signed_by_the_officer_of_that_day_in_the_unit_of_that_day(example):
    event = db.session.scalars(
        select(AuditEvent).where(AuditEvent.record_type == "check_in", AuditEvent.at >= clock.moment(date(2024, 5, 1)))
    ).first()
    assert event.role == "police_officer"
    assert db.session.get(Unit, event.unit_id).code == "PY-CA"


def test_a_second_run_adds_nothing_and_says_so(example):
    before = count(AuditEvent, Person, User)
    assert load_example() == 0
    assert count(AuditEvent, Person, User) == before
    said = example.test_cli_runner().invoke(args=["demo", "load"])
    assert said.exit_code == 0
    assert count(AuditEvent, Person, User) == before


@pytest.mark.parametrize("real", ["an account", "a unit"])
def test_where_real_data_are_nothing_is_loaded(tmp_path, real):
    app = empty_portal(tmp_path)
    with app.app_context():
        with transaction(None):
            if real == "an account":
                actions.create_user("an", "Nguyễn Văn An", None)
            else:
                actions.create_unit("XA", "xã Thật", UnitKind.COMMUNE, date(2025, 7, 1))
        before = count(AuditEvent, Person, User, Unit)
        with pytest.raises(RealData):
            load_example()
        assert count(AuditEvent, Person, User, Unit) == before
        assert app.test_cli_runner().invoke(args=["demo", "load"]).exit_code == 1
        assert count(AuditEvent, Person, User, Unit) == before
        db.session.remove()


@pytest.mark.parametrize(("where", "after"), [("_do", 5), ("compile_coming", 0)])
def test_a_load_that_is_interrupted_leaves_nothing_behind_and_can_be_repeated(tmp_path, monkeypatch, where, after):
    told = []

    def interrupted(*about):
        if told.append(about) or len(told) > after:
            raise KeyboardInterrupt
        do(*about)

    do = getattr(loading, where)
    app = empty_portal(tmp_path)
    with app.app_context():
        monkeypatch.setattr(loading, where, interrupted)
        with pytest.raises(KeyboardInterrupt):
            load_example(clock.moment(date(2022, 2, 1)))
        assert count(AuditEvent, Person, User, Unit) == [0, 0, 0, 0]
        assert audit.verify(db.session()) == (0, None)
        monkeypatch.setattr(loading, where, do)
        assert load_example(clock.moment(date(2022, 2, 1))) > 0
        assert audit.verify(db.session())[1] is None
        db.session.remove()


def test_the_clock_is_never_moved_by_a_request(example):
    with example.test_request_context(), pytest.raises(RuntimeError):
        load_example()


@pytest.mark.parametrize("account", DEMO_ACCOUNTS, ids=lambda account: account.username)
def test_every_demo_account_signs_in_with_the_password_of_the_example(example, account):
    answer = example.test_client().post("/login", data={"username": account.username, "password": DEMO_PASSWORD})
    assert answer.status_code == 302
    assert clock.today() == LAST_TOLD
