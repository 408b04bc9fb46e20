"""What is done of somebody whose use of drugs is managed: the test, the decision within its hours, and how it ends."""

from playwright.sync_api import expect

from tests.journeys.steps_of_cases import (
    OFFICER,
    VILLAGE,
    decide,
    from_home,
    register_papers,
    send,
    submit,
)


def record_test(story, name, received_time):
    """The officer writes the positive test down, with the moment at which its result came."""
    officer = story.officer
    officer.go("/drug-tests/")
    officer.follow("Record a test")
    officer.write(
        full_name=name, sex="Male", context="Called in from the review list", taken_on=story.today, result="Positive",
        village_id=VILLAGE, received_on=story.today, received_time=received_time,
    )  # fmt: skip
    send(officer)


def is_due_within(story, hours):
    """The page of the test counts the hours down, nights and days off included."""
    expect(story.officer.page.locator("main")).to_contain_text(hours)


def propose_management(story):
    officer = story.officer
    officer.follow("Propose the management")
    officer.write(officer_id=OFFICER, reason="Kết quả xét nghiệm dương tính")
    submit(officer)


def decide_management(story, name):
    """The chief decides, the officer accepts the case, has the page signed and tells the person. Gives the case."""
    from_home(story.chief, "Read and decide", name)
    decide(story.chief, story.chief.path)
    officer = story.officer
    from_home(officer, "Answer", name)
    officer.press("Accept the assignment")
    case = officer.path
    register_papers(story, case)
    tell(story, case)
    return case


def tell(story, case):
    officer = story.officer
    officer.go(case)
    officer.follow("Open the proposal", within="main .next-up")
    officer.press("Record as communicated")


def determine(story, name, paper):
    """What a medical body found is written down at the test, as that alone: addicted, and the number of its paper."""
    officer = story.officer
    officer.go("/drug-tests/")
    officer._tap(officer.page.locator("main table, main .cards").get_by_text(name))
    officer.follow("Change what is written")
    officer.write(determined_on=story.today, determination="Determined to be addicted", determination_number=paper)
    send(officer)


def stop_or_end(story, case, deed, **typed):
    """The officer proposes it, the chief decides; its page is signed, and the person is told."""
    officer = story.officer
    officer.go(case)
    officer.follow(deed)
    officer.write(**typed)
    proposal = submit(officer)
    from_home(story.chief, "Read and decide")
    decide(story.chief, proposal)
    register_papers(story, case)
    tell(story, case)
