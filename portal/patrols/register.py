"""The minutes of a patrol in the register of documents: entered once every force has countersigned."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import url_for

from portal.documents import actions
from portal.documents.queries import document_of
from portal.documents.shown import standing
from portal.engine import clock
from portal.engine.access import Actor, may
from portal.engine.db import Kept
from portal.engine.workflow import State
from portal.patrols.minutes import CODE, written
from portal.patrols.models import Patrol, PatrolLog


@dataclass(frozen=True)
class Entered:
    """The minutes as the register has them. *signers* have yet to sign; *url* is empty for other forces."""

    state: State
    number: str
    signers: str
    url: str


def enter_minutes(deeds: Sequence[tuple[str, Kept]]) -> None:
    """After a transaction's deeds: a log that every force has countersigned is printed, and waits for ink."""
    for deed, record in dict.fromkeys(deeds):
        if deed == "complete" and isinstance(record, Patrol) and record.log:
            _enter(record, record.log)


def _enter(patrol: Patrol, log: PatrolLog) -> None:
    """In the register of the force that wrote it, which learns nothing of what the minutes say."""
    paper = written(patrol, log)
    signing = (paper.signature, *paper.beside)
    actions.register(
        log.logged_for, CODE, f"{paper.abstract} ({patrol.number})", symbol=paper.symbol, subject=patrol,
        signer=", ".join(one.name for one in signing if one.name), authority=" ".join(paper.signature.lines),
        recipients="; ".join(paper.recipients), drafted_on=clock.day_of(log.logged_at),
    )  # fmt: skip


def entered(user: Actor, patrol: Patrol) -> Entered | None:
    """How the minutes stand: for every force that may read the patrol; the entry itself is for whose register it is."""
    entry = document_of(patrol)
    if entry is None:
        return None
    url = url_for("register.show", id=entry.id) if may(user, "read", entry) else ""
    return Entered(standing(entry), entry.number, "" if entry.registered else entry.signer, url)
