"""What is left of the days of absence shows while one types, in a real browser."""

from collections.abc import Iterator
from threading import Thread

import pytest
from playwright.sync_api import expect
from werkzeug.serving import make_server

from tests.builders import PASSWORD, a_case


@pytest.fixture
def address(app) -> Iterator[str]:
    """The application of the test, served."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()


@pytest.fixture
def page(commune, address, chromium):
    """The form of an absence, before an officer."""
    case = a_case(commune)
    with chromium.new_context() as context:
        page = context.new_page()
        page.goto(f"{address}/login")
        page.fill("[name=username]", commune.officer.username)
        page.fill("[name=password]", PASSWORD)
        page.press("[name=password]", "Enter")
        page.wait_for_url(f"{address}/")
        page.goto(f"{address}/proposals/new/absence/for-case/{case.id}")
        yield page


def test_limits_follow_what_is_typed_without_a_button(page):
    checked = page.locator("[data-checked][aria-live=polite]")
    page.fill("[name=leaves_on]", "01/12/2026")
    page.fill("[name=returns_on]", "30/01/2027")
    expect(checked).to_contain_text("61 days, at most 60 at a time")
    expect(checked).to_contain_text("Condition not met")
    page.fill("[name=returns_on]", "29/01/2027")
    expect(checked).to_contain_text("60 days, at most 60 at a time")
    expect(checked).to_contain_text("183 days are left.")
    page.check("[name=medical]")
    expect(checked).to_contain_text("0 days in all, at most 243")
    assert page.input_value("[name=returns_on]") == "29/01/2027"


def test_without_a_signal_the_form_stays_as_it_is(page):
    page.context.set_offline(True)
    page.fill("[name=leaves_on]", "01/12/2026")
    page.fill("[name=returns_on]", "30/01/2027")
    expect(page.locator("button[name=only]")).to_be_visible()
    expect(page.locator("[data-checked]")).to_contain_text("0 days in all, at most 243")
