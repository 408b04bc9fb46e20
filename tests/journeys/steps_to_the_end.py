"""How a case ends: the last day checked by two, the file handed over, the certificate, and nothing left to do."""

import re

from playwright.sync_api import expect

from tests.journeys.conftest import PHONE
from tests.journeys.steps_of_cases import decide, do, from_home, register_papers, send, sign_rounds, submit


def check_last_day(story, case, last_on):
    """The officer lays the last day before a second person, who compares it with the papers."""
    officer = story.officer
    officer.go(case)
    officer.follow("Lay it before a second person")
    assert officer.page.locator("main [name=last_on]").input_value() == last_on
    send(officer)
    from_home(story.chief, "Compare and confirm")
    assert last_on in story.chief.text
    story.chief.press("Confirm the last day")


def hand_file_over(story, case):
    do(story.officer, case, "Record the hand-over")


def complete(story, case, completed_on, by_chair=False, deed="Propose completion", **more):
    """The officer proposes the end, the chief signs, or the chair after the chief: with it the case is closed."""
    officer = story.officer
    officer.go(case)
    officer.follow(deed)
    assert officer.page.locator("main [name=completed_on]").input_value() == completed_on
    officer.write(reason="Đã hết thời hạn", **more)
    proposal = submit(officer)
    if by_chair:
        decide(story.chief, proposal, "Endorse")
        from_home(story.leader, "Read and decide")
        assert story.leader.path == proposal
    decide(story.leader if by_chair else story.chief, proposal)


def end_help(story):
    """What was proposed together with the closing: the chief endorses, the chair decides."""
    from_home(story.chief, "Read and endorse")
    decide(story.chief, story.chief.path, "Endorse")
    from_home(story.leader, "Read and decide")
    decide(story.leader, story.leader.path)


def is_closed(story, case, why, *happened):
    """The page of the case says so, with all that happened; and nobody is asked for anything any more."""
    register_papers(story, case)
    sign_rounds(story)
    officer = story.officer
    officer.go(f"{case}?story=all")
    expect(officer.page.locator(".head-facts").first).to_contain_text(story.said("Closed"))
    expect(officer.page.locator("main .next-up")).to_have_count(0)
    told = officer.page.locator("section[aria-labelledby=story]").inner_text()
    for one in (why, *happened):
        assert one in told, one
    # what the chief still signs is that the last month was assessed, in the next round
    nothing = re.compile("|".join(map(story.said, ("Nothing waits for you.", "Nothing waits for you this week."))))
    for who in ("officer", "chief", "leader", "helper"):
        somebody = getattr(story, who)
        somebody.go("/")
        expect(somebody.page.locator("main")).to_contain_text(nothing)
    officer.page.set_viewport_size(PHONE)
    officer.go(case)
    for somebody in (officer, story.leader, story.helper):
        assert somebody.page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
