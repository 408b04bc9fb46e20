"""A village head reports to the commune police where there is no signal."""

import pytest

from portal.engine.transaction import transaction
from portal.incidents.models import Observation, Source
from portal.organisation.actions import confirm_grant, grant_role
from portal.organisation.models import Role
from tests.builders import FOUNDED
from tests.offline.phones import HEAD, Phone, an_item, kept

pytestmark = pytest.mark.both_engines


def a_report(text="Người lạ hỏi đường ra biên giới", **other):
    return an_item("incidents.report", None, HEAD, happened_on="23/11/2026", text=text, **other)


def head_of_both(commune):
    with transaction(None):
        confirm_grant(grant_role(commune.village_head, Role.VILLAGE_HEAD, commune.place("NHA"), FOUNDED), None)


def test_a_report_from_a_phone_reaches_the_police_with_its_village(commune, browse_as):
    (answer,) = Phone(browse_as(commune.village_head)).answers(a_report())
    assert answer["state"] == "received"
    assert [(one.village_id, one.source) for one in kept(Observation)] == [(commune.place("BPH").id, Source.VILLAGE)]


def test_the_phone_of_a_village_head_offers_the_report_and_no_longer_form_beside_it(commune, browse_as):
    offered = {sheet["form"] for sheet in Phone(browse_as(commune.village_head)).day()["sheets"]}
    assert "incidents.report" in offered
    assert "incidents.observation" not in offered


def test_whoever_heads_two_villages_says_which_one_it_was(commune, browse_as):
    head_of_both(commune)
    phone = Phone(browse_as(commune.village_head))
    unsaid, said = phone.answers(a_report(), a_report(village_id=commune.place("NHA").id))
    assert (unsaid["state"], list(unsaid["errors"])) == ("refused", ["village_id"])
    assert said["state"] == "received"
    assert [one.village_id for one in kept(Observation)] == [commune.place("NHA").id]


def test_no_report_is_made_of_a_village_of_somebody_else(commune, browse_as):
    head_of_both(commune)
    foreign = commune.place("CA").id
    (answer,) = Phone(browse_as(commune.village_head)).answers(a_report(village_id=foreign))
    assert (answer["state"], kept(Observation)) == ("refused", [])
