"""III.2.5: what was done against drugs. People who were fined after a test are no part of the incidents, and are told
apart from them."""

from collections.abc import Iterator
from datetime import date

from portal.reports.wording.numbers import count
from portal.reports.wording.runs import Sentence, listed, words
from portal.reports.wording.telling import Telling, paragraph

MONTHS_OF_YEAR = 12


def drugs(of: Telling) -> Iterator[Sentence]:
    yield from paragraph(_transformed(of))
    yield from paragraph(_nothing(of))
    yield from paragraph(_pledged(of), _reviewed(of), _tested(of), _fined(of), _managed(of))
    yield from paragraph(_boxes(of), _patrols(of))


def _transformed(of: Telling) -> Sentence:
    """Since when the commune is no hot spot any more: "2023-04" is written as tháng 4/2023.

    It is news in the period and, beside the numbers of both years, in the same period of the next.
    """
    year, _dash, month = str(of.facts.get("drugs.area_transformed_month", "")).partition("-")
    if not month:
        return ()
    begins = date(int(year), int(month), 1)
    if not _year_before(of.first) <= begins <= of.last:
        return ()
    place = of.place_on(begins) if of.place_on else of.place
    on = f"Tháng {int(month)}/{year}"
    return words(f"{on}, {place} đã thực hiện thành công việc chuyển hóa địa bàn trọng điểm về ma túy.")


def _year_before(day: date) -> date:
    """The first day of the month a year earlier."""
    return date(day.year - 1, day.month, 1)


def _nothing(of: Telling) -> Sentence:
    """That nobody was looked at: else a section with nothing to tell would be left out, as if it had been forgotten."""
    asked = ("drugs.review_list.persons", "drugs.review_tests.persons", "drugs.review_fines.persons")
    if not all(of.told.none_of(one) for one in asked):
        return ()
    return of.say(
        "{within}, không phát sinh trường hợp phải rà soát, kiểm tra, xử lý về sử dụng trái phép chất ma túy."
    )


def _pledged(of: Telling) -> Sentence:
    if not of.told.some("pledges.drug_free.households"):
        return ()
    return of.say(
        "Tổ chức ký cam kết phòng, chống ma túy đối với {pledges.drug_free.households} hộ gia đình trên địa bàn."
    )


def _reviewed(of: Telling) -> Sentence:
    if not of.told.some("drugs.review_list.persons"):
        return ()
    return of.say(
        "Rà soát, lập danh sách {drugs.review_list.persons} công dân có thông tin phản ánh sử dụng trái phép chất "
        "ma túy."
    )


def _tested(of: Telling) -> Sentence:
    if not of.told.some("drugs.review_tests.persons"):
        return ()
    of_list = of.say("/{drugs.review_list.persons}") if of.told.some("drugs.review_list.persons") else ()
    tested = of.say(
        "Gọi kiểm tra test các chất ma túy trong cơ thể đối với {drugs.review_tests.persons}{of_list} công dân",
        of_list=of_list,
    )
    results = listed([_positive(of), _negative(of)])
    return (*tested, *(words("; kết quả: ") if results else ()), *results, *words("."))


def _positive(of: Telling) -> Sentence:
    if of.told.none_of("drugs.review_tests.positive_persons"):
        return words("không có trường hợp dương tính")
    return of.say("dương tính {drugs.review_tests.positive_persons} công dân")


def _negative(of: Telling) -> Sentence:
    if of.told.none_of("drugs.review_tests.negative_persons"):
        return ()
    return of.say("âm tính {drugs.review_tests.negative_persons} công dân")


def _fined(of: Telling) -> Sentence:
    if not of.told.some("drugs.review_fines.persons"):
        return ()
    return of.say(
        "Qua kiểm tra, ra quyết định xử phạt hành chính đối với {drugs.review_fines.persons} công dân với số tiền "
        "{drugs.review_fines.amount_vnd:full}."
    )


def _managed(of: Telling) -> Sentence:
    if not of.told.some("drugs.management_decisions"):
        return ()
    return of.say(
        "Ra {drugs.management_decisions} quyết định quản lý người sử dụng trái phép chất ma túy{term}.", term=_term(of)
    )


def _term(of: Telling) -> Sentence:
    """For how long: twelve months are a year."""
    months = of.facts.get("drugs.management_term_months")
    if not isinstance(months, int):
        return ()
    years = months % MONTHS_OF_YEAR == 0
    told = f"{count(months // MONTHS_OF_YEAR)} năm" if years else f"{count(months)} tháng"
    return words(f", thời hạn {told}")


def _boxes(of: Telling) -> Sentence:
    if not of.told.some("tip_boxes.installed"):
        return ()
    where = listed([
        of.say("{tip_boxes.installed_village_halls} hòm thư ở hội trường các thôn")
        if of.told.some("tip_boxes.installed_village_halls") else (),
        of.say("{tip_boxes.installed_police_station} hòm thư tại trụ sở {police}")
        if of.told.some("tip_boxes.installed_police_station") else (),
    ])  # fmt: skip
    told = of.say("Lắp {tip_boxes.installed} hòm thư tiếp nhận tin báo, tố giác tội phạm")
    return (*told, *(words(", gồm ") if where else ()), *where, *words("."))


def _patrols(of: Telling) -> Sentence:
    if not of.told.some("patrols.order.count"):
        return ()
    found = (
        of.say("phát hiện vi phạm trong {patrols.order.with_violations} lượt")
        if of.told.some("patrols.order.with_violations")
        else words("chưa phát hiện hành vi vi phạm pháp luật")
    )
    return of.say(
        "Tổ chức {patrols.order.count} lượt tuần tra, kiểm soát, bảo đảm an ninh, trật tự trên địa bàn; qua đó "
        "{found}.",
        found=found,
    )
