"""Deferred prison: somebody is called each month until they leave for prison."""

import pytest

from tests.journeys import steps_of_cases as steps
from tests.journeys import steps_to_the_end as end

pytestmark = pytest.mark.browser

NAME = "Phạm Thị Lan"


def test_somebody_whose_prison_was_deferred_is_called_each_month_until_the_deferral_ends(story):
    story.on("20/07/2026")
    case = steps.receive_papers(
        story, type="Deferred or suspended prison", full_name=NAME, judgment_number="03/2026/QĐ-CA",
        judgment_on="15/07/2026", court="TAND khu vực 5", offence="Lừa đảo chiếm đoạt tài sản", prison_months="18",
        starts_on="15/07/2026", term_months="3",
    )  # fmt: skip
    story.on("22/07/2026", 9)
    steps.receive_person(story, case)
    steps.tick_off(story, case, "Báo cáo việc tiếp nhận", "Công văn số 19/CAX")
    steps.plan(story, case)
    steps.register_papers(story, case)
    steps.visit(story, case, "Xác minh nơi cư trú, đang nuôi con nhỏ")

    for day in ("03/08/2026", "03/09/2026"):
        story.on(day)
        steps.owes_no_report(story, case)
        steps.do_the_month(story, case)
    story.on("02/10/2026")
    steps.do_the_month(story, case)
    story.on("15/10/2026")
    steps.assess(story, case, "Fair", "Chấp hành tốt")
    end.complete(story, case, "15/10/2026", deed="Propose to close the file", closing_reason="Another reason")
    end.is_closed(story, case, "Lý do khác", "Xác minh nơi cư trú", "Có mặt khi điểm danh tháng 10/2026")
