"""Who is told of another wording."""

from collections.abc import Iterable, Mapping
from typing import Any

from portal.engine.notices import NoticeKind
from portal.engine.text import _l
from portal.organisation.models import Role, User
from portal.organisation.queries import holders
from portal.wordings.models import WordingChange


def deciders(change: WordingChange) -> Iterable[User]:
    return holders(Role(change.decider_role), change.commune_id) if change.state == "proposed" else ()


def author(change: WordingChange) -> Iterable[User]:
    return (change.author,) if change.author else ()


def numbered(change: WordingChange) -> Mapping[str, Any]:
    return {"number": change.number}


NOTICES = (
    NoticeKind(
        "WORDING-WAITS", _l("The wording of a paper %(number)s waits for your decision"), "wordings.change",
        _l("Wordings of papers to decide on"), WordingChange, ("create",), deciders, numbered, waits=True,
    ),
    NoticeKind(
        "WORDING-DECIDED", _l("The wording of a paper %(number)s was decided on"), "wordings.change",
        _l("Wordings of papers that were decided on"), WordingChange, ("approve", "reject"), author, numbered,
    ),
)  # fmt: skip
