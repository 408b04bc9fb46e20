"""Lists, searches, filters, pages, exports and totals hold the records of whoever asks, and count no others."""

import re
from datetime import date
from io import BytesIO
from typing import Any
from urllib.parse import urlencode

import pytest
from openpyxl import load_workbook

from portal.engine.db import db
from portal.engine.transaction import transaction
from portal.engine.vietnamese import fold
from portal.organisation import actions
from portal.organisation.models import Role
from tests.builders import FOUNDED, a_case, commune
from tests.security import expectations as expected
from tests.security.asked import CLOSED_FILES
from tests.security.conftest import Stage
from tests.security.expectations import ALL, CASES, ROLE_PAGES, RUNNING, places_of, seen
from tests.security.world import PLACES

READERS = [role for role in Role if role in CASES]
COUNTED = {"own", "sister", "minor"}  # accepted by the commune, and not under the military


def get(stage: Stage, role: Role, url: str, **query: Any) -> str:
    answer = stage.browser(role).get(f"{url}?{urlencode(query)}" if query else url)
    assert answer.status_code == 200, (url, query, answer.status_code)
    return str(answer.text)


def places_in(stage: Stage, text: str, kind: str = "case", path: str = "/cases/") -> set[str]:
    """The places to whose record a page links."""
    linked = {int(number) for number in re.findall(rf'href="{path}(\d+)[/"]', text)}
    return {place for place, it in stage.world.places.items() if it.ids.get(kind) in linked}


def running(role: Role) -> set[str]:
    return set(places_of(CASES, role)) & set(RUNNING.split())


def chips(text: str) -> dict[str, int]:
    """What each chip of a list counts, by its key; the first has none of its own in the address at first."""
    found = re.findall(r'<a class="chip" href="[^"]*?show=([a-z_]+)[^"]*"[^>]*>(?:<svg.*?</svg>)?[^<]*?(\d+)</a>', text)
    return {key: int(number) for key, number in found}


# ── cases ───────────────────────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize("sort", ["next", "name"])
@pytest.mark.parametrize("role", READERS)
def test_the_list_holds_exactly_the_running_cases_of_its_reader_on_all_its_pages(stage, monkeypatch, role, sort):
    monkeypatch.setitem(stage.app.config, "PAGE_SIZE", 2)
    pages = [get(stage, role, "/cases/", sort=sort, page=number) for number in range(1, 5)]
    assert set().union(*(places_in(stage, page) for page in pages)) == running(role)


@pytest.mark.parametrize("role", READERS)
def test_every_chip_counts_the_readers_records_and_shows_as_many(stage, role):
    wrong = []
    mine = {"own", "minor"} if role == Role.POLICE_OFFICER else set()
    wanted = {
        "running": running(role), "suspended_sentence": running(role), "mine": mine,
        "waiting": set(places_of(CASES, role)) & {"draft", "left"}, "closed": set(), "voided": set(),
        "reintegration": set(),
    }  # fmt: skip
    reads_closed = role in (expected.officer, expected.chief, expected.leader, expected.inspector)
    beside = {"closed": CLOSED_FILES if reads_closed else 0}  # of people of whom no other page of a case is tried
    for key, places in wanted.items():
        page = get(stage, role, "/cases/", show=key)
        counted = chips(page).get(key, 0) - beside.get(key, 0)
        if (places_in(stage, page), counted) != (places, len(places)):
            wrong.append((key, places_in(stage, page), counted))
    assert wrong == []


def words_of(stage: Stage, place: str) -> dict[str, str]:
    """What somebody might type to find the person of a place, and which group of fields it belongs to."""
    words = stage.world.places[place].words
    return {
        "name": words["name"], "name folded": fold(words["name"]), "identity": words["identity"],
        "identity end": words["identity"][-4:], "phone": words["phone"], "phone end": words["phone"][-4:],
    }  # fmt: skip


SEARCHED = (
    ("/cases/", "case", "/cases/"), ("/cases/on-duty", "case", "/cases/"), ("/proposals/", "sent", "/proposals/"),
)  # fmt: skip


@pytest.mark.parametrize(("url", "kind", "path"), SEARCHED)
@pytest.mark.parametrize("role", [Role.POLICE_OFFICER, Role.POLICE_CHIEF, *READERS[2:]])
def test_no_search_finds_anybody_by_what_is_masked_for_the_reader(stage, role, url, kind, path):
    endpoint = {"/cases/": "cases.index", "/cases/on-duty": "cases.on_duty", "/proposals/": "proposals.index"}[url]
    if role not in ROLE_PAGES[endpoint].roles:
        return
    wrong = []
    for place in PLACES:
        for what, typed in words_of(stage, place).items():
            found = places_in(stage, get(stage, role, url, q=typed, show="open") if kind == "sent" else get(
                stage, role, url, q=typed), kind, path)  # fmt: skip
            known = what.split()[0] in seen(role, place, endpoint)
            if found - ({place} if known else set()):
                wrong.append((what, place, found))
            listed = kind == "case" and place not in ("draft", "left") and place in places_of(CASES, role)
            if known and what.startswith("name") and listed and not found:
                wrong.append((what, place, "not found"))
    assert wrong == []


def test_masked_names_stand_last_whatever_their_letters(stage):
    page = get(stage, Role.COMMUNE_LEADER, "/cases/", sort="name")
    order = [int(number) for number in re.findall(r'<th scope="row"><a href="/cases/(\d+)"', page)]
    unnamed = {stage.world.places[place].ids["case"] for place in ("minor", "young")}
    assert set(order[-2:]) == unnamed


def test_the_villages_to_filter_by_are_those_of_people_whom_the_reader_may_name(stage):
    page = get(stage, Role.COMMUNE_LEADER, "/cases/")
    named = {place for place in places_of(CASES, Role.COMMUNE_LEADER) if "name" in seen(Role.COMMUNE_LEADER, place)}
    assert {place for place, group in stage.world.seen_in(page) if group == "village"} == named


def test_a_filter_that_is_not_the_readers_is_no_page_and_shows_nothing(stage):
    for query in ("village=1", "officer=99999", "show=everything", "village=0"):
        answer = stage.browser(Role.POLICE_OFFICER).get(f"/cases/?{query}")
        assert answer.status_code == 404, query
        assert stage.world.seen_in(answer.text) == set()


def test_the_colleague_on_duty_is_offered_the_cases_of_the_commune_police_alone(stage):
    page = get(stage, Role.POLICE_OFFICER, "/cases/on-duty")
    linked = {int(number) for number in re.findall(r'href="/cases/(\d+)/check-in"', page)}
    assert linked == {stage.world.places[place].ids["case"] for place in expected.OF_POLICE.split()}


@pytest.mark.parametrize("role", sorted(ROLE_PAGES["cases.export"].roles))
def test_an_export_holds_as_many_rows_as_the_list_and_says_so_in_its_event(stage, role):
    answer = stage.browser(role).post("/cases/export", data=dict(ROLE_PAGES["cases.export"].body))
    rows = list(load_workbook(BytesIO(answer.data)).active.iter_rows(min_row=4, values_only=True))
    assert len(rows) == len(running(role))


# ── proposals ───────────────────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize("role", sorted(ROLE_PAGES["proposals.index"].roles))
def test_the_list_of_proposals_holds_exactly_those_of_its_reader(stage, role):
    page = get(stage, role, "/proposals/", show="open")
    linked = {int(number) for number in re.findall(r'href="/proposals/(\d+)"', page)}
    readable = expected.PROPOSALS if role != Role.COMMUNE_LEADER else {}
    wanted = {
        stage.world.places[place].ids[kind]
        for kind, places in (("sent", readable), ("unsent", readable), ("laid", expected.LAID))
        for place in places_of(places, role) if kind in stage.world.places[place].ids
    }  # fmt: skip
    others = {number for it in stage.world.places.values() for kind in ("sent", "unsent", "laid")
              if (number := it.ids.get(kind))} - wanted  # fmt: skip
    assert wanted <= linked
    assert linked & others == set()
    assert chips(page)["open"] == len(linked)


# ── totals ──────────────────────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize("role", sorted(ROLE_PAGES["reports.figure"].roles))
def test_a_figure_counts_the_commune_and_opens_the_readers_records(stage, role):
    page = get(stage, role, "/reports/figures/cases.community.received")
    assert re.search(rf"\b{len(COUNTED)} records counted", page)
    assert places_in(stage, page) == COUNTED & set(places_of(CASES, role))


def test_no_figure_moves_when_the_neighbour_gets_a_case(stage):
    before = get(stage, Role.POLICE_CHIEF, "/reports/figures")
    with stage.app.app_context():
        a_case(commune("DN"), "Nguyễn Văn Láng Giềng")
        db.session.remove()
    assert numbers(get(stage, Role.POLICE_CHIEF, "/reports/figures")) == numbers(before)


def numbers(page: str) -> list[str]:
    return re.findall(r">\s*([\d.]+)\s*<", page)


def test_a_figure_of_the_own_commune_does_move_when_it_gets_one(stage):
    """So that the test above cannot pass by comparing nothing."""
    before = get(stage, Role.POLICE_CHIEF, "/reports/figures")
    with stage.app.app_context():
        a_case(commune("BY"), "Nguyễn Văn Nhà")
        db.session.remove()
    assert numbers(get(stage, Role.POLICE_CHIEF, "/reports/figures")) != numbers(before)


def test_an_officers_load_is_counted_in_the_commune_that_asks(stage):
    url = f"/cases/{stage.world.places['sister'].ids['case']}/assign"
    before = get(stage, Role.POLICE_CHIEF, url)
    with stage.app.app_context():
        here, there = commune("BY"), commune("DN")
        with transaction(None):
            actions.confirm_grant(
                actions.grant_role(here.officer, Role.POLICE_OFFICER, there.place("CA"), FOUNDED), None
            )
        case = a_case(there, "Nguyễn Văn Láng Giềng", officer="officer", received_on=date(2026, 8, 3))
        with transaction(None):
            case.owner_id = here.officer.id
        db.session.remove()
    assert loads(get(stage, Role.POLICE_CHIEF, url)) == loads(before)


def loads(page: str) -> list[str]:
    return re.findall(r"<small>(\d+ running cases?, \d+ overdue dut\w+)</small>", page)


def test_the_list_of_what_is_overdue_holds_no_duty_of_another_commune(stage):
    page = get(stage, Role.POLICE_CHIEF, "/overdue")
    assert {place for place, _group in stage.world.seen_in(page)} <= set(ALL.split())
    assert {place for place, _group in stage.world.seen_in(page)}


# ── the check finds what it is there to find ────────────────────────────────────────────────────────────────────────
def test_a_search_that_looks_behind_the_mask_is_found(stage, monkeypatch):
    from portal.cases import queries

    monkeypatch.setattr(queries, "within", lambda _user, _action, record: record.id > 0)
    number = stage.world.places["own"].words["identity"]
    assert "own" in places_in(stage, get(stage, Role.COMMUNE_LEADER, "/cases/", q=number))
