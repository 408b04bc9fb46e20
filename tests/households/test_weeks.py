"""How many have signed week by week: the commune against its goal, each village, and the table behind the picture."""

from datetime import date

from lxml import html

from portal.engine import voiding
from portal.engine.transaction import transaction
from portal.households import actions
from portal.households.models import Target
from tests.households.doors import a_campaign, goal, pledges_of, some_establishments, some_households, ticked

WEEKS = ["07/11/2026", "14/11/2026", "21/11/2026", "23/11/2026"]  # from 01/11 to today


def page_of(client, address):
    return html.document_fromstring(client.get(address).text)


def behind(page):
    """By table, what it says for the end of each week."""
    return [
        {row[0].text_content().strip(): int(row[1].text_content()) for row in table.xpath("./tbody/tr")}
        for table in page.xpath("//table[contains(@class, 'behind')]")
    ]


def by_village(page):
    """By village the goal, then how many had signed by the end of each week."""
    (table,) = page.xpath("//table[caption='Signed by the end of each week']")
    rows = [[cell.text_content().strip() for cell in row] for row in table.xpath("./tbody/tr")]
    return {name: [int(number) for number in numbers] for name, *numbers in rows}


def names(page):
    return page.xpath("//svg[@role='img']/@aria-label")


def a_course(commune):
    """Two villages: of 4 households 3 signed on different days, of 2 one."""
    one, other = some_households(commune, 4), some_households(commune, 2, "NHA")
    campaign = a_campaign(commune)
    for household, day in zip(one, (3, 7, 20), strict=False):
        ticked(commune, campaign, [household], on=date(2026, 11, day))
    ticked(commune, campaign, other[:1], by="officer", on=date(2026, 11, 12), village="NHA")
    return campaign, one, other


def test_the_commune_and_each_village_are_counted_by_the_end_of_each_week(commune, browse_as):
    campaign, _one, _other = a_course(commune)
    page = page_of(browse_as(commune.chief), f"/campaigns/{campaign.id}")
    assert behind(page) == [dict(zip(WEEKS, (2, 3, 4, 4), strict=True))]
    assert by_village(page) == {"Thôn Bắc Phong": [4, 2, 2, 3, 3], "Thôn Ngọc Hải": [2, 0, 1, 1, 1]}


def test_the_picture_tells_its_finding_and_its_goal(commune, browse_as):
    campaign, _one, _other = a_course(commune)
    page = page_of(browse_as(commune.chief), f"/campaigns/{campaign.id}")
    whole, *villages = names(page)
    assert whole == "Households signed week by week. 4 of 6 signed by 23/11/2026, 1 of them in the last seven days"
    assert len(villages) == 2
    assert "Thôn Ngọc Hải. 1 of 2 signed by 23/11/2026, 0 of them in the last seven days" in villages
    assert "Goal: 6" in page.text_content()


def test_a_village_that_is_asked_for_fewer_is_held_against_that(commune, browse_as):
    some_households(commune, 4)
    campaign = a_campaign(commune, counts={commune.place("BPH").id: 3})
    ticked(commune, campaign, some_households(commune, 1))
    page = page_of(browse_as(commune.village_head), f"/campaigns/villages/{goal(commune, campaign).id}")
    assert "Goal: 3" in page.text_content()
    assert names(page) == ["Signed week by week. 1 of 3 signed by 23/11/2026, 1 of them in the last seven days"]


def test_a_village_shows_its_own_weeks_and_nobody_elses(commune, browse_as):
    campaign, _one, _other = a_course(commune)
    page = page_of(browse_as(commune.village_head), f"/campaigns/villages/{goal(commune, campaign).id}")
    assert behind(page) == [dict(zip(WEEKS, (2, 2, 3, 3), strict=True))]


def test_the_last_week_says_what_the_figure_above_it_says_also_once_somebody_left(commune, browse_as):
    campaign, one, other = a_course(commune)
    with transaction(commune.clerk):
        actions.leave(one[0], date(2026, 11, 15))
    with transaction(commune.officer):
        actions.withdraw(pledges_of(one[1])[0], date(2026, 11, 22), "Rút lại", commune.officer)
        voiding.void(pledges_of(other[0])[0], "Nhập nhầm")
    page = page_of(browse_as(commune.chief), f"/campaigns/{campaign.id}")
    (signed,) = page.xpath("//div[@class='figure'][h3='Signed']/b/text()")
    assert int(signed) == 1
    assert behind(page) == [dict(zip(WEEKS, (0, 0, 1, 1), strict=True))]


def test_establishments_have_a_course_of_their_own_and_the_commune_beside_none(commune, neighbour, browse_as):
    shops = some_establishments(commune, 2)
    some_households(commune, 1)
    campaign = a_campaign(commune, target=Target.BOTH)
    ticked(commune, campaign, shops[:1], on=date(2026, 11, 3))
    theirs = a_campaign(neighbour)
    ticked(neighbour, theirs, some_households(neighbour, 3))
    page = page_of(browse_as(commune.chief), f"/campaigns/{campaign.id}")
    assert behind(page) == [dict(zip(WEEKS, (1, 1, 1, 1), strict=True))]  # of households nobody signed
    assert "Nobody has signed yet." in page.text_content()


def test_a_draft_has_no_course(commune, browse_as):
    some_households(commune, 1)
    campaign = a_campaign(commune, state="draft")
    chief = browse_as(commune.chief)
    for address in (f"/campaigns/{campaign.id}", f"/campaigns/villages/{goal(commune, campaign).id}"):
        page = page_of(chief, address)
        assert names(page) == []
        assert "Nobody has signed yet." not in page.text_content()
