"""The minutes (BB), signed by the secretary at the left and the chair at the right."""

from collections.abc import Sequence

from portal.documents.paper import Clause, Paper, Signature
from portal.meetings.models import Meeting
from portal.meetings.models.wording import Paragraph, name_of
from portal.meetings.papers.frame import named, paper

SECRETARY, CHAIR = "THƯ KÝ", "CHỦ TRÌ"


def minutes(meeting: Meeting, told: Sequence[Paragraph]) -> Paper:
    """*told*: the paragraphs as the reader may have them, frozen once the chair has approved them."""
    text = [Clause(one.text, one.heading) for one in told]
    if meeting.minutes:
        text[-1:-1] = [
            Clause(f"{one.text.rstrip('.')}. Lý do: {one.reason}", "Đính chính") for one in meeting.minutes.errata
        ]
    kept = meeting.minutes
    chair = named(meeting.chair, kept.chair if kept else "")
    secretary = named(meeting.secretary, kept.secretary if kept else "")
    return paper(
        meeting, "BB", "BIÊN BẢN", name_of(meeting), text, ("Các thành phần dự họp",), Signature((CHAIR,), chair),
        day=meeting.held_on, beside=(Signature((SECRETARY,), secretary),),
    )  # fmt: skip
