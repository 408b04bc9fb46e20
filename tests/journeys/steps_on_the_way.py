"""What may happen in a case on its way: leave, a right that is not used, a breach, a shortening."""

from playwright.sync_api import expect

from tests.journeys.steps_of_cases import decide, do, from_home, pick, register_papers, send, signed_page, submit


# ── leave, and rights ───────────────────────────────────────────────────────────────────────────────────────────────
def ask_for_leave(story, case, leaves_on, returns_on, **more):
    officer = story.officer
    officer.go(case)
    officer.follow("Propose an absence")
    officer.write(
        leaves_on=leaves_on, returns_on=returns_on, destination="phường Pleiku, tỉnh Gia Lai", reason="Mẹ ốm", **more
    )
    send(officer)


def is_too_long(story, forbidden):
    """What the law of the case forbids cannot be submitted, and says by which bound."""
    officer = story.officer
    expect(officer.page.locator("main")).to_contain_text(forbidden)
    expect(officer.page.get_by_role("button", name=story.said("Submit for approval"), exact=True)).to_have_count(0)


def change_leave(story, **typed):
    officer = story.officer
    officer.follow("Change the proposal")
    officer.write(**typed)
    send(officer)


def permit_leave(story, case):
    """What was drafted is submitted, endorsed by the chief and decided by the chair; the officer tells the person."""
    officer = story.officer
    officer.press("Submit for approval")
    from_home(story.chief, "Read and endorse")
    decide(story.chief, story.chief.path, "Endorse")
    from_home(story.leader, "Read and decide")
    decide(story.leader, story.leader.path)
    register_papers(story, case)


def say_why_not(story, name, why):
    """A right that opened is not used: the chief sees the reason."""
    officer = story.officer
    from_home(officer, "Propose it, or say why not", name)
    expect(officer.page.get_by_role("link", name=story.said("Propose it"), exact=True)).to_be_visible()
    officer.write(note=why)
    send(officer)


# ── when it is broken ───────────────────────────────────────────────────────────────────────────────────────────────
def record_breach(story, case, text):
    officer = story.officer
    officer.go(case)
    officer.follow("Record a violation")
    officer.write(occurred_on=story.today, text=text, duty="Điều 87 khoản 6")
    pick(officer, kind="duty", deliberate="y")
    send(officer)
    expect(officer.page.locator("main")).to_contain_text(text)


def warn(story, case, text):
    """The officer drafts a warning, the chief signs it, its page is registered, and the person is given it."""
    officer = story.officer
    officer.follow("Draft a written warning")  # from the page of the breach, which stands chosen then
    officer.write(text=text)
    send(officer)
    from_home(story.chief, "Read and sign", "nhắc nhở")
    story.chief.press("Sign the warning")
    officer.go(story.chief.path)
    officer.follow("Register the signed paper")
    signed_page(officer)
    do(officer, case, "Record that it was given", how="Trao tận tay, có ký nhận")


def hold_review(story, case, conclusion):
    """The law calls for a review: it is proposed, decided on, and held on its day."""
    officer = story.officer
    officer.go(case)
    officer.follow("Propose the review")
    officer.write(planned_at="14:00", reason="Đã nhắc nhở bằng văn bản mà vẫn vi phạm")
    submit(officer)
    from_home(story.chief, "Read and decide")
    decide(story.chief, story.chief.path)
    register_papers(story, case)
    officer.follow("Record what came of it")
    pick(officer, came="yes")
    officer.write(statements="Nhận lỗi, hứa sửa chữa", conclusion=conclusion)
    send(officer)


# ── when it is shortened ────────────────────────────────────────────────────────────────────────────────────────────
def shorten(story, case, months, reason):
    """From the page of the round: the officer proposes, the chief signs, the file goes up."""
    officer = story.officer
    officer.go("/proposals/shortenings")
    officer._tap(officer.page.locator(f"main a[href*='/new/shortening/for-case/{case.rsplit('/', 1)[1]}?']"))
    officer.write(months=months, reason=reason)
    submit(officer)
    from_home(story.chief, "Read and decide")
    decide(story.chief, story.chief.path)
    register_papers(story, case)
    officer.follow("Open the proposal")
    officer.press("Record as communicated")


def court_grants(story, last_on, **decision):
    """The officer writes the court's answer down; it counts once the chief has compared it with its paper."""
    officer = story.officer
    from_home(officer, "Record the answer")
    pick(officer, accepted="yes")
    officer.write(**decision)
    send(officer)
    from_home(story.chief, "Compare and confirm")
    assert last_on in story.chief.text
    story.chief.press("Confirm the answer")
