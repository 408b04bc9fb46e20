"""What the law said on the day of a decision stays on its page, whatever comes later."""

import re
from datetime import date, timedelta

import pytest
from sqlalchemy import text

from portal.engine import clock
from portal.engine.db import db
from portal.engine.transaction import transaction
from tests.builders import a_case
from tests.conftest import TODAY
from tests.proposals.ways import a_proposal, step

CHANGED = "What was decided on was changed afterwards."


def law_of(browser, proposal):
    """The section of the page that tells what was checked, without its tags."""
    page = browser.get(f"/proposals/{proposal.id}").text
    found = re.search(r'<section class="section" aria-labelledby="law">(.*?)</section>', page, re.DOTALL)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", found[1])) if found else ""


def decided(commune, kind, case=None, how="approve", **more):
    if kind == "helper":
        more["helper_id"] = commune.helper.id
    proposal = a_proposal(kind, case or a_case(commune), commune.officer, **more)
    step(proposal, "submit", commune.officer)
    if proposal.endorser_role:
        step(proposal, "endorse", commune.chief)
    by = commune.leader if proposal.decider_role == "commune_leader" else commune.chief
    step(proposal, how, by, "Vì")
    return proposal


@pytest.mark.both_engines
@pytest.mark.parametrize(
    ("kind", "word"),
    [
        ("helper", "Condition met"), ("completion", "Still to come"), ("open_case", "Still to come"),
        ("absence", "Condition met"),
    ],
)  # fmt: skip
def test_an_approval_never_shows_as_failing_the_law_by_its_own_effect(kind, word, commune, browse_as):
    case = a_case(commune, type="reintegration", state="draft") if kind == "open_case" else a_case(commune)
    proposal = decided(commune, kind, case)
    told = law_of(browse_as(commune.chief), proposal)
    assert "As it was on 23/11/2026, when" in told
    assert word in told
    assert "Condition not met" not in told


def test_what_comes_later_changes_nothing_of_what_was_checked(commune, browse_as):
    case, chief = a_case(commune), browse_as(commune.chief)
    first = decided(commune, "absence", case)
    before = law_of(chief, first)
    assert "Used 0, asked for 20, of 243 days. 223 days are left." in before
    decided(commune, "absence", case, leaves_on=date(2027, 2, 1), returns_on=date(2027, 3, 30))
    decided(commune, "completion", case)
    with clock.telling(clock.moment(TODAY + timedelta(days=9), 9)):
        assert law_of(browse_as(commune.chief), first) == before


def test_a_rejection_keeps_what_was_checked_as_well(commune, browse_as):
    case = a_case(commune)
    proposal = decided(commune, "absence", case, how="reject")
    with transaction(commune.officer):
        case.term_months = 1
    told = law_of(browse_as(commune.chief), proposal)
    assert "20 days, at most 60 at a time" in told
    assert "Condition not met" not in told


def test_a_decision_of_before_it_was_kept_says_so_and_is_not_judged_by_what_came_later(commune, browse_as):
    proposal = decided(commune, "helper")
    with transaction(None):
        db.session.execute(text("DELETE FROM finding"))
        db.session.expire(proposal)
        proposal.frozen_digest = proposal.digest()
    page = browse_as(commune.chief).get(f"/proposals/{proposal.id}").text
    assert CHANGED not in page
    told = law_of(browse_as(commune.chief), proposal)
    assert "Decided on 23/11/2026 by Leader xã Bờ Y." in told
    assert "Condition" not in told


def test_a_proposal_that_was_withdrawn_is_not_judged_any_more(commune, browse_as):
    case = a_case(commune)
    proposal = a_proposal("absence", case, commune.officer)
    step(proposal, "withdraw", commune.officer)
    with transaction(commune.officer):
        case.term_months = 1
    assert law_of(browse_as(commune.chief), proposal) == ""


@pytest.mark.both_engines
@pytest.mark.parametrize(
    "change", ["SET source = 'x'", "SET result = 'refused'", "SET numbers = '{\"limit\": 90}'", "DELETE"]
)
def test_whoever_changes_what_was_checked_behind_the_decision_is_found_out(change, commune, browse_as):
    proposal, chief = decided(commune, "absence"), browse_as(commune.chief)
    assert CHANGED not in chief.get(f"/proposals/{proposal.id}").text
    db.session.rollback()
    with db.engine.begin() as rows:
        rows.execute(text("DELETE FROM finding" if change == "DELETE" else f"UPDATE finding {change}"))
    db.session.expire_all()
    assert CHANGED in chief.get(f"/proposals/{proposal.id}").text
    assert "What was checked is not shown" in law_of(chief, proposal)
