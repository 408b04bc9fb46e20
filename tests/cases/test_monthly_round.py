"""The round of a month: what is asked of whom, what is recorded for many at once, and what is not."""

from datetime import date

import pytest

from portal.cases.actions.custody import record_custody
from portal.cases.models import Assessment, CaseType, CheckIn, CustodyKind, RollCall, Violation
from portal.cases.months import spelled
from portal.cases.suggested import Asked, Facts, month_of, suggest
from portal.engine import clock
from portal.engine.db import db
from portal.engine.transaction import transaction
from portal.people.models import Person
from tests.builders import a_case, a_person, an_absence

PAGE = "/cases/round?month=2026-11"
DAY = "05/11/2026"


def kept(record):
    db.session.rollback()
    return db.session.scalars(db.select(record).order_by(record.id)).all()


def post(browser, said, page=PAGE, day=DAY):
    return browser.post(page, data={"held_on": day, **said})


def seal_of(browser, case, page=PAGE):
    """The seal that the page carries of what it suggests for a case."""
    text = browser.get(page).text
    return text.split(f'name="seal_{case.id}" value="', 1)[1].split('"', 1)[0]


def test_one_page_records_who_came_who_did_not_and_whose_report_is_deficient(commune, browse_as):
    first, second = a_case(commune, "Nguyễn Văn An"), a_case(commune, "Trần Thị Bé")
    answer = post(
        browse_as(commune.officer),
        {
            f"here_{first.id}": "yes", f"in_{first.id}": "yes", f"away_{second.id}": "yes",
            f"why_{second.id}": "Đi viện", f"back_{second.id}": "yes", f"flaw_{second.id}": "Thiếu chữ ký",
        },
    )  # fmt: skip
    assert answer.status_code == 302, answer.text
    calls = {one.case_id: (one.present, one.note, one.held_on) for one in kept(RollCall)}
    assert calls == {first.id: (True, "", date(2026, 11, 5)), second.id: (False, "Đi viện", date(2026, 11, 5))}
    assert {one.case_id: one.state for one in kept(CheckIn)} == {first.id: "received", second.id: "returned"}


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"away": "yes"}, "Please say why the person is absent."),
        ({"back": "yes"}, "Please say what is missing in the self-report."),
    ],
)
def test_what_needs_a_reason_is_refused_without_one_and_nothing_of_the_page_is_saved(commune, browse_as, said, told):
    case, other = a_case(commune), a_case(commune, "Lê Văn Cảnh")
    named = {f"{name}_{case.id}": value for name, value in said.items()}
    answer = post(browse_as(commune.officer), {**named, f"here_{other.id}": "yes"})
    assert answer.status_code == 422
    assert told in answer.text
    assert f'name="here_{other.id}" value="yes" checked' in answer.text
    assert kept(RollCall) == kept(CheckIn) == []


def test_who_is_said_to_be_there_and_away_is_asked_for_again(commune, browse_as):
    case = a_case(commune)
    answer = post(browse_as(commune.officer), {f"here_{case.id}": "yes", f"away_{case.id}": "yes"})
    assert answer.status_code == 422
    assert "both are chosen" in answer.text
    assert kept(RollCall) == []


def test_the_page_asks_for_nothing_that_the_law_does_not_ask(commune, browse_as):
    banned = a_case(commune, "Hoàng Văn Dũng", CaseType.RESIDENCE_BAN)
    a_case(commune, "Y Hlim", CaseType.REINTEGRATION)
    text = browse_as(commune.officer).get(PAGE).text
    assert f'name="here_{banned.id}"' in text
    assert f'name="in_{banned.id}"' not in text
    assert "Y Hlim" not in text


def test_of_a_case_that_was_suspended_in_the_days_of_the_round_nothing_is_asked(commune, browse_as):
    case = a_case(commune)
    with clock.telling(clock.moment(date(2026, 10, 28))), transaction(commune.chief):
        case.workflow.take("suspend", case, commune.chief, "Điều trị dài ngày")
    officer = browse_as(commune.officer)
    assert f'name="here_{case.id}"' not in officer.get(PAGE).text
    assert f'name="here_{case.id}"' in officer.get("/cases/round?month=2026-10").text  # it ran until the 27th
    assert post(officer, {f"here_{case.id}": "yes"}).status_code in (409, 422)
    assert kept(RollCall) == []


def test_an_officer_sees_their_own_and_stands_in_for_colleagues_by_name_and_village_alone(commune, browse_as):
    own = a_case(commune, "Nguyễn Văn An")
    theirs = a_case(commune, "Trần Thị Bé", officer="officer2")
    officer = browse_as(commune.officer)
    assert "Trần Thị Bé" not in officer.get(PAGE).text
    everybody = officer.get(PAGE + "&whose=all").text
    assert f'name="here_{theirs.id}"' in everybody
    assert f'name="as_{own.id}"' in everybody
    assert f'name="as_{theirs.id}"' not in everybody
    assert f'href="/cases/{theirs.id}"' not in everybody
    assert post(officer, {f"here_{theirs.id}": "yes"}).status_code == 302
    forged = post(officer, {f"as_{theirs.id}": "good", f"words_{theirs.id}": "Tốt", f"seal_{theirs.id}": "1"})
    assert forged.status_code == 403
    assert kept(Assessment) == []


def test_the_chief_sees_all_cases(commune, browse_as):
    for name, officer in (("Nguyễn Văn An", "officer"), ("Trần Thị Bé", "officer2")):
        a_case(commune, name, officer=officer)
    text = browse_as(commune.chief).get(PAGE).text
    assert "Nguyễn Văn An" in text
    assert "Trần Thị Bé" in text
    assert "<b>0/2</b>" in text


def test_a_person_is_found_without_marks_and_a_chip_shows_who_is_missing(commune, browse_as):
    first, _second = a_case(commune, "Đặng Thị Phượng"), a_case(commune, "Trần Thị Bé")
    officer = browse_as(commune.officer)
    found = officer.get(PAGE + "&q=dang").text
    assert "Đặng Thị Phượng" in found
    assert "Trần Thị Bé" not in found
    post(officer, {f"away_{first.id}": "yes", f"why_{first.id}": "Ốm"})
    absent = officer.get(PAGE + "&show=absent").text
    assert "Đặng Thị Phượng" in absent
    assert "Trần Thị Bé" not in absent


def test_the_suggested_rating_follows_from_what_is_recorded_and_is_written_with_its_reasons(commune, browse_as):
    case = a_case(commune)
    officer = browse_as(commune.officer)
    for page, typed in (
        ("check-in", {"month": "2026-10-01", "received_on": "03/10/2026", "channel": "in_person"}),
        ("roll-call", {"month": "2026-10-01", "held_on": "03/10/2026", "present": "yes"}),
    ):
        assert officer.post(f"/cases/{case.id}/{page}", data=typed).status_code == 302
    assert "Suggested: Fair." in officer.get(PAGE).text
    said = {f"as_{case.id}": "fair", f"seal_{case.id}": seal_of(officer, case)}
    assert post(officer, said).status_code == 302
    (written,) = kept(Assessment)
    assert (written.rating, spelled(written.month)) == ("fair", "10/2026")
    assert "Handed the self-report in on 03/10/2026." in written.text
    assert "No violation is recorded." in written.text


def test_another_rating_than_suggested_wants_a_reason(commune, browse_as):
    case, officer = a_case(commune), browse_as(commune.officer)
    said = {f"other_{case.id}": "good", f"seal_{case.id}": seal_of(officer, case)}
    assert post(officer, said).status_code == 422
    assert post(officer, {**said, f"words_{case.id}": "Được khen thưởng"}).status_code == 302
    (written,) = kept(Assessment)
    assert written.rating == "good"
    assert written.text.endswith("Được khen thưởng")


def test_two_ratings_of_one_person_are_refused(commune, browse_as):
    case, officer = a_case(commune), browse_as(commune.officer)
    said = {f"as_{case.id}": "average", f"other_{case.id}": "good", f"words_{case.id}": "Được khen thưởng"}
    answer = post(officer, {**said, f"seal_{case.id}": seal_of(officer, case)})
    assert answer.status_code == 422
    assert "both are chosen" in answer.text
    assert kept(Assessment) == []


def test_a_letter_is_no_reason_and_poor_needs_one_of_its_grounds(commune, browse_as):
    case, officer = a_case(commune), browse_as(commune.officer)
    said = {f"other_{case.id}": "poor", f"seal_{case.id}": seal_of(officer, case)}
    assert "in two words or more" in post(officer, {**said, f"words_{case.id}": "x"}).text
    said[f"words_{case.id}"] = "Không chấp hành"
    answer = post(officer, said)
    assert answer.status_code == 422
    assert "Poor needs one of its grounds" in answer.text
    assert post(officer, {**said, f"ground_{case.id}": "whatever"}).status_code == 422
    assert kept(Assessment) == []
    assert post(officer, {**said, f"ground_{case.id}": "refuses"}).status_code == 302
    (written,) = kept(Assessment)
    assert written.rating == "poor"
    assert "Không chấp hành" in written.text


def test_a_violation_recorded_meanwhile_is_told_before_a_rating_is_written(commune, browse_as):
    case, officer = a_case(commune), browse_as(commune.officer)
    seal = seal_of(officer, case)
    browse_as(commune.chief).post(
        f"/cases/{case.id}/violation",
        data={
            "kind": "duty",
            "occurred_on": "10/10/2026",
            "recorded_on": "12/10/2026",
            "text": "Đi khỏi xã",
            "missing_report": "other",
        },
    )
    answer = post(officer, {f"as_{case.id}": "average", f"seal_{case.id}": seal})
    assert answer.status_code == 409
    assert "the suggestion is another one now" in answer.text
    assert "Suggested: Poor." in answer.text
    assert kept(Assessment) == []


def test_who_was_recorded_otherwise_by_a_colleague_meanwhile_is_told(commune, browse_as):
    case = a_case(commune)
    post(browse_as(commune.officer2), {f"away_{case.id}": "yes", f"why_{case.id}": "Ốm"}, PAGE + "&whose=all")
    officer = browse_as(commune.officer)
    answer = post(officer, {f"here_{case.id}": "yes"})
    assert answer.status_code == 409
    assert len(kept(RollCall)) == 1


@pytest.mark.parametrize(
    ("first", "second", "day", "lost"),
    [
        ({"away_": "yes", "why_": "Ốm"}, {"away_": "yes", "why_": "Đi viện huyện"}, DAY, "Đi viện huyện"),
        ({"in_": "yes"}, {"in_": "yes", "late_": "Lũ cuốn cầu"}, "23/11/2026", "Lũ cuốn cầu"),
        (
            {"other_": "average", "words_": "Còn thụ động"}, {"other_": "average", "words_": "Chưa tự giác"}, DAY,
            "Chưa tự giác",
        ),
    ],
)  # fmt: skip
def test_words_typed_beside_what_a_colleague_has_recorded_meanwhile_are_told_and_kept(
    commune, browse_as, first, second, day, lost
):
    case, other = a_case(commune), a_case(commune, "Lê Văn Cảnh")
    officer, chief = browse_as(commune.officer), browse_as(commune.chief)
    seal = {f"seal_{case.id}": seal_of(officer, case)}
    said = {f"{name}{case.id}": value for name, value in second.items()}
    assert post(chief, {f"{name}{case.id}": value for name, value in first.items()} | seal).status_code == 302
    answer = post(officer, {**said, **seal, f"here_{other.id}": "yes"}, day=day)
    assert answer.status_code == 409
    assert f"without your words: “{lost}”" in answer.text
    assert f'name="here_{other.id}" value="yes" checked' in answer.text
    same = {f"{name}{case.id}": value for name, value in first.items()}
    assert post(officer, {**same, **seal}).status_code == 302  # nothing is lost of what was said just so


def test_what_is_written_of_an_ungraded_month_is_not_lost_beside_a_colleagues(commune, browse_as):
    case, page = a_case(commune, **OLD), "/cases/round?month=2026-06"
    officer, chief = browse_as(commune.officer), browse_as(commune.chief)
    said = {f"as_{case.id}": "written", f"seal_{case.id}": seal_of(officer, case, page)}
    assert post(chief, said, page, "04/06/2026").status_code == 302
    answer = post(officer, {**said, f"words_{case.id}": "Chăm làm nương"}, page, "04/06/2026")
    assert answer.status_code == 409
    assert "Chăm làm nương" in answer.text


def test_a_self_report_that_comes_late_says_so_and_why(commune, browse_as):
    case, officer = a_case(commune), browse_as(commune.officer)
    assert "It was due by 05/11/2026: why it comes late" in officer.get(PAGE).text
    answer = post(officer, {f"in_{case.id}": "yes"}, day="23/11/2026")
    assert answer.status_code == 422
    assert "comes 18 days late" in answer.text
    assert kept(CheckIn) == []
    said = {f"in_{case.id}": "yes", f"late_{case.id}": "Đi viện, có giấy"}
    assert post(officer, said, day="23/11/2026").status_code == 302
    assert [one.note for one in kept(CheckIn)] == ["Đi viện, có giấy"]
    assert "18 days late" in officer.get(PAGE + "&show=").text


@pytest.mark.parametrize("day", ["31/10/2026", "24/11/2026", "", "31/02/2026", "hôm qua"])
def test_a_day_outside_of_the_month_or_to_come_is_refused_and_what_was_chosen_stays(commune, browse_as, day):
    case = a_case(commune)
    answer = post(browse_as(commune.officer), {f"here_{case.id}": "yes"}, day=day)
    assert answer.status_code == 422
    assert f'name="here_{case.id}" value="yes" checked' in answer.text


@pytest.mark.parametrize(
    ("month", "told"), [("2027-01", "No round of 01/2027"), ("2024-01", "for printing, the next one"), ("abc", "")]
)
def test_no_round_is_held_in_a_month_to_come_nor_long_ago_and_a_sentence_says_why(commune, browse_as, month, told):
    a_case(commune)
    for page in ("/cases/round", "/cases/round/list", "/cases/round/forms"):
        answer = browse_as(commune.officer).get(f"{page}?month={month}")
        assert answer.status_code == 404
        assert told in answer.text


def test_what_is_handed_out_in_the_next_month_is_printed_before_it_and_nothing_is_recorded(commune, browse_as):
    case, officer = a_case(commune), browse_as(commune.officer)
    assert "/cases/round/forms?month=2026-12" in officer.get(PAGE).text
    assert f"/cases/{case.id}/check-in?month=2026-12" in officer.get("/cases/round/forms?month=2026-12").text
    assert "Nguyễn Công Trứng" in officer.get("/cases/round/list?month=2026-12").text
    told = officer.get("/cases/round?month=2026-12").text
    assert "The round of 12/2026 begins on 01/12/2026" in told
    assert f'name="here_{case.id}"' not in told
    post(officer, {f"here_{case.id}": "yes", f"in_{case.id}": "yes"}, "/cases/round?month=2026-12", "01/12/2026")
    assert kept(RollCall) == kept(CheckIn) == []


# ── a whole village ─────────────────────────────────────────────────────────────────────────────────────────────────
def village_of(case):
    return db.session.get(Person, case.person_id).village_id


def shown_in(answer):
    return answer.text.split('name="shown" type="hidden" value="', 1)[1].split('"', 1)[0]


def test_a_whole_village_is_assessed_as_suggested_but_for_those_taken_out(commune, browse_as):
    people = [a_case(commune, name) for name in ("Nguyễn Văn An", "Trần Thị Bé", "Lê Văn Cảnh")]
    elsewhere = a_case(commune, "Y Ban", person=None)
    with_village = f"/cases/round/village/{village_of(people[0])}?month=2026-11"
    officer = browse_as(commune.officer)
    listed = officer.get(with_village)
    said = {"held_on": DAY, "shown": shown_in(listed), f"out_{people[2].id}": "yes"}
    counted = officer.post(with_village, data=said)
    assert "Assess 3 of 4 people as suggested?" in counted.text
    answer = officer.post(with_village.replace("?", "/sure?"), data=said)
    assert answer.status_code == 302, answer.text
    assert {one.case_id for one in kept(Assessment)} == {people[0].id, people[1].id, elsewhere.id}


def test_who_came_on_the_list_meanwhile_is_told_by_name_and_nothing_is_written(commune, browse_as):
    case = a_case(commune, "Nguyễn Văn An")
    a_case(commune, "Lê Văn Cảnh")
    page = f"/cases/round/village/{village_of(case)}?month=2026-11"
    officer = browse_as(commune.officer)
    said = {"held_on": DAY, "shown": shown_in(officer.get(page))}
    a_case(commune, "Trần Thị Bé")
    for address in (page, page.replace("?", "/sure?")):
        answer = officer.post(address, data=said)
        assert answer.status_code == 409
        assert "New on the list: Trần Thị Bé." in answer.text
    assert kept(Assessment) == []


# ── paper ───────────────────────────────────────────────────────────────────────────────────────────────────────────
def test_each_form_of_a_self_report_leads_to_the_page_that_records_it(commune, browse_as):
    case = a_case(commune)
    text = browse_as(commune.officer).get("/cases/round/forms?month=2026-11").text
    assert f"/cases/{case.id}/check-in?month=2026-11" in text
    assert "BẢN TỰ NHẬN XÉT VỀ THÁNG 10/2026" in text
    assert "Nộp từ ngày 01/11/2026 đến hết ngày 05/11/2026" in text
    assert browse_as(commune.officer).get(f"/cases/{case.id}/check-in?month=2026-11").status_code == 200


def test_the_list_of_a_village_bears_row_numbers(commune, browse_as):
    for name in ("Nguyễn Văn An", "Trần Thị Bé"):
        a_case(commune, name)
    text = browse_as(commune.officer).get("/cases/round/list?month=2026-11").text
    assert '<td class="num">1</td><th scope="row">Nguyễn Văn An</th>' in text
    assert '<td class="num">2</td><th scope="row">Trần Thị Bé</th>' in text


# ── what the law asks, and what follows from the facts ──────────────────────────────────────────────────────────────
OLD = {"received_on": date(2025, 11, 5), "starts_on": date(2025, 11, 1), "term_months": 36}


@pytest.mark.parametrize(("month", "asked"), [("2026-03", False), ("2026-04", True), ("2026-05", False)])
def test_before_july_2026_residence_supervision_is_assessed_once_a_quarter(commune, browse_as, month, asked):
    case = a_case(commune, type=CaseType.RESIDENCE_SUPERVISION, **OLD)
    page = browse_as(commune.officer).get(f"/cases/round?month={month}").text
    assert (f'name="as_{case.id}"' in page) is asked


def test_a_month_before_july_2026_is_assessed_without_a_rating(commune, browse_as):
    case, officer, page = a_case(commune, **OLD), browse_as(commune.officer), "/cases/round?month=2026-06"
    text = officer.get(page).text
    assert "Write it by the facts" in text
    assert f'name="here_{case.id}"' not in text  # nor was there a roll-call
    said = {f"as_{case.id}": "written", f"seal_{case.id}": seal_of(officer, case, page)}
    assert post(officer, said, page, "04/06/2026").status_code == 302
    (written,) = kept(Assessment)
    assert (written.rating, spelled(written.month)) == (None, "05/2026")


def test_permitted_leave_is_held_against_nobody(commune, browse_as):
    case = a_case(commune)
    leave = an_absence(commune, case, date(2026, 10, 1), date(2026, 10, 10))
    with transaction(commune.leader):
        leave.state = "approved"
    text = browse_as(commune.officer).get(PAGE).text
    assert "Was on permitted leave when the self-report was due." in text
    assert "Suggested: Fair." in text


@pytest.mark.parametrize(
    ("occurred", "recorded", "month"),
    [
        (date(2026, 10, 30), date(2026, 11, 2), date(2026, 10, 1)),
        (date(2026, 10, 30), date(2026, 11, 5), date(2026, 10, 1)),
        (date(2026, 10, 30), date(2026, 11, 6), date(2026, 11, 1)),
        (date(2026, 12, 31), date(2027, 1, 5), date(2026, 12, 1)),
    ],
)
def test_a_violation_counts_in_one_month_that_of_its_day_while_that_is_still_assessed(occurred, recorded, month):
    assert month_of(Violation(occurred_on=occurred, recorded_on=recorded)) == month


def test_who_was_only_reminded_is_suggested_as_average_and_a_recorded_breach_as_poor():
    due = {"months": [Asked(date(2026, 10, 1))]}
    breach = Violation(occurred_on=date(2026, 10, 8), recorded_on=date(2026, 10, 9), only_reminded=False)
    reminder = Violation(occurred_on=date(2026, 10, 8), recorded_on=date(2026, 10, 9), only_reminded=True)
    assert suggest(Facts(**due, violations=[reminder])).rating == "average"
    assert suggest(Facts(**due, violations=[reminder, breach])).rating == "poor"
    assert suggest(Facts(**due)).rating == "fair"


def charged(commune, case, day, kind=CustodyKind.CHARGED):
    with transaction(commune.officer):
        record_custody(case, commune.officer, day, kind=kind)


def test_a_criminal_charge_of_the_month_is_suggested_as_poor_and_says_why(commune, browse_as):
    case = a_case(commune)
    charged(commune, case, date(2026, 10, 15))
    officer = browse_as(commune.officer)
    page = officer.get(PAGE).text
    assert "Suggested: Poor." in page
    assert "Charged in a criminal case on 15/10/2026." in page
    said = {f"as_{case.id}": "poor", f"seal_{case.id}": seal_of(officer, case)}
    assert post(officer, said).status_code == 302
    assert kept(Assessment)[0].rating == "poor"


@pytest.mark.parametrize(("day", "kind"), [("2026-11-02", CustodyKind.CHARGED), ("2026-10-15", CustodyKind.FACILITY)])
def test_a_charge_of_another_month_and_a_stay_that_is_no_charge_make_nobody_poor(commune, browse_as, day, kind):
    case = a_case(commune)
    charged(commune, case, date.fromisoformat(day), kind)
    assert "Suggested: Poor." not in browse_as(commune.officer).get("/cases/round?month=2026-11").text


def test_a_quarter_that_is_assessed_as_one_tells_what_happened_in_each_of_its_months(commune, browse_as):
    case = a_case(commune, type=CaseType.RESIDENCE_SUPERVISION, **OLD)
    page = "/cases/round?month=2026-07"
    with clock.telling(clock.moment(date(2026, 7, 3))):
        with transaction(commune.officer):
            for on in (date(2026, 3, 20), date(2026, 4, 20)):
                db.session.add(
                    Violation(
                        case=case,
                        commune_id=commune.id,
                        occurred_on=on,
                        recorded_on=on,
                        kind="duty",
                        text="Vắng mặt",
                    )
                )
            db.session.add(
                CheckIn(case=case, commune_id=commune.id, month=date(2026, 5, 1), received_on=date(2026, 5, 4))
            )
        text = browse_as(commune.officer).get(page).text
    assert "A violation of 20/04/2026 is recorded." in text
    assert "20/03/2026" not in text
    assert "No violation is recorded." not in text
    assert "Handed the self-report in on 04/05/2026." in text
    assert "Has not handed in the self-report that was due by 07/04/2026." in text


def test_a_colleague_on_duty_learns_no_name_of_a_minor(commune, browse_as):
    minor = a_person(commune, "Trần Bé Nhỏ", birth_year=2010)
    a_case(commune, officer="officer2", person=minor)
    officer = browse_as(commune.officer)
    for page in ("/cases/round?month=2026-11&whose=all", "/cases/round/list?month=2026-11&whose=all"):
        text = officer.get(page).text
        assert "Name withheld (minor)" in text
        assert "Trần Bé Nhỏ" not in text
    assert "Name withheld" not in officer.get("/cases/round?month=2026-11&whose=all&q=nho").text


def test_two_hundred_people_fit_into_pages_that_a_slow_line_carries(commune, browse_as):
    for number in range(56):
        a_case(commune, f"Nguyễn Văn Tên Dài {number}")
    chief = browse_as(commune.chief)
    page = chief.get(PAGE)
    assert len(page.data) < 100_000
    assert "<b>0/56</b>" in page.text
    assert "page=2" in page.text
    assert chief.get(PAGE + "&page=2").text.count("<fieldset id=") == 6
