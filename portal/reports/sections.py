"""The sections that a report may have, in their order: what the records write of each, and what people write."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from portal.engine.text import _l
from portal.reports.wording.parts.coordination import coordination
from portal.reports.wording.parts.drugs import drugs
from portal.reports.wording.parts.models import models
from portal.reports.wording.parts.order import crime, fire, labour, traffic
from portal.reports.wording.parts.outreach import outreach
from portal.reports.wording.parts.sentences import sentences
from portal.reports.wording.parts.weapons import weapons
from portal.reports.wording.telling import Writer

RESULTS, ORDER = "results", "order"
ROMAN = ("I", "II", "III", "IV", "V", "VI")


@dataclass(frozen=True)
class Section:
    """*label* names it on pages, *title* on paper. *writes* tells its paragraphs from figures; without it people write
    it, and it must not be empty. Where both do, their text follows. *under* is the head over it.
    """

    id: str
    label: Any
    title: str
    writes: Writer | None = None
    under: str = ""
    help: Any = ""

    @property
    def by_hand(self) -> bool:
        return self.writes is None and self.id not in HEADS


TASKS = "tasks"
SECTIONS: tuple[Section, ...] = (
    Section("situation", _l("Situation"), "Tình hình, đặc điểm",
            help=_l("The commune, what is easy and what is hard; what is quiet and what is not.")),
    Section("advice", _l("Directing the work"), "Công tác tham mưu, chỉ đạo",
            help=_l("What was decided, and under which plans and directives.")),
    Section("outreach", _l("Outreach"), "Công tác tuyên truyền, vận động", outreach, RESULTS),
    Section("order.crime", _l("Crime and violations"), "Tội phạm và vi phạm pháp luật", crime, ORDER),
    Section("order.traffic", _l("Traffic accidents"), "Tai nạn giao thông", traffic, ORDER),
    Section("order.fire", _l("Fires and explosions"), "Cháy, nổ", fire, ORDER),
    Section("order.labour", _l("Accidents at work"), "Tai nạn lao động", labour, ORDER),
    Section("order.drugs", _l("Against drugs"), "Công tác phòng, chống ma túy", drugs, ORDER),
    Section("weapons", _l("Weapons, fireworks, fire safety"),
            "Công tác quản lý vũ khí, vật liệu nổ, công cụ hỗ trợ và pháo; phòng cháy, chữa cháy", weapons, RESULTS),
    Section("models", _l("Teams and models"), "Xây dựng, củng cố các mô hình, lực lượng nòng cốt", models, RESULTS),
    Section("coordination", _l("Coordination of the forces"), "Công tác phối hợp giữa các lực lượng", coordination,
            RESULTS),
    Section("sentences", _l("Sentences in the community, reintegration"),
            "Công tác thi hành án hình sự tại cộng đồng và tái hòa nhập cộng đồng", sentences, RESULTS),
    Section("rural", _l("New rural commune"), "Công tác xây dựng nông thôn mới", under=RESULTS,
            help=_l("What was done for the criterion on security and order.")),
    Section("assessment", _l("Overall assessment"), "Đánh giá chung",
            help=_l("Begin paragraphs with “Ưu điểm:”, “Hạn chế:”, “Nguyên nhân:”.")),
    Section(TASKS, _l("Tasks to come"), "Nhiệm vụ trọng tâm",
            help=_l("A task a line. Each can be given to a unit with a day once it is written.")),
)  # fmt: skip
HEADS = {
    RESULTS: Section(RESULTS, _l("Results"), "Kết quả thực hiện các mặt công tác"),
    ORDER: Section(ORDER, _l("Public order"), "Công tác bảo đảm an ninh, trật tự", under=RESULTS),
}
BY_ID = {one.id: one for one in SECTIONS}


@dataclass(frozen=True)
class Numbered:
    """A section with the number that it has in a report: "2.1." """

    section: Section
    number: str
    level: int


def numbered(ids: Sequence[str]) -> Iterator[Numbered]:
    """The sections of a kind of report under their heads, each with its number."""
    part = chapter = point = 0
    above: set[str] = set()
    for section in (one for one in SECTIONS if one.id in ids):
        for head in _heads_of(section):
            if head.id in above:
                continue
            above.add(head.id)
            part, chapter, point = _next(head, part, chapter, point)
            yield _with_number(head, part, chapter, point)
        part, chapter, point = _next(section, part, chapter, point)
        yield _with_number(section, part, chapter, point)


def _heads_of(section: Section) -> list[Section]:
    head = HEADS.get(section.under)
    return [*_heads_of(head), head] if head else []


def _level(section: Section) -> int:
    return len(_heads_of(section)) + 1


def _next(section: Section, part: int, chapter: int, point: int) -> tuple[int, int, int]:
    level = _level(section)
    return (part + 1, 0, 0) if level == 1 else (part, chapter + 1, 0) if level == 2 else (part, chapter, point + 1)


def _with_number(section: Section, part: int, chapter: int, point: int) -> Numbered:
    level = _level(section)
    number = f"{ROMAN[part - 1]}." if level == 1 else f"{chapter}." if level == 2 else f"{chapter}.{point}."
    return Numbered(section, number, level)
