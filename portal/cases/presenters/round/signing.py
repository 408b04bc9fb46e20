"""What is signed at once: who it is about, how many of each, and what is still missing of the month."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import url_for
from sqlalchemy import Select

from portal.cases.actions.signing import seal_of, signatures, unsigned
from portal.cases.models import RATING_NAMES, Case, Rating, RoundKind, RoundSignature
from portal.cases.monthly_round import assessed_in, signs_assessments, to_be_signed
from portal.cases.months import spelled
from portal.cases.presenters.round.rows import rows_of
from portal.engine import audit, clock
from portal.engine.access import Actor, ask_ahead, reach
from portal.engine.presentation import day
from portal.engine.text import _, _l, ngettext
from portal.law import approval
from portal.law.rule import Due
from portal.people.presenter import called, village_of

ROLES = {
    approval.CHIEF: _l("The chief of police signs them."),
    approval.CHAIR: _l("The chair of the committee signs them."),
}


@dataclass(frozen=True)
class Line:
    name: str
    village: str
    told: str


@dataclass(frozen=True)
class ToSign:
    """All that waits for one signature."""

    kind: RoundKind
    month: date  # of the round
    of: date  # the month that is signed for
    records: Sequence[Any]
    lines: Sequence[Line]
    counts: Sequence[tuple[str, int]]
    missing: int | None  # people of whom it is not recorded yet; None where the reader keeps no cases
    before: Sequence[RoundSignature]
    signer: Any
    is_theirs: bool
    due: Due | None  # by when it is signed and sent up

    @property
    def seal(self) -> str:
        return seal_of(self.records)

    @property
    def title(self) -> str:
        month = spelled(self.of)
        if self.kind == RoundKind.ROLL_CALL:
            return _("Sign the roll-call of %(month)s", month=month)
        return _("Sign the assessments of %(month)s", month=month)

    @property
    def late(self) -> bool:
        """Whether what waits is signed after the last day of the law."""
        return self.due is not None and clock.today() > self.due.due_on

    @property
    def back(self) -> str:
        return url_for("cases.monthly_round", month=f"{self.month:%Y-%m}")


def to_sign(user: Actor, kind: RoundKind, month: date) -> ToSign:
    """What waits of the round of a month; names are shown, so it is an event like any list of cases."""
    of = month if kind == RoundKind.ROLL_CALL else assessed_in(month)
    records = unsigned(user, kind, of)
    acting = user.acting
    here = acting.commune_id if acting else None
    signer = approval.CHIEF if kind == RoundKind.ROLL_CALL else signs_assessments(of, here).decider
    audit.tell("list", user, None, type="case", rows=len(records))
    return ToSign(
        kind, month, of, records, lines(user, records), counted(records), _missing(user, kind, month),
        signatures(user, kind, of), ROLES[signer], acting is not None and acting.role == signer,
        to_be_signed(kind, of, here),
    )  # fmt: skip


def lines(user: Actor, records: Sequence[Any]) -> list[Line]:
    """One a person: name, village, and what is recorded."""
    ask_ahead(user, [one.case.person for one in records])
    return [Line(called(user, one.case.person), village_of(user, one.case.person), word(one)) for one in records]


def told_late(signature: RoundSignature) -> str:
    """That a round was signed after the last day of the law; nothing of one in time."""
    due = to_be_signed(signature.kind, signature.month, signature.commune_id)
    late = (clock.day_of(signature.signed_at) - due.due_on).days if due else 0
    if due is None or late <= 0:
        return ""
    told = ngettext(
        "Signed %(num)s day late: the list was to be signed and sent by %(day)s.",
        "Signed %(num)s days late: the list was to be signed and sent by %(day)s.", late, day=day(due.due_on),
    )  # fmt: skip
    return str(told)


def word(record: Any) -> str:
    """What one record says, in a word."""
    if hasattr(record, "present"):
        return _("Present") if record.present else _("Absent")
    return str(RATING_NAMES[record.rating]) if record.rating else _("Assessed")


def counted(records: Sequence[Any]) -> list[tuple[str, int]]:
    """How many say what, in the order of the grades."""
    counts = Counter(word(one) for one in records)
    order = [str(RATING_NAMES[one]) for one in Rating] + [_("Assessed"), _("Present"), _("Absent")]
    return [(one, counts[one]) for one in order if counts[one]]


def _missing(user: Actor, kind: RoundKind, month: date) -> int | None:
    cases: Select[Any] = reach(user, "record", Case)
    rows = [row for row in rows_of(user, cases, month) if row.assesses]
    if not rows:
        return None
    asks = (row.standing.asks_call if kind == RoundKind.ROLL_CALL else row.asks_assessment for row in rows)
    return sum(asks)
