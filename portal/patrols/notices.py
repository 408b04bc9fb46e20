"""What the portal tells people about patrols: a log waits for their force, came back or stands; nobody set out."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from portal.duties.roster import called
from portal.engine import clock
from portal.engine.notices import NoticeKind
from portal.engine.text import _l
from portal.organisation.models import Role, User
from portal.organisation.queries import answering, holders
from portal.patrols.models import Patrol, PatrolForce
from portal.patrols.workflow import STANDS

WRITTEN = ("log", "log_again", "correct")  # the deeds by which a log comes before the other forces


def commands(forces: Iterable[PatrolForce], commune_id: int) -> list[User]:
    """Whoever answers for these forces."""
    return [user for force in forces for user in answering(force.unit, commune_id)]


def not_signed_yet(patrol: Patrol) -> Iterable[User]:
    """The commands for whose word the log that stands waits; for nobody's once it is disputed."""
    return commands(patrol.unsigned, patrol.commune_id) if patrol.state == "logged" else ()


def left_out(patrol: Patrol) -> Iterable[User]:
    """The commands of forces of which the log that waits says that they sent nobody, until they have answered."""
    return commands(patrol.unheard, patrol.commune_id) if patrol.state == "logged" else ()


def all_commands(patrol: Patrol) -> Iterable[User]:
    return commands(patrol.signing, patrol.commune_id)


def commands_and_on_call(patrol: Patrol) -> Iterable[User]:
    """The commands, and whoever is on call for their forces at this hour: it is about minutes."""
    return _with_on_call(patrol.signing, patrol.commune_id)


def command_and_on_call_of(force: PatrolForce) -> Iterable[User]:
    """The same of one force, which may be out with the patrol still."""
    return _with_on_call([force], force.commune_id)


def _with_on_call(forces: Sequence[PatrolForce], commune_id: int) -> Iterable[User]:
    turns = called((force.unit for force in forces), clock.now())
    return (*commands(forces, commune_id), *(turn.user for turn in turns))


def who_wrote_the_log(patrol: Patrol) -> Iterable[User]:
    return (patrol.log.logged_by,) if patrol.log else ()


def who_closes(patrol: Patrol) -> Iterable[User]:
    """Whoever wrote the log and, where something was recommended, the chair."""
    chair = holders(Role.COMMUNE_LEADER, patrol.commune_id) if patrol.recommendation else ()
    return (*who_wrote_the_log(patrol), *chair)


def patrol_of(force: PatrolForce) -> Patrol:
    return force.patrol


def numbered_by(force: PatrolForce) -> Mapping[str, Any]:
    return numbered(force.patrol)


def numbered(patrol: Patrol) -> Mapping[str, Any]:
    return {"number": patrol.number}


NOTICES = (
    NoticeKind(
        "PATROL-TO-SIGN", _l("The log of %(number)s waits for your force"), "patrols.show",
        _l("Logs to countersign"), Patrol, WRITTEN, not_signed_yet, numbered,
        waits=True, still=not_signed_yet,
    ),
    NoticeKind(
        "PATROL-LEFT-OUT", _l("The log of %(number)s says that your force took no part"), "patrols.show",
        _l("Logs that leave your force out"), Patrol, WRITTEN, left_out, numbered,
        waits=True, still=left_out,
    ),
    NoticeKind(
        "PATROL-LEFT", _l("It was noted that your force left %(number)s on the way"), "patrols.show",
        _l("Patrols that your force left"), PatrolForce, ("leave_patrol",), command_and_on_call_of, numbered_by,
        about=patrol_of,
    ),
    NoticeKind(
        "PATROL-DISPUTED", _l("The log of %(number)s was disputed"), "patrols.show", _l("Disputed logs"), Patrol,
        ("dispute",), who_wrote_the_log, numbered, waits=True,
    ),
    NoticeKind(
        "PATROL-COUNTERSIGNED", _l("Every force has countersigned %(number)s"), "patrols.show",
        _l("Countersigned patrols"), Patrol, STANDS, who_closes, numbered,
    ),
    NoticeKind(
        "PATROL-LATE", _l("Patrol %(number)s did not set out"), "patrols.show", _l("Patrols that did not set out"),
        Patrol, ("not_started",), commands_and_on_call, numbered, waits=True,
    ),
)  # fmt: skip
