"""Who is told of a change of the law."""

from collections.abc import Iterable, Mapping
from typing import Any

from portal.engine.notices import NoticeKind
from portal.engine.text import _l
from portal.lawbook.models import RuleChange, YearOff
from portal.organisation.models import Role, User
from portal.organisation.queries import holders


def deciders(change: RuleChange) -> Iterable[User]:
    return holders(Role(change.decider_role), change.commune_id) if change.state == "proposed" else ()


def confirmers(year: YearOff) -> Iterable[User]:
    return holders(Role(year.decider_role), year.commune_id) if year.state == "entered" else ()


def author(record: RuleChange | YearOff) -> Iterable[User]:
    return (record.author,) if record.author else ()


def numbered(change: RuleChange) -> Mapping[str, Any]:
    return {"number": change.number}


def of_year(year: YearOff) -> Mapping[str, Any]:
    return {"year": year.year}


NOTICES = (
    NoticeKind(
        "RULE-WAITS", _l("The change of a rule %(number)s waits for your decision"), "lawbook.change",
        _l("Changes of rules to decide on"), RuleChange, ("create",), deciders, numbered, waits=True,
    ),
    NoticeKind(
        "RULE-DECIDED", _l("The change of a rule %(number)s was decided on"), "lawbook.change",
        _l("Changes of rules that were decided on"), RuleChange, ("approve", "reject"), author, numbered,
    ),
    NoticeKind(
        "YEAR-WAITS", _l("The days off of %(year)s wait to be confirmed"), "lawbook.year",
        _l("Days off to confirm"), YearOff, ("create",), confirmers, of_year, waits=True,
    ),
    NoticeKind(
        "YEAR-ANSWERED", _l("The days off of %(year)s were answered"), "lawbook.year",
        _l("Answers about days off"), YearOff, ("confirm", "refuse"), author, of_year,
    ),
)  # fmt: skip
