"""A phone as the portal sees one: it keeps what was written on it, and sends it until it is answered."""

import uuid
from dataclasses import dataclass, field
from datetime import timedelta
from io import BytesIO
from typing import Any

from flask.testing import FlaskClient
from PIL import Image
from sqlalchemy import inspect

from portal.engine import clock
from portal.engine.db import db
from portal.engine.transaction import transaction

HEAD, OFFICER = "village_head:", "police_officer:"
HOUR = timedelta(hours=1)


def kept(record: Any, **of: Any) -> Any:
    """What is kept of a kind, the oldest first."""
    db.session.rollback()
    return db.session.scalars(db.select(record).filter_by(**of).order_by(*inspect(record).primary_key)).all()


def an_item(form: str, about: int | None, acting: str, ago: timedelta = timedelta(), /, **typed: Any) -> dict[str, Any]:
    """A form that was filled in, now or a while *ago*."""
    return {
        "id": str(uuid.uuid4()), "form": form, "about": about, "acting": acting,
        "written": (clock.now() - ago).isoformat(), "typed": [[name, str(value)] for name, value in typed.items()],
    }  # fmt: skip


def a_note(text: str = "Người lạ ở bìa rừng", ago: timedelta = timedelta(), acting: str = OFFICER) -> Any:
    said = {"happened_on": "23/11/2026", "text": text, "source": "village"}
    return an_item("incidents.observation", None, acting, ago, **said)


def end_role(user: Any, role: str, ago: timedelta) -> None:
    """Let somebody's role have ended a while *ago*; it had been confirmed the day before that."""
    with transaction(None):
        grant = next(one for one in user.grants if one.role == role)
        grant.confirmed_at, grant.ended_at = clock.now() - ago - timedelta(days=1), clock.now() - ago


def a_photo(colour: str = "green") -> bytes:
    content = BytesIO()
    Image.new("RGB", (64, 48), colour).save(content, "JPEG", exif=Image.Exif())
    return content.getvalue()


def a_file(colour: str) -> tuple[BytesIO, str]:
    return BytesIO(a_photo(colour)), "p.jpg"


@dataclass
class Phone:
    """Somebody's phone, on which they have signed in once."""

    browser: FlaskClient
    tag: str = field(default_factory=lambda: uuid.uuid4().hex)
    secret: str = ""

    def __post_init__(self) -> None:
        """It has been known since yesterday."""
        with clock.telling(clock.now() - timedelta(days=1)):
            self._let_in()

    def _let_in(self) -> None:
        answer = self.let_in([])
        assert answer.status_code == 200, answer.text
        self.secret = answer.json["secret"]

    def let_in(self, there: list[str], fresh: str = "", **more: Any) -> Any:
        return self.browser.post("/offline/phone", json={"phones": there, "fresh": fresh or self.tag, **more})

    def send(self, *items: dict[str, Any], **more: Any) -> Any:
        parcel = {"phone": self.tag, "clock": clock.now().isoformat(), "waiting": 0, "items": list(items), **more}
        return self.browser.post("/offline/send", json=parcel)

    def answers(self, *items: dict[str, Any], **more: Any) -> list[dict[str, Any]]:
        answer = self.send(*items, **more)
        assert answer.status_code == 200, answer.text
        found: list[dict[str, Any]] = answer.json["answers"]
        return found

    def send_photo(self, of: dict[str, Any], content: bytes | None = None, /, **more: Any) -> Any:
        sent = {
            "phone": self.tag, "of": of["id"], "photo": "00000000-0000-4000-8000-000000000009",
            "file": (BytesIO(a_photo() if content is None else content), "p.jpg"), **more,
        }  # fmt: skip
        return self.browser.post("/offline/photos", data=sent, content_type="multipart/form-data")

    def day(self) -> Any:
        return self.browser.get("/offline/day").json
