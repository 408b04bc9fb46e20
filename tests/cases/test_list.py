"""The list of cases: what it tells each reader, and where it leads when nothing fits."""

import re

from portal.cases.models import CaseType
from portal.engine import clock
from portal.engine.transaction import transaction
from tests.builders import a_case


def columns(page):
    return [re.sub(r"<[^>]+>|[↑↓]", "", one).strip() for one in re.findall(r'<th scope="col".*?</th>', page.text)]


def head_of(page):
    return re.search(r'<header class="head">.*?</header>', page.text, re.DOTALL)[0]


# ── a helper's list ─────────────────────────────────────────────────────────────────────────────────────────────────
def test_a_helper_reads_the_next_report_and_nothing_of_the_term(commune, browse_as):
    a_case(commune, helper="helper")
    page = browse_as(commune.helper).get("/cases/")
    assert columns(page) == ["Name", "Type of case", "Next mark", "Officer"]
    assert "Quarterly report of the helper for quarter IV of 2026" in page.text
    assert "14/07/2028" not in page.text


def test_who_may_know_the_dates_reads_how_much_is_served(commune, browse_as):
    a_case(commune, helper="helper")
    page = browse_as(commune.officer).get("/cases/")
    assert columns(page) == ["Name", "Type of case", "Next mark", "Served", "Officer"]
    assert "until 14/07/2028" in page.text


# ── the head ────────────────────────────────────────────────────────────────────────────────────────────────────────
def a_late_case(commune, name, **more):
    """Of August's report nothing came."""
    with clock.telling(clock.moment(clock.today().replace(month=8))):
        return a_case(commune, name, **more)


def test_the_head_counts_what_is_overdue_in_the_list_itself(commune, browse_as):
    a_late_case(commune, "Bùi Văn Muộn")
    a_late_case(commune, "Lò Thị Trễ", type=CaseType.CONDITIONAL_RELEASE)
    a_case(commune, "Trần Văn Xong", state="closed", closed_on=clock.today())
    chief = browse_as(commune.chief)
    assert "2 cases with an overdue duty" in head_of(chief.get("/cases/"))
    assert "2 cases with an overdue duty" in head_of(chief.get("/cases/?show=overdue"))
    assert "1 case with an overdue duty" in head_of(chief.get("/cases/?show=suspended_sentence"))
    closed = chief.get("/cases/?show=closed")
    assert "Trần Văn Xong" in closed.text
    assert "overdue" not in head_of(closed)


# ── nothing here ────────────────────────────────────────────────────────────────────────────────────────────────────
def test_where_only_a_draft_of_ones_own_fits_the_list_leads_to_it(commune, browse_as):
    draft, officer = a_case(commune, "Hà Thị Nháp", state="draft", officer=None), browse_as(commune.officer)
    with transaction(commune.officer):
        draft.owner_id = draft.created_by_id = commune.officer.id
    for address in ("/cases/?q=nhap", "/cases/"):
        page = officer.get(address).text
        assert "No case fits" not in page
        assert "1 case fits, under “Not open yet”." in page
        link = re.search(r'<a class="btn[^"]*" href="([^"]+)">[^<]*Show it', page)[1].replace("&amp;", "&")
        assert "Hà Thị Nháp" in officer.get(link).text


def test_where_nothing_fits_anywhere_the_list_says_so(commune, browse_as):
    a_case(commune)
    assert "No case fits this filter." in browse_as(commune.officer).get("/cases/?q=khongcoai").text


def test_the_search_of_the_frame_promises_what_the_list_finds(commune, browse_as):
    found = re.search(r'<form class="find".*?</form>', browse_as(commune.officer).get("/").text, re.DOTALL)[0]
    assert "Find a case by name, or any record by its number" in found
    assert not re.search("household|document", found)
