"""What the checks find in a report beside others, and in a period or a village of which nothing was written down."""

from datetime import date

from portal.books.actions import write_down
from portal.engine.transaction import transaction
from portal.incidents.models import IncidentKind
from portal.organisation import actions as organisation
from portal.organisation.models import UnitKind
from portal.profile.models import VillageStat
from tests.builders import FOUNDED
from tests.incidents.written import an_incident
from tests.reports.report import a_draft, answered, approved, taken
from tests.reports.test_checks import found

FIRE, AUGUST = "incidents.fire.cases", (date(2026, 1, 1), date(2026, 8, 31))
OCTOBER = (date(2026, 1, 1), date(2026, 10, 31))
NOBODY = {"minority_households": 0, "minority_persons": 0, "religious_households": 0, "religious_persons": 0}


def an_approved(commune, days):
    return approved(commune, taken(answered(commune, a_draft(commune, *days)), commune.chief, "submit"))


def a_fire(commune):
    return an_incident(commune, IncidentKind.FIRE)


def totals(commune, village, as_of, persons=300):
    facts = {"village_id": commune.place(village).id, "as_of": as_of, "households": 100, "persons": persons, **NOBODY}
    with transaction(commune.clerk):
        return write_down(VillageStat, commune.id, facts, None)


def test_what_came_late_to_a_part_of_the_days_that_was_told_already_is_found_in_the_longer_report(commune):
    a_fire(commune)
    an_approved(commune, AUGUST)
    assert not found(a_draft(commune, *OCTOBER), "told-otherwise")
    a_fire(commune)
    september = a_draft(commune, date(2026, 1, 1), date(2026, 9, 30))
    of_fires = [one.finding for one in found(september, "told-otherwise") if FIRE in one.finding.figures]
    assert [one.about for one in of_fires] == [(FIRE, "R-2026-001", 2, 1)]  # now, and as it was told


def test_a_report_of_the_same_kind_over_some_of_the_same_days_is_named(commune):
    an_approved(commune, AUGUST)
    september = a_draft(commune, date(2026, 8, 1), date(2026, 9, 30))
    assert [one.finding.reason.numbers["number"] for one in found(september, "overlapping")] == ["01/BC-BCĐ"]
    assert not found(a_draft(commune, date(2026, 9, 1), date(2026, 9, 15)), "overlapping")


def test_villages_without_totals_are_named_as_soon_as_others_have_some(commune):
    report = a_draft(commune, *OCTOBER)
    assert not found(report, "village-totals")
    totals(commune, "BPH", date(2026, 1, 1))
    (missing,) = found(report, "village-totals")
    assert missing.finding.reason.numbers["villages"] == "Thôn Ngọc Hải"
    totals(commune, "NHA", date(2026, 1, 1))
    assert not found(report, "village-totals")


def test_totals_from_before_another_village_became_part_are_out_of_date(commune):
    with transaction(None):
        old = organisation.create_unit("BY-CU", "thôn Cũ", UnitKind.VILLAGE, FOUNDED, commune=commune.unit,
                                       above=commune.unit, valid_to=date(2026, 6, 30))  # fmt: skip
        organisation.take_over(commune.place("BPH"), old)
    for village in ("BPH", "NHA"):
        totals(commune, village, date(2026, 1, 1))
    report = a_draft(commune, *OCTOBER)
    (outdated,) = found(report, "village-totals")
    assert outdated.finding.reason.numbers["village"] == "Thôn Bắc Phong"
    totals(commune, "BPH", date(2026, 7, 1), 500)
    assert not found(report, "village-totals")


def test_a_period_without_a_record_says_so_in_its_checks_and_above_its_text(commune, browse_as):
    empty = a_draft(commune, date(2026, 3, 1), date(2026, 3, 31))
    assert [one.in_the_way for one in found(empty, "recorded")] == [True]
    page = browse_as(commune.chief).get(f"/reports/{empty.id}/text").text
    assert "Nothing was recorded in these days" in page
    a_fire(commune)
    full = a_draft(commune, *OCTOBER)
    assert not found(full, "recorded")
    assert "Nothing was recorded" not in browse_as(commune.chief).get(f"/reports/{full.id}/text").text


def test_before_all_communes_of_a_line_the_first_of_them_is_named(commune, browse_as):
    with transaction(None):
        old = organisation.create_unit("PY", "xã Pờ Y", UnitKind.COMMUNE, date(2018, 1, 1), valid_to=date(2019, 12, 31))
        organisation.take_over(commune.unit, old)
    report = a_draft(commune, date(2017, 5, 1), date(2017, 5, 31))
    page = browse_as(commune.chief).get(f"/reports/{report.id}/text").text
    assert "Ban Chỉ đạo xã Pờ Y báo cáo" in page
    assert "Xã Pờ Y" in page
