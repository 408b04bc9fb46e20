"""Rounds are those of the commune as it is called now, also for whoever acts in one that was taken over."""

import pytest

from portal.engine.transaction import transaction
from portal.organisation.actions.units import take_over
from portal.privacy.views import rounds


@pytest.mark.parametrize("address", ["/retention/", "/retention/new"])
def test_a_round_of_a_commune_that_was_taken_over_is_its_heirs(commune, neighbour, browse_as, monkeypatch, address):
    asked, real = [], rounds.dry_run
    monkeypatch.setattr(rounds, "dry_run", lambda unit: asked.append(unit.id) or real(unit))
    with transaction(None):
        take_over(commune.unit, neighbour.unit)
    assert browse_as(neighbour.chief).get(address).status_code == 200
    assert asked == [commune.id]
