"""Nobody decides on what they wrote or endorsed: by no button, no address, no old page, no second role, no deputy."""

import pytest

from portal.organisation.models import Role
from portal.proposals.kinds import KINDS
from tests.builders import a_case
from tests.proposals.ready import ready
from tests.proposals.ways import a_deputy, a_proposal, a_user, act_as, also, buttons, step, version_on

DECISIONS = ("endorse", "approve", "reject", "return")
OTHERS = ("author", "author_as_leader", "deputy", "deputy_as_leader", "neighbour_chief", "neighbour_leader")


@pytest.fixture
def people(commune, neighbour):
    """Whoever may try: an author with both roles, deputies of theirs, an endorser with both roles, the neighbours."""
    author = a_user(commune, "author", (Role.POLICE_CHIEF, commune.place("CA")))
    also(commune, author, Role.COMMUNE_LEADER, "UB")
    also(commune, commune.chief, Role.COMMUNE_LEADER, "UB")
    return {
        "author": (author, "police_chief:"),
        "author_as_leader": (author, "commune_leader:"),
        "deputy": (a_deputy(commune, "deputy", Role.POLICE_CHIEF, "CA", author), ""),
        "deputy_as_leader": (a_deputy(commune, "deputy2", Role.COMMUNE_LEADER, "UB", author), ""),
        "endorser": (commune.chief, "commune_leader:"),
        "neighbour_chief": (neighbour.chief, ""),
        "neighbour_leader": (neighbour.leader, ""),
    }


def a_way(kind, commune, author, upto):
    """A proposal of a kind on its way: as far as *upto*."""
    proposal = ready(kind, commune, author)
    step(proposal, "submit", author)
    if upto == "endorsed":
        step(proposal, "endorse", commune.chief)
    return proposal


def acting(browse_as, user, key):
    """A browser of somebody who acts in one of their roles."""
    browser = browse_as(user)
    if key:
        act_as(user, key)
    return browser


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "who", ["author", "author_as_leader", "deputy", "deputy_as_leader", "neighbour_chief", "neighbour_leader"]
)
def test_no_decision_is_open_to_whoever_wrote_it_or_stands_in_for_them(kind, who, commune, people, browse_as):
    author = people["author"][0]
    proposal = a_way(kind, commune, author, "submitted")
    user, key = people[who]
    browser = acting(browse_as, user, key)
    page = browser.get(f"/proposals/{proposal.id}")
    stands_in = {"endorse", "return"} if who == "deputy" and proposal.endorser_role else set()
    stands_in |= {"return"} if who == "deputy" else set()
    assert buttons(page) & set(DECISIONS) <= stands_in
    for decision in {*DECISIONS} - stands_in:
        for version in (proposal.version, proposal.version - 1):
            answer = browser.post(f"/proposals/{proposal.id}/{decision}", data={"version": version, "reason": "Vì"})
            assert answer.status_code in (403, 404, 409), (decision, version, answer.status_code)
            assert proposal.state == "submitted"


@pytest.mark.parametrize("kind", ["absence", "helper"])
def test_whoever_endorsed_does_not_decide_in_a_second_role(kind, commune, people, browse_as):
    proposal = a_way(kind, commune, commune.officer, "endorsed")
    browser = acting(browse_as, commune.chief, "commune_leader:")
    page = browser.get(f"/proposals/{proposal.id}")
    assert page.status_code == 200
    assert not buttons(page) & set(DECISIONS)
    for decision in DECISIONS:
        browser.post(f"/proposals/{proposal.id}/{decision}", data={"version": proposal.version, "reason": "Vì"})
        assert proposal.state == "endorsed", decision


def test_the_deputy_endorses_what_the_chief_wrote_and_does_not_decide_on_it(commune, browse_as):
    deputy = a_deputy(commune, "deputy", Role.POLICE_CHIEF, "CA", commune.chief)
    proposal = a_proposal("absence", a_case(commune), commune.chief)
    step(proposal, "submit", commune.chief)
    assert proposal.endorser_role == "police_chief"
    page = browse_as(deputy).get(f"/proposals/{proposal.id}")
    assert buttons(page) == {"endorse", "return"}
    step(proposal, "endorse", deputy)
    step(proposal, "approve", commune.leader)
    assert proposal.state == "approved"


def test_without_a_deputy_the_endorsement_of_the_chiefs_own_proposal_is_left_out(commune):
    proposal = a_proposal("absence", a_case(commune), commune.chief)
    step(proposal, "submit", commune.chief)
    assert proposal.endorser_role is None
    assert proposal.waits_for == "commune_leader"


def test_an_officer_who_is_the_chiefs_deputy_does_not_endorse_their_own_but_the_chief_does(commune, browse_as):
    officer = commune.officer
    also(commune, officer, Role.POLICE_CHIEF, "CA", of=commune.chief)
    proposal = a_proposal("absence", a_case(commune), officer)
    step(proposal, "submit", officer)
    assert proposal.endorser_role == "police_chief"
    browser = acting(browse_as, officer, f"police_chief:{commune.chief.id}")
    assert "endorse" not in buttons(browser.get(f"/proposals/{proposal.id}"))
    browser.post(f"/proposals/{proposal.id}/endorse", data={"version": proposal.version})
    assert proposal.state == "submitted"
    step(proposal, "endorse", commune.chief)
    assert proposal.state == "endorsed"


def test_whoever_returned_a_proposal_decides_on_what_comes_back(commune):
    proposal = a_proposal("absence", a_case(commune), commune.officer)
    step(proposal, "submit", commune.officer)
    step(proposal, "return", commune.chief, "Thiếu giấy")
    step(proposal, "submit", commune.officer)
    step(proposal, "endorse", commune.chief)
    step(proposal, "return", commune.leader, "Thiếu địa chỉ")
    step(proposal, "submit", commune.officer)
    step(proposal, "endorse", commune.chief)
    step(proposal, "approve", commune.leader)
    assert proposal.state == "approved"


@pytest.mark.parametrize("kind", ["open_case", "supervision_plan"])
def test_where_the_chief_wrote_what_the_chief_decides_the_page_says_who_is_missing(kind, commune, browse_as):
    proposal = a_way(kind, commune, commune.chief, "submitted")
    page = browse_as(commune.chief).get(f"/proposals/{proposal.id}")
    assert "No other person holds the role “Chief of commune police” today." in page.text
    assert not buttons(page) & set(DECISIONS)
    home = browse_as(commune.leader).get("/").text
    assert "nobody but those who wrote or endorsed it may decide" in home


def test_a_second_chief_decides_what_the_first_wrote_and_is_asked_alone(commune, browse_as):
    second = a_user(commune, "second", (Role.POLICE_CHIEF, commune.place("CA")))
    proposal = a_way("open_case", commune, commune.chief, "submitted")
    asked = f"Open the case of {proposal.case.person.full_name}: to be decided"
    assert asked in browse_as(second).get("/").text
    assert asked not in browse_as(commune.chief).get("/").text
    browser = browse_as(second)
    page = browser.get(f"/proposals/{proposal.id}")
    answer = browser.post(f"/proposals/{proposal.id}/approve", data={"version": version_on(page)})
    assert answer.status_code == 302
    assert proposal.case.state == "open"
