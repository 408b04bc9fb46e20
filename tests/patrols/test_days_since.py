"""The days since each point was passed, drawn beside the sketch, against the month in which it is to be."""

from lxml import html

from tests.patrols.going import a_patrol, a_point, at, logged


def page_of(client, address="/coverage/"):
    return html.document_fromstring(client.get(address).text)


def told(page):
    """By point the days and the last words of its row."""
    (table,) = page.xpath("//table[contains(@class, 'behind')]")
    rows = [[cell.text_content().strip() for cell in row] for row in table.xpath("./tbody/tr")]
    return {name: (days, last) for name, days, last in rows}


def passed(commune, name, days_ago):
    logged(commune, a_patrol(commune, start=at(2, days=-days_ago), points=(a_point(commune, name),)))


def test_each_point_stands_with_its_days_the_longest_first_and_what_nobody_passed_has_none(commune, browse_as):
    passed(commune, "Mốc 790", 3)
    passed(commune, "Mốc 791", 40)
    a_point(commune, "Mốc 792")
    page = page_of(browse_as(commune.leader))
    assert list(told(page).items()) == [
        ("Mốc 792", ("–", "Not passed yet")), ("Mốc 791", ("40", "14/10/2026")),
        ("Mốc 790", ("3", "20/11/2026")),
    ]  # fmt: skip


def test_the_picture_says_how_many_points_wait_and_fills_their_bars_otherwise(commune, browse_as):
    passed(commune, "Mốc 790", 3)
    passed(commune, "Mốc 791", 40)
    a_point(commune, "Mốc 792")
    page = page_of(browse_as(commune.leader))
    names = page.xpath("//svg[@role='img'][@class='chart']/@aria-label")
    assert names == ["Days since each point was passed. 2 of 3 points were not passed for more than 31 days."]
    fillings = page.xpath("//svg[@class='chart']/rect[not(contains(@class, 'track'))]/@class")
    assert fillings == ["chart-hollow", "chart-hatched", "chart-full"]


def test_of_one_force_the_days_are_its_own_and_of_the_commune_beside_no_point_is_there(commune, neighbour, browse_as):
    passed(commune, "Mốc 790", 3)
    passed(neighbour, "Mốc 801", 5)
    logged(commune, a_patrol(commune, start=at(2, days=-1), forces=(("CA", 3, "Trần Văn Toản"),)))
    officer = browse_as(commune.officer)
    assert told(page_of(officer)) == {"Mốc 790": ("3", "20/11/2026")}
    assert told(page_of(officer, f"/coverage/?force={commune.place('BP').id}")) == {"Mốc 790": ("3", "20/11/2026")}


def test_without_points_there_is_no_picture(commune, browse_as):
    page = page_of(browse_as(commune.leader))
    assert "The catalogue of points is empty." in page.text_content()
    assert page.xpath("//svg[@role='img']") == []
