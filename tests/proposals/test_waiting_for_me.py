"""What waits for somebody is what they may take on, and a meeting is told who waits for whom."""

from datetime import date

from tests.builders import a_case, an_absence
from tests.meetings.test_agenda_of_cases import a_meeting, numbers
from tests.proposals.ready import a_draft, ready
from tests.proposals.ways import step


def listed(browse_as, user, proposal):
    return proposal.number in browse_as(user).get("/proposals/?show=waiting").text


def test_nobody_is_asked_to_decide_on_what_they_wrote(commune, browse_as):
    proposal = a_draft("fine", commune, a_case(commune), commune.chief)
    assert listed(browse_as, commune.chief, proposal)  # to be submitted
    step(proposal, "submit", commune.chief)
    assert not listed(browse_as, commune.chief, proposal)


def test_nobody_is_asked_to_decide_on_what_they_endorsed_before_it_came_back(commune, browse_as):
    proposal = ready("parole_revocation", commune, commune.officer)
    for _round in range(2):
        step(proposal, "submit", commune.officer)
        assert listed(browse_as, commune.chief, proposal)
        step(proposal, "endorse", commune.chief)
        assert listed(browse_as, commune.leader, proposal)
        step(proposal, "return", commune.leader, "Thiếu biên bản")
    step(proposal, "submit", commune.officer)
    assert listed(browse_as, commune.chief, proposal)  # who endorsed it in another round may again


def test_what_no_law_lets_anybody_endorse_is_told_a_meeting_as_to_be_decided(commune):
    fine = a_draft("fine", commune, a_case(commune), commune.officer)
    step(fine, "submit", commune.officer)
    endorsed = an_absence(commune, a_case(commune, "An"), date(2026, 12, 1), date(2026, 12, 5))
    step(endorsed, "submit", commune.officer)
    found = numbers(a_meeting(commune))
    assert (found["to be endorsed"], found["to be decided"]) == ("1", "1")
