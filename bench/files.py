"""One invented case after another, as rows: a person, a file, who has it, what was recorded, what is owed."""

import random
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from bench.organisation import Commune
from portal.cases.models import (
    Assessment,
    Assignment,
    AssignmentKind,
    Case,
    CaseType,
    CheckIn,
    ClosingReason,
    Contact,
    RollCall,
    TermChange,
)
from portal.demo import words
from portal.duties.models import Duty
from portal.duties.rules import Wanted
from portal.engine import clock
from portal.engine.vietnamese import fold, sort_key
from portal.engine.workflow import Step
from portal.law.days import add_months
from portal.people.models import Person, Sex, end_digest, number_digest

Row = dict[str, Any]

RUNNING_SHARE, MONTHS_KEPT, OLD_DUTIES = 0.3, 12, 4
HANDED_IN, THIS_MONTH, SHORTENED = 0.99, 0.75, 0.9  # how much of what is owed was done
YEARS = 7
TYPES = {
    CaseType.SUSPENDED_SENTENCE: 40, CaseType.CONDITIONAL_RELEASE: 8, CaseType.NON_CUSTODIAL_REFORM: 12,
    CaseType.RESIDENCE_SUPERVISION: 4, CaseType.RESIDENCE_BAN: 3, CaseType.REINTEGRATION: 25,
    CaseType.DRUG_USER_MANAGEMENT: 8,
}  # fmt: skip
ORDER = (
    Person,
    Case,
    Assignment,
    Step,
    CheckIn,
    RollCall,
    Contact,
    Assessment,
    TermChange,
    Duty,
)  # as one refers to another
FAMILY, MEN, WOMEN = (
    (*words.FAMILY_NAMES, "Đặng", "Dương", "Lý", "Đinh", "Phan"),
    words.GIVEN_TO_MEN,
    words.GIVEN_TO_WOMEN,
)


class Files:
    """Makes cases from a seed; the same seed gives the same cases."""

    def __init__(self, seed: int, today: date) -> None:
        self.chance = random.Random(seed)
        self.today = today

    def rows(self, number: int, commune: Commune) -> Iterator[tuple[type[Any], Row]]:
        """Everything of the case with this number, in the order in which it must be inserted."""
        person = self._person(number, commune)
        case = self._case(number, commune, person)
        yield Person, person
        yield Case, case
        yield from self._people_of(case, commune)
        yield from self._recorded(case)
        yield from self._duties(case)

    def _kept(self, number: int, by: int, on: date) -> Row:
        at = clock.moment(on)
        return {
            "id": number, "created_at": at, "created_by_id": by, "changed_at": at, "changed_by_id": by,
            "void_reason": "", "version": 1,
        }  # fmt: skip

    def _person(self, number: int, commune: Commune) -> Row:
        chance, man = self.chance, self.chance.random() < 0.85
        middle = chance.choice(words.MIDDLE_OF_MEN if man else words.MIDDLE_OF_WOMEN)
        name = f"{chance.choice(FAMILY)} {middle} {chance.choice(MEN if man else WOMEN)}"
        digits, phone = f"0{chance.randrange(10**10, 10**11)}", f"09{chance.randrange(10**7, 10**8)}"
        born = date(chance.randrange(1958, 2006), chance.randrange(1, 13), chance.randrange(1, 29))
        return self._kept(number, commune.chief_id, date(2020, 1, 1)) | {
            "commune_id": commune.id, "full_name": name, "sex": Sex.MALE if man else Sex.FEMALE, "birth_date": born,
            "birth_year": born.year, "national_id": digits, "phone": phone, "village_id": chance.choice(commune.villages),
            "address": f"số {chance.randrange(1, 200)}", "folded": fold(name), "sort_key": sort_key(name),
            "national_id_digest": number_digest(digits), "national_id_end": end_digest(digits),
            "phone_end": end_digest(phone), "identity": f"id:{number_digest(digits)}",
        }  # fmt: skip

    def _case(self, number: int, commune: Commune, person: Row) -> Row:
        chance, runs = self.chance, self.chance.random() < RUNNING_SHARE
        kind = chance.choices(list(TYPES), list(TYPES.values()))[0]
        ago = chance.randrange(20, 900) if runs else chance.randrange(500, YEARS * 365)
        if runs and kind == CaseType.DRUG_USER_MANAGEMENT:
            ago = min(ago, 340)  # it lasts a year
        received = self.today - timedelta(days=ago)
        starts = received - timedelta(days=chance.randrange(0, 21))
        passed = ago // 30
        months = passed + chance.randrange(3, 30) if runs else max(6, passed - chance.randrange(3, 12))
        closed = None if runs else min(add_months(starts, months), self.today)
        owner = chance.choice(commune.officers)
        return self._kept(number, commune.chief_id, received) | {
            "commune_id": commune.id, "number": f"{received.year}-{number:06d}", "type": kind,
            "state": "open" if runs else "closed", "person_id": person["id"], "owner_id": owner,
            "supervising_unit_id": commune.police_id, "received_on": received,
            "reception_on": received + timedelta(days=5), "starts_on": starts, "term_months": months,
            "prison_months": months // 2 or 1, "judgment_number": f"{number % 90 + 1}/{starts.year}/HS-ST",
            "judgment_on": starts, "court": "TAND khu vực 5", "offence": "Cố ý gây thương tích", "closed_on": closed,
            "closing_reason": None if runs else ClosingReason.COMPLETED,
        }  # fmt: skip

    def _people_of(self, case: Row, commune: Commune) -> Iterator[tuple[type[Any], Row]]:
        """Its officer, for every second one a helper, and the step that opened it."""
        runs, asked = case["closed_on"] is None, case["received_on"]
        for kind, who in ((AssignmentKind.OFFICER, case["owner_id"]), (AssignmentKind.HELPER, commune.helpers[case["id"] % len(commune.helpers)])):  # fmt: skip
            if kind == AssignmentKind.OFFICER or case["id"] % 2:
                yield Assignment, self._of_case(Assignment, case, asked) | {
                    "kind": kind, "assignee_id": who, "state": "accepted" if runs else "ended", "proposed_on": asked,
                    "since": asked + timedelta(days=1), "until": case["closed_on"],
                }  # fmt: skip
        yield Step, {
            "record_type": "case", "record_id": case["id"], "name": "open", "from_state": "submitted", "to_state": "open",
            "reason": "", "at": clock.moment(asked), "by_id": commune.chief_id, "role": "police_chief",
            "unit_id": commune.police_id, "record_version": 1,
        }  # fmt: skip

    def _of_case(self, _kind: type[Any], case: Row, on: date) -> Row:
        kept = self._kept(0, case["owner_id"], on)
        del kept["id"]
        return kept | {"case_id": case["id"], "commune_id": case["commune_id"]}

    def _recorded(self, case: Row) -> Iterator[tuple[type[Any], Row]]:
        """What officers wrote down month by month; some of this month is still to come."""
        if case["type"] in (CaseType.RESIDENCE_BAN, CaseType.DRUG_USER_MANAGEMENT):
            return
        last = (case["closed_on"] or self.today).replace(day=1)
        for back in range(MONTHS_KEPT, -1, -1):
            month = add_months(last, -back)
            share = THIS_MONTH if month == self.today.replace(day=1) else HANDED_IN
            if month > case["received_on"] and self.chance.random() < share:
                yield from self._month(case, month)
        served = (self.today - case["starts_on"]).days / 30 / case["term_months"]
        if case["closed_on"] is None and served > 0.3 and self.chance.random() < SHORTENED:
            on = max(case["received_on"], self.today - timedelta(days=60))
            yield TermChange, self._of_case(TermChange, case, on) | {
                "decided_on": on, "months": 1, "decision_number": f"{case['id'] % 90 + 1}/{on.year}/QĐ-TA",
                "state": "confirmed",
            }  # fmt: skip

    def _month(self, case: Row, month: date) -> Iterator[tuple[type[Any], Row]]:
        on = min(self.today, month + timedelta(days=self.chance.randrange(0, 7)))
        about = self._of_case(CheckIn, case, on) | {"month": month}
        yield CheckIn, about | {"received_on": on, "channel": "in_person", "state": "received", "note": ""}
        if case["closed_on"] is None:
            yield RollCall, about | {"held_on": on, "present": True, "note": ""}
            if month < self.today.replace(day=1):
                text = words.MONTHS[month.month % len(words.MONTHS)]
                yield Assessment, about | {"written_on": month + timedelta(days=24), "rating": None, "text": text}

    def _duties(self, case: Row) -> Iterator[tuple[type[Any], Row]]:
        """Of a closed case a few that were done. Those of a running one are made by the portal's own rules."""
        for one in _done_long_ago(case) if case["closed_on"] else ():
            yield Duty, self._of_case(Duty, case, one.due_on) | _duty(case, one)


def _duty(case: Row, one: Wanted) -> Row:
    return {
        "rule": one.rule, "key": one.key, "subject_type": "case", "subject_id": case["id"], "case_id": case["id"],
        "commune_id": case["commune_id"], "due_on": one.due_on, "opens_on": one.opens_on, "alert_on": one.alert_on,
        "is_right": one.is_right, "owner_id": one.owner_id, "owner_role": one.owner_role, "source": one.source,
        "confirmed": one.confirmed, "values": dict(one.values), "done_on": one.done_on, "done_by_id": one.done_by_id,
        "note": "", "drop_reason": "",
    }  # fmt: skip


def _done_long_ago(case: Row) -> Iterator[Wanted]:
    for back in range(1, OLD_DUTIES + 1):
        month = add_months(case["closed_on"].replace(day=1), -back)
        due_on = month.replace(day=5)
        yield Wanted(
            "COM-SELF-REPORT", f"{month:%Y-%m}", due_on, "police_officer", case["owner_id"], month, done_on=due_on,
            done_by_id=case["owner_id"], values={"month": f"{month:%m/%Y}"},
        )  # fmt: skip
