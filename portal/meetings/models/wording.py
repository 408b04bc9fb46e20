"""The minutes in words, paragraph by paragraph (NĐ 30/2020/NĐ-CP): Vietnamese in any language, as all papers are."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, NamedTuple

from portal.documents.wording import short_day, written_day
from portal.engine import clock
from portal.meetings.models.attendance import Stay
from portal.meetings.models.outcome import Outcome

KINDS = {
    "coordination": "giao ban công tác phối hợp",
    "interim_review": "sơ kết công tác phối hợp 6 tháng",
    "annual_review": "tổng kết công tác phối hợp năm",
    "steering_committee": "họp Ban Chỉ đạo",
    "ad_hoc": "họp đột xuất",
}
OUTCOMES = {
    Outcome.AGREED: "Thống nhất",
    Outcome.INSTRUCTED: "Giao thực hiện",
    Outcome.NOTED: "Ghi nhận",
    Outcome.NO_CONCLUSION: "Không kết luận",
}
SAID_BY = {Outcome.INSTRUCTED: "giao "}  # how words begin that say the outcome themselves, if not with its name
TOO_FEW = "Nội dung này không đủ số đơn vị bắt buộc có mặt"
WITHHELD = "Nội dung hạn chế, ghi tại phụ lục riêng."


class Paragraph(NamedTuple):
    """A paragraph. *item_id* is the agenda item that it tells of: whoever may not read that gets a blank."""

    heading: str
    text: str
    item_id: int = 0


def name_of(meeting: Any) -> str:
    """ "Hội nghị giao ban công tác phối hợp tháng 11/2026"."""
    if meeting.subject:
        return f"Hội nghị {meeting.subject}"
    day, kind = meeting.day, KINDS[meeting.kind]
    when = {"coordination": f" tháng {meeting.of_month:%m/%Y}", "annual_review": f" {day:%Y}"}.get(
        meeting.kind, f" năm {day:%Y}"
    )
    if meeting.kind == "interim_review":
        when = f" {'đầu' if of_first_half(meeting) else 'cuối'} năm {meeting.period_last:%Y}"
    return f"Hội nghị {kind}{when}"


def of_first_half(meeting: Any) -> bool:
    """Whether a half-year review looks back on the first half: it is held in the middle of the year."""
    return meeting.day.month in range(4, 10)


def at_hour(moment: datetime) -> str:
    """ "14 giờ 00 phút"."""
    at = moment.astimezone(clock.VIETNAM)
    return f"{at.hour:02d} giờ {at.minute:02d} phút"


def person(one: Any) -> str:
    """Name and office of somebody who attends; for whom they stand in, and how long they were there."""
    told = ", ".join(word for word in (one.called, one.office) if word)
    instead = f"dự thay {one.substitute_for}" if one.substitute_for else ""
    beside = "; ".join(word for word in (instead, stay_on_paper(one.stay)) if word)
    return f"{told} ({beside})" if beside else told


def stay_on_paper(stay: Stay) -> str:
    """From when and until when somebody was there who came late or left early."""
    since = f"từ {at_hour(stay.came_at)}" if stay.came_at else ""
    until = f"đến {at_hour(stay.left_at)}" if stay.left_at else ""
    return f"có mặt {' '.join(word for word in (since, until) if word)}" if since or until else ""


def paragraphs(meeting: Any) -> list[Paragraph]:
    """The whole minutes of a meeting that was held, from what was recorded of it."""
    began, day = meeting.began_at or meeting.starts_at, written_day(meeting.day)
    opening = f"Vào hồi {at_hour(began)}, {day}, tại {meeting.place}, {meeting.chair_unit.name} tổ chức"
    return [
        Paragraph("", f"{opening} {name_of(meeting)}."),
        *_people(meeting),
        Paragraph("II. NỘI DUNG", ""),
        *(one for item in meeting.agenda for one in _item(item, meeting)),
        *_conclusions(meeting),
        Paragraph("", _ending(meeting)),
    ]


def _people(meeting: Any) -> Iterator[Paragraph]:
    yield Paragraph("I. THÀNH PHẦN", "")
    came_as = {one.user_id: one for one in meeting.invited if one.user_id}
    for number, (word, user) in enumerate((("Chủ trì", meeting.chair), ("Thư ký", meeting.secretary)), start=1):
        yield Paragraph(str(number), f"{word}: {_leading(user, came_as.get(user.id))}.")
    others = [one for one in meeting.invited if one.user_id not in (meeting.chair_id, meeting.secretary_id)]
    came, away = [one for one in others if one.present], [one for one in others if not one.present]
    yield Paragraph("3", f"Thành phần dự họp: {'; '.join(map(person, came)) or 'không có'}.")
    if away:
        yield Paragraph("4", f"Vắng mặt: {'; '.join(map(person, away))}.")


def _leading(user: Any, came_as: Any) -> str:
    """Name and office of whoever takes the chair or writes."""
    told = ", ".join(one for one in (user.full_name, came_as.office if came_as else user.title) if one)
    hours = stay_on_paper(came_as.stay) if came_as else ""
    return f"{told} ({hours})" if hours else told


def _item(item: Any, meeting: Any) -> Iterator[Paragraph]:
    yield Paragraph(str(item.position), f"{item.title.rstrip('.')}.", item.id)
    figures = "; ".join(f"{one.label}: {one.value}" for one in item.figures)
    left = [one.called for one in meeting.invited if one.present and not one.present_at(item)]
    absent = f"Không dự nội dung này: {', '.join(left)}." if left else ""
    numbers, why = (
        f"Số liệu đến ngày {short_day(item.figures[0].last)}: {figures}." if figures else "",
        without_quorum(item),
    )
    for text in (item.text, numbers, item.own_words, item.heard_text, absent, why):
        yield from (Paragraph("", line.strip(), item.id) for line in text.splitlines() if line.strip())
    yield Paragraph("", outcome(item), item.id)


def without_quorum(item: Any) -> str:
    """Why the chair concluded an item that fewer units heard than are needed."""
    said = item.explained_without_quorum.strip().rstrip(".")
    return f"{TOO_FEW}; người chủ trì vẫn kết luận, lý do: {said}." if said else ""


def outcome(item: Any) -> str:
    """The conclusion on an item, with what was ordered."""
    if item.outcome is None:
        return "Kết luận: chưa có."
    return f"Kết luận: {concluded(item)} {' '.join(order(task) for task in item.open_tasks)}".strip()


def concluded(item: Any) -> str:
    """What was concluded on an item: as it was said or, where the words do not say it, the outcome in front of them."""
    word, said = OUTCOMES[item.outcome], said_beside(item)
    if said and says(item.outcome, said):
        return f"{said}."
    return f"{word}. {said}." if said else f"{word}."


def said_beside(item: Any) -> str:
    """The words of a conclusion without the full stop; nothing where its tasks say the same, each with unit and day."""
    said = item.said_of_outcome.strip().rstrip(".")
    repeated = [f"giao {task.unit.title} thực hiện".casefold() for task in item.open_tasks]
    return "" if said.casefold() in (*repeated, OUTCOMES[item.outcome].casefold()) else said


def says(outcome: Outcome, words: str) -> bool:
    """Whether words begin with the outcome that they tell of."""
    return words.casefold().startswith(SAID_BY.get(outcome, OUTCOMES[outcome].casefold()))


def order(task: Any) -> str:
    """Who does what until when."""
    return f"{task.unit.title}: {task.text.rstrip('.')}, chậm nhất ngày {short_day(task.due_on)}."


def _conclusions(meeting: Any) -> Iterator[Paragraph]:
    if meeting.conclusion.strip():
        yield Paragraph("III. KẾT LUẬN CỦA NGƯỜI CHỦ TRÌ", "")
        yield from (Paragraph("", line.strip()) for line in meeting.conclusion.splitlines() if line.strip())


def _ending(meeting: Any) -> str:
    ended = f"Cuộc họp kết thúc vào hồi {at_hour(meeting.ended_at)} cùng ngày. " if meeting.ended_at else ""
    return f"{ended}Biên bản đã được đọc lại cho mọi người cùng nghe, nhất trí và ký tên."
