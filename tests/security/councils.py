"""Meetings full of markers, in both communes: one that is called, one that is held, one whose minutes are approved."""

from datetime import date

from portal.engine import clock
from portal.engine.transaction import transaction
from portal.meetings import actions
from portal.meetings.models import Meeting, MeetingKind, SeriesRule
from tests.builders import Commune
from tests.meetings.meeting import a_convened, a_held, an_approved, an_order, item_of
from tests.security.world import Marked, remember_versions

DAYS = {"minuted": date(2026, 11, 19), "council": date(2026, 11, 20), "called": date(2026, 11, 24)}
PLACES = (*DAYS, *(f"far_{name}" for name in DAYS))


class Council(Marked):
    """A meeting with what belongs to it, and the marker words that it carries."""

    @property
    def far(self) -> bool:
        return self.place.startswith("far_")

    @property
    def words(self) -> dict[str, str]:
        place = self.place.replace("_", "").upper()
        return {group: f"MK{group.upper()}OF{place}" for group in ("agenda", "secret", "task")}


def build(commune: Commune, neighbour: Commune) -> dict[str, Marked]:
    return {name: _council(name, neighbour if name.startswith("far_") else commune) for name in PLACES}


def _council(name: str, commune: Commune) -> Council:
    marked, kind = Council(name), name.removeprefix("far_")
    make = {"minuted": an_approved, "council": a_held, "called": a_convened}[kind]
    with clock.telling(
        max(clock.moment(DAYS[kind], 7), clock.now()) if kind == "called" else clock.moment(DAYS[kind], 7)
    ):
        meeting = make(commune, DAYS[kind])
    marked.ids["meeting"] = meeting.id
    if kind != "minuted":
        _items(marked, meeting, commune)
    if kind == "council":
        _task(marked, meeting, commune)
        _series(marked, commune)
    if kind == "called":
        _invitation(marked, meeting, commune)
    remember_versions(marked)
    return marked


def _items(marked: Council, meeting: Meeting, commune: Commune) -> None:
    """The police's report, an item that came late, and one of the military's that only some may read."""
    report = item_of(meeting, "police")
    with transaction(commune.officer):
        actions.write_words(report, marked.words["agenda"], commune.officer.id)
    with transaction(commune.military):
        late = actions.propose_item(meeting, commune.place("QS"), "Nội dung bổ sung", "")
        actions.propose_item(
            meeting,
            commune.place("QS"),
            f"Việc riêng {marked.words['secret']}",
            marked.words["secret"],
            restricted=True,
        )
    marked.ids |= {"item": report.id, "late_item": late.id}


def _task(marked: Council, meeting: Meeting, commune: Commune) -> None:
    with clock.telling(clock.moment(DAYS["council"], 10)):
        order = an_order(commune, item_of(meeting, "police"), "CA", date(2026, 12, 20), marked.words["task"])
    marked.ids["task"] = order.id


def _series(marked: Council, commune: Commune) -> None:
    with transaction(commune.clerk):
        series = actions.begin_series(
            MeetingKind.COORDINATION, SeriesRule.WORKING_DAY_AFTER, commune.id, commune.place("UB"), date(2026, 1, 1),
            day_of_month=3, hour=8, place="Hội trường UBND xã",
        )  # fmt: skip
    marked.ids["series"] = series.id


def _invitation(marked: Council, meeting: Meeting, commune: Commune) -> None:
    own = next(one for one in meeting.invited if one.user_id == commune.village_head.id)
    marked.ids["invitation"] = own.id
