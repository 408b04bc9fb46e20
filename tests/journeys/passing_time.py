"""A small commune that this process serves itself, so that its days pass as a story tells them.

What people see, whom they ask and what the portal answers is the same as over gunicorn; only the clock is the story's.
"""

import gettext
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from threading import Thread
from time import monotonic
from typing import Any

from flask import Flask
from sqlalchemy import event, select
from werkzeug.serving import WSGIRequestHandler, make_server

from portal.app import create_app
from portal.engine import clock
from portal.engine.db import db
from portal.engine.transaction import transaction
from portal.organisation.models import User
from tests import builders
from tests.conftest import CHEAP, House, in_a_hurry
from tests.translations import compiled

SETTLED = date(2026, 1, 5)  # since when the commune has its portal
PEOPLE = {
    "officer": "Võ Hữu Thanh",
    "officer2": "A Nhuin",
    "chief": "Phan Đình Luân",
    "leader": "Lê Trọng Khôi",
    "helper": "Lương Văn Thiết",
    "clerk": "Đặng Thu Trà",
}


def settled(instance: Path) -> House:
    """A portal in which xã Bờ Y has its people and not one case."""
    spoken = compiled(instance / "spoken")
    app = create_app(instance=instance, PASSWORD_COST=CHEAP, BABEL_TRANSLATION_DIRECTORIES=str(spoken))
    app.config["PROPAGATE_EXCEPTIONS"] = False
    house = House(app, instance)
    with app.app_context(), clock.telling(clock.moment(SETTLED)):
        event.listen(db.engine, "connect", in_a_hurry)
        db.create_all()
        builders.two_communes()
        with transaction(None):
            for short, name in PEOPLE.items():
                found = db.session.scalars(select(User).where(User.username == f"by.{short}")).one()
                found.full_name = name
    house.keep("template")
    return house


@dataclass
class Days:
    """The moment that everybody lives in. It goes on by itself, and to another day when the story says so."""

    began: datetime = field(default_factory=lambda: clock.moment(SETTLED))
    since: float = field(default_factory=monotonic)

    def turn(self, day: date, hour: int = 8, minute: int = 0) -> None:
        self.began, self.since = clock.moment(day, hour, minute), monotonic()

    @property
    def today(self) -> date:
        return clock.day_of(self.began)

    def around(self, app: Flask) -> Callable[..., Iterable[bytes]]:
        """The application, each of whose answers is given in that moment."""

        def answering(environ: Any, start_response: Any) -> list[bytes]:
            with clock.telling(self.began + timedelta(seconds=monotonic() - self.since)):
                answer = app(environ, start_response)
                try:
                    return list(answer)
                finally:
                    getattr(answer, "close", lambda: None)()

        return answering


class Quiet(WSGIRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_request(self, *_told: Any) -> None:
        return


@contextmanager
def serving(house: House, days: Days) -> Iterator[str]:
    """Its address, for as long as the block lasts."""
    server = make_server("127.0.0.1", 0, days.around(house.app), threaded=True, request_handler=Quiet)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.port}"
    finally:
        server.shutdown()
        thread.join()


def words_of(house: House) -> Callable[[str], str]:
    """Says in Vietnamese what the sources say in English; of a name and all else that is typed, the same."""
    with (house.instance / "spoken" / "vi" / "LC_MESSAGES" / "messages.mo").open("rb") as file:
        known = gettext.GNUTranslations(file)._catalog  # type: ignore[attr-defined]
    return lambda told: str(known.get(told, told)) if told else ""
