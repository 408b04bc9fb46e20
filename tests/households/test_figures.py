"""The figures of pledges by their definitions: from the day of signing, different households, not withdrawn."""

from datetime import date

import pytest

from portal.engine import voiding
from portal.engine.db import db
from portal.engine.indicators import Period, figure
from portal.engine.refusal import Conflict
from portal.engine.transaction import transaction
from portal.households import actions
from portal.households.indicators import DRUG_FREE, FIRE_SAFETY, FIRE_SAFETY_OF_ESTABLISHMENTS, FIREWORKS
from portal.households.models import CampaignKind, Target
from portal.households.queries import of_campaigns, tallies
from tests.households.doors import a_campaign, pledges_of, some_establishments, some_households, ticked

NOVEMBER = (date(2026, 11, 1), date(2026, 11, 30))


def count(commune, indicator, days=NOVEMBER):
    return indicator.value(Period(*days, (commune.id,)))


def test_a_household_counts_from_the_day_on_which_it_signed_confirmed_or_not(commune):
    one, other = some_households(commune, 2)
    campaign = a_campaign(commune)
    ticked(commune, campaign, [one], by="officer", on=date(2026, 11, 1))
    ticked(commune, campaign, [other], on=date(2026, 11, 20))
    assert (count(commune, DRUG_FREE), pledges_of(one)[0].state) == (2, "signed")
    assert count(commune, DRUG_FREE, (date(2026, 11, 2), date(2026, 11, 30))) == 1
    assert count(commune, DRUG_FREE, (date(2026, 11, 1), date(2026, 11, 19))) == 1


def test_a_household_that_signed_in_two_campaigns_of_a_kind_counts_once_and_opens_both_pledges(commune):
    household = some_households(commune)[0]
    for title in ("Đợt 1", "Đợt 2"):
        ticked(commune, a_campaign(commune, title=title), [household])
    period = Period(*NOVEMBER, (commune.id,))
    assert (DRUG_FREE.value(period), DRUG_FREE.records_counted(period)) == (1, 2)


@pytest.mark.parametrize(("last", "counted"), [(date(2026, 11, 21), 1), (date(2026, 11, 22), 0)])
def test_who_withdrew_on_or_before_the_last_day_of_the_period_does_not_count(commune, last, counted):
    household = some_households(commune)[0]
    ticked(commune, a_campaign(commune), [household])
    with transaction(commune.officer):
        actions.withdraw(pledges_of(household)[0], date(2026, 11, 22), "Rút lại", commune.officer)
    assert count(commune, DRUG_FREE, (NOVEMBER[0], last)) == counted


def test_what_was_entered_in_error_counts_nowhere_and_the_household_may_sign_anew(commune):
    household, campaign = some_households(commune)[0], a_campaign(commune)
    ticked(commune, campaign, [household], on=date(2026, 11, 18))
    with transaction(commune.officer):
        voiding.void(pledges_of(household)[0], "Nhập nhầm")
    assert count(commune, DRUG_FREE) == 0
    ticked(commune, campaign, [household], on=date(2026, 11, 19))
    assert [one.voided_at is None for one in pledges_of(household)] == [False, True]
    assert count(commune, DRUG_FREE) == 1


def test_kinds_are_counted_apart_and_establishments_beside_households(commune):
    households, shops = some_households(commune, 3), some_establishments(commune, 2)
    fire = a_campaign(commune, kind=CampaignKind.FIRE_SAFETY, target=Target.BOTH)
    ticked(commune, fire, households)
    ticked(commune, fire, shops)
    ticked(commune, a_campaign(commune, kind=CampaignKind.FIREWORKS), households[:1])
    found = [count(commune, one) for one in (DRUG_FREE, FIRE_SAFETY, FIRE_SAFETY_OF_ESTABLISHMENTS, FIREWORKS)]
    assert found == [0, 3, 2, 1]


def test_the_same_days_a_year_before_stand_beside_them(commune):
    households = some_households(commune, 3)
    for year, how_many in ((2025, 2), (2026, 3)):
        days = date(year, 11, 1), date(year, 12, 31)
        campaign = a_campaign(commune, title=str(year), first_on=days[0], last_on=days[1])
        ticked(commune, campaign, households[:how_many], on=date(year, 11, 20))
    told = figure(DRUG_FREE, Period(*NOVEMBER, (commune.id,)))
    assert (told.value, told.previous_value) == (3, 2)


def test_the_page_of_a_figure_opens_the_households_that_it_counted(commune, neighbour, browse_as):
    ticked(commune, a_campaign(commune), some_households(commune, 1, head="Thao Mưu"))
    ticked(neighbour, a_campaign(neighbour), some_households(neighbour, 1, head="Nàng Lạ"))
    page = browse_as(commune.chief).get("/reports/figures/pledges.drug_free.households?from=2026-11-01&to=2026-11-30")
    assert ("Thao Mưu" in page.text, "Nàng Lạ" in page.text) == (True, False)
    assert "HH-BPH-0001" in page.text


def struck_out(commune, one):
    with transaction(commune.chief):
        voiding.void(one, "Nhập nhầm")


def test_a_pledge_of_a_campaign_or_of_a_household_that_was_struck_out_counts_nowhere(commune):
    one, other, third = some_households(commune, 3)
    campaign, wrong = a_campaign(commune), a_campaign(commune)
    ticked(commune, campaign, [one, other])
    ticked(commune, wrong, [third])
    struck_out(commune, one)
    struck_out(commune, wrong)
    period = Period(*NOVEMBER, (commune.id,))
    assert [pledge.signer for pledge in db.session.scalars(DRUG_FREE.records(period))] == [other]
    assert (count(commune, DRUG_FREE), sum(tally.signed for tally in tallies(campaign).values())) == (1, 1)
    assert (of_campaigns([campaign, wrong]), sum(tally.signed for tally in tallies(wrong).values())) == (
        {campaign.id: 1}, 0,
    )  # fmt: skip


def test_an_establishment_that_was_struck_out_takes_its_pledge_along(commune):
    one, other = some_establishments(commune, 2)
    campaign = a_campaign(commune, kind=CampaignKind.FIRE_SAFETY, target=Target.BOTH)
    ticked(commune, campaign, [one, other])
    struck_out(commune, one)
    assert count(commune, FIRE_SAFETY_OF_ESTABLISHMENTS) == 1


def test_nothing_is_signed_in_a_campaign_that_was_struck_out(commune):
    household, campaign = some_households(commune)[0], a_campaign(commune)
    struck_out(commune, campaign)
    with pytest.raises(Conflict):
        ticked(commune, campaign, [household])
