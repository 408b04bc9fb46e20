"""What is looked at before a report is submitted: what each check finds, what blocks, and what a reason overrules."""

import re
from datetime import date

import pytest
from sqlalchemy import select, update

from portal.books.actions import write_down
from portal.documents import store
from portal.engine import clock, waiting
from portal.engine.db import db, own_transaction
from portal.engine.refusal import Refused
from portal.engine.text import as_on_paper
from portal.engine.transaction import in_deed, transaction
from portal.engine.workflow import Looked
from portal.forces.models import Camera
from portal.incidents.models import Agency, Incident, IncidentKind
from portal.organisation.models import Unit
from portal.reports import actions, catalogue, checking, figures, queries
from portal.reports.checks import CHECKS, Check, Weight
from portal.reports.checks.balances import OF_VILLAGES, SUMS, parts_and_whole
from portal.reports.checks.elsewhere import APART, kept_apart
from portal.reports.checks.finding import at_once
from portal.reports.checks.own_past import earlier, stands_out
from portal.reports.checks.stocks import STOCKS
from portal.reports.checks.written import typed_numbers
from portal.reports.models import Overruling, Report
from portal.reports.wording.told import Figures, Told
from tests.builders import a_case
from tests.incidents.written import a_subject, an_incident
from tests.reports.report import a_draft, a_kind, a_submitted, an_approved, answered, approved, taken

MAY = date(2026, 5, 20)
REASON = "Đã kiểm tra với trưởng thôn."


def looked(report):
    with as_on_paper():
        return list(checking.look(report))


def found(report, check_id):
    return [one for one in looked(report) if one.check.id == check_id]


def a_camera(commune, location="Ngã ba Đăk Mế", village="BPH", on=MAY):
    facts = {"village_id": commune.place(village).id, "location": location, "installed_on": on, "note": ""}
    with transaction(commune.officer):
        return write_down(Camera, commune.id, facts, commune.officer)


def told(**values):
    named = {name.replace("__", "."): value for name, value in values.items()}
    return Figures({name: Told(name, value, label=name) for name, value in named.items()})


# ── what blocks ─────────────────────────────────────────────────────────────────────────────────────────────────────
def test_cases_whose_days_do_not_add_up_are_named_and_the_report_is_not_submitted(commune):
    case = a_case(commune, received_on=date(2026, 5, 4))
    a_case(commune, "Trần Thị Ngạn", received_on=date(2025, 5, 4))
    report = answered(commune, a_draft(commune))
    assert not found(report, "stock-and-flow")
    with transaction(commune.chief):
        case.closed_on, case.state = date(2025, 12, 1), "closed"  # before it was received
    one = found(report, "stock-and-flow")[0]
    assert [record for _kind, record in one.finding.records] == [case.id]
    with pytest.raises(Refused) as refused:
        taken(report, commune.chief, "submit")
    assert "that came and" in str(refused.value)


def test_what_came_to_light_after_the_submission_blocks_the_approval(commune):
    case = a_case(commune, received_on=date(2026, 5, 4))
    report = a_submitted(commune)
    with transaction(commune.chief):
        case.closed_on, case.state = date(2025, 12, 1), "closed"
    with pytest.raises(Refused):
        approved(commune, report)
    db.session.expire_all()
    assert db.session.get_one(Report, report.id).state == "submitted"


def test_what_the_checks_refuse_is_not_written_into_the_store(commune, browse_as, monkeypatch):
    case = a_case(commune, received_on=date(2026, 5, 4))
    report, leader = a_submitted(commune), browse_as(commune.leader)
    with transaction(commune.chief):
        case.closed_on, case.state = date(2025, 12, 1), "closed"
    kept = []
    monkeypatch.setattr(store, "keep", kept.append)
    page = leader.get(f"/reports/{report.id}/approve").text
    shown = page.split('name="shown" type="hidden" value="')[1].split('"')[0]
    answer = leader.post(f"/reports/{report.id}/approve", data={"version": fresh(report).version, "shown": shown})
    assert answer.status_code == 422
    assert "that came and" in answer.text
    assert not kept
    assert fresh(report).state == "submitted"


def phones(commune, seen):
    """What a check reads twice, while somebody else writes in between."""

    def read(*_given):
        asked = select(Unit.phone).where(Unit.id == commune.id)
        before = db.session.scalar(asked)
        with own_transaction() as rows:
            rows.execute(update(Unit).where(Unit.id == commune.id).values(phone=f"{before}1"))
        seen.append((before, db.session.scalar(asked)))
        return iter(())

    return read


@pytest.mark.both_engines
def test_the_checks_find_what_was_true_at_one_moment(app, commune, browse_as, monkeypatch):
    report, seen = a_draft(commune), []
    read = phones(commune, seen)
    check = Check("phones", "", "", Weight.HARD, at_once(read))
    monkeypatch.setitem(app.extensions["last_looks"], ("report", "submit"), lambda one: [*read(one)])
    report.workflow.look_ahead("submit", report, commune.chief)
    monkeypatch.setattr(checking, "CHECKS", (check,))
    with as_on_paper():
        checking.found_by(report, "phones-1")
    looking = checking.looking
    monkeypatch.setattr(checking, "looking", lambda report, told: looking(report, told, (check,)))
    assert browse_as(commune.chief).get(f"/reports/{report.id}/checks").status_code == 200
    assert len(seen) == 3
    assert all(before == after for before, after in seen)


def test_no_reason_overrules_what_is_hard(commune):
    case = a_case(commune, received_on=date(2026, 5, 4), closed_on=date(2025, 12, 1), state="closed")
    report = a_draft(commune)
    one = found(report, "stock-and-flow")[0]
    assert case.id
    with pytest.raises(Refused), transaction(commune.chief):
        actions.overrule(report, one, REASON)
    assert not db.session.scalars(select(Overruling)).all()


def test_parts_make_the_whole_or_are_at_most_it(commune):
    tested = {"drugs__review_tests__persons": 18, "drugs__review_tests__positive_persons": 6}
    assert not list(parts_and_whole(None, told(**tested, drugs__review_tests__negative_persons=12)))
    assert len(list(parts_and_whole(None, told(**tested, drugs__review_tests__negative_persons=11)))) == 1
    assert not list(parts_and_whole(None, told(**tested)))  # a part is not told: nothing can be said
    boxes = {"tip_boxes__installed": 8, "tip_boxes__installed_police_station": 1}
    assert not list(parts_and_whole(None, told(**boxes, tip_boxes__installed_village_halls=6)))
    assert len(list(parts_and_whole(None, told(**boxes, tip_boxes__installed_village_halls=8)))) == 1


def test_an_incident_of_which_nobody_said_who_detected_it_is_named_until_it_is_complete(commune, browse_as):
    days = {"occurred_on": MAY, "detected_on": MAY}
    an_incident(commune, **days)
    silent = an_incident(commune, detected_by=None, **days)
    a_subject(commune, silent)
    report = answered(commune, a_draft(commune))
    cases, persons = found(report, "parts-and-whole")
    assert [one.finding.records for one in (cases, persons)] == [[(Incident, silent.id)]] * 2
    page = browse_as(commune.chief).get(f"/reports/{report.id}/checks").text
    told = "Nobody has said yet who detected 1 of the incidents: complete them."
    assert (page.count(told), f'href="/incidents/{silent.id}"' in page) == (2, True)
    with pytest.raises(Refused) as refused:
        taken(report, commune.chief, "submit")
    assert "Nobody has said yet who detected" in str(refused.value)
    with transaction(commune.officer):
        silent.detected_by = Agency.BORDER_GUARD
    assert not found(report, "parts-and-whole")


def test_sums_and_pairs_name_each_figure_once(commune):
    for one in SUMS:
        assert one.whole not in one.parts
        assert len(set(one.parts)) == len(one.parts)
    assert len({(one, other) for one, other, _why in APART}) == len(APART)
    assert len({check.id for check in CHECKS}) == len(CHECKS)


def test_two_counts_that_look_alike_are_told_and_ask_for_nothing(commune):
    pair = {"cases__community__serving": 7, "reintegration__managed": 7}
    one = next(iter(kept_apart(None, told(**pair))))
    assert one.figures == ("cases.community.serving", "reintegration.managed")
    assert not list(kept_apart(None, told(cases__community__serving=7, reintegration__managed=0)))


def test_a_report_is_neither_submitted_nor_approved_before_the_last_day_of_its_period(commune, browse_as):
    report = answered(commune, a_draft(commune, date(2026, 1, 1), date(2026, 11, 30)))
    chief = browse_as(commune.chief)
    answer = chief.post(f"/reports/{report.id}/submit", data={"version": report.version, "reason": ""})
    assert answer.status_code == 422
    assert "The period runs until 30/11/2026" in answer.text
    with clock.telling(clock.moment(date(2026, 11, 30))):
        assert not found(report, "period-over")
        taken(answered(commune, report), commune.chief, "submit")
    with pytest.raises(Refused):
        approved(commune, report)


def test_nothing_is_counted_while_others_wait_for_the_lock(commune, browse_as, monkeypatch):
    counting, locked = figures.counting, []

    def counted(*given):
        locked.append(in_deed())
        return counting(*given)

    report, chief, leader = a_draft(commune), browse_as(commune.chief), browse_as(commune.leader)
    doubts = [one.key for one in looked(report)]
    monkeypatch.setattr(figures, "counting", counted)
    for key in doubts:
        given = {"version": fresh(report).version, "reason": REASON}
        assert chief.post(f"/reports/{report.id}/checks/{key}", data=given).status_code == 302
    sent = {"version": fresh(report).version, "reason": ""}
    assert chief.post(f"/reports/{report.id}/submit", data=sent).status_code == 302
    page = leader.get(f"/reports/{report.id}/approve").text
    shown = page.split('name="shown" type="hidden" value="')[1].split('"')[0]
    signed = {"version": fresh(report).version, "shown": shown}
    assert leader.post(f"/reports/{report.id}/approve", data=signed).status_code == 302
    assert len(locked) >= len(doubts) + 3
    assert not any(locked)


def fresh(report):
    db.session.expire_all()
    return db.session.get_one(Report, report.id)


def test_the_checks_tell_how_far_they_have_come_and_are_the_same_in_the_end(commune, browse_as, monkeypatch):
    report, chief = a_draft(commune), browse_as(commune.chief)
    at_once = chief.get(f"/reports/{report.id}/checks").text
    monkeypatch.setattr(waiting, "MOMENT", -1)
    monkeypatch.setattr(waiting, "BETWEEN", -1)
    page = chief.get(f"/reports/{report.id}/checks").text
    told = [(int(done), int(whole)) for done, whole in re.findall(r"Being counted: (\d+) of (\d+)", page)]
    figure_count = len(catalogue.indicators())
    assert [done for done, _whole in told] == list(range(1, told[-1][1] + 1))  # all figures, then all that is asked
    assert told[-1][1] > 2 * figure_count
    assert re.findall(r'id="[\w-]+"', at_once.partition("<main")[2]) == re.findall(
        r'id="[\w-]+"', re.sub(r'<div class="waiting".*?</div>', "", page, flags=re.DOTALL).partition("<main")[2]
    )
    assert "Nothing was written down in the period of" in page


def test_what_was_looked_at_ahead_holds_for_that_version_alone(commune):
    report = a_draft(commune)
    assert [one for one in looked(report) if one.in_the_way]
    with pytest.raises(Refused), transaction(commune.chief):
        report.workflow.take("submit", report, commune.chief, looked=Looked(report.version - 1, ()))
    report = fresh(report)
    with transaction(commune.chief):
        report.workflow.take("submit", report, commune.chief, looked=Looked(report.version, ()))
    assert fresh(report).state == "submitted"


# ── what a reason overrules ─────────────────────────────────────────────────────────────────────────────────────────
def test_villages_of_which_nothing_came_are_named_until_something_comes(commune):
    a_camera(commune)
    report = a_draft(commune)
    quiet = found(report, "silent-villages")[0].finding.reason.numbers["villages"]
    assert commune.place("NHA").title in quiet
    assert commune.place("BPH").title not in quiet
    a_camera(commune, "Chợ", village="NHA")
    left = [one.finding.reason.numbers["villages"] for one in found(report, "silent-villages")]
    assert not any(commune.place("NHA").title in names for names in left)


def test_entries_that_agree_in_all_that_tells_them_apart_are_perhaps_one(commune):
    first, second = a_camera(commune), a_camera(commune)
    a_camera(commune, "Chợ")
    a_camera(commune, on=date(2025, 5, 20))  # not of the period
    report = a_draft(commune)
    doubles = found(report, "doubles")
    assert [[number for _kind, number in one.finding.records] for one in doubles] == [[first.id, second.id]]
    with transaction(commune.officer):
        second.voided_at = clock.now()
    assert not found(report, "doubles")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Đã giải quyết 06 vụ, 18/56 công dân.", ["06 vụ", "18/56 công dân"]),
        ("Tổng số 12 vụ/14 đối tượng; 1.200 hộ; 3 Mô hình.", ["12 vụ", "14 đối tượng", "1.200 hộ", "3 Mô hình"]),
        ("Có {incidents.fire.cases} vụ, {cases.community.serving} người.", []),
        ("Ngày 15/8 người dân, tháng 8 người dân, năm 2026 người dân thôn 4 hộ nào cũng ký.", []),
        ("Kế hoạch số 43-KH/ĐU, Thông tư số 122/2021/TT-BCA, Điều 12 người bị kết án.", []),
        ("Đạt 46% kế hoạch, 95% hộ, 30,6 %.", ["46%", "95%", "30,6 %"]),
        (
            "Có 15 thôn; thu 985,6 gam, thiệt hại 85 triệu đồng; nhận 52 bản tự nhận xét.",
            ["15 thôn", "985,6 gam", "85 triệu", "52 bản"],
        ),
        ("Mở ở 8 thôn 200 hộ, mỗi tổ 04 lượt; thôn 8 người nào cũng dự.", ["8 thôn", "200 hộ", "04 lượt"]),
        ("Xử lý A06 người, công trình 06-vụ.", []),
    ],
)
def test_numbers_that_are_typed_where_a_figure_would_stand_are_found(text, told):
    assert list(typed_numbers(text)) == told


def test_a_typed_number_is_doubted_but_not_what_is_planned(commune):
    report = answered(commune, a_draft(commune, advice="Đã mở 03 hội nghị.", tasks="Mở 04 buổi tuyên truyền."))
    assert not [one for one in looked(report) if one.in_the_way]
    typed = [one for one in looked(report) if one.check.id == "typed-by-hand"]
    assert [one.finding.reason.numbers["words"] for one in typed] == ["03 hội nghị"]
    with transaction(commune.chief):
        actions.write(report, "advice", "Đã mở 05 hội nghị.")
    assert [one.check.id for one in looked(report) if one.in_the_way] == ["typed-by-hand"]


def test_drafts_that_wait_are_named(commune):
    a_case(commune, state="submitted", received_on=MAY)
    assert [one.finding.reason.numbers["count"] for one in found(a_draft(commune), "left-open")] == [1]


def test_an_accident_lacks_no_offence_and_what_nobody_completed_is_named(commune):
    days = {"occurred_on": MAY, "detected_on": MAY, "location": "Quốc lộ 40"}
    an_incident(commune, IncidentKind.TRAFFIC, **days)
    report = a_draft(commune)
    assert not found(report, "left-open")
    silent = an_incident(commune, IncidentKind.TRAFFIC, detected_by=None, **days)
    assert [one.finding.records for one in found(report, "left-open")] == [[(Incident, silent.id)]]


def test_a_report_with_open_doubts_is_not_submitted_and_with_reasons_it_is(commune, browse_as):
    a_camera(commune)
    report, chief = a_draft(commune), browse_as(commune.chief)
    answer = chief.post(f"/reports/{report.id}/submit", data={"version": report.version, "reason": ""})
    assert answer.status_code == 422
    assert "nobody answered yet" in answer.text
    page = chief.get(f"/reports/{report.id}/checks").text
    assert "Nothing was written down in the period of" in page
    key = found(report, "silent-villages")[0].key
    empty = chief.post(f"/reports/{report.id}/checks/{key}", data={"version": report.version, "reason": " "})
    assert empty.status_code == 422
    kept = chief.post(f"/reports/{report.id}/checks/{key}", data={"version": report.version, "reason": REASON})
    assert kept.status_code == 302
    assert REASON in chief.get(f"/reports/{report.id}/checks").text
    db.session.expire_all()
    report = db.session.get_one(Report, report.id)
    answer = chief.post(f"/reports/{report.id}/submit", data={"version": report.version, "reason": ""})
    assert answer.status_code == 302


def test_reasons_stay_with_the_signed_report_and_what_they_answered(commune, browse_as):
    report = an_approved(commune)
    page = browse_as(commune.leader).get(f"/reports/{report.id}/checks").text
    assert commune.place("BPH").title in page
    assert "Đã rà soát, số liệu đúng." in page


def test_a_reason_counts_for_the_numbers_that_it_was_given_for(commune):
    report = answered(commune, a_draft(commune))
    assert not [one for one in looked(report) if one.in_the_way]
    a_camera(commune)
    left = [one for one in looked(report) if one.in_the_way]
    assert [one.check.id for one in left] == ["silent-villages"]


def test_a_finding_that_is_gone_leads_back_to_the_checks(commune, browse_as):
    report = a_draft(commune)
    answer = browse_as(commune.chief).get(f"/reports/{report.id}/checks/silent-villages-0000")
    assert answer.location == f"/reports/{report.id}/checks"
    assert browse_as(commune.chief).get(f"/reports/{report.id}/checks/nothing").status_code == 302


def test_the_leader_reads_the_checks_and_answers_none_of_them(commune, browse_as):
    report = a_draft(commune)
    key = found(report, "silent-villages")[0].key
    leader = browse_as(commune.leader)
    page = leader.get(f"/reports/{report.id}/checks").text
    assert "Nothing was written down" in page
    assert "Say why it is right" not in page
    assert leader.post(f"/reports/{report.id}/checks/{key}", data={"reason": REASON}).status_code == 403


def test_records_of_a_finding_open_only_to_whoever_may_read_them(commune, browse_as):
    days = {"received_on": date(2026, 5, 4), "closed_on": date(2025, 12, 1)}
    case = a_case(commune, officer="officer2", state="closed", **days)
    report = a_draft(commune)
    link = f'href="/cases/{case.id}"'
    assert link in browse_as(commune.chief).get(f"/reports/{report.id}/checks").text
    page = browse_as(commune.officer).get(f"/reports/{report.id}/checks").text
    assert link not in page
    assert "One record that is not shown to you." in page


# ── its own past, and other reports ─────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    ("now", "past", "out"),
    [(9, [5, 6, 7, 8], False), (12, [5, 6, 7, 8], True), (11, [5, 6, 7, 8], False), (0, [5, 6, 7, 8], True),
     (0, [1, 2, 2, 1], False), (4, [0, 1, 0, 1], False), (5, [0, 1, 0, 1], True), (1, [10, 11, 12, 12], True),
     (0, [3, 30, 40, 50], True), (0, [2, 30, 40, 50], False)],
)  # fmt: skip
def test_a_value_stands_out_where_it_leaves_what_was_by_more_than_that_lies_apart(now, past, out):
    assert stands_out(now, past) is out


def test_the_twelve_periods_before(commune):
    month = a_kind(commune, "order_month")
    report = Report(kind=month, first=date(2026, 2, 15), last=date(2026, 3, 14))
    spans = earlier(report)
    assert (spans[0], spans[-1]) == (
        (date(2025, 2, 15), date(2025, 3, 14)), (date(2026, 1, 15), date(2026, 2, 14)),
    )  # fmt: skip
    free = Report(kind=a_kind(commune), first=date(2024, 1, 1), last=date(2024, 8, 31))
    assert earlier(free)[-1] == (date(2023, 5, 1), date(2023, 12, 31))
    days = Report(kind=free.kind, first=date(2024, 3, 5), last=date(2024, 3, 9))
    assert earlier(days)[-1] == (date(2024, 2, 29), date(2024, 3, 4))
    assert len(spans) == len(earlier(free)) == len(earlier(days)) == 12


def test_a_month_unlike_all_others_is_told_with_what_was_usual(commune):
    kind = a_kind(commune, "order_month")
    for month in range(3, 10):
        a_camera(commune, f"Nơi {month}", on=date(2026, month, 3))
    for number in range(8):
        a_camera(commune, f"Chốt {number}", on=date(2026, 9, 20))
    with transaction(commune.chief):
        report = actions.begin(kind, date(2026, 9, 15), date(2026, 10, 14), commune.id)
    told_of = {one.finding.figures[0]: one.finding.reason.numbers for one in found(report, "unusual")}
    assert {"cameras.new", "cameras.total"} >= set(told_of)
    with as_on_paper():
        numbers = {name: str(told_of["cameras.new"][name]) for name in ("value", "low", "high")}
    assert numbers == {"value": "8", "low": "1", "high": "1"}


def test_what_another_approved_report_gives_otherwise_is_told(commune):
    other = an_approved(commune)
    with transaction(commune.chief):
        kind = actions.save_kind(None, {**a_kind(commune).facts, "code": "second"}, commune.id)
        report = actions.begin(kind, other.first, other.last, commune.id)
    assert not found(report, "told-otherwise")
    a_case(commune, received_on=date(2026, 5, 4))
    told_of = {one.finding.figures[0] for one in found(report, "told-otherwise")}
    assert {"cases.community.received", "cases.community.serving"} <= told_of
    assert "patrols.order.count" not in told_of


def test_versions_of_one_report_do_not_contradict_each_other_here(commune):
    report = an_approved(commune)
    with transaction(commune.chief):
        later = actions.correct(report, "Thiếu một hồ sơ")
    a_case(commune, received_on=date(2026, 5, 4))
    assert not found(later, "told-otherwise")
    assert queries.versions_before(later) == [report]


def test_every_figure_that_a_check_names_is_one_of_the_portal(commune):
    named = {name for one in SUMS for name in (one.whole, *one.parts)}
    named |= {name for one, other, _why in APART for name in (one, other)}
    named |= {name for one in STOCKS for name in one.figures}
    assert named | set(OF_VILLAGES) <= set(catalogue.indicators())
