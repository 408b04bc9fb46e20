"""The notice of conclusions (TB): what was concluded and who does it, to each force's superior."""

from collections.abc import Iterator, Sequence

from portal.documents import issuers
from portal.documents.paper import Clause, Paper
from portal.documents.wording import written_day
from portal.meetings.models import LAST_MINUTES, AgendaItem, Meeting, Outcome
from portal.meetings.models.wording import OUTCOMES, concluded, name_of, order, said_beside
from portal.meetings.papers.frame import paper, signed_by_chair
from portal.organisation.models import Unit

CONCLUDED = (Outcome.AGREED, Outcome.INSTRUCTED)


def tells(item: AgendaItem) -> bool:
    """Whether the notice speaks of an item: whatever was decided, and whatever somebody has to do because of it.

    That the last minutes were approved concerns those who were there, and no superior.
    """
    decided = item.outcome in CONCLUDED and item.source_id != LAST_MINUTES
    return not item.restricted and (decided or bool(item.open_tasks))


def notice_of_conclusions(meeting: Meeting) -> Paper:
    """It leaves the house: nothing of a restricted item stands in it."""
    told = [item for item in meeting.agenda if tells(item)]
    text = [Clause(_opening(meeting)), *_concluded(told), *_overall(meeting), *_orders(told)]
    text.append(Clause(f"{meeting.chair_unit.name} thông báo để các cơ quan, đơn vị biết, thực hiện."))
    above = superiors(meeting)
    return paper(
        meeting, "TB", "THÔNG BÁO", f"Kết luận của người chủ trì tại {name_of(meeting)}", text,
        (*(("Như trên",) if above else ()), "Các đơn vị dự họp"), signed_by_chair(meeting), day=None, addressees=above,
    )  # fmt: skip


def _opening(meeting: Meeting) -> str:
    """When it was held, who took the chair, and which units were there."""
    there = list(dict.fromkeys(one.unit.title for one in meeting.invited if one.needed and one.present))
    who = f", có đại diện {'; '.join(there)} tham dự" if there else ""
    led = f"đồng chí {meeting.chair.with_title} chủ trì {name_of(meeting)}"
    held = f"{written_day(meeting.day)}, tại {meeting.place}, {led}{who}."
    return f"{held[:1].upper()}{held[1:]} Người chủ trì kết luận như sau:"


def _concluded(told: Sequence[AgendaItem]) -> Iterator[Clause]:
    """The conclusions in words. An item is named where there are none; not where its orders say all."""
    lines = [line for item in told if (line := _conclusion(item))]
    yield from (Clause(line, str(number)) for number, line in enumerate(lines, start=1))


def _conclusion(item: AgendaItem) -> str:
    if said_beside(item):
        return concluded(item)
    return "" if item.open_tasks else f"{OUTCOMES[item.outcome or Outcome.AGREED]}: {item.title.rstrip('.')}."


def _overall(meeting: Meeting) -> Iterator[Clause]:
    if meeting.conclusion.strip():
        yield Clause(" ".join(meeting.conclusion.split()), "Kết luận chung:")


def _orders(told: Sequence[AgendaItem]) -> Iterator[Clause]:
    """Who does what until when, a line each."""
    orders = [order(task) for item in told for task in item.open_tasks]
    if orders:
        yield Clause("", "Nhiệm vụ giao:")
        yield from (Clause(f"- {one}") for one in orders)


def superiors(meeting: Meeting) -> list[str]:
    """To whom the forces report, as it was called on the day, each once."""
    above = [name for one in meeting.invited if one.needed and (name := superior(meeting, one.unit))]
    return list(dict.fromkeys(above))


def superior(meeting: Meeting, unit: Unit) -> str:
    """To whom a force reports on the day of the meeting."""
    return issuers.above(unit, issuers.commune_on(meeting.commune, meeting.day), meeting.day)
