"""Deciding: what the page offers, what the story tells, what was decided stays as it was."""

from datetime import date

import pytest
from sqlalchemy import event, text

from portal.engine import audit
from portal.engine.db import db
from portal.engine.transaction import transaction
from portal.engine.workflow import steps_of
from tests.builders import a_case, a_person
from tests.documents.signing import sealed
from tests.proposals.ways import a_deputy, a_proposal, buttons, step, version_on

PEOPLE = ("officer", "officer2", "chief", "leader", "inspector", "military", "village_head", "helper", "clerk")
BUTTONS = {
    "draft": {"officer": {"submit", "withdraw"}},
    "submitted": {"officer": {"withdraw"}, "chief": {"endorse", "return"}},
    "endorsed": {"officer": {"withdraw"}, "leader": {"approve", "reject", "return"}},
    "returned": {"officer": {"submit", "withdraw"}},
    "approved": {},
    "signed": {"officer": {"communicate"}, "chief": {"communicate"}},
    "communicated": {"officer": {"carry_out"}, "chief": {"carry_out"}},
    "carried_out": {},
    "rejected": {},
    "withdrawn": {},
}
WAYS = {
    "draft": "", "submitted": "submit", "endorsed": "submit endorse", "returned": "submit endorse return",
    "approved": "submit endorse approve", "signed": "submit endorse approve sign",
    "communicated": "submit endorse approve sign communicate",
    "carried_out": "submit endorse approve sign communicate carry_out", "rejected": "submit endorse reject",
    "withdrawn": "submit withdraw",
}  # fmt: skip
BY = {"endorse": "chief", "approve": "leader", "reject": "leader", "return": "leader"}


def an_absence_in(state, commune):
    proposal = a_proposal("absence", a_case(commune, helper="helper"), commune.officer)
    for name in WAYS[state].split():
        if name == "sign":  # on paper: the page is registered
            sealed(proposal.document, commune.clerk)
        else:
            step(proposal, name, getattr(commune, BY.get(name, "officer")), "Vì")
    assert proposal.state == {"signed": "approved"}.get(state, state)
    return proposal


@pytest.mark.parametrize("state", BUTTONS)
def test_the_buttons_of_each_person_are_exactly_the_open_steps(state, commune, browse_as):
    proposal = an_absence_in(state, commune)
    for name in PEOPLE:
        page = browse_as(getattr(commune, name)).get(f"/proposals/{proposal.id}")
        offered = buttons(page) if page.status_code == 200 else set()
        assert offered == BUTTONS[state].get(name, set()), name


@pytest.mark.parametrize("state", BUTTONS)
def test_no_step_that_has_no_button_is_taken_by_its_address(state, commune, browse_as):
    proposal = an_absence_in(state, commune)
    for name in ("officer", "chief", "leader", "inspector", "village_head"):
        browser = browse_as(getattr(commune, name))
        for transition in {one.name for one in proposal.workflow.transitions} - BUTTONS[state].get(name, set()):
            sent = {"version": proposal.version, "reason": "Vì"}
            answer = browser.post(f"/proposals/{proposal.id}/{transition}", data=sent)
            against = 422 if (state, transition) == ("approved", "communicate") and name in ("officer", "chief") else 0
            assert answer.status_code in (against or 403, 404, 409), (name, transition)
            assert WAYS[proposal.state] == WAYS[state].removesuffix(" sign")


def test_a_leader_decides_from_the_list_in_three_taps(commune, browse_as):
    proposal, leader = an_absence_in("endorsed", commune), browse_as(commune.leader)
    listed = leader.get("/proposals/").text
    assert f'href="/proposals/{proposal.id}"' in listed
    page = leader.get(f"/proposals/{proposal.id}")
    chosen = {"transition": "approve", "version": version_on(page)}
    asked = leader.post(f"/proposals/{proposal.id}/decide", data=chosen)
    assert "Approve: Absence of Nguyễn Công Trứng for 20 days?" in asked.text
    assert "01/12/2026" in asked.text
    signed = leader.post(f"/proposals/{proposal.id}/approve", data={"version": version_on(asked), "reason": ""})
    assert signed.status_code == 302
    assert proposal.state == "approved"


def test_whoever_read_an_older_version_is_told_before_signing_and_when_signing(commune, browse_as):
    proposal, leader = an_absence_in("endorsed", commune), browse_as(commune.leader)
    asked = leader.post(f"/proposals/{proposal.id}/decide", data={"transition": "approve", "version": 1})
    assert asked.status_code == 409
    late = leader.post(f"/proposals/{proposal.id}/approve", data={"version": 1, "reason": "Đồng ý"})
    assert late.status_code == 409
    assert proposal.state == "endorsed"


def test_without_a_version_nothing_is_decided(commune, browse_as):
    proposal, leader = an_absence_in("endorsed", commune), browse_as(commune.leader)
    assert leader.post(f"/proposals/{proposal.id}/approve", data={"reason": "Đồng ý"}).status_code == 409
    assert proposal.state == "endorsed"


def test_the_story_tells_each_step_in_a_sentence_with_who_as_whom_and_why(commune, browse_as):
    deputy = a_deputy(commune, "deputy", "commune_leader", "UB", commune.leader)
    proposal = an_absence_in("endorsed", commune)
    step(proposal, "reject", deputy, "Không đủ giấy tờ")
    page = browse_as(commune.chief).get(f"/proposals/{proposal.id}").text
    assert "Officer xã Bờ Y wrote the proposal" in page
    assert "Officer xã Bờ Y (Commune police officer) submitted the proposal" in page
    assert "Chief xã Bờ Y (Chief of commune police) endorsed the proposal" in page
    rejected = "Deputy (Chair of the People&#39;s Committee, on behalf of Leader xã Bờ Y) rejected the proposal"
    assert rejected in page
    assert "“Không đủ giấy tờ”" in page
    last = steps_of(proposal)[-1]
    assert (last.role, last.capacity, last.on_behalf_of_id) == ("commune_leader", "KT", commune.leader.id)
    assert f"On version {last.record_version} of the proposal" in page


def test_what_was_decided_on_is_changed_by_nobody(commune, browse_as):
    proposal, officer = an_absence_in("approved", commune), browse_as(commune.officer)
    digest = proposal.frozen_digest
    typed = {"leaves_on": "01/12/2026", "returns_on": "29/01/2027", "destination": "x", "reason": "y"}
    answer = officer.post(f"/proposals/{proposal.id}/edit", data={**typed, "version": proposal.version})
    assert answer.status_code == 422
    assert proposal.returns_on == date(2026, 12, 20)
    assert proposal.frozen_digest == digest


TAMPERED = {
    "absence": ("absence_proposal SET returns_on = '2027-01-20'", "proposal SET reason = 'x'",
                "proposal SET decided_by_id = created_by_id", "proposal SET state = 'rejected'"),
    "helper": ("helper_proposal SET helper_id = 1",),
    "completion": ("completion_proposal SET completed_on = '2026-11-01'",),
    "open_case": ('"case" SET term_months = 12', '"case" SET detained_days = 30',
                  '"case" SET starts_on = \'2026-01-01\''),
}  # fmt: skip


@pytest.mark.both_engines
@pytest.mark.parametrize(("kind", "change"), [(kind, one) for kind, changes in TAMPERED.items() for one in changes])
def test_whatever_is_changed_behind_a_decision_shows_on_its_page(kind, change, commune, browse_as):
    of = "suspended_sentence" if kind == "absence" else "reintegration"
    case = a_case(commune, type=of, state="draft" if kind == "open_case" else "open")
    more = {"helper_id": commune.helper.id} if kind == "helper" else {}
    proposal = a_proposal(kind, case, commune.officer, **more)
    step(proposal, "submit", commune.officer)
    if proposal.endorser_role:
        step(proposal, "endorse", commune.chief)
    step(proposal, "approve", commune.leader if proposal.decider_role == "commune_leader" else commune.chief)
    chief, warning = browse_as(commune.chief), "What was decided on was changed afterwards."
    assert warning not in chief.get(f"/proposals/{proposal.id}").text
    db.session.rollback()
    with db.engine.begin() as connection:
        connection.execute(text(f"UPDATE {change}"))
    db.session.expire_all()
    assert warning in chief.get(f"/proposals/{proposal.id}").text


# ── names ───────────────────────────────────────────────────────────────────────────────────────────────────────────
def a_minors_absence(commune):
    person = a_person(commune, "Lò Thị Út", birth_year=2010)
    case = a_case(commune, person=person, type="non_custodial_reform", officer="officer")
    return a_proposal("absence", case, commune.officer)


@pytest.mark.parametrize(
    "address", ["/proposals/?show=open", "/proposals/?show=decided", "/", "/proposals/{id}", "/cases/{case}"]
)
def test_the_name_of_a_minor_stands_on_no_page_of_whoever_may_not_read_it(address, commune, browse_as):
    proposal = a_minors_absence(commune)
    step(proposal, "submit", commune.officer)
    reader = browse_as(commune.inspector)
    page = reader.get(address.format(id=proposal.id, case=proposal.case_id))
    assert page.status_code == 200
    assert "Lò Thị Út" not in page.text
    officer = browse_as(commune.officer).get(f"/proposals/{proposal.id}").text
    assert "Absence of Lò Thị Út for 20 days" in officer


def test_a_masked_name_cannot_be_found_by_searching_proposals(commune, browse_as):
    proposal = a_minors_absence(commune)
    step(proposal, "submit", commune.officer)
    address = "/proposals/?show=open&q=lo+thi+ut"
    assert proposal.number not in browse_as(commune.inspector).get(address).text
    assert proposal.number in browse_as(commune.chief).get(address).text


def test_whoever_decides_on_a_minor_reads_the_name(commune, browse_as):
    proposal = a_minors_absence(commune)
    step(proposal, "submit", commune.officer)
    assert browse_as(commune.leader).get(f"/proposals/{proposal.id}").status_code == 404
    step(proposal, "endorse", commune.chief)
    assert "Lò Thị Út" in browse_as(commune.leader).get(f"/proposals/{proposal.id}").text


def test_an_author_who_has_lost_a_minors_case_reads_the_name_no_more(commune, browse_as):
    proposal = a_minors_absence(commune)
    with transaction(commune.chief):
        proposal.case.owner_id = commune.officer2.id
    page = browse_as(commune.officer).get(f"/proposals/{proposal.id}")
    assert page.status_code == 200
    assert "Lò Thị Út" not in page.text
    assert "Name withheld" in page.text


def test_the_list_of_proposals_asks_as_many_questions_for_ten_as_for_two(commune, browse_as):
    chief = browse_as(commune.chief)

    def questions():
        asked = []
        listener = lambda *told: asked.append(told[2])  # noqa: E731
        event.listen(db.engine, "before_cursor_execute", listener)
        assert chief.get("/proposals/?show=open").status_code == 200
        event.remove(db.engine, "before_cursor_execute", listener)
        return len(asked)

    for _number in range(2):
        a_proposal("absence", a_case(commune), commune.officer)
    few = questions()
    for _number in range(8):
        a_proposal("absence", a_case(commune), commune.officer)
    assert questions() == few


def test_the_trail_stays_whole_after_a_proposal_went_all_its_way(commune):
    an_absence_in("carried_out", commune)
    assert audit.verify(db.session())[1] is None


@pytest.mark.both_engines
@pytest.mark.parametrize("typed", ["a\x00b", "x" * 2001, "\ufdd0"])
@pytest.mark.parametrize("name", ["withdraw", "submit", "return"])
def test_words_that_cannot_be_kept_are_refused_and_the_step_is_not_taken(name, typed, commune, browse_as):
    state = "submitted" if name == "return" else "draft"
    proposal = an_absence_in(state, commune)
    browser = browse_as(commune.chief if name == "return" else commune.officer)
    sent = {"version": proposal.version, "reason": typed}
    assert browser.post(f"/proposals/{proposal.id}/{name}", data=sent).status_code == 422
    assert proposal.state == state
    case = proposal.case
    chief = browse_as(commune.chief)
    refused = chief.post(f"/cases/{case.id}/suspend", data={"version": case.version, "reason": typed})
    assert refused.status_code == 422
    assert case.state == "open"
