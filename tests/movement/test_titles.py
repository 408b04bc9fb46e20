"""Titles: criteria that are known come by themselves, figures feed them, and what nobody read the commune fills in."""

from datetime import date

import pytest
from flask_babel import force_locale

from portal.books import actions
from portal.engine import voiding
from portal.engine.db import db
from portal.engine.refusal import Refused
from portal.engine.transaction import transaction
from portal.households.actions import CampaignFacts, draft_campaign
from portal.households.models import CampaignKind, PledgeCampaign, Target
from portal.law import titles
from portal.movement import presenter
from portal.movement.models import (
    Basis,
    Model,
    ModelKind,
    TitleEvidence,
    TitleKind,
    TitleProgramme,
)

SECURITY, DRUG_FREE = TitleKind.SECURITY, TitleKind.DRUG_FREE


def a_title(commune, kind=SECURITY, first_on=date(2025, 11, 16), last_on=date(2026, 11, 15)):
    facts = {"name": f"Danh hiệu {kind}", "kind": kind, "year": 2026, "first_on": first_on, "last_on": last_on}
    with transaction(commune.clerk):
        return actions.write_down(TitleProgramme, commune.id, facts, None)


def a_model(commune, name="Tiếng kẻng an ninh", launched_on=date(2023, 5, 10), **more):
    facts = {"name": name, "kind": ModelKind.SECURITY, "launched_on": launched_on, **more}
    with transaction(commune.officer):
        return actions.write_down(Model, commune.id, facts, None)


def mend(line, **facts):
    with transaction(None):
        actions.mend(line, facts, None)


def stands(programme, reader, which=0):
    return presenter.standing_of(programme, reader)[which]


@pytest.fixture
def speaking(app):
    with app.test_request_context(), force_locale("en"):
        yield


@pytest.mark.both_engines
def test_the_criteria_that_are_known_come_by_themselves_with_their_source(commune):
    found = a_title(commune).criteria
    assert [one.basis for one in found] == [Basis.LAW] * 5
    assert {one.clause for one in found} == {titles.CIRCULAR_124}
    assert [one.target for one in found] == [1000, 1000, 0, 100_000, 70_000]
    assert all(one.confirmed and one.text for one in found)


def test_what_is_known_from_the_press_alone_is_marked_and_holds_from_its_day_on(commune):
    old = a_title(commune, DRUG_FREE, date(2025, 1, 1), date(2025, 12, 31))
    new = a_title(commune, DRUG_FREE, date(2026, 1, 1), date(2026, 12, 31))
    assert [(one.basis, one.text) for one in old.criteria] == [(Basis.COMMUNE, "")] * 3
    assert [(one.basis, one.confirmed, one.target) for one in new.criteria] == [
        (Basis.LAW, False, 500), (Basis.LAW, False, 2000), (Basis.LAW, False, 100),
    ]  # fmt: skip


def test_rows_that_nobody_read_are_marked_for_the_commune_and_another_title_has_none(commune, browse_as):
    page = browse_as(commune.clerk).get(f"/title-programmes/{a_title(commune, TitleKind.NEW_RURAL).id}").text
    assert page.count("Filled in by the commune") >= 3
    assert "Not filled in yet" in page
    assert "To be filled in" in page
    assert a_title(commune, TitleKind.OTHER).criteria == []


def test_a_criterion_with_a_figure_stands_as_the_figure_does_today(commune, speaking):
    programme = a_title(commune)
    assert stands(programme, commune.officer, 1).state is presenter.SHORT
    assert stands(programme, commune.officer, 1).gap.startswith("Still missing: 1 ")
    a_model(commune)
    found = stands(programme, commune.officer, 1)
    assert found.state is presenter.MET
    assert found.value.startswith("1 ")
    assert "models.running" in found.figures[0][1]


def test_a_figure_is_of_the_days_of_the_title_and_of_its_commune(commune, neighbour, speaking):
    programme = a_title(commune)
    a_model(neighbour)
    a_model(commune, launched_on=date(2026, 11, 16))  # the day after the last that counts
    assert stands(programme, commune.officer, 1).state is presenter.SHORT


def test_a_share_is_taken_of_what_is_typed_and_says_how_much_is_missing(commune, speaking):
    programme = a_title(commune)
    assert stands(programme, commune.clerk, 4).state is presenter.UNKNOWN
    mend(programme.criteria[4], count=9000, whole_count=14_000)
    found = stands(programme, commune.clerk, 4)
    assert (found.state, found.value, found.target) == (presenter.SHORT, "64.29%", "at least 70%")
    assert found.gap == "Still missing: 5.71%"
    mend(programme.criteria[4], count=10_000)
    assert stands(programme, commune.clerk, 4).state is presenter.MET


def test_a_criterion_that_no_figure_counts_says_that_its_number_is_to_be_written_down(commune, speaking):
    programme = a_title(commune)
    registered = stands(programme, commune.officer, 3)
    assert registered.state is presenter.UNKNOWN
    assert registered.gap == "No figure of the portal counts this. Please write the number down."
    mend(programme.criteria[3], count=10_000)
    assert stands(programme, commune.officer, 3).gap == "The number of which it is a share is not known yet."


def test_less_than_is_less_and_at_most_takes_the_limit_in(commune, speaking):
    programme, spots = a_title(commune), a_title(commune, DRUG_FREE, date(2026, 1, 1), date(2026, 12, 31))
    mend(programme.criteria[2], count=0)
    assert stands(programme, commune.clerk, 2).state is presenter.MET
    mend(spots.criteria[1], count=2000)
    found = stands(spots, commune.clerk, 1)
    assert (found.state, found.gap) == (presenter.SHORT, "just what it must stay below")
    mend(spots.criteria[1], count=1000)
    assert stands(spots, commune.clerk, 1).state is presenter.MET


def test_a_criterion_without_figures_is_judged_by_hand(commune, speaking):
    programme = a_title(commune, TitleKind.NEW_RURAL)
    mend(programme.criteria[0], text="Không có khiếu kiện đông người")
    assert stands(programme, commune.clerk).state is presenter.UNKNOWN
    mend(programme.criteria[0], by_hand="met")
    assert stands(programme, commune.clerk).state is presenter.MET


def test_a_figure_of_what_a_role_may_not_count_is_not_told_to_it(commune, speaking):
    programme = a_title(commune, TitleKind.NEW_RURAL)
    mend(programme.criteria[0], text="Người đang chấp hành án", figure="cases.community.serving", target=0)
    assert stands(programme, commune.clerk).state is presenter.CLOSED
    assert stands(programme, commune.clerk).value == ""
    assert stands(programme, commune.chief).value == "0"


def test_a_figure_that_the_portal_has_not_is_no_error_and_stays_in_the_form(commune, browse_as):
    programme = a_title(commune, TitleKind.NEW_RURAL)
    criterion = programme.criteria[0]
    mend(criterion, text="Nhân khẩu", figure="no.such.figure", target=1000)
    browser = browse_as(commune.clerk)
    assert "Not known yet" in browser.get(f"/title-programmes/{programme.id}").text
    typed = {
        "text": "Nhân khẩu", "figure": "no.such.figure", "comparison": "at_least", "target": "1",
        "version": str(criterion.version),
    }  # fmt: skip
    sent = browser.post(f"/title-programmes/criteria/{criterion.id}/edit", data=typed)
    assert sent.status_code == 302, sent.text


def test_the_text_of_the_law_stays(commune, browse_as):
    criterion = a_title(commune).criteria[0]
    typed = {"text": "Khác", "comparison": "at_least", "target": "1", "version": str(criterion.version)}
    answer = browse_as(commune.clerk).post(f"/title-programmes/criteria/{criterion.id}/edit", data=typed)
    assert answer.status_code == 422
    assert "This comes from the text of the law and stays." in answer.text
    assert "Khác" in answer.text


def test_evidence_names_one_record_and_stands_beside_its_criterion(commune, browse_as):
    programme, model = a_title(commune), a_model(commune)
    browser = browse_as(commune.clerk)
    address = f"/title-programmes/{programme.id}/evidence/new"
    criterion = str(programme.criteria[1].id)
    both = browser.post(address, data={"criterion_id": criterion, "model_id": str(model.id), "paper": "46/KH-UBND"})
    assert both.status_code == 422
    neither = browser.post(address, data={"criterion_id": criterion})
    assert neither.status_code == 422
    assert browser.post(address, data={"criterion_id": criterion, "model_id": str(model.id)}).status_code == 302
    page = browser.get(f"/title-programmes/{programme.id}").text
    assert f'href="/models/{model.id}"' in page
    far = a_title(commune, TitleKind.NEW_RURAL)
    assert browser.post(f"/title-programmes/{far.id}/evidence/new", data={
        "criterion_id": criterion, "paper": "46/KH-UBND",
    }).status_code == 422  # fmt: skip


def campaign_facts(programme=None):
    return CampaignFacts(
        CampaignKind.DRUG_FREE, "Cam kết không ma túy 2026", "Không ma túy", Target.HOUSEHOLDS, date(2026, 7, 5),
        date(2026, 8, 20), programme.id if programme else None,
    )  # fmt: skip


def test_a_campaign_stands_under_its_title_and_leads_to_it(commune, browse_as):
    programme = a_title(commune, DRUG_FREE)
    with transaction(commune.officer):
        campaign = draft_campaign(commune.id, campaign_facts(programme))
    browser = browse_as(commune.officer)
    assert "Cam kết không ma túy 2026" in browser.get(f"/title-programmes/{programme.id}").text
    assert f'href="/title-programmes/{programme.id}"' in browser.get(f"/campaigns/{campaign.id}").text


def test_the_form_of_a_campaign_offers_the_titles_of_its_commune_alone(commune, neighbour, browse_as):
    programme, far = a_title(commune, DRUG_FREE), a_title(neighbour, DRUG_FREE)
    browser = browse_as(commune.officer)
    typed = {
        "kind": "drug_free", "title": "Cam kết", "text": "Không ma túy", "target": "households",
        "first_on": "05/07/2026", "last_on": "20/08/2026",
    }  # fmt: skip
    assert browser.post("/campaigns/new", data={**typed, "programme_id": str(far.id)}).status_code == 422
    sent = browser.post("/campaigns/new", data={**typed, "programme_id": str(programme.id)})
    assert sent.status_code == 302, sent.text
    campaign = db.session.scalars(db.select(PledgeCampaign)).one()
    assert campaign.programme_id == programme.id
    kept = browser.get(f"/campaigns/{campaign.id}/edit").text
    assert f'<option selected value="{programme.id}">' in kept


def test_an_outcome_needs_the_day_on_which_it_was_decided(commune):
    programme = a_title(commune)
    with pytest.raises(Refused) as refused:
        mend(programme, outcome="recognised")
    assert refused.value.reasons[0].field == "decided_on"
    db.session.rollback()


@pytest.mark.parametrize("role", ["officer", "chief", "leader", "clerk"])
def test_police_and_committee_write_titles_and_an_inspector_reads_them(commune, browse_as, role):
    programme = a_title(commune)
    assert browse_as(getattr(commune, role)).get(f"/title-programmes/{programme.id}/edit").status_code == 200
    assert browse_as(commune.inspector).get(f"/title-programmes/{programme.id}/edit").status_code == 403
    assert browse_as(commune.inspector).get(f"/title-programmes/{programme.id}").status_code == 200


def test_numbers_of_titles_stand_in_the_book_of_rules():
    assert {one for one, _rule, number in titles.criteria_of("security", date(2026, 1, 1)) if number.confirmed}
    assert titles.criteria_of("security", date(2022, 2, 9)) == []
    assert titles.criteria_of("new_rural", date(2026, 1, 1)) == []


def test_struck_out_criteria_and_evidence_count_no_more(commune, speaking):
    programme = a_title(commune)
    with transaction(commune.clerk):
        shown = actions.add_line(
            TitleEvidence, programme, {"criterion_id": programme.criteria[0].id, "paper": "3/KH-UBND"}, None
        )
    assert len(stands(programme, commune.clerk).evidence) == 1
    with transaction(commune.clerk):
        voiding.void(shown, "Nhầm")
        voiding.void(programme.criteria[4], "Nhầm")
    found = presenter.standing_of(programme, commune.clerk)
    assert len(found) == 4
    assert not found[0].evidence
