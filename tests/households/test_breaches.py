"""A breach is proposed by one and decided by another; it never comes by itself, and undoes no signature."""

from datetime import date

import pytest

from portal.duties.models import Duty, Notification
from portal.duties.queries import still_open
from portal.engine.db import db
from portal.engine.indicators import Period
from portal.engine.refusal import Forbidden, Refused
from portal.engine.transaction import transaction
from portal.households import actions
from portal.households.indicators import DRUG_FREE
from portal.households.models import PledgeBreach
from tests.households.doors import a_campaign, pledges_of, some_households, ticked

HAPPENED = date(2026, 11, 21)


@pytest.fixture
def pledge(commune):
    household = some_households(commune)[0]
    ticked(commune, a_campaign(commune), [household])
    return pledges_of(household)[0]


def proposed(commune, pledge, by="officer"):
    with transaction(getattr(commune, by)):
        return actions.propose_breach(pledge, HAPPENED, "Biên bản 05/BB-CA")


def taken(commune, breach, step, by="chief", reason=""):
    user = getattr(commune, by)
    with transaction(user):
        breach.workflow.take(step, breach, user, reason)


def test_a_breach_is_decided_by_the_chief_on_the_page_and_told_to_whoever_proposed_it(commune, pledge, browse_as):
    data = {"happened_on": "21/11/2026", "reason": "Biên bản 05/BB-CA", "version": pledge.version}
    browse_as(commune.officer).post(f"/pledges/{pledge.id}/breach", data=data)
    breach = db.session.query(PledgeBreach).one()
    assert (pledge.state, breach.decider_role) == ("confirmed", "police_chief")
    (duty,) = db.session.query(Duty).filter(Duty.rule == "PLEDGE-BREACH", still_open())
    assert duty.owner_role == "police_chief"
    browse_as(commune.chief).post(f"/pledges/breaches/{breach.id}/approve", data={"version": breach.version})
    db.session.expire_all()
    assert (pledge.state, pledge.breached_on) == ("breached", date(2026, 11, 23))
    told = db.session.query(Notification).filter_by(user_id=commune.officer.id, kind="BREACH-DECIDED").count()
    assert (told, duty.open) == (1, False)


def test_a_breached_pledge_still_counts_as_signed(commune, pledge):
    taken(commune, proposed(commune, pledge), "approve")
    assert DRUG_FREE.value(Period(date(2026, 11, 1), date(2026, 11, 30), (commune.id,))) == 1


def test_nobody_decides_on_a_breach_that_they_proposed(commune, pledge, browse_as):
    breach = proposed(commune, pledge, by="chief")
    with pytest.raises(Forbidden):
        taken(commune, breach, "approve")
    page = browse_as(commune.chief).get(f"/pledges/breaches/{breach.id}").text
    assert ("Somebody else decides" in page, "Decide that it was breached" in page) == (True, False)


def test_a_rejected_breach_leaves_the_pledge_as_it_was_and_may_be_proposed_anew(commune, pledge):
    breach = proposed(commune, pledge)
    with pytest.raises(Refused):
        proposed(commune, pledge)  # one at a time
    taken(commune, breach, "reject", reason="Chưa đủ căn cứ")
    assert pledge.state == "confirmed"
    assert proposed(commune, pledge).state == "proposed"


def test_what_was_withdrawn_meanwhile_is_not_breached(commune, pledge):
    breach = proposed(commune, pledge)
    with transaction(commune.officer):
        actions.withdraw(pledge, date(2026, 11, 22), "Rút lại", commune.officer)
    with pytest.raises(Refused):
        taken(commune, breach, "approve")
    assert pledge.state == "withdrawn"


@pytest.mark.parametrize("typed", ["19/11/2026", "24/11/2026", "", "hôm qua"])
def test_a_breach_lies_between_the_signing_and_today(commune, pledge, browse_as, typed):
    data = {"happened_on": typed, "reason": "Biên bản", "version": pledge.version}
    assert browse_as(commune.officer).post(f"/pledges/{pledge.id}/breach", data=data).status_code == 422
    assert db.session.query(PledgeBreach).count() == 0
