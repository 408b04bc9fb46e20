"""The plan of a person: the chief decides on it since 01/07/2026, and another one takes its place as a whole."""

from datetime import date

import pytest
from sqlalchemy import select

from portal.cases.models import CaseType
from portal.documents.models import Category
from portal.duties.models import Duty
from portal.engine import clock
from portal.engine.db import db
from portal.engine.refusal import Refused
from portal.engine.transaction import transaction
from portal.proposals.actions import propose
from portal.proposals.kinds.supervision_plan import SupervisionPlanProposal, in_force
from portal.proposals.models import Proposal
from portal.proposals.papers.drawn import paper_of
from tests.builders import a_case
from tests.conftest import TODAY
from tests.proposals.ways import step, version_on

YOUNG = {"received_on": date(2026, 11, 6), "starts_on": date(2026, 10, 20), "term_months": 18}
TYPED = {
    "summary": "Làm nông, đã có gia đình", "starts_on": "06/11/2026", "ends_on": "20/04/2028",
    "partners": "Hội Phụ nữ thôn: vận động\nÔng A Nhuin, Trưởng thôn", "tasks": "Gặp gỡ mỗi tháng một lần",
    "reason": "Tiếp nhận mới",
}  # fmt: skip


def write(commune, browser, case, **typed):
    page = f"/proposals/new/supervision_plan/for-case/{case.id}"
    return browser.post(page, data={**TYPED, "officer_id": commune.officer.id, "version": case.version, **typed})


def newest():
    db.session.expire_all()
    return db.session.scalars(select(Proposal).order_by(Proposal.id.desc())).first()


def approved(commune, proposal):
    step(proposal, "submit", commune.officer)
    step(proposal, "approve", commune.chief)
    return proposal


def owed(case):
    db.session.expire_all()
    return db.session.scalar(select(Duty).where(Duty.case_id == case.id, Duty.rule == "COM-PLAN"))


def test_the_duty_leads_to_the_plan_and_only_the_approved_one_clears_it(commune, browse_as):
    case, officer = a_case(commune, **YOUNG), browse_as(commune.officer)
    page = f"/proposals/new/supervision_plan/for-case/{case.id}"
    assert f'href="{page}"' in officer.get(f"/cases/{case.id}").text
    shown = officer.get(page).text
    assert 'value="06/11/2026"' in shown
    assert 'value="20/04/2028"' in shown
    assert write(commune, officer, case).status_code == 302
    proposal = newest()
    step(proposal, "submit", commune.officer)
    assert (proposal.endorser_role, proposal.decider_role, owed(case).open) == (None, "police_chief", True)
    step(proposal, "approve", commune.chief)
    assert (owed(case).done_on, owed(case).done_by_id) == (TODAY, commune.officer.id)
    assert in_force(case) is proposal


def test_another_plan_begins_as_the_one_that_holds_and_takes_its_place_as_a_whole(commune, browse_as):
    case, officer = a_case(commune, **YOUNG), browse_as(commune.officer)
    write(commune, officer, case)
    first = approved(commune, newest())
    page = officer.get(f"/proposals/new/supervision_plan/for-case/{case.id}").text
    assert "Làm nông, đã có gia đình" in page
    assert "Replace the supervision plan" in officer.get(f"/cases/{case.id}").text
    write(commune, officer, case)
    same = newest()
    shown = officer.get(f"/proposals/{same.id}")
    refused = officer.post(f"/proposals/{same.id}/submit", data={"version": version_on(shown)})
    assert refused.status_code == 422
    assert "It says what the plan that holds says already." in refused.text
    edited = {**TYPED, "tasks": "Gặp gỡ mỗi tuần một lần", "officer_id": commune.officer.id, "version": same.version}
    assert officer.post(f"/proposals/{same.id}/edit", data=edited).status_code == 302
    second = approved(commune, same)
    assert (second.replaces, in_force(case), first.tasks) == (first, second, "Gặp gỡ mỗi tháng một lần")
    assert f"{first.number}, decided on 23/11/2026" in officer.get(f"/proposals/{second.id}").text
    assert paper_of(second).clauses[-1].text == "Kế hoạch này thay thế Kế hoạch ngày 23/11/2026./."


def test_before_july_2026_there_is_no_such_plan_and_the_refusal_says_so(commune):
    case = a_case(commune, received_on=date(2026, 6, 1), starts_on=date(2026, 5, 4), term_months=18)
    content = {**TYPED, "starts_on": date(2026, 6, 1), "ends_on": date(2027, 11, 4), "officer_id": commune.officer.id}
    last_of_old = clock.telling(clock.moment(date(2026, 6, 30)))
    with last_of_old, pytest.raises(Refused) as refused, transaction(commune.officer):
        propose(SupervisionPlanProposal, case, **content)
    (reason,) = refused.value.reasons
    assert reason.numbers == {"day": date(2026, 7, 1)}
    assert "Điều 7" in reason.source


def test_reintegration_asks_for_no_plan(commune, browse_as):
    case, officer = a_case(commune, type=CaseType.REINTEGRATION, **YOUNG), browse_as(commune.officer)
    assert "supervision_plan" not in officer.get(f"/cases/{case.id}").text
    refused = write(commune, officer, case)
    assert refused.status_code == 422
    assert "The law of this type of case asks for no supervision plan." in refused.text
    assert "Làm nông, đã có gia đình" in refused.text


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ({"ends_on": "05/11/2026"}, "The plan cannot end before it begins."),
        ({"tasks": ""}, "This is needed."),
        ({"officer_id": "999999"}, "Please choose one of the list."),
    ],
)
def test_what_cannot_be_is_told_at_its_field(typed, answer, commune, browse_as):
    case = a_case(commune, **YOUNG)
    refused = write(commune, browse_as(commune.officer), case, **typed)
    assert refused.status_code == 422
    assert answer in refused.text
    assert "Làm nông, đã có gia đình" in refused.text


def test_whoever_wrote_it_does_not_decide_on_it(commune):
    case = a_case(commune, **YOUNG)
    content = {**TYPED, "starts_on": date(2026, 11, 6), "ends_on": date(2028, 4, 20), "officer_id": commune.officer.id}
    with transaction(commune.chief):
        proposal = propose(SupervisionPlanProposal, case, **content)
    step(proposal, "submit", commune.chief)
    with pytest.raises(Refused):
        step(proposal, "approve", commune.chief)


def test_the_paper_is_a_plan_of_the_police_in_the_parts_of_the_decree_and_directs_nobody_else(commune, browse_as):
    case, officer = a_case(commune, **YOUNG), browse_as(commune.officer)
    write(commune, officer, case)
    proposal = approved(commune, newest())
    paper = paper_of(proposal)
    assert (paper.name, paper.symbol) == ("KẾ HOẠCH", "KH-CAX")
    headings = [one.heading for one in paper.clauses if one.heading]
    assert [one.partition(".")[0] for one in headings] == ["I", "II", "III", "IV", "V"]
    assert "Từ ngày 06/11/2026 đến hết ngày 20/04/2028." in [one.text for one in paper.clauses]
    assert any("Điều 7" in basis.text for basis in paper.bases)
    entry = proposal.document
    assert (entry.code, entry.category, entry.unit.kind) == ("KH", Category.INDIVIDUAL, "police")


def test_a_plan_that_ends_on_another_day_than_the_term_says_so(commune, browse_as):
    case, officer = a_case(commune, **YOUNG), browse_as(commune.officer)
    write(commune, officer, case, ends_on="20/03/2028")
    page = officer.get(f"/proposals/{newest().id}").text
    assert "The plan ends on 20/03/2028, the last day of the term is 20/04/2028" in page


def test_no_plan_goes_on_after_the_term_by_page_or_by_deed(commune, browse_as):
    case = a_case(commune, **YOUNG)
    refused = write(commune, browse_as(commune.officer), case, ends_on="20/04/2030")
    assert refused.status_code == 422
    assert "whose last day is 20/04/2028" in refused.text.replace("\N{NO-BREAK SPACE}", " ")
    assert "Điều 7" in refused.text
    assert 'id="ends_on-error"' in refused.text
    content = {**TYPED, "starts_on": date(2026, 11, 6), "ends_on": date(2030, 4, 20), "officer_id": commune.officer.id}
    with transaction(commune.officer), pytest.raises(Refused, match="cannot go on after the term"):
        propose(SupervisionPlanProposal, case, **content)
    db.session.rollback()
