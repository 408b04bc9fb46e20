"""The tour leads where it says, tells the same in the README, and is there only with the example."""

import re
from pathlib import Path

import pytest
from flask import url_for

from portal.guide.tour import TOUR
from portal.organisation.demo_accounts import DEMO_PASSWORD, DEMO_USERNAMES

README = re.sub(r"\s+", " ", (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8"))


def test_the_tour_has_five_stops_and_the_readme_tells_each_with_account_link_and_words():
    assert len(TOUR) == 5
    for stop in TOUR:
        assert f"**{stop.title}** (`{stop.account}`, `{stop.link}`). {stop.todo} {stop.notice}" in README


@pytest.mark.parametrize("stop", TOUR, ids=lambda stop: str(stop.title))
def test_each_stop_fills_its_account_in_and_its_page_opens(example, stop):
    client = example.test_client()
    page = client.get("/tour").text
    with example.test_request_context():
        way = url_for("organisation.sign_in", next=stop.link, **{"as": stop.account})
    assert way.replace("&", "&amp;") in page
    assert stop.account in DEMO_USERNAMES
    filled = client.get(way).text
    assert f'value="{DEMO_PASSWORD}"' in filled
    signed_in = client.post("/login", data={"username": stop.account, "password": DEMO_PASSWORD, "next": stop.link})
    assert signed_in.headers["Location"] == stop.link
    assert client.get(stop.link, follow_redirects=True).status_code == 200


def test_the_case_of_the_tour_is_the_only_one_in_its_list(example):
    client = example.test_client()
    client.post("/login", data={"username": "police_officer", "password": DEMO_PASSWORD})
    found = client.get(TOUR[1].link, follow_redirects=True).text
    assert len(re.findall(r'<th scope="row"><a href="/cases/\d+"', found)) == 1


def test_who_is_signed_in_as_the_account_of_a_stop_goes_there_at_once(example):
    client = example.test_client()
    client.post("/login", data={"username": "police_officer", "password": DEMO_PASSWORD})
    assert f'href="{TOUR[1].link}"' in client.get("/tour").text


def test_without_the_example_there_is_no_tour(commune, browse_as):
    assert browse_as(commune.officer).get("/tour").status_code == 404
    assert "/tour" not in browse_as(commune.officer).get("/").text
