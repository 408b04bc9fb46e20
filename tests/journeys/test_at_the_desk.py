"""What happens at a desk: two windows, a colleague on duty, a session that ends, a browser without scripts."""

import re

import pytest

from tests.journeys.conftest import PHONE, days_ago, written
from tests.journeys.steps import open_and_assign

pytestmark = pytest.mark.browser


def test_of_two_who_write_the_second_is_told_who_was_faster_and_keeps_the_words(sign_in):
    officer, chief = sign_in("police_officer"), sign_in("police_chief")
    case = open_and_assign(officer, chief, "Phan Thị Trúc Mai", received=100)
    officer.go(f"{case}/measure")
    officer.write(kind="Loan", given_on=written(days_ago(88)), given_by="Ngân hàng Chính sách xã hội")
    officer.press("Record the help")
    officer.go("/")
    officer.follow(re.compile("Phan Thị Trúc Mai: what became of the help after 3 months"))
    chief.go(officer.path)
    officer.write(text="Đã mua bò giống, bò khỏe")
    chief.write(text="Chưa thấy chuyển biến gì")
    officer.press("Record the result")
    chief.press("Record the result")
    assert "Võ Hữu Thanh changed this at" in chief.text
    assert chief.page.locator("main [name=text]").input_value() == "Chưa thấy chuyển biến gì"
    officer.go(case)
    assert "Đã mua bò giống, bò khỏe" in officer.text
    assert "Chưa thấy chuyển biến gì" not in officer.text


def test_a_colleague_on_duty_records_a_self_report_in_three_taps_and_the_owner_is_told(sign_in):
    officer, chief, colleague = sign_in("police_officer"), sign_in("police_chief"), sign_in("a_nhuin", at=PHONE)
    case = open_and_assign(officer, chief, "Lại Thị Hồng Mai", received=40)
    assert colleague.go(case) == 404
    colleague.go("/")
    colleague.follow("For a colleague")
    assert "Đánh bạc" not in colleague.text
    colleague._tap(colleague.page.locator(f"a[href='{case}/check-in']"))
    assert "Lại Thị Hồng Mai" in colleague.text
    assert "Đánh bạc" not in colleague.text
    colleague.press("Record the self-report")
    assert colleague.taps == 3
    assert re.search(r"Self-report for [0-9/]+ handed in", colleague.text)
    officer.go("/")
    assert "Self-report of Lại Thị Hồng Mai" in officer.text
    assert "recorded by A Nhuin" in officer.text


def test_the_owner_records_a_report_and_a_roll_call_in_two_taps_each(sign_in):
    officer, chief = sign_in("police_officer"), sign_in("police_chief")
    case = open_and_assign(officer, chief, "Chu Thị Thanh Mai", received=40)
    for page, verb in (("check-in", "Record the self-report"), ("roll-call", "Record the roll-call")):
        officer.go("/calendar")
        officer.taps = 0
        officer._tap(officer.page.locator(f"a[href^='{case}/{page}']"))
        officer.press(verb)
        assert officer.taps == 2
        assert "is recorded." in officer.text


def test_what_is_typed_is_kept_when_the_session_ends_meanwhile(sign_in):
    officer, chief = sign_in("police_officer"), sign_in("police_chief")
    case = open_and_assign(officer, chief, "Tạ Thị Ngọc Mai")
    officer.go(f"{case}/contact")
    officer.page.locator("main [name=note]").press_sequentially("Gặp tại nhà, đang sửa chuồng bò")
    elsewhere = sign_in("police_officer")
    elsewhere.page.locator(".me summary").last.click()
    elsewhere.follow("Where I am signed in", within="nav.rail")
    elsewhere.press("Sign out everywhere else")
    officer.press("Record the visit or call")
    assert officer.path.startswith("/login")
    officer.sign_in("police_officer")
    officer.go(f"{case}/contact")
    assert officer.page.locator("main [name=note]").input_value() == "Gặp tại nhà, đang sửa chuồng bò"
    assert "What you had typed here was kept." in officer.text
    officer.press("Record the visit or call")
    assert "The visit or call is recorded." in officer.text
    officer.go(f"{case}/contact")
    assert officer.page.locator("main [name=note]").input_value() == ""


def test_on_a_shared_machine_the_next_one_does_not_find_what_another_typed(sign_in):
    officer, chief = sign_in("police_officer"), sign_in("police_chief")
    case = open_and_assign(officer, chief, "Mạc Thị Diễm Mai")
    officer.go(f"{case}/contact")
    officer.page.locator("main [name=note]").press_sequentially("Chuyện riêng của gia đình")
    officer.page.context.clear_cookies()
    officer.sign_in("police_chief")
    officer.go(f"{case}/contact")
    assert officer.page.locator("main [name=note]").input_value() == ""
    assert "Chuyện riêng" not in officer.page.evaluate("JSON.stringify({...sessionStorage})")


def test_without_scripts_everything_is_done_the_same_way(sign_in):
    officer = sign_in("police_officer", java_script_enabled=False)
    chief = sign_in("police_chief", java_script_enabled=False)
    case = open_and_assign(officer, chief, "Kiều Thị Tuyết Mai")
    officer.go(case)
    officer.follow("Record a visit or call")
    officer.press("Record the visit or call")
    assert officer.page.locator(".summary").count() == 1
    officer.write(note="Gặp tại nhà")
    officer.press("Record the visit or call")
    assert "Gặp tại nhà" in officer.text


def test_the_language_is_switched_before_and_after_signing_in(visitor):
    somebody = visitor()
    somebody.go("/login")
    assert somebody.language == "vi"
    somebody.page.locator("button[name=locale]").click()
    assert somebody.language == "en"
    assert "Accounts of the example commune" in somebody.text
    somebody.sign_in("office_clerk")
    assert somebody.language == "en"
    somebody.page.locator(".me summary").last.click()
    somebody.page.locator(".me button[name=locale]").click()
    assert somebody.language == "vi"
    assert "Việc" in somebody.text


def test_a_click_on_the_sign_in_page_fills_an_account_of_the_example_in(visitor):
    somebody = visitor(at=PHONE)
    somebody.go("/login")
    somebody._tap(somebody.page.locator("a[href*='as=commune_leader']"))
    somebody._tap(somebody.page.locator("main form .btn-main"))
    assert somebody.path == "/"
    assert somebody.taps == 2
