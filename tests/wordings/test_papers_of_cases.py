"""Papers that are no proposals say what the commune words otherwise, each from the moment on that it was approved."""

from datetime import date, time, timedelta

import pytest

from portal.cases.models import CaseType, Summons, SummonsPurpose, Violation, ViolationKind
from portal.cases.papers import breaches, reception
from portal.engine import clock
from portal.engine.db import db
from portal.engine.transaction import transaction
from portal.wordings.models import WordingChange
from tests.builders import a_case
from tests.conftest import TODAY

BRING = "Khi đến mang theo giấy tờ tùy thân; nếu không đến được, báo Công an {commune} qua điện thoại."


def worded_otherwise(commune, paper, block, text, sub_kind=""):
    with transaction(commune.chief):
        change = WordingChange(
            commune_id=commune.id, number="CV-2026-001", paper=paper, block=block, sub_kind=sub_kind, text=text,
            holds_from=clock.today(), reason="Theo hướng dẫn", state="approved", decider_role="commune_leader",
            decided_at=clock.now(),
        )  # fmt: skip
        db.session.add(change)


def a_summons(commune, case):
    today = clock.today()
    with transaction(commune.officer):
        one = Summons(
            case=case, commune_id=case.commune_id, purpose=SummonsPurpose.RECEPTION, summoned_on=today,
            appear_on=today + timedelta(days=3), appear_time=time(8), place="Trụ sở Công an xã",
        )  # fmt: skip
        db.session.add(one)
    return one


def words(paper):
    return "\n".join(clause.text for clause in paper.clauses)


def test_a_summons_says_the_words_that_were_approved_and_one_written_before_keeps_its_own(commune):
    case = a_case(commune)
    with clock.telling(clock.moment(TODAY, 9)):
        before = a_summons(commune, case)
    with clock.telling(clock.moment(TODAY, 10)):
        worded_otherwise(commune, "summons", "bring", BRING)
    with clock.telling(clock.moment(TODAY, 11)):
        later = a_summons(commune, case)
        assert "qua điện thoại" in words(reception.summons(later))
        assert "qua điện thoại" not in words(reception.summons(before))


def test_the_words_for_one_kind_of_sentence_change_the_minutes_of_no_other(commune):
    ours, other = a_case(commune), a_case(commune, "Lò Thị Hoa", type="non_custodial_reform")
    with clock.telling(clock.moment(TODAY, 9)):
        worded_otherwise(commune, "breach", "duty", "Điều đã cam kết: {duty}.", sub_kind="suspended_sentence")
    with clock.telling(clock.moment(TODAY, 10)):
        drawn = [words(breaches.written(a_breach(commune, case))) for case in (ours, other)]
    assert ["Điều đã cam kết" in one for one in drawn] == [True, False]


def a_breach(commune, case):
    today = clock.today()
    with transaction(commune.officer):
        breach = Violation(
            case=case, commune_id=case.commune_id, kind=ViolationKind.DUTY, occurred_on=today, recorded_on=today,
            text="Không có mặt", duty="có mặt theo giấy triệu tập",
        )  # fmt: skip
        db.session.add(breach)
    return breach


@pytest.mark.parametrize(("type", "promised", "never"), [
    (CaseType.SUSPENDED_SENTENCE, "Không đi khỏi nơi cư trú", "chất ma túy"),
    (CaseType.RESIDENCE_BAN, "Không cư trú tại những nơi bị cấm cư trú", "Không đi khỏi nơi cư trú"),
    (CaseType.DRUG_USER_MANAGEMENT, "xét nghiệm chất ma túy", "bản án"),
    (CaseType.REINTEGRATION, "hòa nhập cộng đồng", "được phân công giúp đỡ"),
])  # fmt: skip
def test_people_promise_what_their_kind_of_case_asks_of_them(type, promised, never, commune):
    told = "\n".join(one.text for one in reception.commitment(a_case(commune, type=type)).clauses if one.heading)
    assert promised in told
    assert never not in told


@pytest.mark.parametrize(("on", "article"), [(date(2026, 6, 30), True), (date(2026, 7, 1), False)])
def test_no_summons_names_an_article_of_the_act_of_2019_once_that_of_2025_holds(on, article, commune):
    with clock.telling(clock.moment(on, 9)):
        case = a_case(commune, received_on=on)
        paper = reception.summons(a_summons(commune, case))
    grounds = "\n".join(basis.text for basis in paper.bases)
    assert ("Điều 85" in grounds and "41/2019" in grounds) is article
    assert ("127/2025" in grounds) is not article
