"""The log tells all that was noted: to whoever signs it, beside other versions, and on paper."""

import re
from typing import Any

from portal.patrols.models import Patrol
from tests.patrols.going import a_patrol, a_point, disputed, logged
from tests.patrols.test_countersigning import a_log
from tests.patrols.test_taking_part import minutes

MARKED = r"02:30 Mốc 790: Mốc nghiêng \((?:wants attention|cần chú ý)\)"


def wanting(commune: Any, browse_as: Any) -> Patrol:
    """Logged by the police; one of two points wants attention."""
    patrol = a_patrol(commune, points=(a_point(commune), a_point(commune, "Mốc 791")))
    marked = patrol.ways[0]
    typed = a_log(patrol, **{f"seen_{marked.id}": "Mốc nghiêng", f"attention_{marked.id}": "y"})
    assert browse_as(commune.officer).post(f"/patrols/{patrol.id}/log", data=typed).status_code == 302
    return patrol


def test_that_a_point_wants_attention_is_read_by_whoever_signs_and_stands_in_the_minutes(commune, browse_as):
    patrol, border = wanting(commune, browse_as), browse_as(commune.border)
    for told in (border.get(f"/patrols/{patrol.id}/sign").text, minutes(border, patrol)):
        assert len(re.findall(MARKED, told)) == 1
        assert len(re.findall("wants attention|cần chú ý", told)) == 1


def test_whoever_signs_reads_every_field_that_is_frozen(commune, browse_as):
    facts = {"leader": "Trần Văn Toản", "means": "01 ô tô", "recommendation": "Đặt biển", "violations_found": 4}
    patrol = logged(commune, a_patrol(commune, points=(a_point(commune),)), **facts)
    page = browse_as(commune.border).get(f"/patrols/{patrol.id}/sign").text
    told = dict(re.findall(r"<dt>(.*?)</dt><dd>(.*?)(?:<br>)?</dd>", page))
    assert told["Forces"].split("<br>") == patrol.log.forces.splitlines()
    del told["Forces"]
    assert told == {
        "Start": "02:00, 23/11/2026", "End": "06:00, 23/11/2026", "Leader": "Trần Văn Toản", "Means": "01 ô tô",
        "Points passed": "02:30 Mốc 790: Mốc nguyên vẹn", "Violations found": "4", "Recommendation": "Đặt biển",
        "Result": "Không phát hiện vi phạm", "Written by": "Officer xã Bờ Y, Công an xã Bờ Y",
    }  # fmt: skip


def test_versions_differ_where_only_one_says_that_a_point_wants_attention(commune, browse_as):
    patrol = disputed(commune, wanting(commune, browse_as), "border", "Mốc không nghiêng")
    logged(commune, patrol)
    page = browse_as(commune.military).get(f"/patrols/{patrol.id}/versions").text
    row = page[page.index("Points passed") : page.index("Violations found")]
    assert "differs" in row
    assert len(re.findall(MARKED, row)) == 1
