"""Every row of the tables in `cases/`, asked of the law: the vectors T01 to T31 and the rules beside them."""

import re
from dataclasses import replace
from datetime import date, datetime

import pytest

from portal.law import REGIMES, common, drug_use, fines, reintegration
from portal.law import drug_user_management as management
from portal.law.breaches import Conduct, refuse_cancelling, refuse_prison
from portal.law.rule import Due
from tests.law.readable import Facts, Row, facts, rows

ROWS = list(rows())
NOTHING = "không có"


def written(due: Due) -> str:
    """A day as the tables write it: with the hour where hours count, and with the day of the alert."""
    if due.due_at is not None:
        return f"{due.due_at:%H:%M %d/%m/%Y}"
    alert = f", báo {due.alert_on:%d/%m/%Y}" if due.alert_on else ""
    return f"{due.due_on:%d/%m/%Y}{alert}"


def dues_of(row: Row, known: Facts) -> list[Due]:
    """The dues that a question brings."""
    law = REGIMES[row.regime]
    table = known.applied(law.PARAMETERS)
    event: date = known.named.get("day", date.max)
    at: datetime = known.named.get("at", datetime.max)  # noqa: DTZ901  not asked for
    asked = {
        "lịch": lambda: law.calendar(known.term, table),
        "tiếp nhận": lambda: law.reception(known["received_on"], known.named.get("reception_on"), table),
        "tháng": lambda: law.monthly(known.term, known["month"], table),
        "quý": lambda: law.quarterly(known.term, known["month"], table),
        "người giúp đỡ": lambda: [common.helper_decision(event, event, table)],
        "kiểm điểm": lambda: [law.review(event, table)],
        "không đến": lambda: law.no_show(event, table),
        "báo trước": lambda: [law.prenotice(event, table)],
        "thủ tục rút ngắn": lambda: law.cut_steps(event, known.done, table),
        "đề nghị tù": lambda: law.revocation(event, known.done, table),
        "chết": lambda: law.death(event, known.done, table),
        "thay đổi nơi cư trú": lambda: law.residence_change(
            event, known.done, known.named.get("other_province", False), table
        ),
        "xóa án tích": lambda: [
            reintegration.record_clearance(
                event, known.named.get("prison_months"), known.named.get("additional_ends_on"),
                known.named.get("by_court", False), table,
            )
        ],
        "quyết định quản lý": lambda: [management.decision(at, table)],
        "sau tạm giam": lambda: [management.after_custody(known.term, event, table)],
        "xác minh nơi cư trú": lambda: drug_use.residence_check(
            event, known.done, remote=known.named.get("remote", False), parameters=table
        ),
        "chuyển đi": lambda: [drug_use.told_of_move(at, table)],
        "đến nơi mới": lambda: [drug_use.arrival(at, table)],
        "gửi giấy kết thúc": lambda: [drug_use.end_paper(event, table)],
    }  # fmt: skip
    return [due for due in asked[row.question]() if due is not None]


def answer_of_a_day(row: Row, known: Facts) -> str:
    key, _dot, period = row.rule.partition(".")
    found = [due for due in dues_of(row, known) if due.rule == key and _same(due.period, period)]
    assert len(found) <= 1, found
    return written(found[0]) if found else NOTHING


def _same(period: str, asked: str) -> bool:
    """A month or a quarter is told by the facts of the row, not by its rule."""
    return period == asked or (not asked and bool(re.match(r"\d{4}-", period)))


def absence(row: Row, known: Facts) -> str:
    law = REGIMES[row.regime]
    table = known.applied(law.PARAMETERS)
    refusals = law.refuse_absence(
        known["leaves_on"], known["returns_on"], law.term_days(known.term, table), known.named.get("used", 0),
        known.named.get("abroad", False), known.named.get("medical", False), table,
    )  # fmt: skip
    assert all(one.rule == row.rule for one in refusals), refusals
    return "từ chối" if refusals else "được"


def shortening(row: Row, known: Facts) -> str:
    law = REGIMES[row.regime]
    asked = (known.term, known["day"], known["months"], known.named.get("special", False))
    table = known.applied(law.PARAMETERS)
    refusals = law.refuse_cut(*asked, table)
    assert all(one.rule == row.rule for one in refusals), refusals
    if refusals:
        return "từ chối"
    return "được, nêu lý do" if law.doubts_about_cut(*asked, table) else "được"


def waiver(row: Row, known: Facts) -> str:
    law = REGIMES[row.regime]
    refusals = law.refuse_waiver(known.term, known["day"], known.applied(law.PARAMETERS))
    assert all(one.rule == row.rule for one in refusals), refusals
    return "từ chối" if refusals else "được"


def length(row: Row, known: Facts) -> str:
    law = REGIMES[row.regime]
    return str(law.term_days(known.term, known.applied(law.PARAMETERS)))


def vnd(amount: int) -> str:
    return f"{amount:,}".replace(",", ".")


def fine(row: Row, known: Facts) -> str:
    """The questions of the table of fines."""
    offence, table = fines.Offence(row.rule), known.applied(fines.PARAMETERS)
    used_on, amount = known["used_on"], known.named.get("amount", 0)
    band = fines.band(offence, used_on, table)
    if row.question == "khung phạt":
        if band is None:
            return NOTHING
        warning = "cảnh cáo hoặc " if band.may_warn else ""
        return f"{warning}{vnd(band.least.count)}–{vnd(band.most.count)}, {band.least.source}"
    if row.question == "mức giữa":
        return vnd(fines.middle(used_on, table, offence) or 0)
    if row.question == "phạt tiền":
        return "từ chối" if fines.outside_of_band(amount, used_on, table, offence) else "được"
    signers = fines.competent_signers(offence, amount, used_on, known["decided_on"], table)
    return ", ".join(signers) or "không ai ở xã"


def prison(row: Row, known: Facts) -> str:
    """Whether prison, or the cancelling of a release, is called for; it may be proposed just then."""
    law, asked = REGIMES[row.regime], ("deliberate", "no_show", "reviews", "warned_again")
    conduct = Conduct(**{name: int(known.named.get(name, 0)) for name in asked})
    conduct = replace(conduct, since_review=conduct.deliberate if conduct.warned_again else 0)
    refuse = refuse_cancelling if row.regime == "conditional_release" else refuse_prison
    refusals, ground = refuse(known["day"], conduct, law.PARAMETERS), law.revocation_ground(known["day"], conduct)
    assert bool(refusals) is (ground is None)
    assert {one.rule for one in (*refusals, ground) if one} == {row.rule}
    return "chưa được" if refusals else "đề nghị"


ANSWERS = {
    "căn cứ đề nghị tù": prison,
    "vắng mặt": absence,
    "rút ngắn": shortening,
    "miễn phần còn lại": waiver,
    "số ngày của thời hạn": length,
}


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_what_a_table_says_is_what_the_law_answers(row):
    known = facts(row.given)
    answers = fine if row.regime == "fines" else ANSWERS.get(row.question, answer_of_a_day)
    assert answers(row, known) == row.expected


def test_each_vector_of_the_reference_that_is_a_date_or_a_limit_stands_in_a_table():
    elsewhere = {"T31", "T32"}  # a rating, and the totals of the report
    told = {f"T{number:02}" for number in range(1, 33)} - elsewhere
    assert {row.vector for row in ROWS} - {"–"} == told


def test_no_case_is_told_twice():
    cases = [(row.regime, row.rule, row.question, row.given) for row in ROWS]
    assert len(cases) == len(set(cases))


def test_a_phrase_that_nobody_explained_is_an_error():
    with pytest.raises(ValueError):
        facts("bắt đầu 10/03/2025; đâu đó")
