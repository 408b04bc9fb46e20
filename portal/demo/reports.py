"""The reports of the example: that of August 2024 as it was signed, last year's, and this year's in draft.

What people wrote in them is in our own words after the real report; its figures are named and never typed.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial

from portal.demo import working_days
from portal.demo.deeds import Deed, Scene, on
from portal.demo.registering import ENOUGH, scanned_page
from portal.documents import actions as register
from portal.documents import store
from portal.documents.register import number_of
from portal.engine import access, clock
from portal.engine.db import db
from portal.engine.text import as_on_paper
from portal.reports import actions, checking, freezing, papers, queries
from portal.reports.models import Report
from portal.reports.unknown import unknown_places
from portal.reports.usual import MOVEMENT, usual

chief, leader, clerk = "police_chief", "commune_leader", "office_clerk"
SINCE, AUGUST = date(2024, 1, 3), (date(2024, 1, 1), date(2024, 8, 31))
DECEMBER = 12
REASON = "Đã đối chiếu với sổ theo dõi, số liệu đúng."
REASONS = {
    "silent-villages": "Đã hỏi trưởng thôn, trong kỳ không phát sinh.",
    "left-open": "Việc đang làm tiếp, sẽ đưa vào kỳ báo cáo sau.",
    "village-totals": "Các thôn mới về xã chưa chốt số hộ, số khẩu; đã yêu cầu trưởng thôn báo cáo.",
    "doubles": "Đã đối chiếu, đây là các nội dung khác nhau.",
}

TEXTS = {
    "situation": (
        "Xã biên giới ở phía Tây, diện tích {profile.area_ha} ha; có {profile.border_length_km} km đường biên giới với "
        "Lào và Campuchia, có cửa khẩu quốc tế và nhiều lối mở.\n"
        "Toàn xã có {profile.villages} thôn, {profile.households} hộ, {profile.persons} nhân khẩu, "
        "{profile.ethnic_groups} dân tộc; người dân tộc thiểu số {profile.minority_households} hộ/"
        "{profile.minority_persons} khẩu ({profile.minority_share_pct}%). Bên kia biên giới là cụm "
        "{profile.opposite_villages} bản, {profile.opposite_households} hộ/{profile.opposite_persons} khẩu, nhiều gia "
        "đình có quan hệ thân tộc với dân trong xã.\n"
        "Thuận lợi: cấp ủy, chính quyền quan tâm; các lực lượng gắn bó với địa bàn; Nhân dân hưởng ứng phong trào.\n"
        "Khó khăn: người và phương tiện qua lại đông; phần lớn dân làm nông, đời sống còn vất vả; nhận thức pháp luật "
        "của một bộ phận chưa đều; ma túy có lúc diễn biến phức tạp.\n"
        "Nhìn chung an ninh, trật tự ổn định, vụ việc được giải quyết từ sớm, không có điểm nóng, không khiếu kiện kéo "
        "dài."
    ),
    "advice": (
        "Ban Chỉ đạo giúp Đảng ủy tiếp tục thực hiện Kết luận số 44-KL/TW và Chỉ thị số 09-CT/TW của Ban Bí thư, Đề án "
        "số 01-ĐA/ĐUCA của Đảng ủy Công an tỉnh, Kế hoạch số 43-KH/ĐU của Đảng ủy xã; giúp UBND xã thực hiện Thông tư "
        "số 122/2021/TT-BCA, Quyết định số 510/QĐ-BCA-V05, Thông tư số 124/2021/TT-BCA gắn với tiêu chí nông "
        "thôn mới về "
        "an ninh, và Kế hoạch số 01/KH-UBND về phong trào trong cơ quan, doanh nghiệp, nhà trường.\n"
        "Trong kỳ, xã ban hành {documents.directives_issued} văn bản chỉ đạo, triển khai phong trào.\n"
        "Trách nhiệm của người đứng đầu cơ quan, đơn vị rõ hơn."
    ),
    "rural": (
        "Ra quân xây dựng nông thôn mới từ đầu năm, gắn chỉnh trang khu dân cư với giữ vững an ninh, trật tự.\n"
        "Phấn đấu đạt tiêu chí {new_rural.criterion}."
    ),
    "assessment": (
        "Ưu điểm: phong trào được chỉ đạo sát, kết quả thiết thực; ý thức của cán bộ, giáo viên, học sinh và người dân "
        "được nâng lên; các ngành phối hợp tốt hơn trong phòng, chống tội phạm.\n"
        "Hạn chế: có nơi vận động người dân dự chào cờ, họp thôn còn khó, người dự chủ yếu là phụ nữ và trẻ em nên "
        "hiệu quả tuyên truyền chưa cao; mâu thuẫn nhỏ bộc phát chưa được hòa giải hết; phối hợp giữa các ngành "
        "chưa đều.\n"
        "Nguyên nhân: vai trò của một số ban quản lý thôn, đoàn thể chưa rõ; cán bộ làm phong trào ở cơ quan, đơn vị "
        "ít được đào tạo nghiệp vụ; một số thủ trưởng còn coi đây là việc riêng của Công an, chậm cụ thể hóa kế hoạch."
    ),
    "tasks": (
        "Thực hiện đầy đủ các chủ trương, kế hoạch của cấp trên về phong trào toàn dân bảo vệ an ninh Tổ quốc.\n"
        "Tuyên truyền cho cán bộ, người lao động, học sinh để tự phòng, tự giác tham gia.\n"
        "Công an xã chủ động phòng ngừa, giải quyết nhanh vụ việc gây bức xúc.\n"
        "Đổi mới cách làm trong cơ quan, doanh nghiệp, nhà trường, lồng ghép với các cuộc vận động.\n"
        "Giữ nền nếp phối hợp giữa các lực lượng theo kế hoạch đã ký.\n"
        "Củng cố lực lượng nòng cốt ở cơ sở: tập huấn, trang thiết bị.\n"
        "Rà soát các mô hình, nhân rộng mô hình tốt, dừng mô hình kém; sơ kết, tổng kết, khen thưởng kịp thời."
    ),
}

# Of the months in which there was a district, and of the papers of that year.
OF_AUGUST = {
    "situation": TEXTS["situation"].replace(
        "Xã biên giới ở phía Tây, diện", "Xã biên giới ở phía Tây huyện, cách trung tâm huyện "
        "{profile.distance_to_district_km} km, diện",
    ),
    "advice": TEXTS["advice"].replace(
        " văn bản chỉ đạo, triển khai phong trào.", " văn bản chỉ đạo: Kế hoạch số 46/KH-UBND về phong trào năm 2024; "
        "Kế hoạch số 71-KH/ĐU và Quyết định số 101/QĐ-UBND về mô hình “Xã Pờ Y sạch ma túy”; Kế hoạch số 81/KH-BCĐ về "
        "Ngày hội toàn dân bảo vệ an ninh Tổ quốc.",
    ),
}  # fmt: skip


def reports(day: date) -> Iterator[Deed]:
    """What is told until a day; the loader leaves out what lies after it."""
    yield on(SINCE, 8, chief, keep_kind)
    yield from _signed(*AUGUST, date(2024, 9, 3))
    for year in range(AUGUST[1].year + 1, day.year):
        yield from _signed(date(year, 1, 1), date(year, DECEMBER, 31), working_days.from_day(date(year + 1, 1, 5)))
    yield on(day - timedelta(days=1), 7, chief, partial(take_over_the_others, _last_month(day)))
    new_year = date(day.year, 1, 1)
    drafted_on = max(day - timedelta(days=2), new_year, SINCE)  # not before its kind is kept
    yield on(drafted_on, 9, chief, partial(begin, new_year, date(day.year, DECEMBER, 31)))


def _signed(first: date, last: date, drafted_on: date) -> Iterator[Deed]:
    """Drafted and submitted, approved two working days later, signed, registered and sent the day after."""
    approved_on = working_days.after(drafted_on, 2)
    yield on(drafted_on, 9, chief, partial(begin, first, last))
    yield on(drafted_on, 14, chief, partial(answer, first, last))
    yield on(drafted_on, 15, chief, partial(take, first, last, "submit"))
    yield on(approved_on, 9, leader, partial(approve, first, last))
    yield on(approved_on, 15, clerk, partial(register_page, first, last))
    yield on(working_days.after(approved_on), 9, leader, partial(take, first, last, "send"))


def keep_kind(scene: Scene) -> None:
    """The report of the mass movement is owed since long; the others were taken over yesterday, from last month on."""
    facts = next(one for one in usual() if one["code"] == MOVEMENT)
    actions.save_kind(None, facts, _commune(scene))


def _last_month(day: date) -> date:
    """Its first day: so the month that ended last is owed, and late once its day has passed."""
    return (day.replace(day=1) - timedelta(days=1)).replace(day=1)


def take_over_the_others(since: date, scene: Scene) -> None:
    for kind in actions.take_over_usual(_commune(scene)):
        actions.save_kind(kind, {"since": since})


def begin(first: date, last: date, scene: Scene) -> None:
    """The first one is written anew; each later one takes over what the last said, but for what was of its time."""
    kind = next(one for one in queries.kinds_of(_commune(scene)) if one.code == MOVEMENT)
    report = actions.begin(kind, first, last, _commune(scene))
    own = OF_AUGUST if (first, last) == AUGUST else {key: TEXTS[key] for key in OF_AUGUST}
    for key, text in {**TEXTS, **own}.items():
        if key in own or not report.text_of(key):
            actions.write(report, key, told_by_figures(text, report.commune_id))


def told_by_figures(text: str, commune_id: int) -> str:
    """Without the lines that name figures which no room of this portal counts."""
    return "\n".join(line for line in text.splitlines() if not unknown_places(line, commune_id))


def answer(first: date, last: date, scene: Scene) -> None:
    """What the checks doubt was asked about, and is right."""
    report = _report(first, last, "edit", scene)
    with as_on_paper():
        doubts = [one for one in checking.look(report) if one.in_the_way]
    for one in doubts:
        actions.overrule(report, one, REASONS.get(one.check.id, REASON))


def take(first: date, last: date, step: str, scene: Scene) -> None:
    report = _report(first, last, "read", scene)
    report.workflow.take(step, report, scene.actor)


def approve(first: date, last: date, scene: Scene) -> None:
    report, today = _report(first, last, "approve", scene), clock.today()
    signer = papers.by_grant(next(one for one in scene.actor.grants_today if one.role == report.kind.signer_role))
    ready = freezing.prepared(freezing.frozen(report, signer, today), actions.next_free(report, today))
    actions.approve(report, ready, store.keep(ready.file), scene.actor)


def register_page(first: date, last: date, scene: Scene) -> None:
    """The clerk keeps the scan of the signed page under the number that the report took."""
    entry = _report(first, last, "read", scene).document
    number = number_of(entry) if entry is not None else None
    if entry is not None and number is not None:
        signed = register.Signed(number, entry.dated_on or clock.today())
        register.issue(entry, signed, store.keep(scanned_page()), scene.actor.id, ENOUGH)


def _report(first: date, last: date, to: str, scene: Scene) -> Report:
    """The report, if whoever acts may do this to it. Raises LookupError if not."""
    asked = access.reach(scene.actor, to, Report).where(Report.first == first, Report.last == last)
    found = db.session.scalars(asked.order_by(Report.version_no.desc())).first()
    if found is None:
        raise LookupError(f"{scene.actor.username} may not {to} the report on {first} to {last}.")
    return found


def _commune(scene: Scene) -> int:
    acting = scene.actor.acting
    if acting is None:
        raise LookupError(f"{scene.actor.username} holds no role on {clock.today()}.")
    return acting.commune_id
