"""What the portal tells of hand-overs: whose work came to somebody."""

from collections.abc import Iterable, Mapping
from typing import Any

from portal.engine.notices import NoticeKind
from portal.engine.text import _l
from portal.organisation.models import User
from portal.workload.left import told_of_turns, told_of_work, whose_turns, whose_work
from portal.workload.models import WorkHandover


def taker(handover: WorkHandover) -> Iterable[User]:
    return (handover.taker,)


def whose(handover: WorkHandover) -> Mapping[str, Any]:
    return {"name": handover.giver.full_name}


NOTICES = (
    NoticeKind(
        "WORK-HANDED-OVER", _l("The work of %(name)s was handed to you"), "workload.handover",
        _l("Work handed to you"), WorkHandover, ("hand_work_over",), taker, whose,
    ),
    NoticeKind(
        "WORK-LEFT", _l("The account of %(name)s was closed, and what they hold is not handed over yet"),
        "workload.hand_over", _l("Work of somebody whose account was closed"), User, ("close_account",), told_of_work,
        whose_work,
    ),
    NoticeKind(
        "TURNS-LEFT",
        _l("Nobody is on call where the roster names %(name)s, whose account was closed: from %(day)s on, %(count)s "
           "turns"),
        "workload.hand_over", _l("Turns on the roster without anybody"), User, ("close_account",), told_of_turns,
        whose_turns, by_hours=True,
    ),
)  # fmt: skip
