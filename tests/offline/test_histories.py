"""Whatever happens between phone and portal, each item is there once, or refused or held aloud.

A history is any mixture of writing, ticking doors, sending in pieces, lost questions, lost answers, a role that ends,
and a portal that is put back to an earlier copy. At its end the signal is back and everything is sent.
"""

import os
import random
import shutil
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from portal.engine import clock
from portal.engine.db import db
from portal.engine.transaction import transaction
from portal.households.models import Pledge
from portal.incidents.models import Observation
from portal.offline.models import HeldSend
from portal.organisation.models import Role
from tests.households.doors import a_campaign, goal, some_households
from tests.offline.phones import Phone, an_item

HISTORIES = int(os.environ.get("HISTORIES", "12"))
STEPS = (
    "write", "write", "write", "tick", "tick", "send", "send", "lost question", "lost answer", "twice", "shuffled",
    "role ends", "role returns", "copy", "restore",
)  # fmt: skip
DOORS = 12
SETTLED = {"received", "held", "refused"}


class History:
    """A phone with its outbox as the app keeps it, and the portal that it talks to."""

    def __init__(self, commune, browse_as, instance, seed):
        self.commune, self.instance, self.chance = commune, instance, random.Random(seed)
        self.doors, self.at = [one.id for one in some_households(commune, DOORS)], goal(commune, a_campaign(commune)).id
        self.phone = Phone(browse_as(commune.village_head))
        self.items, self.state, self.copied = {}, {}, False
        self._confirm_long_ago()

    def _confirm_long_ago(self):
        with transaction(None):
            self.grant.confirmed_at = clock.now() - timedelta(days=2)

    @property
    def grant(self):
        return next(one for one in self.commune.village_head.grants if one.role == Role.VILLAGE_HEAD)

    @property
    def waiting(self):
        return [one for one in self.items.values() if self.state[one["id"]] == "waiting"]

    def live(self, length):
        for _step in range(length):
            getattr(self, self.chance.choice(STEPS).replace(" ", "_"))()
        for _try in range(3):
            self.send(most=100)

    def write(self):
        number = len(self.items)
        item = an_item(
            "incidents.observation", None, "village_head:", timedelta(minutes=self.chance.randrange(600)),
            happened_on="23/11/2026" if self.chance.random() < 0.9 else "31/02/2026", text=f"Việc {number}",
            source="village",
        )  # fmt: skip
        self.items[item["id"]], self.state[item["id"]] = item, "waiting"

    def tick(self):
        """Some doors at once, each of which is ticked once in a history: they become one deed."""
        ago, signed_on = timedelta(minutes=self.chance.randrange(600)), self.chance.choice(("23/11/2026", "31/02/2026"))
        for _door in range(self.chance.randrange(1, 5)):
            if self.doors:
                said = {"household": self.doors.pop(), "signed_on": signed_on, "result": "signed"}
                item = an_item("households.door", self.at, "village_head:", ago, **said)
                self.items[item["id"]], self.state[item["id"]] = item, "waiting"

    def send(self, most=3, items=None, answered=True):
        sent = self.waiting[:most] if items is None else items
        held, received = (
            [one for one, state in self.state.items() if state == wanted] for wanted in ("held", "received")
        )
        said = self.phone.send(*sent, receipts=[*received, *held], held=held)
        if said.status_code == 404:  # the copy is older than the phone
            return self.known_again()
        assert said.status_code == 200, said.text
        if answered:
            self.state |= {one["id"]: one["state"] for one in said.json["answers"] if one["state"] in SETTLED}
            self.state |= dict.fromkeys(said.json["lost"], "waiting")
        return None

    def known_again(self):
        answer = self.phone.browser.post("/offline/phone", json={"phones": [self.phone.tag], "fresh": self.phone.tag})
        assert answer.status_code == 200

    def lost_question(self):
        """What never arrived changes nothing."""

    def lost_answer(self):
        self.send(answered=False)

    def twice(self):
        items = self.waiting[:3]
        self.send(items=items, answered=False)
        self.send(items=[*items, *items])

    def shuffled(self):
        items = self.waiting
        self.chance.shuffle(items)
        self.send(items=items[:4])

    def role_ends(self):
        with transaction(None):
            self.grant.ended_at = clock.now() - timedelta(minutes=self.chance.randrange(600))

    def role_returns(self):
        with transaction(None):
            self.grant.ended_at = None

    def copy(self):
        db.session.commit()
        db.session.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))
        for name in ("portal.db", "audit-head"):
            shutil.copy(self.instance / name, self.instance / f"copied-{name}")
        self.copied = True

    def restore(self):
        """Put the portal back to its copy. What was received since is in no table any more."""
        if not self.copied:
            return
        db.session.rollback()
        db.session.expire_all()
        db.engine.dispose()
        for leftover in ("portal.db-wal", "portal.db-shm"):
            (self.instance / leftover).unlink(missing_ok=True)
        for name in ("portal.db", "audit-head"):
            shutil.copy(self.instance / f"copied-{name}", self.instance / name)


def there():
    """How often each text is there, and how often each door has signed."""
    db.session.rollback()
    return Counter(
        (
            *db.session.scalars(db.select(Observation.text)),
            *map(str, db.session.scalars(db.select(Pledge.household_id))),
        )
    )


@pytest.mark.parametrize("seed", range(HISTORIES))
@pytest.mark.files_of_sqlite
def test_every_history_ends_with_each_item_once_or_refused_aloud(commune, browse_as, app, seed):
    history = History(commune, browse_as, Path(app.instance_path), seed)
    history.live(length=25)
    found = there()
    for item in history.items.values():
        typed = dict(item["typed"])
        state, words = history.state[item["id"]], typed.get("text") or typed["household"]
        assert state in SETTLED, f"{words} is {state}"
        assert found[words] == (1 if state == "received" else 0), f"{words}: {found[words]} times, {state}"
    held = db.session.scalar(db.select(db.func.count()).select_from(HeldSend))
    assert held == sum(state == "held" for state in history.state.values())
