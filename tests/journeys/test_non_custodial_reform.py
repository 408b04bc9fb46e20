"""A non-custodial reform that the court shortens: the last day moves once two people have seen its decision."""

import pytest

from tests.journeys import steps_of_cases as steps
from tests.journeys import steps_on_the_way as way
from tests.journeys import steps_to_the_end as end

pytestmark = pytest.mark.browser

NAME = "Trần Văn Lợi"


def test_a_reform_ends_three_months_earlier_once_a_second_person_has_confirmed_what_the_court_granted(story):
    story.on("20/07/2026")
    case = steps.receive_papers(
        story, type="Non-custodial reform", full_name=NAME, judgment_number="12/2026/HS-ST", judgment_on="01/07/2026",
        court="TAND khu vực 5", offence="Trộm cắp tài sản", starts_on="20/07/2026", term_months="6",
    )  # fmt: skip
    steps.summon(story, case, appear_on="22/07/2026")

    story.on("22/07/2026", 10)
    steps.they_came(story, NAME)
    steps.receive_person(story, case, items=5)  # the minutes are drawn up the day after
    steps.tick_off(story, case, "Báo cáo việc tiếp nhận", "Công văn số 16/CAX")
    steps.plan(story, case)
    steps.find_helper(story, case, NAME)
    steps.register_papers(story, case)
    story.on("23/07/2026")
    steps.complete_reception(story, case)

    for day in ("03/08/2026", "03/09/2026"):
        story.on(day)
        steps.do_the_month(story, case)
    story.on("21/09/2026")
    way.shorten(story, case, months="3", reason="Chấp hành tốt, đã bồi thường xong")

    story.on("05/10/2026")
    steps.do_the_month(story, case)
    steps.helper_reports(story, "III/2026")
    way.court_grants(
        story, "20/10/2026", file_built_on="25/09/2026", session_on="01/10/2026", decided_on="01/10/2026",
        body="TAND khu vực 5", paper_number="07/2026/QĐ-TA", months="3",
    )  # fmt: skip
    end.check_last_day(story, case, "20/10/2026")

    story.on("17/10/2026")
    steps.assess(story, case, "Fair", "Chấp hành tốt")
    end.hand_file_over(story, case)
    story.on("20/10/2026")
    steps.helper_reports(story, "IV/2026")
    end.complete(story, case, "20/10/2026")
    end.end_help(story)
    end.is_closed(story, case, "Chấp hành xong", "Rút ngắn thời hạn 3 tháng", "Đã bàn giao hồ sơ")
