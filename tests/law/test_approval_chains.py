"""Who endorses and who decides (law.md §8.1)."""

from datetime import date

import pytest

from portal.law.approval import CHAINS, chain
from portal.law.rule import NotInForceError

BEFORE, SINCE = date(2026, 6, 30), date(2026, 7, 1)
CHIEF, CHAIR = (None, "police_chief"), ("police_chief", "commune_leader")


@pytest.mark.parametrize(
    ("kind", "before", "since"),
    [
        ("open_case", CHIEF, CHIEF),
        ("transfer", CHIEF, CHIEF),
        ("helper", CHAIR, CHAIR),
        ("helper_end", CHAIR, CHAIR),
        ("helper_of_released", CHAIR, CHAIR),
        ("absence", CHAIR, CHAIR),
        ("leave_of_the_supervised", CHAIR, CHAIR),
        ("leave_sent_up", CHAIR, CHIEF),
        ("review", CHAIR, CHIEF),
        ("residence_change", CHAIR, CHIEF),
        ("shortening", CHAIR, CHIEF),
        ("revocation", CHAIR, CHIEF),
        ("parole_revocation", CHAIR, CHAIR),
        ("completion", CHAIR, CHIEF),
        ("drug_user_management", CHAIR, CHIEF),
        ("fine", CHIEF, CHIEF),
        ("fine_above_ceiling", (None, "commune_leader"), (None, "commune_leader")),
        ("pledge_breach", CHIEF, CHIEF),
        ("rule_number", CHAIR, CHAIR),
        ("pseudonymise", CHAIR, CHAIR),
    ],
)
def test_each_kind_is_endorsed_and_decided_by_the_law_of_the_day(kind, before, since):
    for day, roles in ((BEFORE, before), (SINCE, since)):
        found = chain(kind, day)
        assert (found.endorser, found.decider) == roles


def test_the_helper_is_the_chairs_own_decision_since_july_2026_and_the_management_of_drug_users_was_until_then():
    """Besides, the act of 2019 leaves the journeys of the supervised, and the circular of 2024 the helpers of those who
    have served prison and its end, to the chair; and a fine is at all times of the person who may impose it, not of a
    body."""
    own = {(kind, day) for kind in CHAINS for day in (BEFORE, SINCE) if _of_own_power(kind, day)}
    released = "helper_of_released"
    assert own == {
        ("helper", SINCE), ("helper_end", SINCE), (released, BEFORE), (released, SINCE),
        ("drug_user_management", BEFORE), ("fine_above_ceiling", BEFORE), ("fine_above_ceiling", SINCE),
        ("reintegration_end", BEFORE), ("reintegration_end", SINCE),
        ("leave_of_the_supervised", BEFORE), ("leave_of_the_supervised", SINCE),
    }  # fmt: skip


def test_the_decree_of_2026_is_no_ground_for_helping_somebody_who_has_served_prison():
    found = {day: chain("helper_of_released", day) for day in (date(2024, 4, 30), date(2024, 5, 1), BEFORE, SINCE)}
    circular = ("Thông tư 10/2024/TT-BCA", True)
    assert [(one.source, one.confirmed) for one in found.values()] == [
        ("Nghị định 49/2020/NĐ-CP", False), circular, circular, (circular[0], False),
    ]  # fmt: skip


def _of_own_power(kind, day):
    try:
        return chain(kind, day).own_power
    except NotInForceError:
        return False


def test_a_supervision_plan_exists_only_since_july_2026():
    assert chain("supervision_plan", SINCE).decider == "police_chief"
    with pytest.raises(NotInForceError):
        chain("supervision_plan", BEFORE)


def test_what_nobody_read_in_the_new_act_is_not_confirmed():
    assert chain("absence", BEFORE).confirmed
    assert not chain("absence", SINCE).confirmed
    assert chain("review", SINCE).confirmed


def test_fines_cite_the_decree_of_their_day():
    assert chain("fine", date(2025, 12, 14)).source.startswith("Nghị định 144/2021")
    assert chain("fine", date(2025, 12, 15)).source.startswith("Nghị định 282/2025")


def test_nobody_endorses_what_they_decide_and_every_chain_has_a_source():
    for versions in CHAINS.values():
        assert all(one.endorser != one.decider and one.source for _day, one in versions)


def test_an_unknown_kind_is_an_error():
    with pytest.raises(KeyError):
        chain("dinner", SINCE)
