"""A conditional early release, by people who read the portal in English: leave with a permit, and the last day."""

import pytest

from tests.journeys import steps_of_cases as steps
from tests.journeys import steps_on_the_way as way
from tests.journeys import steps_to_the_end as end

pytestmark = pytest.mark.browser

NAME = "Bùi Thị Ngân"


@pytest.mark.parametrize("story", ["en"], indirect=True)
def test_somebody_released_early_comes_home_leaves_once_with_a_permit_and_gets_the_certificate(story):
    story.on("20/07/2026")
    case = steps.receive_papers(
        story, type="Conditional early release", full_name=NAME, judgment_number="05/2026/QĐ-TA",
        judgment_on="10/07/2026", court="TAND tỉnh Quảng Ngãi", offence="Trộm cắp tài sản", prison_months="36",
        starts_on="20/07/2026", term_months="3",
    )  # fmt: skip
    story.on("21/07/2026")
    steps.visit(story, case, "Gia đình xác nhận đã về nhà")
    steps.receive_person(story, case)
    steps.tick_off(story, case, "Report the reception", "Công văn số 19/CAX")
    steps.plan(story, case)
    steps.find_helper(story, case, NAME)
    steps.register_papers(story, case)

    story.on("03/08/2026")
    steps.do_the_month(story, case)
    way.ask_for_leave(story, case, "10/08/2026", "24/08/2026")
    way.permit_leave(story, case)
    story.on("03/09/2026")
    steps.do_the_month(story, case)
    story.on("02/10/2026")
    steps.do_the_month(story, case)
    steps.helper_reports(story, "III/2026")
    end.check_last_day(story, case, "20/10/2026")

    story.on("05/10/2026")
    steps.assess(story, case, "Good", "Chấp hành tốt, được khen thưởng")
    end.hand_file_over(story, case)
    story.on("20/10/2026")
    steps.helper_reports(story, "IV/2026")
    end.complete(story, case, "20/10/2026")
    end.end_help(story)
    end.is_closed(story, case, "Completed", "File handed over", "Report of the helper")
