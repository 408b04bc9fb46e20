"""The minutes (BB), signed by the secretary at the left and the chair at the right."""

from collections.abc import Sequence
from dataclasses import replace

from portal.documents.paper import Clause, Paper, Signature
from portal.documents.wording import written_day
from portal.engine import clock
from portal.engine.access import may_by
from portal.meetings.models import AgendaItem, Erratum, Meeting
from portal.meetings.models.wording import Paragraph, name_of
from portal.meetings.papers.frame import KEPT, named, paper

ANNEXED = ("Người được biết nội dung này", KEPT)
SECRETARY, CHAIR = "THƯ KÝ", "CHỦ TRÌ"


def minutes(meeting: Meeting, told: Sequence[Paragraph]) -> Paper:
    """*told*: the paragraphs as the reader may have them, frozen once the chair has approved them."""
    text = [Clause(one.text, one.heading) for one in told]
    kept = meeting.minutes
    chair = named(meeting.chair, kept.chair if kept else "")
    secretary = named(meeting.secretary, kept.secretary if kept else "")
    return paper(
        meeting, "BB", "BIÊN BẢN", name_of(meeting), text, ("Các thành phần dự họp",), Signature((CHAIR,), chair),
        day=meeting.held_on, beside=(Signature((SECRETARY,), secretary),),
        below=[_correction(one) for one in kept.errata] if kept else (),
    )  # fmt: skip


def annex(meeting: Meeting, item: AgendaItem, told: Sequence[Paragraph]) -> Paper:
    """What was said and concluded on a restricted item: the minutes themselves tell its number alone.

    It goes with them, without a number of its own. A secretary who may not read it does not sign it.
    """
    whole, about = minutes(meeting, told), f"Nội dung {item.position}, kèm theo Biên bản {name_of(meeting)}"
    held = [grant for grant in meeting.secretary.grants if grant.holds_on(meeting.day)]
    beside = whole.beside if may_by(held, "read", item) else ()
    return replace(
        whole, symbol="", number="", name="PHỤ LỤC", abstract=about, recipients=ANNEXED, beside=beside, below=()
    )


def _correction(one: Erratum) -> Clause:
    """What is to be read instead stands outside of what was read out and signed, with day, author and reason."""
    said = f"{one.text.rstrip('.')}. Lý do: {one.reason.rstrip('.')}."
    by = f", {one.created_by.with_title}" if one.created_by else ""
    return Clause(said, f"Đính chính {written_day(clock.day_of(one.created_at))}{by}:")
