"""The notice of conclusions (TB): what was concluded and who does it, to each force's superior."""

from portal.documents import issuers
from portal.documents.paper import Clause, Paper
from portal.documents.wording import written_day
from portal.meetings.models import Meeting, Outcome
from portal.meetings.models.wording import name_of, order, outcome
from portal.meetings.papers.frame import paper, signed_by_chair
from portal.organisation.models import Unit

CONCLUDED = (Outcome.AGREED, Outcome.INSTRUCTED)


def notice_of_conclusions(meeting: Meeting) -> Paper:
    """It leaves the house: nothing of a restricted item stands in it."""
    told = [item for item in meeting.agenda if item.outcome in CONCLUDED and not item.restricted]
    chair = ", ".join(word for word in (meeting.chair.full_name, meeting.chair.title) if word)
    opening = (
        f"Ngày {written_day(meeting.day).removeprefix('ngày ')}, {chair} chủ trì {name_of(meeting)}. Kết luận như sau:"
    )
    text = [Clause(opening)]
    text += [
        Clause(f"{item.title.rstrip('.')}. {outcome(item).removeprefix('Kết luận: ')}", str(number))
        for number, item in enumerate(told, start=1)
    ]
    if meeting.conclusion.strip():
        text.append(Clause(" ".join(meeting.conclusion.split()), "Kết luận chung"))
    tasks = [task for item in told for task in item.open_tasks]
    if tasks:
        text.append(Clause("; ".join(order(task).rstrip(".") for task in tasks) + ".", "Nhiệm vụ giao"))
    text.append(Clause(f"{meeting.chair_unit.name} thông báo để các cơ quan, đơn vị biết, thực hiện."))
    return paper(
        meeting, "TB", "THÔNG BÁO", f"Kết luận của người chủ trì tại {name_of(meeting)}", text, recipients(meeting),
        signed_by_chair(meeting), day=None,
    )  # fmt: skip


def recipients(meeting: Meeting) -> list[str]:
    """Each force's superior, as it was called on the day, and those who took part."""
    above = [name for one in meeting.invited if one.needed and (name := superior(meeting, one.unit))]
    return list(dict.fromkeys((*above, "Các đơn vị dự họp")))


def superior(meeting: Meeting, unit: Unit) -> str:
    """To whom a force reports on the day of the meeting."""
    return issuers.above(unit, issuers.commune_on(meeting.commune, meeting.day), meeting.day)
