"""The example, loaded once a worker for all rooms: for the last day that is told, and for a day long after it."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from flask import Flask

from portal.app import create_app
from portal.demo.loading import load_example
from portal.engine import clock
from portal.engine.db import db
from tests.conftest import CHEAP, Browser

LAST_TOLD, MUCH_LATER = date(2026, 11, 23), date(2028, 3, 1)


def empty_portal(instance: Path) -> Flask:
    app = create_app(instance=instance, TESTING=True, WTF_CSRF_ENABLED=False, PASSWORD_COST=CHEAP)
    app.test_client_class = Browser
    with app.app_context():
        db.create_all()
    return app


def loaded_on(day: date, instance: Path) -> Flask:
    app = empty_portal(instance)
    with app.app_context(), clock.telling(clock.moment(day, 10)):
        load_example()
        db.session.remove()
    return app


@pytest.fixture(scope="session")
def told(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    return loaded_on(LAST_TOLD, tmp_path_factory.mktemp("told"))


@pytest.fixture(scope="session")
def told_later(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    return loaded_on(MUCH_LATER, tmp_path_factory.mktemp("told-later"))


@pytest.fixture
def example(told: Flask) -> Iterator[Flask]:
    """The example on the morning of 23/11/2026, in an open application context."""
    with told.app_context(), clock.telling(clock.moment(LAST_TOLD, 10)):
        yield told
        db.session.remove()


@pytest.fixture
def later_example(told_later: Flask) -> Iterator[Flask]:
    with told_later.app_context(), clock.telling(clock.moment(MUCH_LATER, 10)):
        yield told_later
        db.session.remove()
