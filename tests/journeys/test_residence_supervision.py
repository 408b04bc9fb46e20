"""Residence supervision after prison: somebody leaves for ten days with a permit, and serves to the last day."""

import pytest

from tests.journeys import steps_of_cases as steps
from tests.journeys import steps_on_the_way as way
from tests.journeys import steps_to_the_end as end

pytestmark = pytest.mark.browser

NAME = "A Thuận"


def test_somebody_under_residence_supervision_travels_with_a_permit_and_gets_the_certificate(story):
    story.on("20/07/2026")
    case = steps.receive_papers(
        story, type="Residence supervision", full_name=NAME, judgment_number="9/2023/HS-ST", judgment_on="01/06/2023",
        court="TAND tỉnh Quảng Ngãi", offence="Tàng trữ trái phép vũ khí", prison_months="24", starts_on="20/10/2025",
        term_months="12",
    )  # fmt: skip
    story.on("22/07/2026", 9)
    steps.receive_person(story, case)
    steps.tick_off(story, case, "Báo cáo việc tiếp nhận", "Công văn số 17/CAX")
    steps.plan(story, case)
    steps.register_papers(story, case)
    way.say_why_not(story, NAME, "Mới về địa phương, cần theo dõi thêm")

    story.on("03/08/2026")
    steps.do_the_month(story, case)
    way.ask_for_leave(story, case, "10/08/2026", "20/08/2026", reach="Within the district, as it was before July 2025")
    way.is_too_long(story, "11 ngày, không quá 10 ngày mỗi lần")
    way.change_leave(story, returns_on="19/08/2026")
    way.permit_leave(story, case)
    story.on("20/08/2026")
    steps.visit(story, case, "Đã trở về đúng hạn, nộp giấy xác nhận của công an nơi đến")
    story.on("03/09/2026")
    steps.do_the_month(story, case)

    story.on("02/10/2026")
    steps.do_the_month(story, case)
    end.check_last_day(story, case, "20/10/2026")
    story.on("16/10/2026")
    steps.assess(story, case, "Fair", "Có mặt đầy đủ, chấp hành tốt")
    end.hand_file_over(story, case)
    story.on("20/10/2026")
    end.complete(story, case, "20/10/2026")
    end.is_closed(story, case, "Chấp hành xong", "Đã trở về đúng hạn", "Đã bàn giao hồ sơ", "Không đề nghị")
