"""What was there before receptions were kept whole stays as it was, and nothing of it waits to be checked."""

import pytest
import sqlalchemy as sa

from portal.engine.db import db

pytestmark = pytest.mark.both_engines


def test_no_self_report_that_was_there_waits_to_be_checked_and_old_receptions_stay_days(bare):
    bare.filled("0053_drug_management", "UPDATE \"case\" SET reception_on = '2026-07-09'")
    bare.upgrade("0056_supervision_plans")
    with db.engine.connect() as connection:
        reports = connection.execute(sa.text("SELECT to_check, checked_on FROM check_in")).all()
        days = connection.execute(sa.text('SELECT reception_on FROM "case"')).scalars().all()
        made = connection.execute(sa.text("SELECT count(*) FROM reception")).scalar()
    assert reports
    assert all(not to_check and checked_on is None for to_check, checked_on in reports)
    assert {str(one) for one in days} == {"2026-07-09"}
    assert made == 0
