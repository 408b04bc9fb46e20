"""An application for each worker, a fresh commune for each test, on the engine that the test asks for."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.globals import _cv_app
from flask.testing import FlaskClient
from sqlalchemy import text

from portal.app import create_app
from portal.engine import clock
from portal.engine.db import db
from tests import builders, postgres

CHEAP = {"time_cost": 1, "memory_cost": 8, "parallelism": 1}
TODAY = date(2026, 11, 23)


ENGINES = ("sqlite", "postgresql")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--engine",
        choices=(*ENGINES, "both"),
        help="Run every test on one engine, or on both. Without it: on SQLite, and on both where a test is marked so.",
    )


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "engine_name" in metafunc.fixturenames:
        metafunc.parametrize("engine_name", _engines_of(metafunc), scope="session")


def _engines_of(metafunc: pytest.Metafunc) -> tuple[str, ...]:
    """The engines on which a test runs: those asked for, else SQLite alone unless the test is marked for both."""
    asked = metafunc.config.getoption("engine")
    if metafunc.definition.get_closest_marker("files_of_sqlite"):
        return ENGINES[:1]
    if asked in ENGINES:
        return (asked,)
    everywhere = asked == "both" or metafunc.definition.get_closest_marker("both_engines")
    return ENGINES if everywhere else ENGINES[:1]


class Browser(FlaskClient):
    """A client whose requests have an application context of their own, as on a server.

    Flask would otherwise lend them the test's, and with it the user of the request before.
    """

    def open(self, *args: Any, **options: Any) -> Any:
        db.session.rollback()  # nothing of the test's is held while the request writes
        outside = _cv_app.set(None)
        try:
            return super().open(*args, **options)
        finally:
            _cv_app.reset(outside)


@dataclass
class House:
    """An application with its database, and how to put the database back to how it was."""

    app: Flask
    instance: Path
    server: postgres.Server | None = None
    names: Iterator[int] = field(default_factory=lambda: iter(range(10**6)))

    def build(self) -> None:
        with self.app.app_context(), clock.telling(clock.moment(TODAY)):
            if self.server:
                with db.engine.begin() as connection:
                    connection.execute(text("CREATE EXTENSION IF NOT EXISTS pg_trgm"))
            db.create_all()
            builders.two_communes()
            db.session.remove()
            db.engine.dispose()
        if not self.server:
            with self.app.app_context():
                db.session.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))
                db.session.remove()
                db.engine.dispose()
            shutil.copy(self.instance / "portal.db", self.instance / "template.db")
        shutil.copy(self.instance / "audit-head", self.instance / "template-head")

    def fresh(self) -> None:
        with self.app.app_context():
            db.engine.dispose()
        shutil.copy(self.instance / "template-head", self.instance / "audit-head")
        if self.server:
            self.server.drop("now")
            self.server.create("now", template="template")
            return
        for leftover in ("portal.db-wal", "portal.db-shm"):
            (self.instance / leftover).unlink(missing_ok=True)
        shutil.copy(self.instance / "template.db", self.instance / "portal.db")


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Callable[[], postgres.Server]]:
    """A server for all tests of the worker, started for the first one that asks."""
    started: list[postgres.Server] = []
    with ExitStack() as stack:

        def server() -> postgres.Server:
            if not started:
                started.append(stack.enter_context(postgres.server()))
            return started[0]

        yield server


@pytest.fixture(scope="session")
def houses(
    tmp_path_factory: pytest.TempPathFactory, postgres_server: Callable[[], postgres.Server]
) -> Callable[[str], House]:
    built: dict[str, House] = {}

    def house(engine: str) -> House:
        if engine != "sqlite":
            house("sqlite")  # first: a key that PostgreSQL adds to its table later is left out of SQLite's from then on
        if engine not in built:
            built[engine] = _built(engine, tmp_path_factory.mktemp(engine), postgres_server)
        return built[engine]

    return house


def _built(engine: str, instance: Path, postgres_server: Callable[[], postgres.Server]) -> House:
    settings: dict[str, Any] = {"TESTING": True, "WTF_CSRF_ENABLED": False, "PASSWORD_COST": CHEAP}
    settings["BABEL_TRANSLATION_DIRECTORIES"] = str(instance / "none")  # pages speak as the sources do
    if engine == "sqlite":
        house = House(_app(instance, **settings), instance)
        house.build()
        return house
    server = postgres_server()
    server.create("template")
    template = House(_app(instance, SQLALCHEMY_DATABASE_URI=server.url("template"), **settings), instance, server)
    template.build()
    server.create("now", template="template")
    return House(_app(instance, SQLALCHEMY_DATABASE_URI=server.url("now"), **settings), instance, server)


def _app(instance: Path, **settings: Any) -> Flask:
    app = create_app(instance=instance, **settings)
    app.config["PROPAGATE_EXCEPTIONS"] = False
    app.test_client_class = Browser
    return app


@pytest.fixture
def today() -> Iterator[date]:
    """Every test lives on this day; the application and the builders alike."""
    with clock.telling(datetime.combine(TODAY, clock.moment(TODAY).timetz())):
        yield TODAY


@pytest.fixture
def app(engine_name: str, houses: Callable[[str], House], today: date) -> Iterator[Flask]:
    house = houses(engine_name)
    house.fresh()
    yield house.app
    with house.app.app_context():
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def commune(app: Flask) -> Iterator[builders.Commune]:
    """xã Bờ Y with its people, in an open application context; a second commune lies beside it."""
    with app.app_context():
        yield builders.commune("BY")
        db.session.remove()


@pytest.fixture
def neighbour(commune: builders.Commune) -> builders.Commune:
    """The second commune: nothing of it may ever be seen from the first."""
    return builders.commune("DN")


@pytest.fixture
def browse_as(app: Flask) -> Callable[[Any], FlaskClient]:
    """Sign somebody in, in a browser of their own."""

    def browse(user: Any) -> FlaskClient:
        client = app.test_client()
        answer = client.post("/login", data={"username": user.username, "password": builders.PASSWORD})
        assert answer.status_code == 302, answer.text
        return client

    return browse
