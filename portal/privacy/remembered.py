"""Whose names are gone, noted beside the database: a backup from before would else bring them back.

A line is a number, a pseudonym and a keyed digest of the record; it names nobody. It holds for this installation alone,
since another has other keys.
"""

import os
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from flask import current_app
from sqlalchemy import select

from portal.engine.db import db
from portal.engine.keys import keys
from portal.people.models import Person
from portal.privacy import mentions
from portal.privacy.models import RetentionItem
from portal.privacy.models.round import DONE


def note_all() -> None:
    """Note whoever lost their name and does not stand in the file yet. On the disk before this returns."""
    known = {line.split(" ", 1)[0] for line in _lines()}
    done = select(RetentionItem).where(RetentionItem.state == DONE).order_by(RetentionItem.id)
    new = [one for one in db.session.scalars(done) if str(one.person_id) not in known]
    if not new:
        return
    with os.fdopen(os.open(_file(), os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600), "a", encoding="utf-8") as file:
        file.writelines(f"{one.person_id} {_seal(one.person)} {one.pseudonym}\n" for one in new)
        file.flush()
        os.fsync(file.fileno())


def still_named() -> list[tuple[Sequence[Person], dict[int, str]]]:
    """Those of the file whose names stand in the database, together with whom they are one; a legal hold wins here too:
    once it is lifted the next night takes them.
    """
    groups: dict[str, list[Person]] = defaultdict(list)
    pseudonyms: dict[int, str] = {}
    for line in _lines():
        number, seal, pseudonym = line.split(" ", 2)
        person = db.session.get(Person, int(number))
        if person is not None and person.forgotten_on is None and _seal(person) == seal:
            groups[person.identity].append(person)
            pseudonyms[person.id] = pseudonym
    held = mentions.held()
    return [(people, pseudonyms) for people in groups.values() if not held & {one.id for one in people}]


def _seal(person: Person) -> str:
    """The same for the same record of this installation, and for no other that bears its number elsewhere."""
    return keys().digest("forgotten", f"{person.id} {person.created_at.isoformat()}")[:32]


def _lines() -> list[str]:
    file = _file()
    return file.read_text("utf-8").splitlines() if file.exists() else []


def _file() -> Path:
    return Path(current_app.instance_path) / "forgotten"
