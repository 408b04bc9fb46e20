"""What is done in a case from its first paper to its closing: each step on the pages of whoever does it in a commune.

The words are those of the sources; who reads Vietnamese meets them translated.
"""

from base64 import b64decode

from playwright.sync_api import expect

from tests import builders

VILLAGE, OFFICER, HELPER = "thôn Bắc Phong", "Võ Hữu Thanh", "Lương Văn Thiết"
SCAN = b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGP4DwABAQEAsmRi0QAAAABJRU5ErkJggg==")
SESSION = {"begun_at": "08:30", "closed_at": "09:30"}


# ── how anything is done ────────────────────────────────────────────────────────────────────────────────────────────
def send(visitor):
    """Press the one filled button of a form."""
    visitor._tap(visitor.page.locator("main form .btn-main:visible, .action-bar .btn-main:visible").last)


def do(visitor, case, deed, /, **typed):
    """Follow a deed of the page of the case, fill its form in and send it."""
    if visitor.path != case:
        visitor.go(case)
    visitor.follow(deed)
    visitor.write(**typed)
    send(visitor)


def from_home(visitor, verb, name=""):
    """Follow what Home asks for: of several such duties, that about somebody."""
    if visitor.path != "/" or visitor.taps:  # else it was opened by signing in just now
        visitor.go("/")
    row = visitor.page.locator("main li").filter(has_text=name)
    visitor._tap(row.get_by_role("link", name=visitor.said(verb), exact=True))


def pick(visitor, **choices):
    for name, value in choices.items():
        visitor.page.locator(f"main [name={name}][value={value}]").check()


def decide(visitor, path, decision="Approve"):
    """Choose what to decide, and sign it: on a phone with the button at the thumb."""
    if visitor.path != path:
        visitor.go(path)
    visitor.decide(decision)
    visitor.press("Sign" if visitor.on_phone else f"Sign: {decision}")


def submit(author):
    """Save what was typed as a draft, look at it, and submit it. Gives the address of the proposal."""
    send(author)
    author.press("Submit for approval")
    return author.path


def signed_page(officer):
    """Enter the number, the day and the scan of a page that was signed by hand."""
    officer.page.set_input_files("[name=scan]", {"name": "trang.png", "mimeType": "image/png", "buffer": SCAN})
    officer.page.locator("[name=not_classified]").check()
    officer.press("Register the paper")


def register_papers(story, case):
    """The officer enters each decision that waits for its signed page, as the page of the case asks."""
    officer = story.officer
    waiting = officer.page.locator("main .next-up").get_by_role("link", name=story.said("Register the signed paper"))
    officer.go(case)
    while waiting.count():
        officer._tap(waiting)
        signed_page(officer)
        assert not officer.path.endswith("/paper"), officer.text
        officer.go(case)


# ── how it begins ───────────────────────────────────────────────────────────────────────────────────────────────────
def receive_papers(story, **papers):
    """The officer writes down what came, the chief opens it, the officer accepts it. Gives the address of the case."""
    officer = story.officer
    officer.go("/cases/")
    officer.follow("Open a case")
    officer.write(village_id=VILLAGE, received_on=story.today, birth_year="1990", **papers)
    officer.press("Save as a draft")
    officer.write(officer_id=OFFICER, reason="Đã nhận đủ hồ sơ")
    proposal = submit(officer)
    from_home(story.chief, "Read and decide")
    assert story.chief.path == proposal
    decide(story.chief, proposal)
    story.chief.follow("Open the case")
    from_home(officer, "Answer", papers["full_name"])
    officer.press("Accept the assignment")
    assert officer.path == story.chief.path
    return story.chief.path


def summon(story, case, appear_on):
    """The officer calls the person in. Gives the address of the summons."""
    do(story.officer, case, "Write a summons", appear_on=appear_on, appear_time="08:30")
    return story.officer.path


def they_came(story, name):
    officer = story.officer
    from_home(officer, "Record the outcome", name)
    officer.page.locator("main [name=outcome]").first.check()
    send(officer)


def receive_person(story, case, items=6):
    """The session in which somebody is received; of its six items the first ones are ticked."""
    officer = story.officer
    officer.go(case)
    officer.follow("Record the reception")
    officer.write(held_on=story.today, **SESSION)
    for item in officer.page.locator("main [name=items]").all()[:items]:
        item.check()
    send(officer)


def complete_reception(story, case):
    """What the session lacked is ticked later, on the same page."""
    officer = story.officer
    officer.go(case)
    officer.follow("Complete the reception")
    for item in officer.page.locator("main [name=items]").all():
        item.check()
    send(officer)


def tick_off(story, case, what, note):
    """Say of something that the portal cannot see that it was done, such as a letter that was sent."""
    officer = story.officer
    officer.go(case)
    row = officer.page.locator("main .next-up li").filter(has_text=what)
    officer._tap(row.get_by_role("link", name=officer.said("Record as done")))
    officer.write(note=note)
    send(officer)


def plan(story, case):
    officer = story.officer
    officer.go(case)
    officer.follow("Propose the supervision plan")
    officer.write(
        summary="Làm rẫy, có hai con nhỏ", partners="Trưởng thôn Bắc Phong", tasks="Gặp mỗi tháng một lần",
        reason="Theo Điều 7",
    )  # fmt: skip
    submit(officer)
    from_home(story.chief, "Read and decide")
    decide(story.chief, story.chief.path)


def find_helper(story, case, name):
    """The officer names a helper, the chief endorses, the chair decides, the helper accepts."""
    officer = story.officer
    officer.go(case)
    officer.follow("Propose a helper")
    officer.write(helper_id=HELPER, reason="Cùng thôn, được tin cậy")
    proposal = submit(officer)
    from_home(story.chief, "Read and endorse")
    decide(story.chief, proposal, "Endorse")
    from_home(story.leader, "Read and decide")
    decide(story.leader, proposal)
    from_home(story.helper, "Answer", name)
    story.helper.press("Accept the assignment")
    assert story.helper.path == case


# ── month by month ──────────────────────────────────────────────────────────────────────────────────────────────────
def do_the_month(story, case):
    """On the page of the round: there, handed in, and rated as the portal suggests, as far as it is asked for."""
    officer, number = story.officer, case.rsplit("/", 1)[1]
    officer.go("/cases/round")
    boxes = [officer.page.locator(f"main [name={tick}_{number}]") for tick in ("here", "in", "as")]
    for box in boxes:
        if box.count():
            box.check()
    officer.press("Save what is chosen")
    expect(officer.page.locator("main")).to_contain_text("1/1")
    sign_rounds(story)


def sign_rounds(story):
    """The chief signs what the rounds recorded and registers each list, as Home asks, until it asks no more."""
    chief = story.chief
    for road, deed in (("/cases/round/sign/", sign_round), ("/cases/round/signed/", register_list)):
        asked = chief.page.locator(f"main li a[href*='{road}']")
        chief.go("/")
        while asked.count():
            chief._tap(asked)
            deed(chief)
            chief.go("/")


def sign_round(chief):
    chief.write(password=builders.PASSWORD)
    send(chief)
    assert "/cases/round/signed/" in chief.path, chief.text


def register_list(chief):
    chief._tap(chief.page.locator("main section[aria-labelledby=papers] a"))
    chief.follow("Register the signed paper")
    signed_page(chief)
    assert not chief.path.endswith("/paper"), chief.text


def owes_no_report(story, case):
    """The page of the round asks of this person for no self-report."""
    officer, number = story.officer, case.rsplit("/", 1)[1]
    officer.go("/cases/round")
    expect(officer.page.locator(f"main [name=here_{number}]")).to_have_count(1)
    expect(officer.page.locator(f"main [name=in_{number}]")).to_have_count(0)


def assess(story, case, rating, text):
    do(story.officer, case, "Write the assessment", rating=rating, text=text)


def give_help(story, case, kind, by):
    officer = story.officer
    officer.go(case)
    officer.follow("Add help given")
    officer.write(kind=kind, given_on=story.today, given_by=by)
    send(officer)


def helper_reports(story, name):
    helper = story.helper
    from_home(helper, "Write the report", name)
    pick(helper, getting_on="fair")
    helper.write(help_given="Đến thăm, giúp tìm việc làm")
    send(helper)


def visit(story, case, note):
    officer = story.officer
    officer.go(case)
    officer.follow("Record a visit or call")
    officer.write(happened_on=story.today, note=note)
    send(officer)
