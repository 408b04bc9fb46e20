"""A commune with something on nearly every sheet moves into a portal that holds nothing but its administrator."""

from datetime import date

import pytest
from sqlalchemy import func, select

from portal.app import create_app
from portal.cases.models import Case
from portal.engine import clock
from portal.engine.db import db
from portal.engine.transaction import transaction
from portal.organisation.models import Unit
from tests.conftest import CHEAP
from tests.documents.test_directives import entered
from tests.exchange.test_further_kinds import some_breaches
from tests.exchange.test_meetings import LATER, some_meetings
from tests.exchange.test_people_and_cases import figures
from tests.exchange.test_rooms import a_letter, a_plan, some_events, some_pledges
from tests.exchange.told import told
from tests.exchange.workbooks import cells_of
from tests.patrols.going import a_patrol, a_point, logged, signed
from tests.reports.report import an_approved

SETTINGS = {"TESTING": True, "PASSWORD_COST": CHEAP}


@pytest.fixture
def empty(tmp_path):
    instance = tmp_path / "empty"
    instance.mkdir()
    app = create_app(instance=instance, BABEL_TRANSLATION_DIRECTORIES=str(tmp_path / "none"), **SETTINGS)
    with app.app_context():
        db.create_all()
    yield app
    with app.app_context():
        db.engine.dispose()


def invoked(app, *words):
    done = app.test_cli_runner().invoke(args=list(words))
    assert done.exit_code == 0, done.output
    return done.output


def everything(commune):
    with transaction(None):
        visiting = commune.inspector.grants[0]
        visiting.valid_to, visiting.purpose = date(2027, 12, 31), "Thanh tra"
    told(commune)
    some_events(commune)
    some_pledges(commune)
    some_breaches(commune)
    entered(commune)
    a_letter(commune)
    a_plan(commune)
    done = a_patrol(commune, points=(a_point(commune),))
    signed(commune, logged(commune, done, violations_found=1, conclusion="Một vi phạm"), "military", "border")
    an_approved(commune)
    with clock.telling(clock.moment(LATER, 17)):
        some_meetings(commune)


def test_a_whole_commune_comes_into_an_empty_portal_and_goes_out_and_counts_the_same(app, commune, empty, tmp_path):
    everything(commune)
    first, second = tmp_path / "ra.xlsx", tmp_path / "lai.xlsx"
    with clock.telling(clock.moment(LATER, 18)):
        invoked(app, "data", "export", str(first), "--unit", "BY")
        counted = figures(app)
        db.session.remove()
        with empty.app_context():
            invoked(empty, "users", "create", "by.administrator", "Administrator xã Bờ Y", "--commune", "xã Bờ Y")
            assert db.session.scalars(select(Unit.code)).all() == ["BY"]
            invoked(empty, "data", "import", str(first), "--unit", "BY")
            assert db.session.scalar(select(func.count(Case.id)))
            assert "nothing added" in invoked(empty, "data", "import", str(first), "--unit", "BY")
            invoked(empty, "data", "export", str(second), "--unit", "BY")
            assert figures(empty) == counted
            db.session.remove()
    assert cells_of(second.read_bytes()) == cells_of(first.read_bytes())
