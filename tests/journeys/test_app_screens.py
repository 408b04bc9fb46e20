"""The screens of the app when something goes wrong: who sees what, what is told, and what can be done about it."""

import base64
import json
import re
from contextlib import contextmanager
from datetime import datetime

import pytest
from playwright.sync_api import expect

from portal.organisation.demo_accounts import DEMO_PASSWORD
from tests.journeys.conftest import DESK, PHONE, Visitor
from tests.journeys.test_accessibility import NARROW, scrolls_sideways, violations
from tests.journeys.test_without_signal import DIGITS, OTHER_DIGITS, all_sent, note_down, open_app, signal, unlock

pytestmark = pytest.mark.browser

FULL = "() => { IDBObjectStore.prototype.put = () => { throw new DOMException('full', 'QuotaExceededError'); }; }"
AGES_AGO = """() => new Promise((done) => { indexedDB.open('portal').onsuccess = ({ target }) => {
  const base = target.result, kept = base.transaction('owners', 'readwrite').objectStore('owners');
  kept.getAll().onsuccess = ({ target }) => target.result.forEach((one) => kept.put({ ...one, seen: Date.now() - 8 * 864e5 }));
  kept.transaction.oncomplete = () => { base.close(); done(); };
}; })"""  # noqa: E501 - a program of the browser
OPENED = """async ([file, digits]) => {
  const { unlock } = await import("/static/offline/vault.js");
  const { vault } = await unlock(digits);
  const bytes = (text) => Uint8Array.from(atob(text), (one) => one.charCodeAt(0));
  return vault.open({ iv: bytes(file.sealed.iv), box: bytes(file.sealed.box) });
}"""
SEALS = """import("/static/offline/store.js").then(({ all }) => all("items")).then((all) => all.map((one) => one.sealed.iv.join()).join())"""  # noqa: E501 - a program of the browser
SLOW_DISK = """async () => {
  const { owners } = await import("/static/offline/owners.js");
  const [{ tag }] = await owners();
  await new Promise((held) => navigator.locks.request(`portal-items-${tag}`, () => new Promise((done) => { globalThis.goOn = done; held(); })));
}"""  # noqa: E501 - a program of the browser
WRITTEN = "Một xe lạ đỗ ở đầu thôn"
TOLD = "Sign in with your password, or ask the office for a new card."


def head(visitor, name):
    return visitor.page.get_by_role("heading", name=name, exact=True)


def answering(visitor, path, status=200, **said):
    """Let the portal answer otherwise at one address, as far as this browser sees; gives back what was asked."""
    asked = []

    def answer(route):
        asked.append(route.request)
        route.fulfill(status=status, json=said)

    visitor.page.context.route(f"**/offline/{path}", answer)
    return asked


def answering_items(visitor, **answer):
    """Let each item that is sent be answered alike."""

    def send(route):
        items = json.loads(route.request.post_data or "{}")["items"]
        route.fulfill(json={"release": "x", "answers": [{"id": one["id"], **answer} for one in items], "lost": []})

    visitor.page.context.route("**/offline/send", send)


def holding(visitor, path):
    """Keep back what is asked at one address; gives it, to be let go."""
    held = []
    visitor.page.context.route(f"**/offline/{path}", lambda route: held.append(route))
    return held


@contextmanager
def kept(visitor):
    """Wait until what is typed meanwhile lies on the phone."""
    before = visitor.page.evaluate(SEALS)
    yield
    visitor.wait_until(f"(before) => {SEALS}.then((now) => now !== before)", before)


def back_with_signal(visitor):
    signal(visitor, there=True)
    visitor.page.evaluate("dispatchEvent(new Event('online'))")


@pytest.fixture
def officer(sign_in):
    """An officer whose app is open."""
    opened = sign_in("police_officer", at=PHONE)
    open_app(opened)
    return opened


# ── the lock ────────────────────────────────────────────────────────────────────────────────────────────────────────
def test_a_locked_store_opens_without_its_digits_only_after_a_sign_in(officer):
    answering(officer, "phone", 403, prove=True, told=TOLD)
    officer.page.goto("about:blank")
    officer.page.goto(f"{officer.address}/offline/en#choose")
    expect(head(officer, "Please sign in once more")).to_be_visible()
    expect(officer.page.get_by_text(TOLD)).to_be_visible()
    assert officer.page.locator("[name=again]").count() == 0
    assert "next=/offline/en" in officer.page.get_by_role("link", name="Sign in").get_attribute("href")
    expect(officer.page.get_by_role("link", name="I have a printed card")).to_have_attribute("href", "/card")


def test_a_phone_that_the_portal_forgot_shuts_its_owner_out_and_offers_no_digits(officer):
    signal(officer, there=False)
    note_down(officer, WRITTEN)
    answering(officer, "send", 410, forgotten=True)
    answering(officer, "phone", 403, prove=True)
    back_with_signal(officer)
    expect(officer.page.get_by_text("The portal was told to forget this phone.")).to_be_visible()
    assert officer.page.locator("[name=again]").count() == 0
    assert "As it was" not in officer.text
    officer.go("/offline/en")
    expect(head(officer, "Please sign in once more")).to_be_visible()
    assert officer.page.locator("[name=digits]").count() == 0


def test_digits_of_another_owner_are_not_given_twice(officer):
    other = officer.sign_in("border_guard")
    other.page.goto(f"{other.address}/offline/en#choose")
    other.page.fill("[name=digits]", DIGITS)
    other.page.fill("[name=again]", DIGITS)
    other.press("Keep the lock")
    expect(other.page.get_by_text("Please choose other digits.")).to_be_visible()
    expect(head(other, "Choose six digits")).to_be_visible()


@pytest.mark.parametrize("fault", ["500", "a captive portal"])
def test_a_portal_with_a_fault_stands_before_no_lock(officer, fault):
    officer.page.context.route(
        "**/offline/hello",
        lambda route: (
            route.fulfill(status=500)
            if fault == "500"
            else route.fulfill(body="<h1>Wifi</h1>", content_type="text/html")
        ),
    )
    officer.go("/offline/en")
    unlock(officer)
    expect(officer.page.get_by_text("The portal did not take it now.")).to_be_visible()
    expect(officer.page.get_by_text(re.compile("As it was at")).first).to_be_visible()


def test_a_portal_with_a_fault_offers_another_try_where_nothing_is_kept_yet(visitor):
    newcomer = visitor(at=PHONE)
    answering(newcomer, "hello", 500)
    newcomer.go("/offline/en")
    expect(head(newcomer, "This did not work now")).to_be_visible()
    newcomer.page.context.unroute("**/offline/hello")
    newcomer.press("Try again")
    expect(head(newcomer, "Nothing is on this phone yet")).to_be_visible()


def test_a_portal_that_does_not_know_the_phone_is_asked_once_more_and_no_more(officer):
    asked = answering(officer, "send", 404, unknown=True)
    let_in = answering(officer, "phone", phone="another", secret="s" * 43)
    officer.page.goto(f"{officer.address}/offline/en#kept")
    asked.clear()
    officer.press("Try to send now")
    expect(officer.page.get_by_text("The portal did not take it now.")).to_be_visible()
    assert (len(asked), len(let_in)) == (2, 1)


# ── one phone, several owners ───────────────────────────────────────────────────────────────────────────────────────
def test_the_contact_of_one_owner_shows_nothing_to_the_next(officer):
    name = officer.page.locator("main h1").inner_text()
    other = officer.sign_in("border_guard")
    other.page.goto(f"{other.address}/offline/en#choose")
    other.page.fill("[name=digits]", OTHER_DIGITS)
    other.page.fill("[name=again]", OTHER_DIGITS)
    other.press("Keep the lock")
    expect(other.page.get_by_text(re.compile("As it was at")).first).to_be_visible()
    others = other.page.locator("main h1").inner_text()

    officer = other.sign_in("police_officer")
    held = holding(officer, "day")
    with officer.page.expect_request("**/offline/day"):
        officer.go("/offline/en")
        unlock(officer)
    expect(officer.page.locator("main h1")).to_have_text(name)
    officer.page.locator("[data-lock]").click()
    unlock(officer, OTHER_DIGITS)
    expect(officer.page.locator("main h1")).to_have_text(others)
    held[0].continue_()
    expect(officer.page.get_by_text("Somebody else is signed in on this phone.")).to_be_visible()  # now it is over
    expect(officer.page.locator("main h1")).to_have_text(others)


def test_who_signed_out_without_signal_is_signed_out_before_any_page_opens(officer):
    signal(officer, there=False)
    officer.page.locator("[data-phone]").click()
    officer.press("Sign out of this phone")
    expect(officer.page.get_by_text("has not reached the portal yet")).to_be_visible()
    officer.page.goto(f"{officer.address}/people/")
    expect(head(officer, "Nothing is on this phone yet")).to_be_visible()
    signal(officer, there=True)
    answers = []
    officer.page.on("response", lambda one: answers.append(one) if one.request.is_navigation_request() else None)
    officer.page.goto(f"{officer.address}/")
    expect(officer.page.locator("input[name=password]")).to_be_visible()
    assert officer.page.locator("nav.rail").count() == 0
    assert not officer.page.evaluate("caches.has('leaving')")
    assert [one.url for one in answers if one.status == 200 and not re.search("/login|/offline/en", one.url)] == []


def test_signing_out_on_a_page_wipes_the_store_once_the_session_is_gone(officer):
    locks = """async () => { const { owners } = await import("/static/offline/owners.js"); return (await owners()).map((one) => Boolean(one.byLock)); }"""  # noqa: E501 - a program of the browser
    officer.go("/")
    officer.page.wait_for_load_state("networkidle")
    officer.page.context.route(
        "**/logout", lambda route: route.fulfill(body="<h1>Are you sure?</h1>", content_type="text/html")
    )
    leave = "document.querySelector(\"form[action='/logout']\").requestSubmit()"
    officer.page.evaluate(leave)
    expect(head(officer, "Are you sure?")).to_be_visible()
    assert officer.page.evaluate(locks) == [True]
    officer.page.context.unroute("**/logout")
    officer.go("/")
    officer.page.wait_for_load_state("networkidle")
    officer.page.evaluate(leave)
    expect(officer.page.locator("input[name=password]")).to_be_visible()
    assert officer.page.evaluate(locks) == [False]


# ── what is kept ────────────────────────────────────────────────────────────────────────────────────────────────────
def test_what_is_refused_can_be_read_and_mended(officer):
    signal(officer, there=False)
    note_down(officer, WRITTEN)
    answering_items(
        officer,
        state="refused",
        told="Something in it is not right.",
        errors={"where": ["Where was it?"], "gone": ["And when?"]},
    )
    back_with_signal(officer)
    expect(head(officer, "These need you")).to_be_visible()
    officer.page.locator("summary", has_text="What was written").first.click()
    expect(officer.page.get_by_text(WRITTEN)).to_be_visible()
    officer.press("Mend it")
    expect(officer.page.locator(".field.bad", has_text="Where was it?")).to_be_visible()
    expect(officer.page.get_by_text("Something in it is not right. And when?")).to_be_visible()
    with kept(officer):
        officer.page.fill("[name=where]", "Đầu thôn")
    officer.go("/offline/en")
    unlock(officer)
    expect(officer.page.get_by_text("You began to mend it.")).to_be_visible()
    officer.press("Mend it")
    expect(officer.page.locator("[name=where]")).to_have_value("Đầu thôn")
    officer.page.context.unroute("**/offline/send")
    officer.press("Note it down")
    all_sent(officer)


def test_whoever_goes_on_while_an_entry_is_put_on_the_disk_stays_there_and_sees_it(officer):
    signal(officer, there=False)
    officer.follow("Write down what was seen or heard")
    officer.write(source="Told in the village", text=WRITTEN)
    officer.page.evaluate(SLOW_DISK)
    officer.press("Note it down")
    officer.page.goto(f"{officer.address}/offline/en#kept")
    expect(officer.page.get_by_text("Nothing is kept here.")).to_be_visible()
    officer.page.evaluate("goOn()")
    expect(officer.page.locator("[data-screen]").get_by_text("One entry is kept on this phone.")).to_be_visible()
    expect(head(officer, "Kept on this phone")).to_be_visible()
    assert officer.path.endswith("#kept")


def test_whoever_signs_out_during_a_contact_is_asked_about_what_is_not_sent(officer):
    signal(officer, there=False)
    note_down(officer, WRITTEN)
    officer.page.locator("[data-phone]").click()
    expect(head(officer, "This phone")).to_be_visible()
    held = holding(officer, "hello")
    with officer.page.expect_request("**/offline/hello"):
        signal(officer, there=True)
    officer.press("Sign out of this phone")
    with officer.page.expect_request("**/offline/hello"):
        held.pop().abort()
    expect(head(officer, "This phone")).to_be_visible()
    held.pop().abort()
    expect(officer.page.get_by_role("button", name="Sign out and lock them")).to_be_visible()


def test_a_conflict_is_settled_by_a_button_and_what_is_put_away_by_a_yes(officer):
    signal(officer, there=False)
    note_down(officer, WRITTEN)
    answering_items(
        officer,
        state="conflict",
        told="Y Mai was faster.",
        stands=[["Place", "Suối"]],
        mine=[["Place", "Thôn"]],
        anew=True,
    )
    back_with_signal(officer)
    expect(officer.page.get_by_text("Y Mai was faster.")).to_be_visible()
    expect(officer.page.get_by_text("Suối")).to_be_visible()
    officer.press("Keep what is in the portal")
    officer.press("No, keep it")
    expect(officer.page.get_by_text("Suối")).to_be_visible()
    signal(officer, there=False)
    officer.press("Keep what was written here")
    expect(officer.page.get_by_text("It is sent by itself when there is signal.")).to_be_visible()
    officer.press("Put it away")
    officer.press("Yes, put it away for good")
    all_sent(officer)


def test_one_of_many_doors_is_put_away_alone(sign_in):
    village_head = sign_in("village_head", at=PHONE)
    open_app(village_head)
    signal(village_head, there=False)
    village_head.follow(re.compile("Go on"))
    for at in range(3):
        village_head.page.locator(".ticks input").nth(at).check()
    village_head.press("Confirm 3 households")
    expect(village_head.page.get_by_text("3 entries are kept on this phone.").first).to_be_visible()
    village_head.page.goto(f"{village_head.address}/offline/en#kept")
    village_head.page.locator("summary", has_text="Each of them").click()
    village_head.page.locator(".item .item").first.get_by_role("button", name="Put it away").click()
    village_head.press("Yes, put it away for good")
    expect(village_head.page.get_by_text("2 entries are kept on this phone.").first).to_be_visible()


def test_a_full_phone_tells_so_at_the_doors_and_keeps_the_ticks(sign_in):
    village_head = sign_in("village_head", at=PHONE)
    open_app(village_head)
    village_head.follow(re.compile("Go on"))
    village_head.page.locator(".ticks input").first.check()
    village_head.page.evaluate(FULL)
    village_head.press("Confirm 1 households")
    expect(village_head.page.get_by_text("The phone is full")).to_be_visible()
    expect(village_head.page.locator(".ticks input").first).to_be_checked()
    expect(village_head.page.get_by_role("button", name="Confirm 1 households")).to_be_enabled()


def test_a_file_that_is_no_picture_is_told_at_its_field(officer, tmp_path):
    (tmp_path / "x.heic").write_bytes(b"ftypheic nonsense")
    officer.follow("Write down what was seen or heard")
    officer.page.set_input_files("#photos", tmp_path / "x.heic")
    expect(officer.page.locator(".field.bad", has_text="This browser reads no picture in x.heic.")).to_be_visible()
    expect(officer.page.locator("#photos")).to_have_attribute("aria-invalid", "true")
    expect(officer.page.get_by_role("button", name="Note it down")).to_be_enabled()


def test_what_was_begun_can_be_read_after_a_week_without_contact(officer):
    officer.follow("Write down what was seen or heard")
    with kept(officer):
        officer.page.fill("[name=text]", WRITTEN)
    officer.page.evaluate(AGES_AGO)
    signal(officer, there=False)
    officer.page.goto(f"{officer.address}/offline/en#today")
    officer.page.reload()
    unlock(officer)
    expect(officer.page.get_by_text("The portal was not reached for seven days")).to_be_visible()
    expect(officer.page.get_by_role("link", name="Write down what was seen or heard")).to_have_count(0)
    officer.page.locator("summary", has_text="What was written").first.click()
    expect(officer.page.get_by_text(WRITTEN)).to_be_visible()


def test_the_address_of_a_form_names_what_it_is_of(officer):
    signal(officer, there=False)
    address = officer.page.get_by_role("link", name="Write down what was seen or heard").get_attribute("href")
    assert address == "#form/incidents.observation//"
    officer.page.goto(f"{officer.address}/offline/en#form/cases.check_in/987654/")
    expect(officer.page.get_by_text(re.compile("As it was at")).first).to_be_visible()


# ── the app itself ──────────────────────────────────────────────────────────────────────────────────────────────────
def test_cleared_caches_lose_nothing_and_fill_again(officer):
    signal(officer, there=False)
    note_down(officer, WRITTEN)
    signal(officer, there=True)
    answering(officer, "send", 503)
    officer.page.evaluate("async () => { for (const name of await caches.keys()) await caches.delete(name); }")
    officer.go("/offline/en")
    unlock(officer)
    expect(officer.page.get_by_text("One entry is kept on this phone.").first).to_be_visible()
    signal(officer, there=False)
    officer.go("/offline/en")
    unlock(officer)
    expect(officer.page.get_by_text("One entry is kept on this phone.").first).to_be_visible()


def test_a_new_copy_of_the_app_waits_until_it_is_let_in(officer):
    officer.go("/offline/en")
    unlock(officer)
    expect(officer.page.get_by_text(re.compile("As it was at")).first).to_be_visible()
    officer.page.evaluate("navigator.serviceWorker.register('/sw.js?newer', { scope: '/' }).then(() => null)")
    expect(officer.page.get_by_text("A new version of the app is here.")).to_be_visible()
    with officer.page.expect_navigation():
        officer.press("Renew now")
    expect(officer.page.locator("[name=digits]")).to_be_visible()


def test_an_app_that_is_older_than_the_portal_asks_for_the_new_one(officer):

    def newer(route):
        answer = route.fetch()
        route.fulfill(response=answer, json={**answer.json(), "release": "newer"})

    officer.page.context.route("**/offline/hello", newer)
    officer.page.evaluate(
        "() => { ServiceWorkerRegistration.prototype.update = async () => { document.body.dataset.asked = '1'; }; }"
    )
    officer.page.evaluate("dispatchEvent(new Event('online'))")
    expect(officer.page.locator("body[data-asked]")).to_be_attached()


@pytest.mark.parametrize("size", [PHONE, NARROW, DESK])
def test_axe_finds_nothing_on_any_screen_of_the_app(visitor, size):
    someone = visitor(at=size)
    faults = []

    def look(what, sign):
        expect(sign).to_be_visible()
        someone.page.wait_for_function("document.getAnimations().every((one) => one.playState !== 'running')")
        faults.extend(f"{what}: {one}" for one in violations(someone.page))
        if scrolls_sideways(someone.page):
            faults.append(f"{what}: scrolls sideways")

    someone.go("/offline/en")
    look("nothing", head(someone, "Nothing is on this phone yet"))
    someone.sign_in("police_officer")
    someone.go("/offline/en")
    look("choose", head(someone, "Choose six digits"))
    open_app(someone)
    look("today", someone.page.get_by_text(re.compile("As it was at")).first)
    someone.follow("Write down what was seen or heard")
    look("form", someone.page.get_by_role("button", name="Note it down"))
    someone.page.goto(f"{someone.address}/offline/en#phone")
    look("phone", head(someone, "This phone"))
    signal(someone, there=False)
    someone.page.goto(f"{someone.address}/offline/en#today")
    note_down(someone, WRITTEN)
    someone.page.goto(f"{someone.address}/offline/en#kept")
    someone.page.locator("summary").first.click()
    look("kept", someone.page.get_by_text(WRITTEN))
    answering_items(
        someone, state="conflict", told="Y Mai was faster.", stands=[["Place", "Suối"]], mine=[["Place", "Thôn"]]
    )
    back_with_signal(someone)
    look("conflict", someone.page.get_by_text("Suối"))
    someone.page.locator("[data-lock]").click()
    look("locked", head(someone, "Six digits open it"))
    answering(someone, "phone", 403, prove=True, told=TOLD)
    someone.press("Choose new digits")
    look("prove", someone.page.get_by_text(TOLD))
    assert not faults, "\n".join(faults)


def test_a_sign_in_on_the_way_to_the_app_opens_what_was_closed(officer):
    officer.page.locator("[data-phone]").click()
    officer.press("Sign out of this phone")
    expect(head(officer, "Nothing is on this phone yet")).to_be_visible()
    officer.follow("Sign in")
    officer.page.fill("input[name=username]", "police_officer")
    officer.page.fill("input[name=password]", DEMO_PASSWORD)
    officer.page.locator("main form .btn-main").click()
    expect(head(Visitor(officer.page, officer.address), "Choose six digits")).to_be_visible()


def test_signing_out_in_the_app_ends_what_a_printed_card_opened(sign_in, visitor):
    clerk = sign_in("office_clerk")
    clerk.go("/cards/new")
    clerk.write(grant_id="Bắc Phong")
    clerk.press("Make the card")
    digits = clerk.page.locator(".card-digits").inner_text()
    phone = visitor(at=PHONE)
    phone.go("/card")
    phone.page.fill("[name=code]", digits)
    phone.page.locator("main form .btn-main").click()
    expect(phone.page.locator("nav.tabs").first).to_be_attached()
    open_app(phone)
    phone.page.locator("[data-phone]").click()
    phone.press("Sign out of this phone")
    expect(head(phone, "Nothing is on this phone yet")).to_be_visible()
    phone.go("/")
    assert phone.path.startswith("/login")


def test_the_outbox_in_a_file_holds_what_is_unsent_with_its_photos_and_the_hour_of_the_phone(officer, tmp_path):
    officer.page.screenshot(path=tmp_path / "x.png")
    signal(officer, there=False)
    officer.follow("Write down what was seen or heard")
    officer.page.set_input_files("#photos", tmp_path / "x.png")
    expect(officer.page.get_by_text("Photo 1")).to_be_visible()
    officer.write(source="Told in the village", text=WRITTEN)
    officer.press("Note it down")
    expect(officer.page.get_by_text("One entry is kept on this phone.").first).to_be_visible()
    officer.page.locator("[data-phone]").click()
    with officer.page.expect_download() as saved:
        officer.press("Save the file")
    file = json.loads(saved.value.path().read_text())
    assert set(file) == {"kind", "phone", "key", "sealed"}
    opened = officer.page.evaluate(OPENED, [file, DIGITS])
    assert (opened["phone"], len(opened["items"]), len(opened["photos"])) == (file["phone"], 1, 1)
    assert (opened["photos"][0]["of"], opened["photos"][0]["type"]) == (opened["items"][0]["id"], "image/jpeg")
    assert base64.b64decode(opened["photos"][0]["data"])[:2] == b"\xff\xd8"
    assert datetime.fromisoformat(opened["clock"]).tzinfo
