"""A phone without signal: what is written on it stays, comes once, and shows nothing of its owner to the next user."""

import re

import pytest
from playwright.sync_api import expect

from portal.organisation.demo_accounts import DEMO_PASSWORD
from tests.journeys.conftest import PHONE, Visitor
from tests.journeys.test_patrol import BORDER, POLICE, a_plan

pytestmark = pytest.mark.browser

DIGITS, OTHER_DIGITS = "482913", "730516"
SEEN = "Xe bán tải lạ đỗ sát suối Đăk Ba"
EVERYTHING = """async () => {
  const told = [];
  for (const { name } of await indexedDB.databases()) {
    const base = await new Promise((done) => { const asked = indexedDB.open(name); asked.onsuccess = () => done(asked.result); });
    for (const store of base.objectStoreNames) {
      const rows = await new Promise((done) => { const asked = base.transaction(store).objectStore(store).getAll(); asked.onsuccess = () => done(asked.result); });
      told.push(JSON.stringify(rows, (_key, one) => one instanceof Uint8Array ? new TextDecoder("utf-8").decode(one) : one));
    }
    base.close();
  }
  for (const name of await caches.keys()) {
    const kept = await caches.open(name);
    for (const request of await kept.keys()) told.push(request.url, await (await kept.match(request)).text());
  }
  told.push(JSON.stringify({ ...localStorage }), JSON.stringify({ ...sessionStorage }));
  return told.join("\\n");
}"""  # noqa: E501 - a program of the browser
# Others than those of the patrol of three forces: nobody stands under two plans at once.
PEOPLE = {POLICE: (3, "Lê Văn Thịnh"), BORDER: (2, "Nông Văn Dũng")}


def open_app(visitor, digits=DIGITS):
    """Open the app for the first time after a sign-in: choose digits, and wait until it is there for good."""
    visitor.go("/offline/en")
    visitor.page.fill("[name=digits]", digits)
    visitor.page.fill("[name=again]", digits)
    visitor.press("Keep the lock")
    expect(visitor.page.get_by_text(re.compile("As it was at")).first).to_be_visible()
    visitor.page.evaluate("navigator.serviceWorker.ready.then(() => null)")
    visitor.wait_until("() => caches.keys().then((names) => names.some((one) => one.startsWith('app-')))")


def unlock(visitor, digits=DIGITS):
    visitor.page.fill("[name=digits]", digits)
    visitor.press("Open it")


def signal(visitor, there):
    visitor.page.context.set_offline(not there)


def reopen(visitor):
    """The phone was off: another tab, the same address."""
    page = visitor.page.context.new_page()
    visitor.page.close()
    again = Visitor(page, visitor.address)
    page.goto(visitor.address + "/patrols/")  # any page that cannot be reached leads to the app
    return again


def note_down(visitor, text):
    visitor.follow("Write down what was seen or heard")
    visitor.write(source="Told in the village", text=text)
    visitor.press("Note it down")
    expect(visitor.page.get_by_text("One entry is kept on this phone.").first).to_be_visible()


def all_sent(visitor):
    """Wait until the portal has all that was kept on the phone, photos as well."""
    visitor.page.goto(f"{visitor.address}/offline/en#kept")
    expect(visitor.page.get_by_text("Everything is sent.")).to_be_visible()


def how_often(visitor, text):
    """In how many observations a text stands, as the portal shows them."""
    visitor.go("/observations/")
    links = visitor.page.locator("main tbody a").evaluate_all("all => all.map((one) => one.getAttribute('href'))")
    return sum(
        text in (visitor.go(link) and visitor.text) for link in links if re.fullmatch(r"/observations/\d+", link)
    )


def test_what_was_written_without_signal_outlives_the_phone_and_arrives_once(sign_in):
    officer = sign_in("police_officer", at=PHONE)
    open_app(officer)
    signal(officer, there=False)
    note_down(officer, SEEN)
    officer = reopen(officer)
    unlock(officer)
    expect(officer.page.get_by_text("One entry is kept on this phone.").first).to_be_visible()
    signal(officer, there=True)
    officer.page.evaluate("dispatchEvent(new Event('online'))")
    all_sent(officer)
    assert how_often(officer, SEEN) == 1


def test_a_patrol_is_logged_with_a_photo_and_no_signal(sign_in, tmp_path):
    officer = sign_in("police_officer", at=PHONE)
    patrol = a_plan(officer, PEOPLE)
    number = re.search(r"TT-\d{4}-\d{3}", officer.text)[0]
    officer.press("Start the patrol")
    open_app(officer)
    picture = tmp_path / "point.png"
    officer.page.screenshot(path=picture)
    signal(officer, there=False)
    officer.follow(re.compile(number))
    officer.page.fill("[name=conclusion]", "Mốc còn nguyên vẹn")
    officer.page.fill("[name=ends]", officer.page.input_value("[name=starts]"))
    officer.page.fill("[name=starts]", "00:01")
    officer.page.set_input_files("#photos", picture)
    expect(officer.page.get_by_text("Photo 1")).to_be_visible()
    officer.press("Write the log")
    expect(officer.page.get_by_text("One entry is kept on this phone.").first).to_be_visible()
    signal(officer, there=True)
    officer.page.evaluate("dispatchEvent(new Event('online'))")
    all_sent(officer)
    officer.go(patrol)
    assert "Mốc còn nguyên vẹn" in officer.text
    assert officer.page.locator("a[href^='/attachments/']:not([href$='/void'])").count() == 1


def test_the_next_user_of_a_phone_sees_nothing_and_the_first_loses_nothing(sign_in):
    officer = sign_in("police_officer", at=PHONE)
    open_app(officer)
    signal(officer, there=False)
    note_down(officer, "Chỉ mình tôi biết việc này")
    officer.page.locator("[data-phone]").click()
    officer.press("Sign out of this phone")
    officer.press("Sign out and lock them")
    expect(officer.page.get_by_role("heading", name="Something is kept here for its owner")).to_be_visible()
    left = officer.page.evaluate(EVERYTHING)
    for private in ("Chỉ mình tôi", "Thanh", "Bắc Phong", "2026-11", "observation", "police_officer"):
        assert private not in left.replace('"form":"incidents.observation"', ""), private

    signal(officer, there=True)
    other = Visitor(officer.page, officer.address).sign_in("border_guard")
    open_app(other, OTHER_DIGITS)
    assert "Chỉ mình tôi" not in other.text
    other.page.locator("[data-phone]").click()
    other.press("Sign out of this phone")
    expect(other.page.get_by_role("heading", name="Something is kept here for its owner")).to_be_visible()

    officer = Visitor(other.page, other.address).sign_in("police_officer")
    open_app(officer, OTHER_DIGITS)
    all_sent(officer)
    assert how_often(officer, "Chỉ mình tôi biết việc này") == 1


def test_ten_wrong_tries_close_the_lock_and_a_sign_in_opens_it_again(sign_in):
    officer = sign_in("police_officer", at=PHONE)
    open_app(officer)
    signal(officer, there=False)
    note_down(officer, "Trước khi khóa đóng lại")
    officer.page.context.clear_cookies()
    signal(officer, there=True)
    officer.go("/offline/en")
    for left in range(9, 0, -1):
        unlock(officer, OTHER_DIGITS)
        expect(officer.page.get_by_text(f"{left} tries are left.")).to_be_visible()
    unlock(officer, OTHER_DIGITS)
    expect(officer.page.get_by_text("After ten wrong tries only a sign-in opens it again.")).to_be_visible()
    unlock(officer, DIGITS)
    expect(officer.page.locator("[name=digits]")).to_have_value("")  # tried, and not let in
    officer.press("Choose new digits")
    expect(officer.page.get_by_role("heading", name="Something is kept here for its owner")).to_be_visible()
    officer.follow("Sign in")
    officer.page.fill("input[name=username]", "police_officer")
    officer.page.fill("input[name=password]", DEMO_PASSWORD)
    officer.page.locator("main form .btn-main").click()
    expect(officer.page.get_by_role("heading", name="Choose six digits")).to_be_visible()
    officer.page.fill("[name=digits]", OTHER_DIGITS)
    officer.page.fill("[name=again]", OTHER_DIGITS)
    officer.press("Keep the lock")
    expect(officer.page.get_by_text(re.compile("As it was at")).first).to_be_visible()
    all_sent(officer)
    assert how_often(officer, "Trước khi khóa đóng lại") == 1
