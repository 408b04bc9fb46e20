"""What the portal tells of duties: that hours run, what a day brings, and that somebody has looked at neither."""

from collections.abc import Iterable, Mapping
from typing import Any

from portal.duties.actions import sources
from portal.duties.models import Duty
from portal.duties.roster import called
from portal.engine import clock
from portal.engine.notices import NoticeKind
from portal.engine.text import _l
from portal.organisation.models import User
from portal.organisation.queries import answering, grants_of

BY_HOURS, HOURS_UNSEEN = "DUTY-BY-HOURS", "HOURS-UNSEEN"
DIGEST, DIGEST_UNSEEN = "DIGEST", "DIGEST-UNSEEN"


def owing_by_hours(duty: Duty) -> Iterable[User]:
    """Whoever owes what is counted in hours, where no notice of the room tells them: one person, whoever is on call or,
    where nobody is, all who hold the role."""
    if duty.due_at is None or not duty.open or _told_by_its_room(duty):
        return ()
    if duty.owner is not None:
        return (duty.owner,)
    if duty.owner_unit is None:
        return [grant.user for grant in grants_of(duty.owner_role, duty.commune_id)]
    turns = called([duty.owner_unit], clock.now()) if duty.on_call else ()
    return [turn.user for turn in turns] or answering(duty.owner_unit, duty.commune_id)


def _told_by_its_room(duty: Duty) -> bool:
    return any(rule.told for source in sources() if (rule := source.rule(duty.rule)))


def until(duty: Duty) -> Mapping[str, Any]:
    """The number of its record or case, and the moment, as the clocks here show it."""
    number = duty.values.get("number") or (duty.case.number if duty.case else "")
    moment = duty.due_at.astimezone(clock.VIETNAM) if duty.due_at else None
    return {"number": number, "until": f"{moment:%H:%M, %d/%m/%Y}" if moment else ""}


NOTICES = (
    NoticeKind(
        BY_HOURS, _l("%(number)s: to be done by %(until)s"), "duties.follow", _l("Due within hours"), Duty, ("create",),
        owing_by_hours, until, by_hours=True,
    ),
    NoticeKind(
        HOURS_UNSEEN, _l("%(number)s: its hours run, and nobody of those told has looked at it (%(names)s)"),
        "duties.calendar", _l("Hours that nobody looked at"), by_hours=True,
    ),
    NoticeKind(
        DIGEST,
        _l("%(day)s: %(overdue)s overdue, %(today)s due today, %(week)s within a week, %(rights)s rights coming due"),
        "home.show", _l("Your work of today"),
    ),
    NoticeKind(
        DIGEST_UNSEEN, _l("%(name)s has not looked at the portal since the digest of %(day)s"), "duties.calendar",
        _l("Digests that nobody looked at"),
    ),
)  # fmt: skip
