"""The course of one file, from the day its papers arrive to the certificate, by the law of each day."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial
from typing import Any

from portal.cases.models import COMMUNITY_SENTENCES, CaseType, ClosingReason, ContactKind
from portal.demo import acts, chance, story, words, working_days
from portal.demo.deeds import Deed, on
from portal.demo.story import File
from portal.law import REGIMES, approval
from portal.law.days import next_month
from portal.law.rule import ACT_2025, Cut, Due, Term

ENDING = {CaseType.REINTEGRATION: "reintegration_end"}  # whose chain is another
CHAIR, DEPUTY = "commune_leader", "y_hlen_nie"
REPORTS = ("COM-SELF-REPORT", "RS-PRESENT-MONTHLY")
HELPED = (
    CaseType.SUSPENDED_SENTENCE, CaseType.CONDITIONAL_RELEASE, CaseType.NON_CUSTODIAL_REFORM, CaseType.REINTEGRATION,
)  # fmt: skip
FOLLOWED = (CaseType.REINTEGRATION, CaseType.DRUG_USER_MANAGEMENT)  # no sentence: nothing is owed by the month
HELPERS = {
    "DME": "thao_pon", "IEC": "y_nhon", "MTO": "dinh_van_quang", "KKH": "a_thut", "BPH": "team_member",
    "NHA": "doan_thi_man", "TKA": "a_bih", "NTA": "ho_thi_sau", "DTH": "dn.y_ke", "SDA": "dn.y_ke",
}  # fmt: skip
SUMMONED = (CaseType.SUSPENDED_SENTENCE, CaseType.NON_CUSTODIAL_REFORM)
CALLED, LATER = 2, 4  # working days from the acceptance to the day of a summons, and to that of a further one
EXCUSED = frozenset({"SS-08"})  # ill on the day, and called once more
BY_COLLEAGUE, OFFICERS = 12, (story.THANH, story.NHUIN, story.DIEU)  # each so manieth report a colleague takes in
EACH = 11  # after the told part each eleventh self-report is late


@dataclass(frozen=True)
class Course:
    """The days of a file that follow from its papers."""

    file: File

    @property
    def regime(self) -> Any:
        return REGIMES[self.file.type]

    @property
    def term(self) -> Term:
        file = self.file
        cuts = (Cut(*file.cut),) if file.cut else ()
        return Term(file.starts_on, file.months, file.received_on, cuts=cuts, ended_on=file.ends_early)

    @property
    def last_on(self) -> date:
        last: date = self.file.ends_early or self.regime.last_day(self.term).due_on
        return last

    @property
    def opened_on(self) -> date:
        return working_days.after(self.file.received_on)

    @property
    def accepted_on(self) -> date:
        return working_days.after(self.opened_on)

    @property
    def handed_over_on(self) -> date:
        """The working day on which the file goes to whoever certifies: by law, or three working days before the end."""
        if self.file.type in FOLLOWED:
            return working_days.before(self.last_on, 3)
        by_law: date = self.regime.supervision(self.term).hand_over_on
        return working_days.before(by_law + timedelta(days=1))

    @property
    def received_by_police(self) -> bool:
        """Whether the commune police received the person in a session: of a sentence that no army unit supervises."""
        return self.file.type in COMMUNITY_SENTENCES and not self.file.supervised_by

    @property
    def summoned(self) -> bool:
        return self.received_by_police and self.file.type in SUMMONED

    @property
    def reception_on(self) -> date:
        """The day of the session: whoever was released presents by themselves, others are called."""
        if not self.summoned:
            return self.accepted_on
        return working_days.after(self.accepted_on, CALLED + (LATER if self.file.code in EXCUSED else 0))

    @property
    def plan_decided_on(self) -> date:
        """The day of the supervision plan; the law gives a day more."""
        return working_days.after(self.reception_on, 4)

    @property
    def people(self) -> tuple[str, str, str]:
        """Officer, chief and chair of the file's commune."""
        if self.file.commune == "DN":
            return self.file.officer, "dn.police_chief", "dn.commune_leader"
        return self.file.officer, "police_chief", CHAIR

    @property
    def helper(self) -> str | None:
        helped = self.file.type in HELPED and not self.file.supervised_by
        return HELPERS.get(self.file.village) if helped else None

    @property
    def help_ends_by_decision(self) -> bool:
        """Whether by the law of the last day the helper's task ends by a decision of its own."""
        return bool(self.helper) and self.last_on >= ACT_2025 and "COM-HELPER-END" in self.regime.PARAMETERS.rules

    def months(self, until: date) -> Iterator[date]:
        month = self.file.received_on.replace(day=1)
        while month <= min(self.last_on, until):
            yield month
            month = next_month(month)

    def owed(self, month: date) -> list[Due]:
        term = self.term
        if self.file.type in COMMUNITY_SENTENCES and not self.file.ends_early and not self.file.supervised_by:
            term = replace(term, handed_over_on=self.handed_over_on)
        found: list[Due] = self.regime.monthly(term, month)
        return found

    def report_owed(self, month: date) -> Due | None:
        return next((due for due in self.owed(month) if due.rule in REPORTS), None)


def opening(course: Course) -> Iterator[Deed]:
    """Drafted by the officer, opened by the chief, which asks the officer who is named; accepted by that officer."""
    file, (officer, chief, _chair) = course.file, course.people
    yield on(file.received_on, 9, officer, partial(acts.open_file, file))
    yield on(course.opened_on, 14, chief, partial(acts.take, f"{file.code}/open", "approve"))
    yield on(course.accepted_on, 8, officer, partial(acts.accept, file.code, "officer"))


def helping(course: Course, waits: bool = False) -> Iterator[Deed]:
    """Proposed by the officer, endorsed by the chief, decided by the chair, accepted by the helper.

    It *waits* for the chair where the day of a user shows it so.
    """
    if course.helper is None:
        return
    file, (officer, chief, chair), key = course.file, course.people, f"{course.file.code}/helper"
    received = course.received_by_police and file.received_on >= ACT_2025
    proposed_on = working_days.after(course.reception_on if received else course.accepted_on)
    endorsed_on, decided_on = working_days.after(proposed_on), working_days.after(proposed_on, 3)
    yield on(proposed_on, 9, officer, partial(acts.propose_helper, key, file.code, course.helper, words.HELPER))
    yield on(endorsed_on, 10, chief, partial(acts.take, key, "endorse"))
    if not waits:
        yield on(decided_on, 10, decider(chair, key), partial(acts.take, key, "approve"))
        yield on(working_days.after(decided_on), 9, course.helper, partial(acts.accept, file.code, "helper"))


def decider(chair: str, *about: object) -> str:
    """The chair or, one time in five, the deputy on the chair's behalf."""
    return DEPUTY if chair == CHAIR and chance.number(5, *about, "deputy") == 0 else chair


def month_by_month(course: Course, until: date, told_apart: Collection[tuple[str, date]]) -> Iterator[Deed]:
    """What the law asks for each month: self-report (unless it is *told apart*), roll-call, assessment, a visit."""
    for month in course.months(until):
        for due in course.owed(month):
            if due.rule in REPORTS and (course.file.code, month) not in told_apart:
                yield from report(course, month, due)
            elif due.rule == "COM-ROLLCALL":
                held_on = working_days.some_day(_second(due), due.due_on, course.file.code, month, "roll-call")
                yield on(held_on, 14, course.file.officer, partial(acts.roll_call, course.file.code, month))
            elif due.rule == "COM-ASSESS-MONTHLY" and not (
                course.file.code in story.DIED and due.due_on >= course.last_on
            ):
                yield assessment(course, month, due)
            elif due.rule == "DRU-CONTACT":
                first = max(due.opens_on or month, working_days.after(course.accepted_on), month.replace(day=8))
                day = working_days.some_day(min(first, due.due_on), due.due_on, course.file.code, month, "residence")
                said = chance.choice(words.VISITS, course.file.code, month, "said")
                yield on(day, 15, course.file.officer, partial(acts.contact, course.file.code, ContactKind.VISIT, said))


def _second(due: Due) -> date:
    """The day after a window opens, if that is still in it: on the first of a month nobody comes."""
    opens_on = due.opens_on or due.due_on
    return min(opens_on + timedelta(days=1), due.due_on)


def report(course: Course, month: date, due: Due) -> Iterator[Deed]:
    """The self-report of a month, on days 2 to 5 as far as the term lasts; a late one is noted as a breach."""
    file, late = course.file, late_report(course, month, due)
    came_on = late or timely_day(course, month, due)
    hour = 8 + chance.number(8, file.code, month)
    taken_by = file.officer if late else taken_in_by(file, month)
    yield on(came_on, hour, taken_by, partial(acts.report, file.code, month, words.LATE_NOTE if late else ""))
    if taken_by != file.officer:
        looked_on = min(working_days.after(came_on), max(came_on, working_days.before(course.last_on)))
        yield on(looked_on, 17, file.officer, partial(acts.check_report, file.code, month))
    if late:
        yield on(late, 15, file.officer, partial(acts.breach, file.code, due.due_on + timedelta(days=1)))


def taken_in_by(file: File, month: date) -> str:
    """Whoever was on duty: mostly the officer in charge."""
    if file.officer not in OFFICERS or chance.number(BY_COLLEAGUE, file.code, month, "colleague"):
        return file.officer
    return colleague_of(file.officer)


def colleague_of(officer: str) -> str:
    return OFFICERS[(OFFICERS.index(officer) + 1) % len(OFFICERS)]


def timely_day(course: Course, month: date, due: Due) -> date:
    return working_days.some_day(_second(due), min(due.due_on, month.replace(day=5)), course.file.code, month)


def late_report(course: Course, month: date, due: Due) -> date | None:
    """The day on which a report came late: as told, later each eleventh one."""
    if month <= story.END_OF_TOLD_PART:
        return story.LATE.get((course.file.code, month))
    turn = (month.year * 12 + month.month + chance.number(EACH, course.file.code)) % EACH
    return min(working_days.after(due.due_on, 3), course.last_on) if turn == 0 else None


def assessment(course: Course, month: date, due: Due) -> Deed:
    file = course.file
    first = max(due.opens_on or due.due_on, working_days.after(course.accepted_on))
    written_on = working_days.some_day(first, max(first, due.due_on), file.code, month, "assessment")
    return on(written_on, 11, file.officer, partial(acts.assess, file.code, month))


def contacts(course: Course, until: date) -> Iterator[Deed]:
    """A visit or a call each quarter, and a visit to the released at Tết."""
    file = course.file
    for month in course.months(until):
        day = working_days.some_day(month.replace(day=8), month.replace(day=25), file.code, month, "contact")
        quarterly = month.month % 3 == 2 and file.type != CaseType.DRUG_USER_MANAGEMENT  # they are seen each month
        if quarterly and course.accepted_on < day < course.last_on:
            kind = chance.choice((ContactKind.VISIT, ContactKind.CALL), file.code, month, "kind")
            said = chance.choice(words.VISITS if kind == ContactKind.VISIT else words.CALLS, file.code, month, "said")
            yield on(day, 15, file.officer, partial(acts.contact, file.code, kind, said))
    if file.type == CaseType.REINTEGRATION:
        for day in story.TET_VISITS:
            if course.accepted_on < day < course.last_on:
                yield on(day, 9, file.officer, partial(acts.contact, file.code, ContactKind.VISIT, words.TET))


def reports_of_helper(course: Course, until: date) -> Iterator[Deed]:
    """Whoever helps answers the three questions on a quarter, in the first days of the next."""
    for month in course.months(until):
        if month.month % 3 == 1 and course.helper and course.accepted_on < month < course.last_on:
            yield on(month + timedelta(days=3), 19, course.helper, partial(acts.report_help, course.file.code, month))


def ending(course: Course) -> Iterator[Deed]:
    """Handed over, proposed and certified on the last day: from that day on it runs no more."""
    file, (officer, chief, chair), key = course.file, course.people, f"{course.file.code}/end"
    handed_on = course.handed_over_on
    reason, text = CLOSING[file.type == CaseType.REINTEGRATION]
    if file.type in COMMUNITY_SENTENCES:
        yield on(handed_on, 7, officer, partial(acts.hand_over, file.code))
        yield on(handed_on, 8, officer, partial(acts.lay_end, file.code))
        yield on(handed_on, 9, chief, partial(acts.confirm_end, file.code))
    chain = approval.chain(ENDING.get(file.type, "completion"), handed_on)
    yield on(handed_on, 10, officer, partial(acts.propose_completion, key, file.code, course.last_on, reason, text))
    endorsed_on = min(working_days.after(handed_on), course.last_on)
    if chain.endorser:
        yield on(endorsed_on, 11, chief, partial(acts.take, key, "endorse"))
    by = decider(chair, key) if chain.decider == "commune_leader" else chief
    yield on(course.last_on, 15, by, partial(acts.take, key, "approve"))
    yield on(course.last_on, 16, officer, partial(acts.take, key, "communicate"))
    if course.help_ends_by_decision:  # proposed by itself, together with the closing
        yield on(endorsed_on, 11, chief, partial(acts.take_end_of_help, file.code, "endorse"))
        yield on(course.last_on, 16, chair, partial(acts.take_end_of_help, file.code, "approve"))


CLOSING = {
    True: (ClosingReason.RECORD_CLEARED, words.CLEARED), False: (ClosingReason.COMPLETED, words.COMPLETION),
}  # fmt: skip
