"""What a phone sends is taken once, as its page would take it, or refused aloud."""

import pytest

from portal.cases.models import CheckIn
from portal.engine.db import db
from portal.incidents.models import Observation
from portal.offline.models import Receipt
from tests.builders import a_case
from tests.offline.phones import Phone, an_item

OFFICER = "police_officer:"
pytestmark = pytest.mark.both_engines


def kept(record):
    db.session.rollback()
    return db.session.scalars(db.select(record)).all()


def a_self_report(case, **other):
    typed = {
        "version": case.version,
        "month": "2026-11-01",
        "received_on": "23/11/2026",
        "channel": "in_person",
        "note": "",
    }
    return an_item("cases.check_in", case.id, OFFICER, **{**typed, **other})


def test_what_is_sent_forty_times_is_one_record_with_one_receipt(commune, browse_as):
    phone, report = Phone(browse_as(commune.officer)), a_self_report(a_case(commune))
    answers = [phone.answers(report)[0] for _time in range(40)]
    assert {(one["state"], one["number"]) for one in answers} == {("received", 1)}
    assert (len(kept(CheckIn)), len(kept(Receipt))) == (1, 1)


def test_one_bad_item_blocks_no_other(commune, browse_as):
    phone, case = Phone(browse_as(commune.officer)), a_case(commune)
    bad, good = a_self_report(case, received_on="31/02/2026"), a_self_report(case)
    other = an_item(
        "incidents.observation", None, OFFICER, happened_on="23/11/2026", text="Người lạ ở bìa rừng", source="village"
    )
    found = {one.get("id"): one for one in phone.answers(bad, {"id": "?"}, good, other)}
    assert found[bad["id"]]["state"] == "refused"
    assert list(found[bad["id"]]["errors"]) == ["received_on"]
    assert [found[one["id"]]["state"] for one in (good, other)] == ["received", "received"]
    assert (len(kept(CheckIn)), len(kept(Observation))) == (1, 1)
