"""Pages are zipped for whoever takes them so, and never where another site could learn from their length."""

import gzip

import pytest

TAKES = {"Accept-Encoding": "gzip, deflate, br"}


def test_a_page_is_zipped_for_a_browser_that_takes_it_so(commune, browse_as):
    officer = browse_as(commune.officer)
    plain, zipped = officer.get("/"), officer.get("/", headers=TAKES)
    assert "Content-Encoding" not in plain.headers
    assert zipped.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(zipped.data).decode().count("<main") == 1
    assert int(zipped.headers["Content-Length"]) == len(zipped.data) < len(plain.data) / 3


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_a_page_that_another_site_asked_for_is_not_zipped(commune, browse_as, site):
    answer = browse_as(commune.officer).get("/", headers={**TAKES, "Sec-Fetch-Site": site})
    assert "Content-Encoding" not in answer.headers


def test_over_an_encrypted_line_a_browser_that_does_not_say_who_asked_gets_it_plain(commune, browse_as):
    officer = browse_as(commune.officer)
    assert "Content-Encoding" not in officer.get("/", headers=TAKES, base_url="https://localhost").headers
    said = {**TAKES, "Sec-Fetch-Site": "same-origin"}
    assert officer.get("/", headers=said, base_url="https://localhost").headers["Content-Encoding"] == "gzip"


def test_a_browser_that_refuses_zipped_pages_gets_none(commune, browse_as):
    answer = browse_as(commune.officer).get("/", headers={"Accept-Encoding": "gzip;q=0, identity"})
    assert "Content-Encoding" not in answer.headers
