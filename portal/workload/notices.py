"""What the portal tells of hand-overs: whose work came to somebody."""

from collections.abc import Iterable, Mapping
from typing import Any

from portal.engine.notices import NoticeKind
from portal.engine.text import _l
from portal.organisation.models import User
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
)  # fmt: skip
