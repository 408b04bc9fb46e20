"""The invitation (GM): who is asked to come, when and where, and what will be spoken of."""

from portal.documents.paper import Clause, Paper
from portal.documents.wording import written_day
from portal.meetings.models import Meeting
from portal.meetings.models.wording import at_hour, name_of
from portal.meetings.papers.frame import paper, signed_by_chair

ASKED = "Đề nghị các đồng chí dự họp đúng thời gian, thành phần; nếu vắng, báo lại và cử người dự thay."
RESTRICTED = "Nội dung phổ biến tại hội nghị"


def invitation(meeting: Meeting) -> Paper:
    """One paper for all who are invited; of a restricted item it says that there is one."""
    who = meeting.chair_unit.name
    moved = "Giấy mời này thay thế giấy mời đã gửi trước đó." if meeting.invitation else ""
    items = [Clause(RESTRICTED if item.restricted else item.title, str(item.position)) for item in meeting.agenda]
    text = [
        Clause(f"{who} trân trọng kính mời các đồng chí dự {name_of(meeting)}."),
        Clause(f"{at_hour(meeting.starts_at)}, {written_day(meeting.day)}.", "Thời gian"),
        Clause(f"{meeting.place}.", "Địa điểm"),
        Clause(f"{', '.join(word for word in (meeting.chair.full_name, meeting.chair.title) if word)}.", "Chủ trì"),
        Clause("", "Nội dung"),
        *items,
        Clause(
            f"Đề nghị các đồng chí dự họp đúng thời gian, thành phần; nếu vắng, báo lại và cử người dự thay. {moved}"
        ),
    ]
    guests = list(dict.fromkeys(one.unit.name for one in meeting.invited))
    return paper(
        meeting, "GM", "GIẤY MỜI", f"Dự {name_of(meeting)}", text, ("Như trên",), signed_by_chair(meeting), day=None,
        addressee="; ".join(guests),
    )  # fmt: skip
