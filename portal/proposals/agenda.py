"""What a meeting is told of proposals: how many wait for whom, never what they ask for."""

from collections.abc import Iterator

from sqlalchemy import func, select

from portal.engine.agenda import AgendaSource, Contribution, Told
from portal.engine.db import db
from portal.engine.indicators import Period
from portal.engine.text import _, _l, mark
from portal.proposals.models import Proposal


def waiting(period: Period) -> Iterator[Contribution]:
    count = func.count(Proposal.id)
    asked = select(Proposal.state, count).where(
        Proposal.commune_id.in_(period.communes), Proposal.voided_at.is_(None),
        Proposal.state.in_(("submitted", "endorsed", "returned")),
    )  # fmt: skip
    found = {row.state: row[1] for row in db.session.execute(asked.group_by(Proposal.state))}
    words = {"submitted": _("to be endorsed"), "endorsed": _("to be decided"), "returned": _("to be completed")}
    told = tuple(Told(words[state], found[state], "proposals.index") for state in words if state in found)
    if told:
        yield Contribution(mark("Proposals that wait"), figures=told)


AGENDA = (AgendaSource("proposals.waiting", _l("Proposals that wait"), "chair", 40, waiting),)
