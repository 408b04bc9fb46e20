"""The numbers that belong to no type of case, on fines and minors, change as the others do, and only where in doubt."""

from datetime import date

import pytest

from portal.engine.db import db
from portal.engine.refusal import Refused
from portal.engine.transaction import transaction
from portal.law import fines, minors
from portal.law.catalogue import amendable, rules
from portal.law.fines import Offence
from portal.lawbook import actions
from portal.lawbook.models import RuleChange
from portal.lawbook.queries import numbers_of
from portal.proposals.kinds.fine.model import law_of
from tests.builders import a_case
from tests.lawbook.test_numbers import decided

SINCE = date(2026, 7, 1)
APART = {**fines.PARAMETERS.rules, **minors.PARAMETERS.rules}


def test_what_was_read_in_the_text_is_not_offered_and_what_was_not_is(commune):
    assert {one for one in APART if amendable(one)} == set(minors.PARAMETERS.rules)  # the decrees were read
    with pytest.raises(Refused), transaction(commune.chief):
        actions.propose_number(commune.unit, "FINE-DRUG-USE.most", "3000000", SINCE, "Nghị định", "Đã đọc", seen=True)


def test_a_number_apart_is_told_once():
    told = [(one.key, one.holds_from, one.regimes) for one in rules()]
    assert len(told) == len(set(told))
    assert set(APART) <= {key for key, *_more in told}


def test_an_amount_that_was_approved_holds_for_the_fines_of_that_commune_alone(commune, neighbour):
    with transaction(None):
        change = RuleChange(
            commune=commune.unit, commune_id=commune.id, number="QT-2026-001", kind="number", key="FINE-DRUG-USE.most",
            value="3000000", holds_from=SINCE, source="Nghị định 400/2026/NĐ-CP", seen=True, reason="Đã đọc",
            state="approved", decider_role="commune_leader", decided_on=SINCE,
        )  # fmt: skip
        db.session.add(change)
        commune.unit.own_law = True
    asked = [law_of(a_case(commune)), numbers_of(commune.id, "fines"), numbers_of(neighbour.id, "fines")]
    assert [fines.middle(SINCE, one, Offence.DRUG_USE) for one in asked] == [2_000_000, 2_000_000, 1_500_000]


def test_the_reading_that_a_commune_chose_holds_for_its_fines(commune, neighbour):
    with transaction(commune.chief):
        change = actions.propose_reading(commune.unit, "milder_decree", "decree_of_the_act", "Công văn 5", "Ý kiến")
    decided(change, commune.leader)
    chosen = [numbers_of(one.id, "fines").chosen.get("milder_decree") for one in (commune, neighbour)]
    assert chosen == ["decree_of_the_act", None]
