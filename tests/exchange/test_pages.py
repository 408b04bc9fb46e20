"""The workbook on a page: what its reader may bring in and take along, looked at first, written once it is agreed."""

import io
import re
from datetime import date

import pytest
from lxml import html
from openpyxl import load_workbook
from sqlalchemy import select

from portal.engine.audit import AuditEvent
from portal.engine.db import db
from portal.engine.transaction import transaction
from portal.exchange.views import workbook
from portal.forces.models import Camera
from portal.households.models import PledgeCampaign
from tests.books.samples import SAMPLES, kept
from tests.exchange.workbooks import cells_of, filled, filled_whole, saved

CAMERA = next(one for one in SAMPLES if one.name == "cameras")
PURPOSE = {"purpose": "meeting", "details": "Giao ban tháng 11", "sheets": "cameras"}


@pytest.fixture
def officer(commune, browse_as):
    return browse_as(commune.officer)


def camera(**more):
    return {"number": "CAM-2024-007", "village_id": "BY-BPH", "location": "Ngã ba", "installed_on": date(2024, 5, 20),
            **more}  # fmt: skip


def template(browser):
    return browser.get("/exchange/template").data


def sent(browser, content, checked="", name="vao.xlsx"):
    data = {"file": (io.BytesIO(content), name), "checked": checked}
    return browser.post("/exchange/import", data=data, content_type="multipart/form-data")


def checked(page):
    return re.search(r'name="checked"[^>]*value="([0-9a-f]+)"', page.text).group(1)


def cameras():
    db.session.rollback()
    return list(db.session.scalars(select(Camera)))


def test_a_workbook_is_looked_at_then_written_once_it_is_sent_again(officer):
    content = filled_whole(template(officer), {"cameras": [camera(), camera(number=None, location="Chợ")]})
    looked = sent(officer, content)
    assert looked.status_code == 200
    assert "Nothing has been written yet" in looked.text
    assert not cameras()
    assert sent(officer, content, checked(looked)).status_code == 302
    assert [one.number for one in cameras()] == ["CAM-2024-007", "CAM-2024-008"]
    assert "Everything is there already" in sent(officer, content).text


def test_another_file_than_the_one_looked_at_is_looked_at_itself(officer):
    first = sent(officer, filled(template(officer), {"cameras": [camera()]}))
    other = sent(officer, filled(template(officer), {"cameras": [camera(location="Chợ")]}), checked(first))
    assert "Nothing has been written yet" in other.text
    assert not cameras()


def test_problems_stand_with_sheet_row_column_value_and_what_would_be_right(officer):
    page = sent(officer, filled(template(officer), {"cameras": [camera(village_id="Làng Ma <b>")]}))
    assert page.status_code == 422
    for told in ("Cameras", "row 5", "Village", "Làng Ma &lt;b&gt;", "The codes stand on the sheet of lists."):
        assert told in page.text
    assert not cameras()


def test_a_page_takes_in_no_campaign_that_somebody_opened_and_no_pledge_at_all(officer):
    campaign = {"number": "CK-2026-001", "kind": "drug_free", "title": "Không ma túy", "text": "Không sử dụng ma túy.",
                "target": "households", "first_on": date(2026, 11, 1), "last_on": date(2026, 12, 31)}  # fmt: skip
    page = sent(officer, filled(template(officer), {"campaigns": [{**campaign, "state": "open"}]}))
    assert page.status_code == 422
    assert "Only whoever keeps the portal brings this in" in page.text
    content = filled(template(officer), {"campaigns": [campaign]})
    assert sent(officer, content, checked(sent(officer, content))).status_code == 302
    db.session.rollback()
    made = db.session.scalars(select(PledgeCampaign)).one()
    assert (made.state, len(made.goals)) == ("draft", 2)
    assert not {"pledges", "accounts", "patrols.logs"} & cells_of(template(officer)).keys()


def test_more_rows_than_a_page_takes_are_a_matter_for_the_command(officer, monkeypatch):
    monkeypatch.setattr(workbook, "MOST_BROUGHT", 20)
    rows = [camera(number=f"CAM-2024-{number:04d}", village_id="?") for number in range(1, 822)]
    page = sent(officer, filled(template(officer), {"cameras": rows}))
    assert page.status_code == 422
    problems = html.fromstring(page.text).xpath("//table//tbody/tr")
    assert "At most 20 rows come in at once" in problems[0].text_content()  # before all that is wrong with single rows
    assert "821" in problems[0].text_content()


def test_a_file_of_which_the_role_may_bring_nothing_in_says_so_and_not_that_it_is_no_template(commune, browse_as):
    content = template(browse_as(commune.chief))
    book = load_workbook(io.BytesIO(content))
    for sheet in book.worksheets:
        if sheet["A1"].value not in ("help", "lists", "incidents"):
            book.remove(sheet)
    refused = sent(browse_as(commune.officer), saved(book))
    assert refused.status_code == 422
    assert "These sheets of the template are not brought in by your role: Incidents." in refused.text


@pytest.mark.parametrize("content", [b"", b"abc", b"PK\x03\x04", b"\xd0\xcf\x11\xe0" + bytes(900)])
def test_what_is_no_workbook_is_told_at_its_field(officer, content):
    page = sent(officer, content)
    assert page.status_code == 422
    assert 'role="alert"' in page.text


def test_whoever_writes_in_no_book_brings_nothing_in(commune, browse_as):
    browser = browse_as(commune.inspector)
    assert "Your role brings in no data." in browser.get("/exchange/").text
    for path in ("/exchange/template", "/exchange/import"):
        assert browser.get(path).status_code == 403
    assert browse_as(commune.village_head).get("/exchange/").status_code == 403


def test_an_export_asks_what_for_is_marked_and_written_down(commune, officer):
    with transaction(commune.officer):
        entry = kept(CAMERA, commune)
    assert officer.post("/exchange/export", data={}).status_code == 422
    file = officer.post("/exchange/export", data=PURPOSE)
    assert file.headers["Content-Type"].endswith("sheet")
    assert cells_of(file.data)["cameras"][0][0] == entry.number
    book = load_workbook(io.BytesIO(file.data))
    assert all("Giao ban tháng 11" in sheet["B1"].value for sheet in book.worksheets[1:])
    db.session.rollback()
    event = db.session.scalars(select(AuditEvent).where(AuditEvent.action == "export")).one()
    assert event.changes["rows"] == 2
    assert event.changes["purpose"] == "meeting"


def test_nothing_of_another_commune_leaves_or_is_changed(commune, neighbour, browse_as):
    with transaction(commune.officer):
        kept(CAMERA, commune)
    stranger = browse_as(neighbour.officer)
    assert cells_of(stranger.post("/exchange/export", data=PURPOSE).data)["cameras"] == []
    page = sent(stranger, filled(template(stranger), {"cameras": [camera(village_id="BY-BPH")]}))
    assert "The commune has no unit of this code or name." in page.text
