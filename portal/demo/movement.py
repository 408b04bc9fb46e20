# ruff: noqa: E501 -- a table is read along its rows
"""Models, commendations and titles of the example. The model against drugs and its papers are the real report's."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import Any

from portal.books import actions
from portal.demo import chance, working_days
from portal.demo.deeds import Deed, Scene, on
from portal.demo.households import commune_id, village_of
from portal.demo.units import MERGED_ON
from portal.engine import access, clock
from portal.engine.db import db
from portal.movement.models import (
    ByHand,
    Commendation,
    Commended,
    Comparison,
    Honour,
    Model,
    ModelKind,
    ModelReview,
    ModelTraining,
    ModelVillage,
    Outcome,
    TitleCriterion,
    TitleEvidence,
    TitleKind,
    TitleProgramme,
    Verdict,
)

POLICE, CLERK = "tran_thi_dieu", "office_clerk"
S, K, M, X = Verdict.SPREAD, Verdict.KEEP, Verdict.MEND, Verdict.STOP
REVIEWED_ON = (12, 12)  # month and day of the yearly review


@dataclass(frozen=True)
class Tried:
    """A model, the villages that try it (none: the whole commune), what the reviews said by year, and its training."""

    name: str
    kind: ModelKind
    on: date
    decision: str
    led_by: str
    about: str
    villages: tuple[str, ...] = ()
    said: tuple[tuple[int, Verdict], ...] = ()
    trained: tuple[tuple[date, int, str], ...] = ()
    ended_on: date | None = None


MODELS = (
    Tried(
        "Tự quản đường biên, mốc giới",
        ModelKind.BORDER,
        date(2021, 9, 2),
        "61/QĐ-UBND",
        "Đồn Biên phòng CKQT Bờ Y",
        "Hộ có nương giáp biên nhận tự quản từng đoạn; báo ngay khi thấy người lạ, việc lạ.",
        ("DME", "IEC"),
        ((2022, K), (2023, K), (2024, S), (2025, K)),
        ((date(2024, 4, 18), 36, "Quy chế khu vực biên giới"),),
    ),
    Tried(
        "Tiếng kẻng an ninh",
        ModelKind.SECURITY,
        date(2022, 5, 12),
        "33/QĐ-UBND",
        "Hội Cựu chiến binh xã",
        "21 giờ 30 đánh kẻng nhắc học sinh về nhà, hộ khóa cửa, tắt bếp; có việc thì đánh kẻng liên hồi.",
        ("DME", "KKH", "TKA"),
        ((2022, K), (2023, M), (2024, K), (2025, S)),
        ((date(2023, 3, 16), 28, "Cách xử lý khi có báo động"),),
    ),
    Tried(
        "Camera an ninh",
        ModelKind.SECURITY,
        date(2022, 12, 20),
        "112/QĐ-UBND",
        "Công an xã",
        "Lắp camera ở ngã ba, trường học, chợ bằng vốn nhân dân đóng góp; Công an xã theo dõi.",
        (),
        ((2023, K), (2024, S), (2025, K)),
    ),
    Tried(
        "Tổ liên gia an toàn PCCC",
        ModelKind.FIRE,
        date(2023, 5, 10),
        "44/QĐ-UBND",
        "Công an xã",
        "Năm đến mười nhà liền kề nối chuông báo cháy, mỗi nhà có bình chữa cháy.",
        ("MTO", "KKH", "BPH", "NHA"),
        ((2023, K), (2024, K), (2025, M)),
        ((date(2024, 3, 27), 54, "Sử dụng bình chữa cháy, thoát nạn"),),
    ),
    Tried(
        "Cổng trường an toàn giao thông",
        ModelKind.TRAFFIC,
        date(2023, 9, 5),
        "87/QĐ-UBND",
        "Đoàn Thanh niên xã",
        "Đoàn viên và phụ huynh phân luồng trước cổng trường giờ tan học.",
        ("MTO",),
        ((2024, M), (2025, X)),
        ended_on=date(2026, 1, 15),
    ),
    Tried(
        "Xã Pờ Y sạch ma túy",
        ModelKind.DRUGS,
        date(2024, 7, 5),
        "101/QĐ-UBND",
        "Ban Chỉ đạo phong trào toàn dân bảo vệ ANTQ",
        "Rà soát, xét nghiệm; hộ ký cam kết; hòm thư tố giác ở hội trường thôn; tuần tra ban đêm.",
        (),
        ((2024, K), (2025, S)),
        (
            (date(2024, 8, 14), 42, "Nhận biết người sử dụng ma túy"),
            (date(2025, 6, 20), 61, "Ma túy núp bóng thực phẩm, thuốc lá điện tử"),
        ),
    ),
    Tried(
        "Khu trọ tự quản",
        ModelKind.SECURITY,
        date(2026, 3, 3),
        "19/QĐ-UBND",
        "Công an xã",
        "Chủ trọ khai báo tạm trú trong ngày, gắn đèn và camera lối vào, họp ba tháng một lần.",
        ("BPH", "NHA"),
        trained=((date(2026, 4, 9), 23, "Khai báo tạm trú trên ứng dụng"),),
    ),
)
WHY = {
    S: "Người dân làm đều, vụ việc giảm rõ; đề nghị nhân rộng sang các thôn còn lại.",
    K: "Hoạt động có nền nếp, đúng quy chế; tiếp tục duy trì trong năm tới.",
    M: "Có tháng không hoạt động, người phụ trách thay đổi; củng cố lại trong quý I.",
    X: "Không còn người tham gia, việc đã giao lực lượng khác; đề nghị dừng.",
}


def movement(until: date) -> Iterator[Deed]:
    yield from models(until)
    yield from commendations(until)
    yield from titles(until)


# ── models ──────────────────────────────────────────────────────────────────────────────────────────────────────────
def models(until: date) -> Iterator[Deed]:
    """Launched, trained for, and reviewed in December of each year in which they run."""
    for one in MODELS:
        yield on(one.on, 15, POLICE, partial(launch, one))
        for held_on, count, subject in one.trained:
            yield on(held_on, 16, POLICE, partial(train, one.name, count, subject))
        for year in range(one.on.year, until.year + 1):
            reviewed_on = working_days.from_day(date(year, *REVIEWED_ON))
            if verdict := verdict_of(one, year):
                yield on(reviewed_on, 15, POLICE, partial(review, one.name, verdict))
        if one.ended_on:
            yield on(one.ended_on, 9, POLICE, partial(end, one.name))


def verdict_of(one: Tried, year: int) -> Verdict | None:
    """What is told; of later years most are kept. A model of the very year is not reviewed yet, but where it is told."""
    told = dict(one.said)
    if year in told:
        return told[year]
    if year <= max((*told, one.on.year)) or (one.ended_on and one.ended_on.year <= year):
        return None
    return chance.choice((K, K, K, S, M), "model", one.name, year)


def launch(one: Tried, scene: Scene) -> None:
    facts = {
        "name": one.name, "kind": one.kind, "launched_on": one.on, "decision": one.decision, "led_by": one.led_by,
        "about": one.about,
    }  # fmt: skip
    made = actions.write_down(Model, commune_id(scene), facts, scene.actor)
    for code in one.villages:
        actions.add_line(ModelVillage, made, {"village_id": village_of(scene, code).id}, scene.actor)


def model_named(name: str, scene: Scene) -> Model:
    return db.session.scalars(access.reach(scene.actor, "edit", Model).where(Model.name == name)).one()


def train(name: str, count: int, subject: str, scene: Scene) -> None:
    facts = {"held_on": clock.today(), "count": count, "subject": subject}
    actions.add_line(ModelTraining, model_named(name, scene), facts, scene.actor)


def review(name: str, verdict: Verdict, scene: Scene) -> None:
    facts = {"reviewed_on": clock.today(), "verdict": verdict, "reason": WHY[verdict]}
    actions.add_line(ModelReview, model_named(name, scene), facts, scene.actor)


def end(name: str, scene: Scene) -> None:
    actions.mend(model_named(name, scene), {"ended_on": clock.today()}, scene.actor)


# ── commendations ───────────────────────────────────────────────────────────────────────────────────────────────────
COMMENDED = (
    ("Nhân dân và cán bộ thôn Bắc Phong", Commended.GROUP, "BPH", "Thành tích trong phong trào toàn dân bảo vệ ANTQ"),
    ("Tổ An ninh nhân dân thôn Iệc", Commended.GROUP, "IEC", "Phát hiện, báo tin kịp thời, giữ yên đường biên"),
    ("Trần Đức Toại", Commended.PERSON, "NHA", "Vận động nhân dân góp tiền lắp camera an ninh"),
    ("Y Krim", Commended.PERSON, "DME", "Hòa giải thành nhiều vụ việc trong thôn"),
    ("Đội Dân phòng thôn Kon Khôn", Commended.GROUP, "KKH", "Dũng cảm cứu người, cứu tài sản khi cháy nhà"),
    ("Bùi Minh Huấn", Commended.PERSON, "MTO", "Nhặt được của rơi, giao Công an xã trả người mất"),
    ("Nhân dân và cán bộ thôn Đăk Mế", Commended.GROUP, "DME", "Ba năm liền không có người vi phạm về ma túy"),
)
EACH_YEAR = 3
FESTIVAL, SUMMING_UP = (8, 16), (12, 20)


def commendations(until: date) -> Iterator[Deed]:
    """At the festival of August by the commune, at the end of the year by whatever stands above it."""
    for year in range(2022, until.year + 1):
        chosen = tuple(COMMENDED[(year + step) % len(COMMENDED)] for step in range(EACH_YEAR))
        for given, honour, of in ((FESTIVAL, Honour.MERIT, chosen), (SUMMING_UP, Honour.CERTIFICATE, chosen[:1])):
            given_on = working_days.from_day(date(year, *given))
            yield on(given_on, 16, CLERK, partial(commend, of, honour, year))


def commend(of: Any, honour: Honour, year: int, scene: Scene) -> None:
    by = f"Chủ tịch UBND {scene.force('').name}" if honour == Honour.MERIT else f"Giám đốc {police_above()}"
    for name, whom, code, reason in of:
        facts = {
            "whom": whom, "name": name, "village_id": village_of(scene, code).id, "honour": honour, "given_by": by,
            "given_on": clock.today(), "decision": f"{120 + chance.number(60, name, year)}/QĐ-{'UBND' if honour == Honour.MERIT else 'CAT'}",
            "reason": reason,
        }  # fmt: skip
        actions.write_down(Commendation, commune_id(scene), facts, scene.actor)


def police_above() -> str:
    return "Công an tỉnh Kon Tum" if clock.today() < MERGED_ON else "Công an tỉnh Quảng Ngãi"


# ── titles ──────────────────────────────────────────────────────────────────────────────────────────────────────────
AREAS = 14  # eight villages, four agencies, two schools
RECOGNISED = {2024: 11, 2025: 12}  # of them, by year; later as many as by then
HOUSEHOLDS = 2787
HAD_USERS = 2024  # the year in which the title against drugs was missed


@dataclass(frozen=True)
class Sought:
    """A title that the commune seeks in a year, and the days that count for it."""

    kind: TitleKind
    year: int
    name: str
    first_on: date
    last_on: date
    plan: str
    entered_on: date

    @property
    def key(self) -> str:
        return f"{self.kind}/{self.year}"

    def on(self, month: int, day: int, years_later: int = 0) -> date:
        return working_days.from_day(date(self.year + years_later, month, day))


PLANS = {2024: "03/KH-UBND", 2025: "07/KH-UBND", 2026: "04/KH-UBND"}  # for the title of security
AGAINST_DRUGS_ON = {2024: date(2024, 6, 12)}  # the day of the party's plan; later years plan in January


def titles(until: date) -> Iterator[Deed]:
    for year in range(2024, until.year + 1):
        yield from safe_in_security(year)
        yield from drug_free(year)
        yield from new_rural(year)


def safe_in_security(year: int) -> Iterator[Deed]:
    """Registered in the first quarter; what was recognised of the areas is known by mid-November."""
    sought = Sought(
        TitleKind.SECURITY, year, f"An toàn về an ninh, trật tự năm {year}", date(year - 1, 11, 16),
        date(year, 11, 15), PLANS.get(year, "05/KH-UBND"), working_days.from_day(date(year, 1, 12)),
    )  # fmt: skip
    yield on(sought.entered_on, 9, CLERK, partial(register, sought))
    yield on(sought.on(3, 28), 10, CLERK, partial(first_quarter, sought.key))
    yield on(sought.on(11, 13), 10, CLERK, partial(count, sought.key, 4, RECOGNISED.get(year, 9), AREAS))
    if year in RECOGNISED:
        yield on(
            sought.on(11, 20), 10, CLERK, partial(decide, sought.key, Outcome.RECOGNISED, f"{400 + year % 100}/QĐ-UBND")
        )


def drug_free(year: int) -> Iterator[Deed]:
    """The first year by rows that the commune filled in, later by what the press told of the decision of 2025."""
    sought = Sought(
        TitleKind.DRUG_FREE, year, f"Xã không ma túy năm {year}", date(year, 1, 1), date(year, 12, 31),
        "71-KH/ĐU" if year in AGAINST_DRUGS_ON else f"{9 + year % 10}/KH-UBND",
        AGAINST_DRUGS_ON.get(year) or working_days.from_day(date(year, 1, 14)),
    )  # fmt: skip
    outcome = Outcome.MISSED if year == HAD_USERS else Outcome.RECOGNISED
    yield on(sought.entered_on, 10, CLERK, partial(register, sought))
    yield on(sought.entered_on + timedelta(days=1), 15, CLERK, partial(fill_drug_free, sought.key))
    yield on(sought.on(1, 15, 1), 10, CLERK, partial(decide, sought.key, outcome, f"{30 + year % 10}/TB-UBND"))


def new_rural(year: int) -> Iterator[Deed]:
    """One row that the commune filled in, the others empty still."""
    sought = Sought(
        TitleKind.NEW_RURAL, year, f"Tiêu chí an ninh, trật tự xã hội về nông thôn mới năm {year}", date(year, 1, 1),
        date(year, 12, 31), "", working_days.from_day(date(year, 2, 20)),
    )  # fmt: skip
    yield on(sought.entered_on, 9, CLERK, partial(register, sought))
    yield on(sought.entered_on, 10, CLERK, partial(fill_new_rural, sought.key))
    yield on(
        sought.on(12, 18), 10, CLERK, partial(decide, sought.key, Outcome.RECOGNISED, f"{700 + year % 10}/QĐ-UBND")
    )


def register(sought: Sought, scene: Scene) -> None:
    facts = {
        "name": sought.name, "kind": sought.kind, "year": sought.year, "first_on": sought.first_on,
        "last_on": sought.last_on, "plan": sought.plan, "outcome": Outcome.OPEN,
    }  # fmt: skip
    made = actions.write_down(TitleProgramme, commune_id(scene), facts, scene.actor)
    scene.titles[sought.key] = made.id


def title(key: str, scene: Scene) -> TitleProgramme:
    found = access.find(scene.actor, "edit", TitleProgramme, scene.titles[key])
    if found is None:
        raise LookupError(f"{scene.actor.username} may not change the title {key} on {clock.today()}.")
    return found


def first_quarter(key: str, scene: Scene) -> None:
    """Plan and registration are there, nobody was disciplined, all areas registered."""
    programme = title(key, scene)
    plan, models_that_work, officers, registered, _areas = programme.criteria
    actions.mend(plan, {"count": 1000}, scene.actor)
    actions.mend(officers, {"count": 0}, scene.actor)
    actions.mend(registered, {"count": AREAS * 1000, "whole_count": AREAS * 1000}, scene.actor)
    show(programme, plan, scene, paper=programme.plan)
    model = db.session.scalars(access.reach(scene.actor, "read", Model).where(Model.name == MODELS[1].name)).one()
    show(programme, models_that_work, scene, model_id=model.id)


def count(key: str, which: int, counted: int, whole: int, scene: Scene) -> None:
    actions.mend(title(key, scene).criteria[which], {"count": counted * 1000, "whole_count": whole * 1000}, scene.actor)


def decide(key: str, outcome: Outcome, decision: str, scene: Scene) -> None:
    actions.mend(
        title(key, scene), {"outcome": outcome, "decided_on": clock.today(), "decision": decision}, scene.actor
    )


def show(programme: TitleProgramme, criterion: TitleCriterion, scene: Scene, **record: Any) -> None:
    actions.add_line(TitleEvidence, programme, {"criterion_id": criterion.id, **record}, scene.actor)


def fill_drug_free(key: str, scene: Scene) -> None:
    programme = title(key, scene)
    if programme.criteria[0].is_empty:
        first, second, _third = programme.criteria
        actions.mend(first, {
            "text": "Hộ gia đình ký cam kết không ma túy", "figure": "pledges.drug_free.households", "of_whole": True,
            "whole_count": HOUSEHOLDS * 1000, "comparison": Comparison.AT_LEAST, "target": 70_000,
        }, scene.actor)  # fmt: skip
        actions.mend(second, {"text": "Mô hình phòng, chống ma túy được ra mắt", "by_hand": ByHand.MET}, scene.actor)
    else:
        actions.mend(programme.criteria[1], {"count": 0}, scene.actor)  # no place that harbours drugs
        extra = {
            "text": "Hộ gia đình ký cam kết không ma túy", "figure": "pledges.drug_free.households", "of_whole": True,
            "whole_count": HOUSEHOLDS * 1000, "comparison": Comparison.AT_LEAST, "target": 80_000,
        }  # fmt: skip
        actions.add_line(TitleCriterion, programme, extra, scene.actor)


def fill_new_rural(key: str, scene: Scene) -> None:
    actions.mend(title(key, scene).criteria[0], {
        "text": "Thôn có Tổ bảo vệ an ninh, trật tự ở cơ sở hoạt động", "figure": "teams.security.villages",
        "comparison": Comparison.AT_LEAST, "target": 8000, "unit": "thôn",
    }, scene.actor)  # fmt: skip
