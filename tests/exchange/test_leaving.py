"""What leaves the portal by a page: what its reader may read, of the kinds that they choose, and no more of it."""

import pytest
from sqlalchemy import select

from portal.engine import clock
from portal.engine.audit import AuditEvent
from portal.engine.db import db
from portal.engine.transaction import transaction
from portal.exchange import forms
from portal.exchange.catalogue import all_sheets, families
from portal.exchange.views import workbook as views
from portal.meetings.models import Minutes
from portal.meetings.models.wording import WITHHELD
from portal.organisation.models import Role
from tests.books.samples import SAMPLES, kept
from tests.builders import a_case
from tests.exchange.test_rooms import a_letter
from tests.exchange.workbooks import cells_of
from tests.households.doors import some_establishments, some_households
from tests.meetings.meeting import TOMORROW, a_meeting, an_approved
from tests.meetings.test_agenda import a_breach
from tests.patrols.going import a_patrol, a_point, logged

AT_DESKS = {
    Role.POLICE_OFFICER, Role.POLICE_CHIEF, Role.COMMUNE_LEADER, Role.OFFICE_CLERK, Role.MILITARY_COMMAND,
    Role.BORDER_GUARD, Role.INSPECTOR,
}  # fmt: skip
OF_THE_CHIEF = ("drug_reviews", "drug_tests", "drug_fines", "tips")


def taken(browser, *sheets):
    return browser.post("/exchange/export", data={"purpose": "meeting", "details": "Giao ban", "sheets": list(sheets)})


def an_outing(commune):
    logged(commune, a_patrol(commune, points=(a_point(commune),)))


# ── who ─────────────────────────────────────────────────────────────────────────────────────────────────────────────
def test_of_every_kind_whoever_reads_it_at_a_desk_takes_along_just_what_they_read(app, commune):
    table = app.extensions["access"]
    with app.test_request_context():
        sheets = all_sheets()
    open_ = [one for one in sheets if not one.sealed and not one.key.startswith(OF_THE_CHIEF)]
    assert {"households", "patrols.stops", "documents", "meetings.minutes", "accounts", "reports.text"} <= {
        one.key for one in open_
    }
    for sheet in open_:
        right, record = sheet.right("export")
        read = table[record]["read"]
        assert table[record][right] == {role: read[role] for role in read if role in AT_DESKS}, sheet.key


@pytest.mark.parametrize("key", OF_THE_CHIEF)
def test_who_uses_drugs_and_who_told_what_leaves_in_the_hands_of_the_chief_alone(app, commune, key):
    with app.test_request_context():
        family = next(one for one in families(all_sheets()) if one.head.key == key)
    table = app.extensions["access"]
    for sheet in family.sheets:
        right, record = sheet.right("export")
        assert set(table[record][right]) == {Role.POLICE_CHIEF}, sheet.key


@pytest.mark.parametrize("role", ["officer", "inspector"])
def test_a_list_of_drug_tests_is_read_and_not_taken_along(commune, browse_as, role):
    sample = next(one for one in SAMPLES if one.name == "drug_tests")
    with transaction(commune.officer):
        kept(sample, commune)
    page = browse_as(getattr(commune, role)).get("/drug-tests/")
    assert page.status_code == 200
    assert "/drug-tests/export" not in page.text
    assert "/drug-tests/export" in browse_as(commune.chief).get("/drug-tests/").text


def test_lines_do_not_leave_where_their_records_are_not_read(commune, browse_as):
    """A force has tasks that came out of a report, and reads no report."""
    page = browse_as(commune.border).get("/exchange/export").text
    assert 'value="meetings"' in page
    assert 'value="reports"' not in page
    assert not [key for key in cells_of(taken(browse_as(commune.border), "meetings").data) if key.startswith("report")]


def test_an_account_is_taken_along_by_whoever_reads_accounts_alone(commune, browse_as):
    names = [row[0] for row in cells_of(taken(browse_as(commune.chief), "accounts").data)["accounts"]]
    assert commune.clerk.username in names
    clerk = browse_as(commune.clerk)
    assert taken(clerk, "accounts").status_code == 422
    assert clerk.get("/exchange/export?sheet=accounts").status_code == 404


def test_minutes_leave_without_what_was_said_of_a_restricted_item_to_whom_it_does_not_concern(commune, browse_as):
    a_breach(commune, a_case(commune))
    with clock.telling(clock.moment(TOMORROW, 12)):
        an_approved(commune)
        told = [one for one in db.session.scalars(select(Minutes)).one().told if one.item_id]
        all_of_them, some = (
            [row[3] or "" for row in cells_of(taken(browse_as(who), "meetings").data)["meetings.minutes"]]
            for who in (commune.chief, commune.border)
        )
    assert WITHHELD not in all_of_them
    assert {one.text for one in told if one.text} <= set(all_of_them)
    assert some.count(WITHHELD) == 1
    assert len(some) < len(all_of_them)


# ── which ───────────────────────────────────────────────────────────────────────────────────────────────────────────
def test_all_is_chosen_at_first_and_what_an_address_names_alone(commune, browse_as):
    officer = browse_as(commune.officer)
    every = officer.get("/exchange/export").text
    assert every.count(" checked") == every.count('name="sheets"') > 10
    one = officer.get("/exchange/export?sheet=patrols").text
    assert one.count(" checked") == 1
    assert officer.get("/exchange/export?sheet=").text.count(" checked") == 0
    assert officer.get("/exchange/export?sheet=cases").status_code == 404


def test_what_is_chosen_leaves_with_its_lines_and_steps_and_nothing_else_does(commune, browse_as):
    an_outing(commune)
    some_households(commune)
    some_establishments(commune)
    cells = cells_of(taken(browse_as(commune.officer), "patrols", "establishments").data)
    assert cells.keys() == {
        "establishments", "patrols", "patrols.steps", "patrols.forces", "patrols.stops", "patrols.logs",
        "patrols.signatures",
    }  # fmt: skip
    assert all(cells[key] for key in ("establishments", "patrols", "patrols.steps", "patrols.forces", "patrols.logs"))


def test_the_trail_keeps_how_many_rows_of_each_sheet_left(commune, browse_as):
    an_outing(commune)
    cells = cells_of(taken(browse_as(commune.border), "patrols").data)
    db.session.rollback()
    event = db.session.scalars(select(AuditEvent).where(AuditEvent.action == "export")).one()
    assert event.changes["sheets"] == ", ".join(f"{key} {len(rows)}" for key, rows in cells.items() if rows)
    assert event.changes["rows"] == sum(map(len, cells.values()))


def test_nothing_chosen_is_told_at_its_field_and_what_was_typed_stays(commune, browse_as):
    page = taken(browse_as(commune.officer))
    assert page.status_code == 422
    assert "Please choose what leaves the portal" in page.text
    assert 'value="Giao ban"' in page.text
    assert taken(browse_as(commune.officer), "nonsense").status_code == 422


def test_too_much_is_refused_with_the_kinds_that_are_large_and_fewer_leave(commune, browse_as, monkeypatch):
    an_outing(commune)
    some_establishments(commune)
    monkeypatch.setattr(forms, "MOST_ROWS", 5)
    officer = browse_as(commune.officer)
    page = taken(officer, "patrols", "establishments")
    assert page.status_code == 422
    assert "at most 5 leave the portal at once" in page.text
    assert "The largest are: Patrols (" in page.text
    assert "by whoever keeps the portal, with the command" in page.text
    assert taken(officer, "establishments").status_code == 200


def test_where_all_is_too_much_for_one_file_as_much_as_fits_is_chosen_and_the_rest_is_named(
    commune, browse_as, monkeypatch
):
    an_outing(commune)
    some_establishments(commune)
    monkeypatch.setattr(forms, "MOST_ROWS", 5)
    monkeypatch.setattr(views, "MOST_ROWS", 5)
    officer = browse_as(commune.officer)
    page = officer.get("/exchange/export").text
    assert "That is too much for one file." not in page
    assert "Left out so far: " in page
    assert 0 < page.count(" checked") < page.count('name="sheets"')
    assert "That is too much for one file." in officer.get("/exchange/export?sheet=all").text


# ── where from ──────────────────────────────────────────────────────────────────────────────────────────────────────
LISTS = {
    "/households/": "households", "/establishments/": "establishments", "/patrols/": "patrols",
    "/meetings/": "meetings", "/documents/?show=all": "documents",
}  # fmt: skip


def test_lists_lead_to_the_export_of_their_kind(commune, browse_as):
    an_outing(commune)
    some_households(commune)
    some_establishments(commune)
    a_meeting(commune)
    a_letter(commune)
    leader = browse_as(commune.leader)
    for path, sheet in LISTS.items():
        assert f'href="/exchange/export?sheet={sheet}"' in leader.get(path).text, path
    assert "/exchange/export" not in browse_as(commune.village_head).get("/households/").text
