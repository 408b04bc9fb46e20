"""The papers of proposals: what they say, whose signature they bear, when they are issued."""

import io
import re
from datetime import date, timedelta

import pytest
from docx import Document
from sqlalchemy import select

from portal.cases.models import CaseType, ClosingReason
from portal.documents.layout import BLANK
from portal.documents.models import Attachment
from portal.duties.models import Duty
from portal.engine import clock
from portal.engine.audit import AuditEvent
from portal.engine.db import db
from portal.engine.transaction import transaction
from portal.organisation import actions as organisation
from portal.organisation import passwords
from portal.organisation.models import Role, UnitKind
from portal.people.models import Sex
from portal.proposals import actions
from portal.proposals.actions import propose
from portal.proposals.kinds import KINDS
from portal.proposals.papers.drawn import paper_of
from tests.builders import PASSWORD, a_case, a_person, an_absence
from tests.cases.ends import all_left, end_checked
from tests.documents import files
from tests.proposals.ready import a_draft, ready
from tests.proposals.ways import a_deputy, step

TM = "TM. ỦY BAN NHÂN DÂN"
DECIDED = ("submit", "endorse", "approve")


def take(proposal, *steps, by):
    for name in steps:
        with transaction(by):
            proposal.workflow.take(name, proposal, by)


def decided(commune, proposal, leader=None):
    """Submitted by its author, endorsed where that is asked for, approved by whoever decides."""
    take(proposal, "submit", by=commune.officer)
    if proposal.endorser_role:
        take(proposal, "endorse", by=commune.chief)
    chair = leader or commune.leader
    take(proposal, "approve", by=chair if proposal.decider_role == "commune_leader" else commune.chief)
    return proposal


def a_leave(commune, case=None, **person):
    case = case or a_case(commune, person=a_person(commune, **person) if person else None)
    return an_absence(commune, case, date(2026, 12, 1), date(2026, 12, 20))


def words(paper):
    """All that a paper says, part by part."""
    return [*(basis.text for basis in paper.bases), *(clause.text for clause in paper.clauses)]


def text_of(answer):
    """All that a .docx says."""
    document = Document(io.BytesIO(answer.data))
    cells = [cell for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join(one.text for part in (*cells, document) for one in part.paragraphs)


def version_of(proposal):
    """The version that the page of the paper shows; none while there is nothing to sign."""
    return str(proposal.document.version) if proposal.document else ""


def register(client, proposal, number="05/QĐ-UBND", day="23/11/2026", scan=None, name="quyết định.pdf", **typed):
    db.session.refresh(proposal)
    data = {"number": number, "dated_on": day, "version": version_of(proposal), **typed}
    if scan:
        data = {"not_classified": "y", **data, "scan": (io.BytesIO(scan), name)}
    return client.post(f"/proposals/{proposal.id}/paper", data=data, follow_redirects=True)


def paper_part(client, proposal):
    page = client.get(f"/proposals/{proposal.id}").text
    found = re.search(r'aria-labelledby="paper">.*?</section>', page, re.DOTALL)
    return found[0] if found else ""


# ── what they say ───────────────────────────────────────────────────────────────────────────────────────────────────
def test_a_permit_says_who_may_be_away_how_long_and_by_which_law(commune):
    leave = a_leave(commune, name="Đặng Thị Phượng", sex=Sex.FEMALE, birth_year=1990)
    paper = paper_of(leave)
    assert (paper.name, paper.symbol, paper.authority) == ("QUYẾT ĐỊNH", "QĐ-UBND", "ỦY BAN NHÂN DÂN XÃ BỜ Y")
    assert paper.abstract == "Về việc cho phép người được hưởng án treo vắng mặt tại nơi cư trú"
    said = words(paper)
    assert "Căn cứ Luật Thi hành án hình sự số 127/2025/QH15" in said
    assert "Căn cứ Bản án số 21/2026/HS-ST ngày 14 tháng 7 năm 2026 của TAND khu vực 5" in said
    assert said[-3].startswith(
        "Cho phép bà Đặng Thị Phượng, sinh năm 1990, thường trú tại thôn Bắc Phong, xã Bờ Y, tỉnh Quảng Ngãi, là người "
        "được hưởng án treo, được vắng mặt tại nơi cư trú 20 ngày, từ ngày 01/12/2026 đến hết ngày 20/12/2026."
    )
    assert "Lưu: VT, CAX" in paper.recipients


def test_a_permit_of_before_july_2026_cites_the_clause_of_the_older_law(commune):
    case = a_case(commune, starts_on=date(2026, 1, 5), received_on=date(2026, 1, 10))
    with clock.telling(clock.moment(date(2026, 3, 1))):
        leave = an_absence(commune, case, date(2026, 3, 10), date(2026, 3, 20))
        said = words(paper_of(decided(commune, leave)))
    assert "Căn cứ khoản 1 Điều 92 Luật Thi hành án hình sự số 41/2019/QH14" in said


def test_a_permit_tells_no_number_and_no_telephone_of_the_person(commune):
    leave = a_leave(commune, national_id="012345678901", phone="0901234567", address="Tổ 3")
    told = " ".join(words(paper_of(leave)))
    assert "012345678901" not in told
    assert "0901234567" not in told


def test_a_helper_is_entrusted_by_a_decision_that_names_both(commune):
    case = a_case(commune)
    with transaction(commune.officer):
        commune.helper.title, commune.helper.address_word = "Tổ bảo vệ ANTT thôn Bắc Phong", "anh"
        proposal = actions.propose_helper(case, commune.helper, "Cùng thôn")
    paper = paper_of(proposal)
    assert "Căn cứ khoản 5 Điều 12 Nghị định số 231/2026/NĐ-CP" in words(paper)
    first = paper.clauses[0].text
    assert first.startswith("Phân công ông Helper xã Bờ Y, Tổ bảo vệ ANTT thôn Bắc Phong, giúp đỡ ông (bà) Nguyễn")


@pytest.mark.parametrize("day", [date(2026, 6, 30), date(2026, 11, 23)])
def test_a_helper_of_somebody_who_has_served_prison_stands_on_the_circular_and_on_no_decree_about_sentences(
    day, commune, browse_as
):
    with clock.telling(clock.moment(day)):
        case = a_case(commune, type=CaseType.REINTEGRATION, starts_on=date(2026, 1, 5), received_on=date(2026, 1, 10))
        with transaction(commune.officer):
            proposal = actions.propose_helper(case, commune.helper, "Cùng thôn")
        step(proposal, "submit", commune.officer)
        step(proposal, "endorse", commune.chief)
        paper, told = paper_of(proposal), " ".join(words(paper_of(proposal)))
        page = browse_as(commune.officer).get(f"/proposals/{proposal.id}").text
    assert "Căn cứ Thông tư số 10/2024/TT-BCA" in told
    assert "231/2026" not in told
    assert "hằng quý báo cáo kết quả với Công an xã" in told
    assert paper.authority == "CHỦ TỊCH ỦY BAN NHÂN DÂN XÃ BỜ Y"
    assert ("Not confirmed under the 2025 law" in page) is (day >= date(2026, 7, 1))
    assert db.session.scalars(select(Duty.source).where(Duty.rule == "DECIDE")).all() == [""]  # no law gives it days


def test_an_officer_is_assigned_by_a_decision_of_the_chief(commune):
    case = a_case(commune, state="draft", officer=None)
    with transaction(commune.officer):
        commune.officer.title = "Đại úy, cán bộ Công an xã"
        proposal = actions.propose_opening(case, commune.officer, "Bản án có hiệu lực")
    paper = paper_of(decided(commune, proposal))
    assert (paper.symbol, paper.authority) == ("QĐ-CAX", "TRƯỞNG CÔNG AN XÃ BỜ Y")
    assert paper.issuer.superior == "CÔNG AN TỈNH QUẢNG NGÃI"
    assert "Căn cứ khoản 1 Điều 5 Nghị định số 231/2026/NĐ-CP" in words(paper)
    assert paper.clauses[0].text.startswith("Phân công đồng chí Đại úy Officer xã Bờ Y, cán bộ Công an xã, trực tiếp")


def test_in_a_phuong_the_police_are_called_as_such(commune):
    with transaction(None):
        commune.unit.name = "phường Bờ Y"
    paper = paper_of(decided(commune, a_completion(commune)))
    assert paper.symbol == "TTr-CAP"
    assert "Lưu: VT, CAP" in paper_of(a_leave(commune)).recipients


def test_a_helper_in_a_phuong_tells_the_police_of_the_phuong(commune):
    with transaction(None):
        commune.unit.name = "phường Bờ Y"
    with transaction(commune.officer):
        proposal = propose(KINDS["helper"].model, a_case(commune), "Cùng thôn", helper_id=commune.village_head.id)
    text = " ".join(words(paper_of(decided(commune, proposal))))
    assert "thông báo với Công an phường khi" in text
    assert "báo cáo kết quả với Công an phường" in text
    assert "Công an xã" not in text


def test_a_file_for_which_nobody_was_thought_of_has_no_paper_yet(commune):
    with transaction(commune.officer):
        proposal = actions.propose_opening(a_case(commune, state="draft", officer=None), None, "Bản án có hiệu lực")
    assert paper_of(proposal) is None


def a_completion(commune, closing=ClosingReason.COMPLETED, **case):
    case = a_case(commune, starts_on=date(2024, 11, 20), received_on=date(2024, 12, 1), **case)
    if case.type == CaseType.SUSPENDED_SENTENCE and closing == ClosingReason.COMPLETED:
        end_checked(commune, case)
    all_left(commune, case)
    with transaction(commune.officer):
        return actions.propose_completion(case, date(2026, 11, 20), closing, "Chấp hành nghiêm túc")


def test_the_file_of_a_completed_sentence_goes_to_the_agency_that_gives_the_certificate(commune):
    paper = paper_of(decided(commune, a_completion(commune)))
    assert (paper.name, paper.symbol) == ("TỜ TRÌNH", "TTr-CAX")
    assert paper.addressees == ("Cơ quan Thi hành án hình sự Công an tỉnh Quảng Ngãi",)
    assert paper.clauses[-1].text.endswith("theo thẩm quyền./.")
    assert paper.signature.lines == ("TRƯỞNG CÔNG AN XÃ",)


def test_before_july_2026_the_committee_sent_that_file(commune):
    with clock.telling(clock.moment(date(2026, 6, 1))):
        case = a_case(commune, starts_on=date(2024, 5, 20), received_on=date(2024, 6, 1))
        end_checked(commune, case)
        all_left(commune, case)
        with transaction(commune.officer):
            proposal = actions.propose_completion(case, date(2026, 5, 20), ClosingReason.COMPLETED, "Tốt")
        paper = paper_of(decided(commune, proposal))
    assert (paper.symbol, paper.signature.lines) == ("TTr-UBND", (TM, "CHỦ TỊCH"))
    assert "Căn cứ khoản 4 Điều 85 Luật Thi hành án hình sự số 41/2019/QH14" in words(paper)


@pytest.mark.parametrize("other", [{"closing": ClosingReason.OTHER}, {"type": CaseType.PRISON_DEFERRAL}])
def test_another_ending_has_no_paper_of_the_commune(commune, other):
    assert paper_of(a_completion(commune, **other)) is None


@pytest.mark.parametrize(
    ("closing", "why"),
    [
        (ClosingReason.RECORD_CLEARED, "Lý do: được xóa án tích theo quy định của pháp luật"),
        (ClosingReason.REVOKED, "Lý do: đi chấp hành án phạt tù"),
        (ClosingReason.OTHER, "Lý do: Chấp hành nghiêm túc"),
    ],
)
def test_the_chair_decides_by_own_power_that_a_reintegration_ends_and_why(commune, closing, why):
    case = {"type": CaseType.REINTEGRATION, "person": a_person(commune, name="Đặng Thị Phượng", sex=Sex.FEMALE)}
    paper = paper_of(decided(commune, a_completion(commune, closing, **case)))
    assert (paper.name, paper.symbol, paper.authority) == (
        "QUYẾT ĐỊNH", "QĐ-UBND", "CHỦ TỊCH ỦY BAN NHÂN DÂN XÃ BỜ Y",
    )  # fmt: skip
    assert paper.signature.lines == ("CHỦ TỊCH",)
    assert "Căn cứ Thông tư số 10/2024/TT-BCA" in words(paper)
    first = paper.clauses[0].text
    assert "bà Đặng Thị Phượng" in first
    assert "kể từ ngày 20/11/2026" in first
    assert why in first


def test_a_transfer_goes_to_the_agency_with_the_decision_on_the_move(commune):
    transfer = ready("transfer", commune, commune.officer)
    paper = paper_of(decided(commune, transfer))
    assert (paper.name, paper.symbol) == ("TỜ TRÌNH", "TTr-CAX")
    assert paper.addressees == ("Cơ quan Thi hành án hình sự Công an tỉnh Quảng Ngãi",)
    told = " ".join(words(paper))
    assert "chuyển đến cư trú tại xã Dục Nông, tỉnh Quảng Ngãi" in told
    assert "theo Quyết định số 45/QĐ-CQTHAHS ngày 23 tháng 11 năm 2026 của Cơ quan Thi hành án hình sự" in told
    assert paper.signature.lines == ("TRƯỞNG CÔNG AN XÃ",)
    assert transfer.document.abstract == "Về việc chuyển hồ sơ người được hưởng án treo"


def test_the_file_of_somebody_back_from_prison_goes_to_the_police_of_the_new_commune_with_a_notice(commune):
    case = a_case(commune, type=CaseType.REINTEGRATION)
    paper = paper_of(a_draft("transfer", commune, case, commune.officer))
    assert (paper.name, paper.symbol) == ("THÔNG BÁO", "TB-CAX")
    assert paper.addressees == ("Công an cấp xã nơi đến (xã Dục Nông, tỉnh Quảng Ngãi)",)
    assert "Căn cứ Thông tư số 10/2024/TT-BCA" in words(paper)
    assert not any("Cơ quan Thi hành án" in one for one in words(paper))


def test_units_are_called_as_they_were_on_the_day(commune):
    with transaction(None):
        old = organisation.create_unit(
            "PY", "xã Pờ Y", UnitKind.COMMUNE, date(2021, 7, 1), superior="huyện Ngọc Hồi", valid_to=date(2025, 6, 30)
        )
        organisation.take_over(commune.unit, old)
        commune.unit.valid_from = date(2025, 7, 1)
    case = a_case(commune, starts_on=date(2024, 1, 5), received_on=date(2024, 1, 10))
    with transaction(commune.officer):
        case.commune_id = old.id
    with clock.telling(clock.moment(date(2024, 9, 10))):
        leave = an_absence(commune, case, date(2024, 9, 20), date(2024, 9, 30))
        then = paper_of(leave)
    assert then.issuer.name == ("ỦY BAN NHÂN DÂN", "XÃ PỜ Y")
    assert "xã Pờ Y, huyện Ngọc Hồi" in then.clauses[0].text
    now = paper_of(leave)
    assert now.issuer.name == ("ỦY BAN NHÂN DÂN", "XÃ BỜ Y")


def test_the_police_above_is_the_districts_while_there_was_one_and_nobodys_name_after(commune):
    with transaction(None):
        organisation.create_unit("NH-CA", "Công an tỉnh Quảng Ngãi", UnitKind.POLICE, date(2021, 7, 1),
                                 valid_to=date(2025, 2, 28))  # fmt: skip
    proposal = a_completion(commune)
    with clock.telling(clock.moment(date(2025, 1, 15))):
        assert paper_of(proposal).addressees[0].endswith("Công an tỉnh Quảng Ngãi")
    assert paper_of(proposal).addressees[0].endswith(f"Công an tỉnh {BLANK}")


def test_grounds_that_nobody_confirmed_are_told_on_the_page_and_not_on_the_paper(commune, browse_as):
    leave = a_leave(commune)
    officer = browse_as(commune.officer)
    assert "Look these grounds up before the paper is signed" in paper_part(officer, leave)
    assert "confirmed" not in text_of(officer.get(f"/proposals/{leave.id}/paper.docx"))


def test_a_paper_is_vietnamese_whatever_the_reader_speaks(commune, browse_as):
    leave = a_leave(commune)
    chief = browse_as(commune.chief)
    chief.post("/language", data={"locale": "en"})
    assert "QUYẾT ĐỊNH" in text_of(chief.get(f"/proposals/{leave.id}/paper.docx"))
    assert '<div class="sheet" lang="vi">' in paper_part(chief, leave)


def test_what_was_typed_into_a_proposal_is_text_in_its_paper(commune, browse_as):
    leave = a_leave(commune)
    with transaction(commune.officer):
        leave.destination = "</w:t>{{ 7*7 }}<script>"
    officer = browse_as(commune.officer)
    assert "Nơi đến: </w:t>{{ 7*7 }}<script>." in text_of(officer.get(f"/proposals/{leave.id}/paper.docx"))
    assert "<script>." not in paper_part(officer, leave)


# ── whose signature ─────────────────────────────────────────────────────────────────────────────────────────────────
def test_nobodys_name_stands_under_a_paper_that_nobody_decided(commune):
    assert paper_of(a_leave(commune)).signature.name == ""


def test_the_chair_signs_on_behalf_of_the_committee(commune):
    signature = paper_of(decided(commune, a_leave(commune))).signature
    assert (signature.lines, signature.name) == ((TM, "CHỦ TỊCH"), "Leader xã Bờ Y")


@pytest.mark.parametrize(
    ("capacity", "lines"),
    [
        ("KT", (TM, "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH")),
        ("", (TM, "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH")),
        ("TUQ", ("TUQ. CHỦ TỊCH", "PHÓ CHỦ TỊCH UBND XÃ")),
        ("TL", ("TL. CHỦ TỊCH", "PHÓ CHỦ TỊCH UBND XÃ")),
        ("Q", (TM, "Q. CHỦ TỊCH")),
    ],
)
def test_who_acts_for_the_chair_signs_by_the_power_that_the_grant_gave_them_that_day(commune, capacity, lines):
    with transaction(None):
        deputy, _first = organisation.create_user("deputy", "Y Hlen Niê", commune.unit, "Phó Chủ tịch UBND xã")
        deputy.password_hash, deputy.must_change_password = passwords.hashed(PASSWORD), False
        grant = organisation.grant_role(
            deputy, Role.COMMUNE_LEADER, commune.place("UB"), clock.today(), clock.today() + timedelta(days=9),
            on_behalf_of=commune.leader, capacity=capacity,
        )  # fmt: skip
        organisation.confirm_grant(grant, None)
    leave = decided(commune, a_leave(commune), leader=deputy)
    with clock.telling(clock.now() + timedelta(days=60)):  # the grant has ended since: the paper stays as it was
        signature = paper_of(leave).signature
    assert (signature.lines, signature.name) == (lines, "Y Hlen Niê")


def a_helper_decided(commune, day, leader=None):
    """A helper whom the chair decided on some day."""
    with clock.telling(clock.moment(day)):
        case = a_case(commune, starts_on=date(2026, 1, 5), received_on=date(2026, 1, 10))
        with transaction(commune.officer):
            proposal = actions.propose_helper(case, commune.helper, "Cùng thôn")
        return decided(commune, proposal, leader=leader)


@pytest.mark.parametrize(
    ("day", "authority", "lines"),
    [
        (date(2026, 6, 30), "ỦY BAN NHÂN DÂN XÃ BỜ Y", (TM, "CHỦ TỊCH")),
        (date(2026, 7, 1), "CHỦ TỊCH ỦY BAN NHÂN DÂN XÃ BỜ Y", ("CHỦ TỊCH",)),
    ],
)
def test_the_chair_decides_on_a_helper_for_the_committee_until_june_2026_and_by_own_power_since(
    day, authority, lines, commune
):
    paper = paper_of(a_helper_decided(commune, day))
    assert (paper.authority, paper.signature.lines) == (authority, lines)
    assert (paper.issuer.name, paper.symbol) == (("ỦY BAN NHÂN DÂN", "XÃ BỜ Y"), "QĐ-UBND")


def test_a_deputy_signs_a_helpers_decision_for_the_chair_not_for_the_committee(commune):
    deputy = a_deputy(commune, "deputy", Role.COMMUNE_LEADER, "UB", of=commune.leader)
    signature = paper_of(a_helper_decided(commune, clock.today(), leader=deputy)).signature
    assert (signature.lines, signature.name) == (("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"), "Deputy")


# ── issued, or waiting ──────────────────────────────────────────────────────────────────────────────────────────────
def test_a_paper_waits_for_its_signature_until_number_day_and_scan_are_there(commune, browse_as):
    leave, officer = a_leave(commune), browse_as(commune.officer)
    assert "Waits for the signature" not in paper_part(officer, leave)
    decided(commune, leave)
    waiting = paper_part(officer, leave)
    assert "Waits for the signature of Leader xã Bờ Y" in waiting
    assert "its number and day, the scan of the signed page" in waiting
    register(officer, leave)
    waiting = paper_part(officer, leave)
    assert "Waits for the signature of Leader xã Bờ Y" in waiting
    assert "recorded: the scan of the signed page." in waiting
    register(officer, leave, scan=files.photo_in_pdf())
    issued = paper_part(officer, leave)
    assert "Document issued" in issued
    assert "No. 05/QĐ-UBND of 23/11/2026" in issued
    assert "Waits for" not in issued


def test_the_scan_is_a_file_of_the_proposal_that_the_leader_may_take_along(commune, browse_as):
    leave = decided(commune, a_leave(commune))
    register(browse_as(commune.officer), leave, scan=files.photo_in_pdf())
    scan = db.session.scalars(select(Attachment)).one()
    assert (scan.proposal_id, scan.title, scan.dated_on) == (leave.id, "05/QĐ-UBND", date(2026, 11, 23))
    assert browse_as(commune.leader).get(f"/attachments/{scan.id}").data == files.photo_in_pdf()


def test_a_scan_that_was_struck_out_leaves_the_paper_waiting_and_open_to_be_mended(commune, browse_as):
    leave, chief = decided(commune, a_leave(commune)), browse_as(commune.chief)
    register(chief, leave, scan=files.photo_in_pdf())
    assert "Strike out the scan with a reason" in register(chief, leave, number="06/QĐ-UBND").text
    assert "The paper is issued as 05/QĐ-UBND" in chief.get(f"/proposals/{leave.id}/paper").text
    scan = db.session.scalars(select(Attachment)).one()
    struck = chief.post(f"/attachments/{scan.id}/void", data={"version": "1", "reason": "Quét nhầm trang"})
    assert struck.headers["Location"] == f"/proposals/{leave.id}"
    assert "Waits for the signature" in paper_part(chief, leave)
    register(chief, leave, number="06/QĐ-UBND", scan=files.picture(), name="quét.png")
    assert "No. 06/QĐ-UBND" in paper_part(chief, leave)


def test_the_next_number_of_the_year_is_offered_and_may_be_typed_over(commune, browse_as):
    officer = browse_as(commune.officer)
    one, other = decided(commune, a_leave(commune)), decided(commune, a_leave(commune))
    assert 'value="01/QĐ-UBND"' in officer.get(f"/proposals/{one.id}/paper").text
    done = register(officer, one, number="7/qđ-ubnd")
    assert "07/QĐ-UBND is registered." in done.text
    assert "Numbers before it that the portal does not know: 01–06." in done.text
    offered = officer.get(f"/proposals/{other.id}/paper").text
    assert 'value="08/QĐ-UBND"' in offered
    assert "The portal does not know 01–06." in offered


def test_a_sign_of_another_register_is_told(commune, browse_as):
    done = register(browse_as(commune.officer), decided(commune, a_completion(commune)), number="1/QĐ-UBND")
    assert "Papers of this kind bear the sign TTr-CAX." in done.text


@pytest.mark.both_engines
def test_a_number_that_another_paper_of_the_year_bears_is_refused_at_its_field(commune, browse_as):
    officer = browse_as(commune.officer)
    one, other = decided(commune, a_leave(commune)), decided(commune, a_leave(commune))
    register(officer, one, number="7/QĐ-UBND")
    clash = register(officer, other, number="07/qđ-ubnd", scan=files.pdf())
    assert clash.status_code == 422
    said = re.search(r'id="number-error">(.*?)</span></span>', clash.text, re.DOTALL)[1]
    assert "07/QĐ-UBND stands on another paper of 2026." in said
    assert 'value="07/qđ-ubnd"' in clash.text
    assert db.session.scalars(select(Attachment)).all() == []


def test_registers_of_other_bodies_years_and_communes_do_not_clash(commune, neighbour, browse_as):
    officer = browse_as(commune.officer)
    register(officer, decided(commune, a_leave(commune)), number="7/QĐ-UBND")
    completion = decided(commune, a_completion(commune))
    assert 'value="01/TTr-CAX"' in officer.get(f"/proposals/{completion.id}/paper").text
    register(officer, completion, number="1/TTr-CAX")
    completion = decided(commune, a_completion(commune))
    assert 'value="02/TTr-CAX"' in officer.get(f"/proposals/{completion.id}/paper").text
    theirs = a_case(neighbour)
    leave = decided(neighbour, an_absence(neighbour, theirs, date(2026, 12, 1), date(2026, 12, 9)))
    assert register(browse_as(neighbour.officer), leave, number="7/QĐ-UBND").status_code == 200
    with clock.telling(clock.moment(date(2025, 12, 1))):
        case = a_case(commune, starts_on=date(2025, 1, 5), received_on=date(2025, 1, 10))
        leave = decided(commune, an_absence(commune, case, date(2025, 12, 5), date(2025, 12, 9)))
        last_year = register(browse_as(commune.officer), leave, number="7/QĐ-UBND", day="01/12/2025")
    assert "07/QĐ-UBND is registered." in last_year.text


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"number": "QĐ-UBND"}, "Please write the number as on the paper"),
        ({"number": ""}, "This is needed."),
        ({"day": "22/11/2026"}, "cannot be older than the decision of 23/11/2026"),
        ({"day": "24/11/2026"}, "lies in the future"),
        ({"day": "31/02/2026"}, "no day of the calendar"),
        ({"scan": files.word(), "number": "5/QĐ-UBND"}, "Was the file renamed?"),
        ({"scan": files.pdf(b"/S /JavaScript")}, "a script"),
        ({"version": "7"}, "changed this"),
    ],
)
def test_what_is_wrong_about_a_paper_is_told_and_nothing_is_registered(commune, browse_as, typed, told):
    leave = decided(commune, a_leave(commune))
    answer = register(browse_as(commune.officer), leave, **typed)
    assert answer.status_code in (409, 422)
    assert told in answer.text
    db.session.expire_all()
    assert (leave.document.number, leave.document.dated_on) == ("", None)
    assert db.session.scalars(select(Attachment)).all() == []


def test_a_word_file_is_no_scan(commune, browse_as):
    leave = decided(commune, a_leave(commune))
    answer = register(browse_as(commune.officer), leave, scan=files.word(), name="a.docx")
    assert answer.status_code == 422
    assert "A signed page is a scan" in answer.text


def test_a_scan_needs_the_word_that_it_is_no_secret(commune, browse_as):
    leave = decided(commune, a_leave(commune))
    answer = register(browse_as(commune.officer), leave, scan=files.pdf(), not_classified="")
    assert answer.status_code == 422
    assert "State secrets do not belong here" in answer.text


def test_what_nobody_decided_cannot_be_registered(commune, browse_as):
    leave = a_leave(commune)
    answer = register(browse_as(commune.officer), leave)
    assert answer.status_code == 422
    assert "There is no decision that a paper could tell." in answer.text


@pytest.mark.parametrize("by", ["officer2", "leader", "inspector", "helper", "clerk", "administrator"])
def test_only_the_officer_and_the_chief_register_papers(commune, browse_as, by):
    leave = decided(commune, a_leave(commune))
    assert register(browse_as(getattr(commune, by)), leave).status_code in (403, 404)


# ── the draft ───────────────────────────────────────────────────────────────────────────────────────────────────────
def test_the_draft_is_taken_along_before_the_decision_and_after_each_time_as_an_event(commune, browse_as):
    leave, chief = a_leave(commune), browse_as(commune.chief)
    before = chief.get(f"/proposals/{leave.id}/paper.docx")
    assert before.headers["Content-Disposition"].startswith("attachment; filename=")
    assert before.headers["Content-Security-Policy"] == "sandbox"
    assert "Leader xã Bờ Y" not in text_of(before)
    decided(commune, leave)
    assert "Leader xã Bờ Y" in text_of(chief.get(f"/proposals/{leave.id}/paper.docx"))
    db.session.rollback()
    printed = select(AuditEvent).where(AuditEvent.action == "print", AuditEvent.record_type == "proposal")
    assert [event.record_id for event in db.session.scalars(printed)] == [leave.id, leave.id]


@pytest.mark.parametrize(("by", "status"), [("officer2", 404), ("leader", 404), ("clerk", 404), ("helper", 404)])
def test_the_draft_is_nobodys_who_may_not_read_the_proposal(commune, browse_as, by, status):
    leave = a_leave(commune)
    assert browse_as(getattr(commune, by)).get(f"/proposals/{leave.id}/paper.docx").status_code == status


def test_who_may_not_know_the_name_of_a_minor_gets_no_paper_that_tells_it(commune, browse_as):
    leave = a_leave(commune, name="Trần Thị Nhỏ", birth_year=2011)
    inspector = browse_as(commune.inspector)
    assert "Trần Thị Nhỏ" not in paper_part(inspector, leave)
    assert inspector.get(f"/proposals/{leave.id}/paper.docx").status_code == 403
    assert browse_as(commune.officer).get(f"/proposals/{leave.id}/paper.docx").status_code == 200


def test_what_was_rejected_has_no_paper(commune, browse_as):
    leave = a_leave(commune)
    take(leave, "submit", by=commune.officer)
    take(leave, "endorse", by=commune.chief)
    with transaction(commune.leader):
        leave.workflow.take("reject", leave, commune.leader, "Không đủ lý do")
    officer = browse_as(commune.officer)
    assert paper_part(officer, leave) == ""
    assert officer.get(f"/proposals/{leave.id}/paper.docx").status_code == 404
    assert officer.get(f"/proposals/{leave.id}/paper").status_code == 404


MARK = "DỰ THẢO – trái khoản 1 Điều 92 Luật Thi hành án hình sự số 41/2019/QH14: không được trình, không được ký"


def test_the_draft_of_a_paper_that_the_law_forbids_bears_a_mark_on_the_page_and_on_every_printed_one(
    commune, browse_as
):
    officer = browse_as(commune.officer)
    too_long = an_absence(commune, a_case(commune), date(2026, 12, 1), date(2027, 3, 1))
    assert MARK in officer.get(f"/proposals/{too_long.id}").text
    printed = officer.get(f"/proposals/{too_long.id}/paper.docx")
    document = Document(io.BytesIO(printed.data))
    assert document.paragraphs[0].text == MARK
    assert MARK in [paragraph.text for paragraph in document.sections[0].header.paragraphs]
    assert "DU-THAO-" in printed.headers["Content-Disposition"]


def test_a_paper_that_the_law_allows_bears_no_mark_before_the_decision_and_after(commune, browse_as):
    leave, officer = a_leave(commune), browse_as(commune.officer)
    for _round in ("draft", "decided"):
        assert "DỰ THẢO" not in officer.get(f"/proposals/{leave.id}").text
        assert "DỰ THẢO" not in text_of(officer.get(f"/proposals/{leave.id}/paper.docx"))
        if leave.state == "draft":
            decided(commune, leave)


def test_a_paper_that_is_older_than_its_decision_is_told_at_the_field_of_its_day(commune, browse_as):
    leave = decided(commune, a_leave(commune))
    answer = register(browse_as(commune.officer), leave, day="22/11/2026")
    said = re.search(r'id="dated_on-error">(.*?)</span></span>', answer.text, re.DOTALL)
    assert said, answer.text
    assert "cannot be older than the decision of 23/11/2026" in said[1]
    assert 'value="22/11/2026"' in answer.text
