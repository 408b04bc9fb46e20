"""A phone as the portal sees one: it keeps what was written on it, and sends it until it is answered."""

import uuid
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from flask.testing import FlaskClient

from portal.engine import clock


def an_item(form: str, about: int | None, acting: str, ago: timedelta = timedelta(), /, **typed: Any) -> dict[str, Any]:
    """A form that was filled in, now or a while *ago*."""
    return {
        "id": str(uuid.uuid4()), "form": form, "about": about, "acting": acting,
        "written": (clock.now() - ago).isoformat(), "typed": [[name, str(value)] for name, value in typed.items()],
    }  # fmt: skip


@dataclass
class Phone:
    """Somebody's phone, on which they have signed in once."""

    browser: FlaskClient
    tag: str = field(default_factory=lambda: uuid.uuid4().hex)

    def __post_init__(self) -> None:
        """It has been known since yesterday."""
        with clock.telling(clock.now() - timedelta(days=1)):
            self._let_in()

    def _let_in(self) -> None:
        answer = self.browser.post("/offline/phone", json={"phones": [], "fresh": self.tag})
        assert answer.status_code == 200, answer.text
        self.secret = answer.json["secret"]

    def send(self, *items: dict[str, Any], **more: Any) -> Any:
        parcel = {"phone": self.tag, "clock": clock.now().isoformat(), "waiting": 0, "items": list(items), **more}
        return self.browser.post("/offline/send", json=parcel)

    def answers(self, *items: dict[str, Any], **more: Any) -> list[dict[str, Any]]:
        answer = self.send(*items, **more)
        assert answer.status_code == 200, answer.text
        found: list[dict[str, Any]] = answer.json["answers"]
        return found

    def day(self) -> Any:
        return self.browser.get("/offline/day").json
