"""A residence ban: who comes back to a place where they may not live breaks the ban, is recorded, and serves it."""

import pytest

from tests.journeys import steps_of_cases as steps
from tests.journeys import steps_on_the_way as way
from tests.journeys import steps_to_the_end as end

pytestmark = pytest.mark.browser

NAME = "Y Hà"


def test_somebody_banned_from_a_place_is_called_each_month_owes_no_report_and_gets_the_certificate(story):
    story.on("20/07/2026")
    case = steps.receive_papers(
        story, type="Residence ban", full_name=NAME, judgment_number="14/2023/HS-ST", judgment_on="01/06/2023",
        court="TAND tỉnh Quảng Ngãi", offence="Buôn lậu", prison_months="24", starts_on="20/10/2025", term_months="12",
    )  # fmt: skip
    story.on("22/07/2026", 9)
    steps.receive_person(story, case)
    steps.tick_off(story, case, "Báo cáo việc tiếp nhận", "Công văn số 18/CAX")
    steps.plan(story, case)
    steps.register_papers(story, case)
    way.say_why_not(story, NAME, "Chưa đủ điều kiện về ý thức chấp hành")

    for day in ("03/08/2026", "03/09/2026"):
        story.on(day)
        steps.owes_no_report(story, case)
        steps.do_the_month(story, case)
    story.on("15/09/2026")
    way.record_breach(story, case, "Đến ở tại nơi bị cấm cư trú hai đêm")
    story.on("02/10/2026")
    steps.do_the_month(story, case)
    end.check_last_day(story, case, "20/10/2026")

    story.on("16/10/2026")
    steps.assess(story, case, "Average", "Có một lần vi phạm, đã lập biên bản")
    end.hand_file_over(story, case)
    story.on("20/10/2026")
    end.complete(story, case, "20/10/2026")
    end.is_closed(story, case, "Chấp hành xong", "Đến ở tại nơi bị cấm cư trú", "Đã bàn giao hồ sơ")
