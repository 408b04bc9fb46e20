"""The secret of a phone is derived from the keys: phones and receipts that are kept go on without the stored one."""

import pytest
from sqlalchemy import text

from portal.engine.db import db

KEPT = text("SELECT phone.id, receipt.id FROM phone JOIN receipt ON receipt.phone_id = phone.id ORDER BY receipt.id")


@pytest.mark.both_engines
def test_phones_and_receipts_that_are_kept_stay(bare):
    bare.filled("0031_village_phone")
    with db.engine.connect() as rows:
        before = rows.execute(KEPT).all()
    bare.upgrade("0033_phone_secrets")
    with db.engine.connect() as rows:
        assert before
        assert rows.execute(KEPT).all() == before
        assert rows.execute(text("SELECT acting FROM receipt")).scalars().all() == ["", ""]
