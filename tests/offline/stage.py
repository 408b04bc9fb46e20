"""The portal as a history knows it: it is restarted, dies while it saves, and is put back to an earlier copy.

The roles: the head of a village with four households and an open campaign, an officer with two cases, the military that
is asked about two patrols, each with two phones; and the chief, who decides.
"""

from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, select

from portal.app import create_app
from portal.cases.models import Case, CheckIn
from portal.documents.models import Attachment
from portal.engine import audit, clock
from portal.engine.db import db
from portal.engine.transaction import transaction
from portal.households.models import DoorCall, Household, Pledge, PledgeCampaign
from portal.incidents.models import Observation
from portal.offline import sending
from portal.offline.models import HeldSend, Receipt
from portal.organisation.actions import confirm_grant, grant_role
from portal.organisation.models import User
from portal.patrols.models import Countersignature, Patrol, PatrolLog
from tests import builders
from tests.builders import PASSWORD, Commune, a_case
from tests.conftest import TODAY, House, in_a_hurry
from tests.households.doors import a_campaign, goal, some_households, ticked
from tests.offline.phones import Phone
from tests.patrols.going import a_patrol, at, disputed, logged, signed

WRITERS = ("village_head", "officer", "military")
PHONES = 2
FURNITURE, COPY = "histories", "history-copy"
SETTINGS = ("TESTING", "WTF_CSRF_ENABLED", "PASSWORD_COST", "BABEL_TRANSLATION_DIRECTORIES", "SQLALCHEMY_DATABASE_URI")
BEGINS = clock.moment(TODAY)


class Killed(BaseException):
    """The power went, at this very line."""


@dataclass
class Things:
    goal: int
    doors: list[int]
    cases: list[int]
    patrols: list[int]


class Stage:
    def __init__(self, house: House) -> None:
        self.house, self.app, self.time = house, house.app, ExitStack()
        self.cookies: dict[str, Any] = {}
        self.browsers: dict[str, FlaskClient] = {}
        self.moment = BEGINS

    # ── opening and closing ─────────────────────────────────────────────────────────────────────────────────────────
    def open(self) -> None:
        self.house.furnish(FURNITURE, self._build)
        self.cookies.clear()
        self._enter()
        self.set_clock(BEGINS)
        db.session.rollback()

    def close(self) -> None:
        self._leave()
        self.app = self.house.app
        self.time.close()
        self.house.kept.discard(COPY)

    def _build(self) -> None:
        commune = builders.commune("BY")
        some_households(commune, 4)
        a_campaign(commune)
        for name in ("Nguyễn Công Trứng", "Y Pan"):
            a_case(commune, name)
        for days in (0, -1):
            logged(commune, a_patrol(commune, at(2, days=days)))
        for who in WRITERS:
            for number in range(PHONES):
                browser = self.house.app.test_client()
                browser.post("/login", data={"username": f"by.{who}", "password": PASSWORD})
                Phone(browser, tag_of(who, number))

    def _enter(self) -> None:
        self.context = self.app.app_context()
        self.context.push()
        self.browsers = {}

    def _leave(self) -> None:
        for who, browser in self.browsers.items():
            self.cookies[who] = dict(browser._cookies)
        db.session.remove()
        db.engine.dispose()
        self.context.pop()

    def set_clock(self, moment: datetime) -> None:
        self.time.close()
        self.moment = moment
        self.time.enter_context(clock.telling(moment))

    def pass_time(self, minutes: int) -> None:
        self.set_clock(self.moment + timedelta(minutes=minutes))

    # ── what befalls it ─────────────────────────────────────────────────────────────────────────────────────────────
    def restart(self) -> None:
        self._leave()
        self.app = another(self.house.app)
        self._enter()

    def copy(self) -> None:
        with self._away():
            if self.house.server:
                self.house.server.drop(COPY)
            self.house.keep(COPY)

    def restore(self) -> None:
        with self._away():
            self.house.fresh(COPY)

    @contextmanager
    def _away(self) -> Iterator[None]:
        self._leave()
        yield
        self._enter()

    @contextmanager
    def dies(self, when: str) -> Iterator[None]:
        """The portal dies *before* or *after* a parcel is saved, and answers no more; its connections are gone."""
        take = sending.take

        def taken(*given: Any, **more: Any) -> Any:
            session = db.session()
            save = session.commit

            def die() -> None:
                if when == "after":
                    save()
                raise Killed

            session.commit = die  # type: ignore[method-assign]
            return take(*given, **more)

        sending.take = taken
        try:
            yield
        except Killed:
            pass
        finally:
            sending.take = take
            with self._away():
                pass

    # ── who does what ───────────────────────────────────────────────────────────────────────────────────────────────
    @property
    def commune(self) -> Commune:
        return builders.commune("BY")

    def ask(self, who: str, method: str, path: str, **sent: Any) -> Any:
        """As somebody's browser asks: where the session ended, they sign in once more and go on."""
        answer = self._ask(who, method, path, sent)
        if answer.status_code in (302, 401, 403) and "/login" in answer.headers.get("Location", "/login"):
            self._sign_in(who)
            answer = self._ask(who, method, path, sent)
        return answer

    def _ask(self, who: str, method: str, path: str, sent: dict[str, Any]) -> Any:
        if who not in self.browsers:
            self.browsers[who] = self.app.test_client()
            self.browsers[who]._cookies.update(self.cookies.get(who, {}))
        return self.browsers[who].open(path, method=method, **{name: made() for name, made in sent.items()})

    def _sign_in(self, who: str) -> None:
        self.browsers[who] = self.app.test_client()
        answer = self.browsers[who].post("/login", data={"username": f"by.{who}", "password": PASSWORD})
        assert answer.status_code == 302, answer.text

    def send(self, who: str, tag: str, parcel: dict[str, Any]) -> Any:
        sent = {"phone": tag, "clock": self.moment.isoformat(), "waiting": 0, **parcel}
        answer = self.ask(who, "POST", "/offline/send", json=lambda: sent)
        if answer.status_code == 404:
            known = {"phones": [tag], "fresh": tag}
            assert self.ask(who, "POST", "/offline/phone", json=lambda: known).status_code == 200
            answer = self.ask(who, "POST", "/offline/send", json=lambda: sent)
        return answer

    def send_photo(self, who: str, tag: str, of: str, id: str, content: bytes) -> Any:
        def form() -> dict[str, Any]:
            return {"phone": tag, "of": of, "photo": id, "file": (BytesIO(content), "p.jpg")}

        return self.ask(who, "POST", "/offline/photos", data=form, content_type=lambda: "multipart/form-data")

    def decide(self, who: str, id: str, step: str) -> int:
        """The chief's answer to what is held."""
        asked = select(HeldSend.id, HeldSend.version).join(HeldSend.receipt).where(
            Receipt.send_id == id, Receipt.user_id == self.user(who).id
        )  # fmt: skip
        number, version = db.session.execute(asked).one()
        said = {"version": version, "reason": "Đã có người ghi việc này"}
        return int(self.ask("chief", "POST", f"/offline/held/{number}/{step}", data=lambda: said).status_code)

    def user(self, who: str) -> User:
        user: User = getattr(self.commune, who)
        return user

    def end_role(self, who: str) -> None:
        with transaction(None):
            for grant in self.user(who).grants:
                grant.ended_at = grant.ended_at or clock.now()

    def begin_role(self, who: str) -> None:
        with transaction(None):
            last = self.user(who).grants[-1]
            grant = grant_role(last.user, last.role, last.unit, TODAY)
            confirm_grant(grant, None)

    def change_case(self, case: int, **changes: Any) -> None:
        with transaction(None):
            for name, value in changes.items():
                setattr(db.session.get_one(Case, case), name, value)

    def other_commune(self) -> int:
        return builders.commune("DN").id

    def tick_as_chief(self, door: int, day: str) -> None:
        campaign = db.session.scalars(select(PledgeCampaign)).one()
        household = db.session.get_one(Household, door)
        ticked(self.commune, campaign, [household], on=datetime.strptime(day, "%d/%m/%Y").date(), by="chief")  # noqa: DTZ007

    def answer_as_border(self, patrol: int, agrees: bool) -> None:
        (signed if agrees else disputed)(self.commune, db.session.get_one(Patrol, patrol), "border")

    # ── what is there ───────────────────────────────────────────────────────────────────────────────────────────────
    def things(self) -> Things:
        """What may be written about, by id."""
        campaign = db.session.scalars(select(PledgeCampaign)).one()
        kinds = (list(db.session.scalars(select(kind.id).order_by(kind.id))) for kind in (Household, Case, Patrol))
        return Things(goal(self.commune, campaign).id, *kinds)

    def found(self) -> dict[str, Any]:
        """Everything that came of what phones sent, in the words of a promise."""
        db.session.rollback()
        names = {number: name.partition(".")[2] for number, name in rows(select(User.id, User.username))}
        standing = rows(
            select(DoorCall.household_id, DoorCall.on, DoorCall.result, DoorCall.id).where(DoorCall.standing)
        )
        said = select(PatrolLog.patrol_id, Countersignature.outcome, Countersignature.by_id).join(PatrolLog.signatures)
        held = select(Receipt.user_id, Receipt.send_id, HeldSend.state).join(HeldSend.receipt)
        pledges = rows(select(Pledge.household_id, Pledge.signed_on, Pledge.version))
        receipts = rows(select(Receipt.user_id, Receipt.send_id, Receipt.number))
        months = rows(select(CheckIn.case_id, CheckIn.month))
        return {
            "notes": Counter(db.session.scalars(select(Observation.text))),
            "signed": Counter((door, f"{on:%d/%m/%Y}") for door, on, _version in pledges),
            "calls": Counter((door, (f"{on:%d/%m/%Y}", str(result))) for door, on, result, _call in standing),
            "months": Counter((case, month.isoformat()) for case, month in months),
            "answered": Counter((patrol, str(word)) for patrol, word, by in rows(said) if names[by] == "military"),
            "receipts": {(names[by], item): number for by, item, number in receipts},
            "held": {(names[by], item): state for by, item, state in rows(held)},
            "attached": len(rows(select(Attachment.id))),
            "call_ids": {door: call for door, _on, _result, call in standing},
            "pledge_versions": {door: version for door, _on, version in pledges},
            "patrol_versions": dict(map(tuple, rows(select(Patrol.id, Patrol.version)))),
        }

    def trail(self) -> Any:
        """Where the audit trail is broken; None where it is whole."""
        return audit.verify(db.session())[1]


def rows(asked: Any) -> Any:
    return db.session.execute(asked).all()


def another(app: Flask) -> Flask:
    """The portal as another process knows it, over the same database: nothing but what was saved."""
    settings = {name: app.config[name] for name in SETTINGS if name in app.config}
    started = create_app(instance=Path(app.instance_path), **settings)
    started.config["PROPAGATE_EXCEPTIONS"] = False
    started.test_client_class = app.test_client_class
    with started.app_context():
        if db.engine.name == "sqlite":
            event.listen(db.engine, "connect", in_a_hurry)
    return started


@contextmanager
def started_again(app: Flask) -> Iterator[Flask]:
    """Another process for a while; its connections are closed at the end."""
    started = another(app)
    yield started
    with started.app_context():
        db.engine.dispose()


def tag_of(who: str, number: int) -> str:
    return f"the-phone-of-{who}-{number}"
