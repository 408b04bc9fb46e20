"""The invitation (GM): who is asked to come, when and where, and what will be spoken of."""

from portal.documents.paper import Clause, Paper
from portal.documents.queries import documents_of
from portal.documents.wording import written_day
from portal.meetings.models import Meeting
from portal.meetings.models.wording import at_hour, name_of
from portal.meetings.papers.frame import INVITATION, paper, signed_by_chair
from portal.organisation.models import UnitKind

ASKED = "Đề nghị các đồng chí dự họp đúng thời gian, thành phần; nếu vắng, báo lại và cử người dự thay."
VILLAGE = "thôn "
RESTRICTED = "Nội dung phổ biến tại hội nghị"


def invitation(meeting: Meeting) -> Paper:
    """One paper for all who are invited; of a restricted item it says that there is one."""
    who = meeting.chair_unit.name
    items = [Clause(RESTRICTED if item.restricted else item.title, str(item.position)) for item in meeting.agenda]
    text = [
        Clause(f"{who} trân trọng kính mời các đồng chí dự {name_of(meeting)}."),
        Clause(f"{at_hour(meeting.starts_at)}, {written_day(meeting.day)}.", "Thời gian:"),
        Clause(f"{meeting.place}.", "Địa điểm:"),
        Clause(f"{meeting.chair.with_title}.", "Chủ trì:"),
        Clause("", "Nội dung:"),
        *items,
        Clause(f"{ASKED} {replaces(meeting)}".strip()),
    ]
    return paper(
        meeting, INVITATION, "GIẤY MỜI", f"Dự {name_of(meeting)}", text, ("Như trên",), signed_by_chair(meeting),
        day=None, addressees=guests(meeting),
    )  # fmt: skip


def replaces(meeting: Meeting) -> str:
    """That what was sent before holds no more, by its number where it had one."""
    if not meeting.invitation:
        return ""
    sent = next((one for one in documents_of(meeting, INVITATION)[1:] if one.issued), None)
    if sent is None or sent.dated_on is None:
        return "Giấy mời này thay thế giấy mời đã gửi trước đó."
    return f"Giấy mời này thay thế Giấy mời số {sent.number} {written_day(sent.dated_on)}."


def guests(meeting: Meeting) -> list[str]:
    """The units that are invited, each on a line; the villages share one."""
    units = list(dict.fromkeys(one.unit for one in meeting.invited))
    villages = [unit.name.removeprefix(VILLAGE) for unit in units if unit.kind == UnitKind.VILLAGE]
    found = [unit.name for unit in units if unit.kind != UnitKind.VILLAGE]
    if villages:
        found.append(f"{'Các thôn' if len(villages) > 1 else 'Thôn'} {', '.join(villages)}")
    return found
