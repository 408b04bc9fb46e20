"""The register and the pledges of the example: as the report of August 2024 counts them, and those of these days."""

from datetime import date

from sqlalchemy import func, select

from portal.duties.models import Duty
from portal.duties.queries import still_open
from portal.engine import clock
from portal.engine.db import db
from portal.engine.indicators import Period
from portal.households.indicators import DRUG_FREE, FIRE_SAFETY, FIRE_SAFETY_OF_ESTABLISHMENTS, FIREWORKS
from portal.households.models import (
    CampaignGoal,
    Establishment,
    Household,
    Pledge,
    PledgeBreach,
    PledgeCampaign,
    PledgeSheet,
    PrintedList,
)
from portal.households.queries import living_in, tallies, waiting_at
from portal.organisation.models import Unit
from portal.outreach.models import FACE_TO_FACE, OutreachSession, SessionForm
from portal.reports.queries import taken_in

REPORT = date(2024, 1, 1), date(2024, 8, 31)
IN_2024 = {"DME": 212, "IEC": 318, "MTO": 402, "KKH": 355, "BPH": 486, "NHA": 521, "TKA": 176, "NTA": 317}
SMALLER = {"DME": 3, "IEC": 5, "MTO": 7, "KKH": 6, "BPH": 8, "NHA": 9, "TKA": 2, "NTA": 5}


def unit(code):
    return db.session.scalars(select(Unit).where(Unit.code == f"BY-{code}")).one()


def living(on):
    return {code: len(db.session.scalars(living_in(unit(code), on)).all()) for code in IN_2024}


def test_the_figures_are_those_of_the_report_and_of_the_year_before(example):
    by = db.session.scalars(select(Unit).where(Unit.code == "BY")).one()
    period = Period(*REPORT, taken_in(by))
    found = [
        (one.value(period), one.value(period.year_before()))
        for one in (DRUG_FREE, FIRE_SAFETY, FIRE_SAFETY_OF_ESTABLISHMENTS, FIREWORKS)
    ]
    assert found == [(2000, 0), (1100, 0), (135, 0), (1200, 640)]


def test_each_village_has_as_many_households_as_it_was_counted_to_have_in_both_years(example):
    assert living(date(2024, 8, 20)) == IN_2024
    assert living(date(2023, 8, 20)) == {code: count - SMALLER[code] for code, count in IN_2024.items()}


def test_inhabitants_are_dealt_out_evenly_and_names_of_heads_repeat(example):
    told = select(Household.people).where(Household.number.startswith("HH-DME-")).order_by(Household.number)
    people = list(db.session.scalars(told))
    assert (sum(people), people[0], people[-1]) == (690, 4, 3)
    names = db.session.scalars(select(Household.head).where(Household.number.startswith("HH-NHA-"))).all()
    assert len(set(names)) < len(names)
    assert db.session.scalar(select(func.count(Establishment.id)).where(Establishment.number.startswith("CS-"))) == 136


def test_the_second_entry_of_one_household_is_struck_out_and_its_pledge_stands(example):
    found = db.session.scalars(
        select(Pledge)
        .join(Household, Household.id == Pledge.household_id)
        .where(Household.number == "HH-NHA-0001", Pledge.signed_on == date(2024, 8, 3))
    ).all()
    assert sorted(one.voided_at is None for one in found) == [False, True]


def test_the_last_ten_of_each_village_of_the_drug_free_campaign_of_2024_were_confirmed_after_the_report(example):
    campaign = db.session.scalars(
        select(PledgeCampaign).where(PledgeCampaign.title == "Cam kết không ma túy 2024")
    ).one()
    late = select(func.count(Pledge.id)).where(
        Pledge.campaign_id == campaign.id, Pledge.confirmed_at > clock.moment(date(2024, 9, 1))
    )
    assert db.session.scalar(late) == 80


def test_one_household_broke_its_pledge_and_one_took_it_back_in_campaigns_that_are_over(example):
    found = db.session.execute(
        select(Household.number, Pledge.state, Pledge.breached_on, Pledge.withdrawn_on)
        .join(Household, Household.id == Pledge.household_id)
        .where(Pledge.state.in_(("breached", "withdrawn")))
        .order_by(Household.number)
    ).all()
    assert [tuple(row) for row in found] == [
        ("HH-DME-0034", "breached", date(2025, 2, 5), None), ("HH-MTO-0012", "withdrawn", None, date(2025, 11, 12)),
    ]  # fmt: skip
    (breach,) = db.session.scalars(select(PledgeBreach))
    assert (breach.state, breach.pledge.reason) == ("approved", "")


def test_nobody_owes_a_word_on_a_campaign_that_is_over(example):
    titles = [one.values["campaign"] for one in db.session.scalars(
        select(Duty).where(Duty.rule.in_(("PLEDGES-TO-CONFIRM", "PLEDGE-BREACH")), still_open())
    )]  # fmt: skip
    assert [title for title in titles if title.startswith("Cam kết")] == ["Cam kết không ma túy, đợt cuối năm 2026"]


def test_an_open_campaign_is_three_quarters_signed_one_village_lags_and_twelve_wait_in_ngoc_hai(example):
    goals = db.session.scalars(
        select(CampaignGoal)
        .join(PledgeCampaign, PledgeCampaign.id == CampaignGoal.campaign_id)
        .where(PledgeCampaign.state == "open", CampaignGoal.village_id == unit("NHA").id)
    ).all()
    (goal,) = goals
    found = tallies(goal.campaign)
    signed, due = sum(one.signed for one in found.values()), sum(one.due for one in found.values())
    assert 0.7 < signed / due < 0.85
    assert found[unit("TKA").heir_id].percent < 50
    assert waiting_at(goal) == 12
    assert goal.campaign.first_on < clock.today() < goal.campaign.last_on


def test_whoever_is_in_the_commune_beside_is_none_of_ours(example):
    here = db.session.scalars(select(Unit).where(Unit.code == "DN-DTH")).one()
    assert len(db.session.scalars(living_in(here, clock.today())).all()) == 12
    ours = db.session.scalars(select(PledgeCampaign).where(PledgeCampaign.state == "open")).all()
    assert all(here.heir_id not in tallies(one) for one in ours if one.title.startswith("Cam kết"))


def test_a_sheet_a_printed_list_and_what_the_villages_held_are_there_to_be_looked_at(example):
    (sheet,) = db.session.scalars(select(PledgeSheet)).all()
    on_it = select(func.count(Pledge.id)).where(Pledge.sheet_id == sheet.id, Pledge.state == "confirmed")
    assert (db.session.scalar(on_it), sheet.village_id) == (sheet.count, unit("DME").id)
    (printed,) = db.session.scalars(select(PrintedList)).all()
    assert (printed.village_id, len(printed.rows) > 50) == (unit("TKA").id, True)
    held = db.session.scalars(select(OutreachSession).where(OutreachSession.state == "held")).all()
    assert {one.form for one in held} >= {SessionForm.FLAG_CEREMONY, SessionForm.VILLAGE_MEETING}
    assert all(one.attendance for one in held if one.form in FACE_TO_FACE)
    assert all(one.held_on <= clock.today() for one in held)
