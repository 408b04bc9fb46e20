"""Facts of the commune in what people write of a report: as they hold on its last day, and frozen with its words."""

import re
from datetime import date

from portal.books.actions import write_down
from portal.engine.transaction import transaction
from portal.incidents.models import IncidentKind, Offence
from portal.movement.models import Model, ModelKind
from portal.profile.catalogue import FactKey
from tests.incidents.written import an_incident
from tests.profile.test_facts import a_fact
from tests.reports.report import LAST, a_draft
from tests.reports.test_typed_figures import in_the_way

OFFENCES = ("Trộm cắp tài sản", "đánh bạc")
NAMED = "Diện tích {profile.area_ha} ha."


def test_a_fact_is_said_as_it_holds_on_the_last_day(commune, browse_as):
    a_fact(commune, value="9.481,11", since=date(2024, 8, 20))
    a_fact(commune, value="9500,5", since=LAST.replace(year=LAST.year + 1))
    report, chief = a_draft(commune), browse_as(commune.chief)
    form = {"text": NAMED, "version": report.version}
    assert chief.post(f"/reports/{report.id}/sections/rural", data=form).status_code == 302
    assert "Diện tích 9.481,11 ha." in chief.get(f"/reports/{report.id}/text").text
    assert "profile.area_ha" in chief.get(f"/reports/{report.id}/sections/rural").text


def test_a_fact_that_nobody_wrote_down_is_in_the_way(commune):
    report = a_draft(commune, rural=NAMED)
    assert "named-and-there" in in_the_way(report)
    a_fact(commune)
    assert "named-and-there" not in in_the_way(report)


def test_the_portals_own_sentences_say_them_too(commune, browse_as):
    a_fact(commune, FactKey.AREA_TRANSFORMED, "04/2026", date(2026, 4, 1))
    report = a_draft(commune)
    text = browse_as(commune.chief).get(f"/reports/{report.id}/text").text
    assert "Tháng 4/2026, xã Bờ Y đã thực hiện thành công việc chuyển hóa địa bàn" in text


def test_a_written_sentence_of_what_did_not_happen_is_left_out_and_one_with_something_to_tell_is_not(
    commune, browse_as
):
    report = a_draft(commune, rural="Họp đều. Dập {incidents.fire.cases} đám cháy. Ra quân.")
    chief = browse_as(commune.chief)
    assert "Họp đều. Ra quân." in chief.get(f"/reports/{report.id}/text").text
    an_incident(commune, IncidentKind.FIRE)
    assert "Dập" in chief.get(f"/reports/{report.id}/text").text


def test_the_text_names_each_offence_of_the_records_and_each_model_that_runs(commune, in_vietnamese):
    for category in (Offence.THEFT, Offence.THEFT, Offence.GAMBLING):
        an_incident(commune, category=category)
    with transaction(commune.chief):
        facts = {"name": "Tiếng kẻng an ninh", "kind": ModelKind.SECURITY, "launched_on": date(2026, 2, 1)}
        write_down(Model, commune.id, facts, None)
    text = in_vietnamese(commune.chief).get(f"/reports/{a_draft(commune).id}/text").text
    words = " ".join(re.sub(r"<[^>]+>", "", text).split())
    assert f"{OFFENCES[0]} 02 vụ; {OFFENCES[1]} 01 vụ." in words
    assert "Các mô hình đang hoạt động: 01 mô hình, gồm: “Tiếng kẻng an ninh”." in words
