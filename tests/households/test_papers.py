"""The pledge as a paper: one for each who has not signed, in one file, with the words that people promise."""

from io import BytesIO

import pytest
from docx import Document

from portal.engine.audit import AuditEvent
from portal.engine.db import db
from portal.households.models import Target
from tests.households.doors import a_campaign, goal, some_establishments, some_households, ticked


@pytest.fixture
def paper(commune, browse_as):
    def read(campaign, query=""):
        of = goal(commune, campaign)
        answer = browse_as(commune.village_head).get(f"/campaigns/villages/{of.id}/pledges.docx{query}")
        document = Document(BytesIO(answer.data))
        cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
        return "\n".join([*(one.text for one in document.paragraphs), *cells]), document

    return read


def test_each_household_that_has_not_signed_gets_a_page_with_its_name_and_the_promises(commune, paper):
    some_households(commune, 1, head="Thao Mưu", people=5)
    some_households(commune, 1, head="Nàng Xuân")
    signed = some_households(commune, 1, head="Y Pan")
    campaign = a_campaign(commune, text="Không sử dụng ma túy.\nBảo ban con em.")
    ticked(commune, campaign, signed)
    text, document = paper(campaign)
    assert text.count("BẢN CAM KẾT") == text.count("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM") == 2
    assert "Tôi là: Thao Mưu, chủ hộ số HH-BPH-0001, gồm 05 nhân khẩu." in text
    assert ("Nàng Xuân" in text, "Y Pan" in text) == (True, False)
    assert text.count("1. Không sử dụng ma túy.") == text.count("2. Bảo ban con em.") == 2
    assert len(document.sections) == 2  # the second begins on a page of its own, and counts its pages from one
    counted = document.element.body.xpath(".//w:sectPr/w:pgNumType/@w:start")
    assert counted == ["1", "1"]
    assert all(section.different_first_page_header_footer for section in document.sections)


def test_the_paper_of_one_is_asked_for_by_number_signed_or_not(commune, paper):
    households = some_households(commune, 2, head="Thao Mưu")
    campaign = a_campaign(commune)
    ticked(commune, campaign, households)
    text, _document = paper(campaign, f"?for={households[1].number}")
    assert (text.count("BẢN CAM KẾT"), households[1].number in text) == (1, True)


def test_an_establishment_signs_by_its_owner(commune, paper):
    some_establishments(commune, 1, name="Gas Bờ Y", owner="Hồ Thị Sáu")
    text, _document = paper(a_campaign(commune, target=Target.BOTH), "?of=establishments")
    assert "Tên cơ sở: Gas Bờ Y (số CS-BPH-001)." in text
    assert "Người đại diện: Hồ Thị Sáu." in text


def test_braces_that_somebody_typed_are_no_fields(commune, paper):
    some_households(commune, 1, head="Thao {number} Mưu")
    text, _document = paper(a_campaign(commune, text="Không {name} ma túy."))
    assert "Thao {number} Mưu" in text
    assert "Không (name) ma túy." in text


@pytest.mark.parametrize(("by", "status"), [
    ("officer", 200), ("village_head", 200), ("clerk", 403), ("leader", 403), ("inspector", 403),
])  # fmt: skip
def test_whoever_hands_the_papers_out_takes_them_along_and_the_trail_says_how_many(commune, browse_as, by, status):
    some_households(commune, 3)
    of = goal(commune, a_campaign(commune))
    user = getattr(commune, by)
    assert browse_as(user).get(f"/campaigns/villages/{of.id}/pledges.docx").status_code == status
    told = db.session.query(AuditEvent).filter_by(action="export", user_id=user.id).all()
    assert [(one.record_id, one.changes["type"], one.changes["rows"]) for one in told] == (
        [(of.id, "household", 3)] if status == 200 else []
    )
