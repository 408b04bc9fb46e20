"""Who is told of a request about somebody's data, and of a round of closed files."""

from collections.abc import Iterable, Mapping
from typing import Any

from portal.engine.notices import NoticeKind
from portal.engine.text import _l
from portal.organisation.models import Role, User
from portal.organisation.queries import holders
from portal.people.models import PersonRequest
from portal.privacy.models import RetentionRound


def chiefs(request: PersonRequest) -> Iterable[User]:
    return holders(Role.POLICE_CHIEF, request.commune_id) if request.open else ()


def deciders(round_: RetentionRound) -> Iterable[User]:
    return holders(Role(round_.decider_role), round_.commune_id) if round_.state == "proposed" else ()


def author(record: PersonRequest | RetentionRound) -> Iterable[User]:
    return (record.author,) if record.author else ()


def numbered(record: PersonRequest | RetentionRound) -> Mapping[str, Any]:
    return {"number": record.number}


NOTICES = (
    NoticeKind(
        "REQUEST-WAITS", _l("Request %(number)s about somebody's data waits for your answer"), "privacy.request",
        _l("Requests about data"), PersonRequest, ("create",), chiefs, numbered, waits=True,
    ),
    NoticeKind(
        "REQUEST-ANSWERED", _l("Request %(number)s about somebody's data was answered: hand the paper over"),
        "privacy.request", _l("Answers to hand over"), PersonRequest, ("answer", "refuse"), author, numbered,
    ),
    NoticeKind(
        "ROUND-WAITS", _l("Round %(number)s of closed files waits for your decision"), "privacy.round",
        _l("Rounds of closed files"), RetentionRound, ("create",), deciders, numbered, waits=True,
    ),
    NoticeKind(
        "ROUND-DECIDED", _l("Round %(number)s of closed files was decided on"), "privacy.round",
        _l("Rounds of closed files that were decided on"), RetentionRound, ("approve", "reject"), author, numbered,
    ),
)  # fmt: skip
