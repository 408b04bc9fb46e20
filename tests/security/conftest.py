"""The world of markers, built once for all tests of a worker, with everybody signed in; put back after every write."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, text

from portal import errors
from portal.engine import clock
from portal.engine.db import Base, db
from portal.organisation.models import Role
from tests import builders
from tests.conftest import CHEAP, TODAY, House, Reader, _app, in_a_hurry, stays
from tests.security import asked, carried, councils, doors, lawyers, lived, offices, outings, shelves, told
from tests.security.found_forms import Form
from tests.security.still import Still
from tests.security.world import SCOPES, World, build, everybody

BOOKKEEPING = {"audit_event", "user_session", "known_browser", "sign_in_waiting"}


@dataclass
class Stage:
    """The portal with the world in it, and a browser for each role and scope."""

    app: Flask
    instance: Path
    world: World
    browsers: dict[tuple[Role, str], FlaskClient] = field(default_factory=dict)
    tokens: dict[tuple[Role, str], str] = field(default_factory=dict)

    def browser(self, role: Role, scope: str = "own") -> FlaskClient:
        return self.browsers[role, scope]

    def sign_in(self, username: str) -> FlaskClient:
        client = self.app.test_client()
        answer = client.post("/login", data={"username": username, "password": builders.PASSWORD})
        assert answer.status_code == 302, answer.text
        return client

    def keep(self) -> None:
        """Remember how everything stands."""
        with self.app.app_context():
            db.session.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))
            db.session.remove()
            db.engine.dispose()
        for name in ("portal.db", "audit-head"):
            shutil.copy(self.instance / name, self.instance / f"{name}.kept")
        self.tokens = {who: browser.get_cookie("portal").value for who, browser in self.browsers.items()}

    def restore(self) -> None:
        """Put everything back to how it stood."""
        with self.app.app_context():
            db.session.remove()
            db.engine.dispose()
        for leftover in ("portal.db-wal", "portal.db-shm"):
            (self.instance / leftover).unlink(missing_ok=True)
        for name in ("portal.db", "audit-head"):
            shutil.copy(self.instance / f"{name}.kept", self.instance / name)
        for who, token in self.tokens.items():
            self.browsers[who].set_cookie("portal", token)

    def contents(self) -> dict[str, Any]:
        """How many rows each table has and the sum of their versions: whatever is written changes one of them."""
        found = {}
        with self.app.app_context(), db.engine.connect() as connection:
            for table in Base.metadata.sorted_tables:
                if table.name not in BOOKKEEPING:
                    versions = "COALESCE(SUM(version), 0)" if "version" in table.c else "0"
                    asked = text(f'SELECT COUNT(*), {versions} FROM "{table.name}"')  # noqa: S608 - our own names
                    found[table.name] = tuple(connection.execute(asked).one())
        return found


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    instance = tmp_path_factory.mktemp("markers")
    words = str(instance / "none")
    app = _app(instance, TESTING=True, WTF_CSRF_ENABLED=False, PASSWORD_COST=CHEAP, BABEL_TRANSLATION_DIRECTORIES=words)
    app.test_client_class = Reader  # no test here holds a context of its own
    with clock.telling(clock.moment(TODAY)):
        with app.app_context():
            event.listen(db.engine, "connect", in_a_hurry)
            db.create_all()
            builders.two_communes()
            here, there = builders.commune("BY"), builders.commune("DN")
            places = {
                **build(here, there).places, **offices.build(here, there), **councils.build(here, there),
                **outings.build(here, there), **doors.build(here, there), **carried.build(here, there),
                **asked.build(here, there), **shelves.build(here, there), **told.build(here, there),
                **lawyers.build(here, there),
            }  # fmt: skip
            world = World(places)
            names = {(role, scope): user.username for role, scope, user in everybody(here)}
        stage = Stage(app, instance, world)
        stage.browsers = {who: stage.sign_in(name) for who, name in names.items()}
        assert set(stage.browsers) == {(role, scope) for role in Role for scope in SCOPES}
        stage.keep()
    stays()
    yield stage
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def lived_in(app: Flask, engine_name: str, houses: Callable[[str], House]) -> None:
    """Two communes with records in every state that offers a form: ask for it before whatever reads them."""
    houses(engine_name).furnish("lived_in", lambda: lived.build(builders.commune("BY"), builders.commune("DN")))


@pytest.fixture(scope="session")
def forms_found() -> dict[str, list[Form]]:
    """The forms that each of those who walk was shown."""
    return {}


@pytest.fixture
def scene(
    app: Flask, lived_in: None, commune: builders.Commune, neighbour: builders.Commune, browse_as: Any,
    forms_found: dict[str, list[Form]],
) -> Iterator[lived.Scene]:  # fmt: skip
    foreign = lived.foreign_ids(neighbour)
    clients = {who: app.test_client() if who == "nobody" else browse_as(getattr(commune, who)) for who in lived.WALKERS}
    still = Still(app)
    yield lived.Scene(still, clients, foreign, forms_found)
    still.close()


@pytest.fixture
def stage(built: Stage, today: Any) -> Iterator[Stage]:
    """The world as it was built; whatever a test writes is put back."""
    yield built
    built.restore()


@pytest.fixture
def bare_refusals(monkeypatch: pytest.MonkeyPatch) -> None:
    """Refusals without their page, which costs more than all else: what it shows is read in a test of its own."""
    monkeypatch.setattr(errors, "_page", lambda status, headers=(), **_words: ("", status, list(headers)))


@pytest.fixture
def world(stage: Stage) -> World:
    return stage.world
