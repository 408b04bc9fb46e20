"""The way of a proposal: who may take which step, and what the law refuses."""

from datetime import date

import pytest

from portal.engine import audit
from portal.engine.db import db
from portal.engine.refusal import Conflict, Forbidden, Refused
from portal.engine.transaction import transaction
from tests.builders import a_case, an_absence

pytestmark = pytest.mark.both_engines


def take(proposal, name, user, reason="", version=None):
    with transaction(user):
        proposal.workflow.take(name, proposal, user, reason, version)


def test_an_absence_goes_from_the_officer_by_the_chief_to_the_chair(commune):
    leave = an_absence(commune, a_case(commune), date(2026, 12, 1), date(2026, 12, 20))
    take(leave, "submit", commune.officer)
    take(leave, "endorse", commune.chief)
    take(leave, "approve", commune.leader)
    assert leave.state == "approved"
    assert audit.verify(db.session())[1] is None


def test_an_absence_of_61_days_cannot_be_submitted_and_the_law_says_why(commune):
    leave = an_absence(commune, a_case(commune), date(2026, 12, 1), date(2027, 1, 30))
    with pytest.raises(Refused) as refused:
        take(leave, "submit", commune.officer)
    assert refused.value.reasons[0].numbers == {"limit": 60, "asked": 61}
    assert leave.state == "draft"


def test_the_chief_who_wrote_a_proposal_is_passed_over_and_the_chair_decides(commune):
    leave = an_absence(commune, a_case(commune), date(2026, 12, 1), date(2026, 12, 20), by="chief")
    take(leave, "submit", commune.chief)
    with pytest.raises((Conflict, Forbidden)):
        take(leave, "endorse", commune.chief)
    take(leave, "approve", commune.leader)
    assert leave.state == "approved"


def test_a_decision_on_an_older_version_is_a_conflict(commune):
    leave = an_absence(commune, a_case(commune), date(2026, 12, 1), date(2026, 12, 20))
    take(leave, "submit", commune.officer)
    with pytest.raises(Conflict):
        take(leave, "endorse", commune.chief, version=leave.version - 1)
