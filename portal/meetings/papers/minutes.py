"""The minutes (BB), signed by the secretary at the left and the chair at the right."""

from collections.abc import Sequence
from dataclasses import replace

from portal.documents.paper import Clause, Paper, Signature
from portal.documents.queries import document_of
from portal.documents.wording import written_day
from portal.engine import clock
from portal.engine.access import may_by
from portal.meetings.models import AgendaItem, Erratum, Meeting
from portal.meetings.models.wording import Paragraph, name_of
from portal.meetings.papers.frame import KEPT, named, paper

ANNEXED = ("Người được biết nội dung này", KEPT)
MINUTES, SECRETARY, CHAIR = "BB", "THƯ KÝ", "CHỦ TRÌ"


def minutes(meeting: Meeting, told: Sequence[Paragraph]) -> Paper:
    """*told*: the paragraphs as the reader may have them, frozen once the chair has approved them.

    A correction stands over the signatures as long as nobody has signed, so that it is signed with the rest.
    """
    kept = meeting.minutes
    corrections = [_correction(one) for one in kept.errata] if kept else []
    over, below = ([], corrections) if _signed(meeting) else (corrections, [])
    chair = named(meeting.chair, kept.chair if kept else "")
    secretary = named(meeting.secretary, kept.secretary if kept else "")
    return paper(
        meeting, MINUTES, "BIÊN BẢN", name_of(meeting), [*_clauses(told), *over], ("Các thành phần dự họp",),
        Signature((CHAIR,), chair), day=meeting.held_on, beside=(Signature((SECRETARY,), secretary),), below=below,
    )  # fmt: skip


def _clauses(told: Sequence[Paragraph]) -> list[Clause]:
    return [Clause(one.text, one.heading) for one in told]


def _signed(meeting: Meeting) -> bool:
    """Whether anybody has signed the minutes, for all that their register knows."""
    entry = document_of(meeting, MINUTES)
    return entry is not None and bool(entry.signed or entry.number or entry.issued)


def annex(meeting: Meeting, item: AgendaItem, told: Sequence[Paragraph]) -> Paper:
    """What was said and concluded on a restricted item: the minutes themselves tell its number alone.

    It goes with them, without a number of its own. A secretary who may not read it does not sign it.
    """
    whole, about = minutes(meeting, told), f"Nội dung {item.position}, kèm theo Biên bản {name_of(meeting)}"
    held = [grant for grant in meeting.secretary.grants if grant.holds_on(meeting.day)]
    beside = whole.beside if may_by(held, "read", item) else ()
    return replace(
        whole,
        text=_clauses(told),
        symbol="",
        number="",
        name="PHỤ LỤC",
        abstract=about,
        recipients=ANNEXED,
        beside=beside,
        below=(),
    )


def _correction(one: Erratum) -> Clause:
    """What is to be read instead stands after what was read out and approved, with day, author and reason."""
    said = f"{one.text.rstrip('.')}. Lý do: {one.reason.rstrip('.')}."
    by = f", {one.created_by.with_title}" if one.created_by else ""
    return Clause(said, f"Đính chính {written_day(clock.day_of(one.created_at))}{by}:")
