"""The form on the board of parts: one field of each kind. Nothing of it is kept."""

from flask_wtf.file import FileField
from wtforms import BooleanField

from portal.engine.forms import Cards, Choice, Day, Form, Line, Paragraphs, Password, Required

DECISIONS = [("approve", "Phê duyệt"), ("return", "Trả lại để bổ sung"), ("reject", "Từ chối")]


class SampleForm(Form):
    """Samples of the field, in the words of the field."""

    leaves_on = Day("Ngày đi", [Required()], description="Ví dụ 01/12/2026")
    returns_on = Day("Ngày về", [Required()], description="Không quá 60 ngày mỗi lần")
    reason = Paragraphs("Lý do vắng mặt", [Required()])
    destination = Line("Nơi đến", [])
    village = Choice("Thôn", choices=[("", "Tất cả các thôn"), ("1", "Thôn Đăk Mế")])
    people = Line("Số người", [])
    in_charge = Line("Phụ trách", [])
    decision = Cards("Quyết định", choices=DECISIONS)
    present = BooleanField("Có mặt")
    paper = FileField("Giấy tờ kèm theo")
    password = Password("Mật khẩu mới", [Required()])


def with_errors() -> SampleForm:
    """A form as it comes back: what was typed is there, and two entries are to be mended."""
    form = SampleForm(formdata=None, data={"leaves_on": None})
    form.leaves_on.raw_data, form.returns_on.raw_data = ["01/12/2026"], ["14/11/2026"]
    form.returns_on.errors = ["Ngày về phải sau ngày đi 01/12/2026."]
    form.reason.errors = ["Ghi lý do vắng mặt, ví dụ chăm người thân nằm viện."]
    return form
