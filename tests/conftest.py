"""An application for each worker, a fresh commune for each test, on the engine that the test asks for."""

import gc
import os
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
from playwright.sync_api import Browser as Chromium
from sqlalchemy import event, text

from portal.app import create_app
from portal.engine import clock
from portal.engine.db import db
from portal.engine.transaction import transaction
from tests import builders, postgres
from tests.server import browser
from tests.translations import compiled
from tests.workers import Grouped

CHEAP = {"time_cost": 1, "memory_cost": 8, "parallelism": 1}
TODAY = date(2026, 11, 23)
RARELY = (10_000, 20, 20)  # how often the collector looks: as when it is served


ENGINES = ("sqlite", "postgresql")
pytest_plugins = ("tests.example",)


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


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Grouped:
    return Grouped(config, log)


class Reader(FlaskClient):
    """A client that reads each answer to its end, as on a server: what a streamed page holds is let go of there."""

    def open(self, *args: Any, **options: Any) -> Any:
        return super().open(*args, **{"buffered": True} | options)


class Browser(Reader):
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
    """An application with its database, and how to put the database back to how it was.

    On SQLite its states are files beside the database, on PostgreSQL databases beside it: a test starts from a copy.
    """

    app: Flask
    instance: Path
    server: postgres.Server | None = None
    kept: set[str] = field(default_factory=set)

    def build(self) -> None:
        with self.app.app_context(), clock.telling(clock.moment(TODAY)):
            if self.server:
                with db.engine.begin() as connection:
                    connection.execute(text("CREATE EXTENSION IF NOT EXISTS pg_trgm"))
            else:
                event.listen(db.engine, "connect", in_a_hurry)
            db.create_all()
            builders.two_communes()
        self.keep("template")

    def keep(self, name: str) -> None:
        """Remember how everything stands."""
        with self.app.app_context():
            if not self.server:
                db.session.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))
            db.session.remove()
            db.engine.dispose()
        shutil.copy(self.instance / "audit-head", self.instance / f"{name}-head")
        if self.server:
            self.server.create(name, template="now")
        else:
            shutil.copy(self.instance / "portal.db", self.instance / f"{name}.db")
        self.kept.add(name)

    def fresh(self, name: str = "template") -> None:
        """Put everything back to how it stood then."""
        with self.app.app_context():
            db.session.remove()
            db.engine.dispose()
        shutil.copy(self.instance / f"{name}-head", self.instance / "audit-head")
        if self.server:
            self.server.drop("now")
            self.server.create("now", template=name)
            return
        for leftover in ("portal.db-wal", "portal.db-shm"):
            (self.instance / leftover).unlink(missing_ok=True)
        shutil.copy(self.instance / f"{name}.db", self.instance / "portal.db")

    def furnish(self, name: str, build: Callable[[], object]) -> None:
        """Put what *build* makes into the two communes: it is built for the first test that asks, and kept."""
        if name in self.kept:
            self.fresh(name)
            return
        self.fresh()  # whatever a test before it left
        with self.app.app_context():
            build()
        self.keep(name)


def in_a_hurry(connection: Any, _record: Any) -> None:
    """Nothing of a test has to survive a power cut."""
    connection.execute("PRAGMA synchronous=OFF")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Chromium]:
    """One browser for all tests of the worker: a second could not be started beside it."""
    with browser() as opened:
        yield opened


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
    server = postgres_server() if engine == "postgresql" else None
    if server:
        server.create("now")
        settings["SQLALCHEMY_DATABASE_URI"] = server.url("now")
    house = House(_app(instance, **settings), instance, server)
    house.build()
    stays()
    return house


def stays() -> None:
    """What is loaded by now stays for the whole run: the collector need not look through it again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*RARELY)


@pytest.fixture(scope="session", autouse=True)
def unhurt_by_a_power_cut() -> Iterator[None]:
    """Nothing of a test has to survive one: files are not forced to the disk."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", lambda _descriptor: None)
        yield


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


@pytest.fixture
def in_vietnamese(
    app: Flask, browse_as: Callable[[Any], FlaskClient], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Callable[[Any], FlaskClient]:
    """Lets somebody read the portal in Vietnamese, with its translations as they stand in the sources."""
    spoken = app.extensions["babel"].instance.domain_instance
    monkeypatch.setattr(spoken, "_translation_directories", [str(compiled(tmp_path))])
    monkeypatch.setattr(spoken, "cache", {})

    def reader(user: Any) -> FlaskClient:
        with transaction(None):
            user.locale = "vi"
        return browse_as(user)

    return reader
