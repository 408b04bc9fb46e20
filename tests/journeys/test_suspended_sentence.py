"""A suspended sentence: somebody breaks duties, is warned, is reviewed, and serves to the end all the same."""

import pytest

from tests.journeys import steps_of_cases as steps
from tests.journeys import steps_on_the_way as way
from tests.journeys import steps_to_the_end as end

pytestmark = pytest.mark.browser

NAME = "Đinh Thị Hoàng Mai"


def test_somebody_who_was_warned_and_reviewed_completes_a_suspended_sentence(story):
    story.on("20/07/2026")
    case = steps.receive_papers(
        story, type="Suspended sentence", full_name=NAME, judgment_number="51/2025/HS-ST", judgment_on="03/10/2025",
        court="TAND khu vực 5", offence="Đánh bạc", prison_months="6", starts_on="03/10/2025", term_months="12",
    )  # fmt: skip
    steps.summon(story, case, appear_on="22/07/2026")

    story.on("22/07/2026", 9)
    steps.they_came(story, NAME)
    steps.receive_person(story, case)
    steps.tick_off(story, case, "Báo cáo việc tiếp nhận", "Công văn số 15/CAX")
    steps.plan(story, case)
    steps.find_helper(story, case, NAME)
    steps.register_papers(story, case)

    story.on("03/08/2026")
    steps.do_the_month(story, case)
    story.on("10/08/2026")
    way.record_breach(story, case, "Đi khỏi nơi cư trú khi chưa được phép")
    way.warn(story, case, "Không được đi khỏi nơi cư trú khi chưa được phép")
    story.on("03/09/2026")
    steps.do_the_month(story, case)
    end.check_last_day(story, case, "03/10/2026")
    story.on("14/09/2026")
    way.record_breach(story, case, "Không có mặt khi được triệu tập")
    way.hold_review(story, case, "Tiếp tục giám sát, nhắc nhở trước thôn")

    story.on("30/09/2026")
    steps.assess(story, case, "Poor", "Có vi phạm, đã kiểm điểm")
    end.hand_file_over(story, case)
    story.on("03/10/2026")
    steps.do_the_month(story, case)
    steps.helper_reports(story, "III/2026")
    steps.helper_reports(story, "IV/2026")
    end.complete(story, case, "03/10/2026")
    end.end_help(story)
    end.is_closed(
        story, case, "Chấp hành xong", "Đi khỏi nơi cư trú khi chưa được phép", "Kiểm điểm", "Đã bàn giao hồ sơ",
    )  # fmt: skip
