"""The management of a drug user: decided within the hours of the law, and stopped or ended by a decision of its own."""

import pytest

from tests.journeys import steps_of_cases as steps
from tests.journeys import steps_of_drugs as drugs
from tests.journeys import steps_to_the_end as end

pytestmark = pytest.mark.browser

NAME = "Phạm Công Cẩn"


def test_a_test_of_friday_evening_is_decided_on_saturday_and_the_management_stops_for_an_addict(story):
    story.on("14/08/2026", 16, 40)
    drugs.record_test(story, NAME, received_time="16:30")
    drugs.is_due_within(story, "Hạn quyết định: 16:30, 15/08/2026, còn 23 giờ")
    drugs.propose_management(story)
    story.on("15/08/2026", 9)
    case = drugs.decide_management(story, NAME)

    for day in ("10/09/2026", "12/10/2026"):
        story.on(day)
        steps.visit(story, case, "Có mặt tại nơi cư trú, đang đi làm")
    story.on("20/10/2026")
    drugs.determine(story, NAME, "KL-31/2026")
    drugs.stop_or_end(
        story, case, "Propose to stop the management", ground="nghiện", evidence="Kết luận số 31/2026 ngày 19/10/2026",
        reason="Đã được xác định là người nghiện",
    )  # fmt: skip
    end.is_closed(story, case, "Dừng", "Có mặt tại nơi cư trú")


def test_a_management_that_began_a_year_ago_ends_on_its_last_day_by_the_chief_of_police(story):
    story.on("20/07/2026")
    case = steps.receive_papers(
        story, type="Management of a drug user", full_name=NAME, judgment_number="44/QĐ-UBND", court="UBND xã Dục Nông",
        decision_on="20/09/2025", starts_on="20/09/2025", term_months="12",
    )  # fmt: skip
    steps.register_papers(story, case)
    for day in ("21/07/2026", "10/08/2026", "10/09/2026"):
        story.on(day)
        steps.visit(story, case, "Có mặt tại nơi cư trú")
    story.on("20/09/2026")
    drugs.stop_or_end(story, case, "Propose the end", reason="Hết thời hạn, không sử dụng lại")
    end.is_closed(story, case, "Chấp hành xong", "Có mặt tại nơi cư trú")
