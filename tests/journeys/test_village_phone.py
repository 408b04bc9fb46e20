"""A village head's phone: doors one by one, also without signal, and a whole village on one sheet with its photo."""

import re
import shutil

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import PHONE
from tests.journeys.test_without_signal import all_sent, open_app, reopen, signal, unlock
from tests.server import running

pytestmark = pytest.mark.browser

DOORS, EXCEPTIONS = 40, 3
REFUSED = 1  # of the first doors, before


@pytest.fixture
def served(prepared_example, tmp_path):
    """An example of each test's own: each signs for most of the village."""
    with running(shutil.copytree(prepared_example, tmp_path / "instance")) as address:
        yield address


def number_in(text):
    return int(re.search(r"\d+", text.replace(".", "").replace(",", ""))[0])


def without_signal(visitor):
    """Sign in, open the app, and lose the signal."""
    head = visitor("village_head", at=PHONE)
    open_app(head)
    signal(head, there=False)
    return head


def sent(head):
    """The signal is back: wait until nothing is kept any more."""
    there_again(head)
    all_sent(head)


def there_again(head):
    signal(head, there=True)
    head.page.evaluate("dispatchEvent(new Event('online'))")


def test_forty_doors_that_were_ticked_without_signal_arrive_once(sign_in):
    head = without_signal(sign_in)
    done = number_in(head.page.locator(".signed b").first.text_content())
    head.follow(re.compile("Go on"))
    ticks = head.page.locator(".ticks input")
    expect(ticks).to_have_count(DOORS)
    for tick in ticks.all():
        tick.check()
    head.page.locator("[data-bar] button").click()
    expect(head.page.get_by_text(f"{DOORS} entries are kept on this phone.").first).to_be_visible()
    head = reopen(head)
    unlock(head)
    expect(head.page.get_by_text(f"{DOORS} entries are kept on this phone.").first).to_be_visible()
    head.page.goto(f"{head.address}/offline/en#kept")
    there_again(head)
    expect(head.page.get_by_text("Did they sign all the same?")).to_have_count(REFUSED)
    head.press("Keep what was written here")
    all_sent(head)
    expect(head.page.get_by_text(re.compile(f"({DOORS}|{DOORS - REFUSED}) were sent"))).to_be_visible()
    head.page.goto(f"{head.address}/offline/en#today")
    head.page.reload()
    unlock(head)
    expect(head.page.locator(".signed b").first).to_have_text(str(done + DOORS))


def test_a_whole_village_but_for_three_is_one_sheet_with_one_photo(sign_in, tmp_path):
    head = without_signal(sign_in)
    picture = tmp_path / "sheet.png"
    head.page.screenshot(path=picture)
    head.follow("The whole village, but for some")
    doors, before = (head.page.locator(f"[data-counted]{which}") for which in (":not([required])", "[required]"))
    expect(doors.first).to_be_visible()
    left, as_before = doors.count(), before.count()
    assert as_before > 0
    for at in range(EXCEPTIONS):
        doors.nth(at).select_option("absent")
    head.page.set_input_files("#photos", picture)
    expect(head.page.get_by_text("Photo 1")).to_be_visible()
    head.press(f"{left - EXCEPTIONS} households signed: keep it")
    expect(head.page.get_by_text("One entry is kept on this phone.").first).to_be_visible()
    sent(head)
    chief = sign_in("police_chief")
    chief.go("/campaigns/")
    chief.page.locator("main tbody a").first.click()
    village = chief.page.get_by_role("row").filter(has_text="Bắc Phong").first
    expect(village.locator("[data-label='Not signed']")).to_have_text(str(EXCEPTIONS + as_before))
    head.go("/")
    assert re.search(rf"(?<![\d.,]){EXCEPTIONS + as_before} have not signed", head.text)


@pytest.mark.parametrize("where", ["input[name=signed_on]", ".ticks input >> nth=0"])
def test_enter_in_the_list_confirms_those_ticked_and_says_nothing_else_of_their_doors(sign_in, where):
    head = sign_in("village_head", at=PHONE)
    head.go("/campaigns/")
    head.page.locator("main tbody a").first.click()
    done = number_in(head.page.locator(".signed b").text_content())
    head.page.locator(".ticks input").first.check()
    head.page.locator(where).press("Enter")
    expect(head.page.get_by_text("1 household is confirmed.")).to_be_visible()
    assert number_in(head.page.locator(".signed b").text_content()) == done + 1
