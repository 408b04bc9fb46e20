"""The page on which a section is written: the figures that it may name."""

from tests.builders import a_case
from tests.reports.report import a_draft
from tests.reports.test_reports import url


def test_figures_stand_in_the_order_of_the_report_with_unit_and_value_and_can_be_copied_without_a_script(
    commune, browse_as
):
    a_case(commune)
    page = browse_as(commune.chief).get(url(a_draft(commune), "/sections/assessment")).text
    listed = page.split('data-codes="text"')[1]
    order = ("incidents.security.cases", "incidents.traffic.cases", "cases.community.received", "weapons.")
    places = [listed.index(f"<code>{{{name}") for name in order]
    assert places == sorted(places)
    row = listed.split("<code>{cases.community.received}")[1].split("</li>")[0]
    assert "<b>1</b> files" in row
    assert 'data-insert="{cases.community.received}"' in row
    assert 'id="text"' in page
