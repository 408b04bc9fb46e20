"""Reintegration: somebody back from prison is helped until the record is cleared."""

import pytest

from tests.journeys import steps_of_cases as steps
from tests.journeys import steps_to_the_end as end

pytestmark = pytest.mark.browser

NAME = "A Blong"


def test_somebody_back_from_prison_is_helped_until_the_record_is_cleared(story):
    story.on("20/07/2026")
    case = steps.receive_papers(
        story, type="Reintegration", full_name=NAME, judgment_number="21/2022/HS-ST", judgment_on="05/05/2022",
        court="TAND khu vực 5", offence="Trộm cắp tài sản", prison_months="24", starts_on="12/10/2024",
        term_months="24",
    )  # fmt: skip
    story.on("22/07/2026", 9)
    steps.receive_person(story, case)
    steps.tick_off(story, case, "hồ sơ tái hòa nhập", "Hồ sơ số 04/2026")
    steps.find_helper(story, case, NAME)
    steps.register_papers(story, case)
    steps.give_help(story, case, "Loan", "Ngân hàng Chính sách xã hội")

    story.on("05/10/2026")
    steps.helper_reports(story, "III/2026")
    story.on("12/10/2026")
    steps.helper_reports(story, "IV/2026")
    end.complete(story, case, "12/10/2026", by_chair=True, deed="Propose to close the file")
    end.is_closed(story, case, "Đã xóa án tích", "Báo cáo của người giúp đỡ, quý III/2026", "Giúp đỡ")
