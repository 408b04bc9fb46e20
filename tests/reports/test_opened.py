"""What a number of a report opens: its records at once, those of the year before, those of one village."""

import re
from datetime import date

from portal.books import actions as books
from portal.engine.transaction import transaction
from portal.profile.models import VillageStat
from tests.builders import a_case
from tests.households.doors import a_campaign, some_households, ticked
from tests.profile.facts import totals
from tests.reports.report import a_draft, an_approved, answered, approved, taken

RECEIVED, PLEDGED = "cases.community.received", "pledges.drug_free.households"
BEGAN, SIGNED = date(2026, 9, 1), date(2026, 9, 20)


def opened(client, report, figure=RECEIVED, more=""):
    page = client.get(f"/reports/{report.id}?opened={figure}{more}").text
    return page.split('class="records"')[1].split("</td></tr>")[0]


def test_the_records_stand_before_the_definition_which_is_folded(commune, browse_as):
    case = a_case(commune, received_on=date(2026, 3, 2))
    shown = opened(browse_as(commune.chief), a_draft(commune))
    record, fold = shown.index(f'href="/cases/{case.id}"'), shown.index("<details")
    assert record < fold < shown.index('class="table')


def test_the_number_of_the_year_before_opens_its_own_records(commune, browse_as):
    now, before = (a_case(commune, name, received_on=day) for name, day in
                   (("Người mới", date(2026, 3, 2)), ("Người cũ", date(2025, 3, 2))))  # fmt: skip
    chief, report = browse_as(commune.chief), an_approved(commune)
    assert (
        f"/reports/{report.id}?opened={RECEIVED}&amp;of=before#f-{RECEIVED}" in chief.get(f"/reports/{report.id}").text
    )
    shown = opened(chief, report, more="&of=before")
    assert f'href="/cases/{before.id}"' in shown
    assert f'href="/cases/{now.id}"' not in shown
    assert "The report told" not in shown
    a_case(commune, "Người muộn", received_on=date(2025, 4, 2))
    assert "The report told 1; the records of today give 2." in opened(chief, report, more="&of=before")


def a_pledged_year(commune):
    """Two of four households of one village signed, and two of eight of another."""
    with transaction(commune.clerk):
        for village, count in (("BPH", 4), ("NHA", 8)):
            facts = totals(commune.place(village), date(2026, 8, 20), households=count)
            books.write_down(VillageStat, commune.id, facts, commune.clerk)
    campaign, signed = a_campaign(commune, first_on=BEGAN), {}
    for village in ("BPH", "NHA"):
        signed[village] = some_households(commune, 2, village=village)
        ticked(commune, campaign, signed[village], village=village, by="officer", on=SIGNED)
    return signed


def village_rows(page):
    table = page.split('id="by-village"')[1].split("</table>")[0]
    return [re.findall(r">([^<>\n]+)<", row) for row in table.split("</tr>")[:-1]]


def test_villages_are_told_by_their_share_of_households_and_each_opens_its_own(commune, browse_as):
    signed = a_pledged_year(commune)
    chief = browse_as(commune.chief)
    draft = a_draft(commune)
    opens_its_own(chief, draft, signed)
    opens_its_own(chief, approved(commune, taken(answered(commune, draft), commune.chief, "submit")), signed)


def opens_its_own(chief, report, signed):
    page = chief.get(f"/reports/{report.id}").text
    assert "4 of 12 households (33,3%)" in page
    assert [row[-2:] for row in village_rows(page)] == [["50%", "2/4"], ["25%", "2/8"]]
    link = re.search(r'href="([^"]+village=[^"]+Ng[^"]+)"', page)[1].replace("&amp;", "&")
    listed = chief.get(link).text
    assert all(f'href="/households/{one.id}"' in listed for one in signed["NHA"])
    assert not any(f'href="/households/{one.id}"' in listed for one in signed["BPH"])
    assert chief.get(re.sub("village=.*", "village=nowhere", link)).status_code == 404
