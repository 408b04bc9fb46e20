"""Bands of fines by the decree of the day, and who may sign them (vector T27)."""

from dataclasses import replace
from datetime import date

import pytest

from portal.law import fines
from portal.law.fines import Offence, Signer
from portal.law.rule import Parameter, Unit


@pytest.mark.parametrize(("day", "source"), [(date(2025, 12, 14), "144/2021"), (date(2025, 12, 15), "282/2025")])
def test_the_decree_of_the_day_is_cited(day, source):
    refusal = fines.outside_of_band(999_999, day)[0]
    assert source in refusal.source
    assert refusal.numbers == {"least": 1_000_000, "most": 2_000_000}


@pytest.mark.parametrize("amount", [0, 1_000_000, 1_500_000, 2_000_000])
def test_a_warning_and_both_ends_of_the_band_are_within_it(amount):
    assert fines.outside_of_band(amount, date(2024, 7, 18)) == []


def test_the_middle_of_the_band_times_six_is_what_the_report_tells():
    assert 6 * fines.middle(date(2024, 7, 18)) == 9_000_000


def test_nothing_is_said_of_days_before_the_decree():
    assert fines.outside_of_band(5, date(2021, 12, 31)) == []
    assert fines.middle(date(2021, 12, 31)) is None


def test_a_warning_is_within_the_band_only_where_the_decree_knows_one():
    day = date(2026, 3, 2)
    assert fines.outside_of_band(0, day, offence=Offence.RELEASED) == []
    (refusal,) = fines.outside_of_band(0, day, offence=Offence.REPORT)
    assert (refusal.rule, refusal.message) == ("COM-FINE-REPORT", fines.OUTSIDE_WITHOUT_WARNING)


def test_above_the_ceiling_of_the_chief_the_chair_decides_and_above_that_it_is_sent_up():
    before, since = date(2025, 12, 14), date(2025, 12, 15)
    asked = fines.approval_kind
    assert asked(Offence.DRUG_USE, 1_500_000, before, before) == "fine"
    assert asked(Offence.LEAVE, 3_500_000, before, before) == "fine_above_ceiling"
    assert asked(Offence.LEAVE, 3_500_000, since, since) == "fine"
    assert asked(Offence.DRUG_PLACE, 50_000_000, since, since) is None


def test_the_highest_fine_of_the_band_is_compared_with_the_ceiling_unless_the_policy_says_the_amount():
    day = date(2025, 12, 14)
    asked = (Signer.POLICE_CHIEF, Offence.DRUG_POSSESSION, 2_000_000, day, day)
    (refusal,) = fines.refuse_signer(*asked)
    assert refusal.numbers == {"limit": 2_500_000, "compared": 5_000_000}
    assert fines.refuse_signer(*asked, fines.PARAMETERS.choosing("fine_competence", "amount")) == []


def test_who_has_no_ceiling_by_the_decree_of_the_day_may_not_sign():
    day = date(2025, 12, 14)
    (refusal,) = fines.refuse_signer(Signer.POLICE_SOLDIER, Offence.DRUG_USE, 1_500_000, day, day)
    assert (refusal.message, refusal.rule) == (fines.NO_CEILING, "FINE-CEILING")
    assert fines.ceiling(Signer.POLICE_SOLDIER, Offence.DRUG_USE, date(2025, 12, 15)).count == 7_500_000


@pytest.mark.parametrize(
    ("signer", "social_evils", "order"),
    [
        (Signer.COMMUNE_CHAIR, 37_500_000, 20_000_000),
        (Signer.POLICE_CHIEF, 37_500_000, 20_000_000),
        (Signer.BORDER_POST_CHIEF, 22_500_000, 12_000_000),
        (Signer.BORDER_TEAM_HEAD, 7_500_000, 4_000_000),
        (Signer.POLICE_SOLDIER, 7_500_000, 4_000_000),
        (Signer.BORDER_SOLDIER, 3_750_000, 2_000_000),
    ],
)
def test_the_ceilings_of_the_decree_of_2025(signer, social_evils, order):
    day = date(2025, 12, 15)
    found = [fines.ceiling(signer, offence, day).count for offence in (Offence.DRUG_USE, Offence.REPORT)]
    assert found == [social_evils, order]


def test_an_act_before_the_newer_decree_that_is_milder_there_is_for_the_officer_to_choose():
    used_on, decided_on = date(2025, 12, 14), date(2026, 1, 5)
    assert fines.milder_decree(Offence.DRUG_USE, used_on, decided_on) is None  # both decrees say the same
    cheaper = Parameter(date(2025, 12, 15), 1_500_000, "Nghị định 282/2025/NĐ-CP, Điều 30", unit=Unit.VND)
    milder = fines.PARAMETERS.amended("FINE-DRUG-USE.most", cheaper)
    ground = fines.milder_decree(Offence.DRUG_USE, used_on, decided_on, milder)
    assert ground.numbers == {"least": 1_000_000, "most": 1_500_000}
    assert len(fines.bands_to_choose(Offence.DRUG_USE, used_on, decided_on, milder)) == 2
    own = milder.choosing("milder_decree", "decree_of_the_act")
    assert fines.milder_decree(Offence.DRUG_USE, used_on, decided_on, own) is None
    harsher = fines.PARAMETERS.amended("FINE-DRUG-USE.most", replace(cheaper, value=3_000_000))
    assert fines.milder_decree(Offence.DRUG_USE, used_on, decided_on, harsher) is None
    assert fines.milder_decree(Offence.DRUG_OBSTRUCTION, used_on, decided_on) is None
    assert fines.bands_to_choose(Offence.DRUG_OBSTRUCTION, used_on, decided_on) == []
