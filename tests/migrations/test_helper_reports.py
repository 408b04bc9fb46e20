"""A helper's report that was finished by hand, before reports became records, stays finished after the upgrade."""

from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest

from portal.cases.duties.rules import CASE_RULES
from portal.duties.actions import renew
from portal.duties.models import Duty
from portal.duties.rules import Source, Wanted
from portal.engine.db import db

BEFORE = "0030_phones"
ON_PAPER = """
UPDATE duty SET rule = 'COM-HELPER-REPORT', key = '2026-Q3', subject_type = 'case', subject_id = 1, case_id = NULL,
    done_on = '2026-10-02', done_by_id = 2, note = 'Báo cáo giấy', dropped_on = NULL, voided_at = NULL WHERE id = 1
"""


@pytest.mark.both_engines
def test_what_was_finished_by_hand_in_the_version_before_is_not_asked_for_again(bare):
    bare.filled(BEFORE, ON_PAPER).upgrade()
    duty = db.session.get_one(Duty, 1)
    asked = Wanted("COM-HELPER-REPORT", "2026-Q3", date(2026, 10, 5), "team_member")
    case: Any = SimpleNamespace(kind_of_record="case", id=1)
    with db.session.no_autoflush:
        renew(case, Source(Duty, CASE_RULES, lambda _case: [asked]))
    assert (duty.done_on, duty.done_by_id, duty.note) == (date(2026, 10, 2), 2, "Báo cáo giấy")
