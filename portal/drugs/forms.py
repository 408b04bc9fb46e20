"""What is written down of people who are reviewed, tested and fined."""

from collections.abc import Iterable
from datetime import date
from typing import Any, ClassVar

from flask_babel import format_decimal
from flask_login import current_user

from portal.books.forms import Offered, OfPersonForm
from portal.drugs.models import (
    CONTEXT_NAMES,
    DETERMINATION_NAMES,
    RESULT_NAMES,
    SIGNER_NAMES,
    SOURCE_NAMES,
    DrugTest,
    FineDecision,
    TestResult,
)
from portal.drugs.queries import incidents_of_the_house, without_fine
from portal.engine import access, clock
from portal.engine.access import may, reach, see
from portal.engine.db import db
from portal.engine.forms import (
    TO_CHOOSE,
    BooleanField,
    Choice,
    Day,
    Hour,
    Line,
    Number,
    Optional,
    Paragraphs,
    Required,
    ValidationError,
    not_in_the_future,
    of,
)
from portal.engine.intake import asked_for, id_in
from portal.engine.presentation import day
from portal.engine.text import _, _l
from portal.law.fines import OFFENCES, Offence, Signer, band, middle
from portal.law.rule import Parameters
from portal.lawbook.queries import numbers_of
from portal.organisation.models import Role, User
from portal.organisation.queries import holders
from portal.people.models import SEX_NAMES, Person

MOST_OFFERED = 200
MOST_VND = 100_000_000


def police_offered(user: User) -> Iterable[tuple[str, Any]]:
    """Those who serve in the commune police."""
    commune_id = user.acting.commune_id if user.acting else 0
    serving = [one for role in (Role.POLICE_CHIEF, Role.POLICE_OFFICER) for one in holders(role, commune_id)]
    return [(str(one.id), one.full_name) for one in dict.fromkeys(serving)]


class ReviewForm(OfPersonForm):
    village_id = Offered(_l("Village"), [Required()])
    listed_on = Day(_l("Put on the list on"), [Required(), not_in_the_future])
    source_kind = Choice(
        _l("Where it was heard"), [Optional()], choices=[TO_CHOOSE, *SOURCE_NAMES.items()],
        description=_l("The kind of source alone: who said so is written down nowhere."),
    )  # fmt: skip
    reason = Paragraphs(_l("Why the person is on the list"), [Optional()], length=1000)
    reviewer_id = Offered(_l("Who reviews it"), [Optional()], offer=police_offered, called=lambda user: user.full_name)
    review_until = Day(
        _l("Review ends on"), [Optional()],
        description=_l("By this day somebody decides whether the person stays on the list."),
    )  # fmt: skip
    removed_on = Day(
        _l("Taken off the list on"), [Optional(), not_in_the_future],
        description=_l("The first day on which the person is no longer on it."),
    )  # fmt: skip
    removal_reason = Line(_l("Why taken off the list"), [Optional()], length=500)
    widths: ClassVar[dict[str, str]] = {
        "birth_year": "short", "national_id": "mid", "village_id": "mid", "source_kind": "mid", "reviewer_id": "mid",
    }  # fmt: skip


def incidents_offered(user: User) -> Iterable[tuple[str, Any]]:
    """Incidents of the commune that the user may read, the latest first."""
    incident = incidents_of_the_house()
    found = reach(user, "read", incident).where(incident.voided_at.is_(None))
    latest = db.session.scalars(found.order_by(incident.day.desc(), incident.id.desc()).limit(MOST_OFFERED))
    return [(str(one.id), f"{one.number}, {day(one.day)}, {one.village.title}") for one in latest.unique()]


class TestForm(OfPersonForm):
    sex = Choice(_l("Sex"), [Optional()], choices=of(SEX_NAMES), description=_l("Minutes and decision name it."))
    village_id = Offered(
        _l("Village"), [Optional()], description=_l("Nothing where the person lives in another commune.")
    )
    context = Choice(_l("On what occasion"), [Required()], choices=[TO_CHOOSE, *CONTEXT_NAMES.items()])
    taken_on = Day(_l("Tested on"), [Required(), not_in_the_future])
    result = Choice(_l("Result"), [Required()], choices=[TO_CHOOSE, *RESULT_NAMES.items()])
    location = Line(_l("Place of the test"), [Optional()])
    incident_id = Offered(
        _l("Incident"), [Optional()], offer=incidents_offered, called=lambda incident: str(incident.number),
        description=_l("Of a test at an incident."),
    )  # fmt: skip
    received_on = Day(
        _l("Result received on"), [Optional(), not_in_the_future],
        description=_l("With the hour the moment from which the time to decide runs, nights and days off included."),
    )  # fmt: skip
    received_time = Hour(_l("Result received at"), [Optional()])
    residence_checked_on = Day(
        _l("Residence verified on"), [Optional(), not_in_the_future],
        description=_l("Of a positive test, until 30/06/2026: before the chair decides."),
    )  # fmt: skip
    determined_on = Day(
        _l("Determined on"), [Optional(), not_in_the_future],
        description=_l("Only where a medical body was asked whether the person is addicted."),
    )  # fmt: skip
    determination = Choice(
        _l("Outcome of the determination"), [Optional()], choices=[TO_CHOOSE, *DETERMINATION_NAMES.items()],
        description=_l("The outcome and the number of its paper alone. Nothing about health or treatment."),
    )  # fmt: skip
    determination_number = Line(_l("Paper of the determination"), [Optional()], length=60)
    device = Line(_l("Test kit or device"), [Optional()])
    note = Paragraphs(_l("Remarks"), [Optional()], length=1000)
    widths: ClassVar[dict[str, str]] = {
        "birth_year": "short", "sex": "short", "national_id": "mid", "village_id": "mid", "context": "mid",
        "result": "mid", "device": "mid", "received_time": "short", "determination": "mid",
        "determination_number": "mid",
    }  # fmt: skip

    WHO = (*OfPersonForm.WHO, "sex")

    def known_of(self, person: Person) -> tuple[str, ...]:
        """Of somebody whose sex nobody wrote down yet it is asked."""
        asked = person.sex is None and may(current_user, "edit", person)
        return OfPersonForm.WHO if asked else self.WHO

    def fill_lists(self, record: Any = None, *more: Any) -> None:
        super().fill_lists(record, *more)
        _suggest_village(self, record)
        if record is None and not self.is_submitted():
            now = clock.now().astimezone(clock.VIETNAM)  # the result was mostly received just before
            self.taken_on.data, self.received_on.data, self.received_time.data = now.date(), now.date(), now.time()


def tests_offered(user: User) -> Iterable[tuple[str, Any]]:
    """Positive tests on which nobody decided yet, the latest first."""
    positive = reach(user, "read", DrugTest).where(DrugTest.result == TestResult.POSITIVE, without_fine())
    found = db.session.scalars(positive.order_by(DrugTest.taken_on.desc(), DrugTest.id.desc()).limit(MOST_OFFERED))
    return [(str(one.id), called_test(user, one)) for one in found.unique()]


def called_test(user: User, test: DrugTest) -> str:
    return f"{test.number}: {see(user, test.person, 'full_name').value}, {day(test.taken_on)}"


def _suggest_village(form: OfPersonForm, record: Any) -> None:
    """Of somebody whom the address names it is known where they live."""
    person = form.about() if record is None and not form.is_submitted() else None
    if person is not None and person.village_id:
        form["village_id"].data = str(person.village_id)


def _law() -> Parameters:
    """The decrees on fines as they hold, and are read, in the commune of whoever writes."""
    acting = current_user.acting
    return numbers_of(acting.commune_id if acting else None, "fines")


def cases_offered(user: User) -> Iterable[tuple[str, Any]]:
    """Running cases in which the user records, by their number."""
    case = FineDecision.case.property.mapper.class_
    found = db.session.scalars(reach(user, "record", case).order_by(case.number.desc()).limit(MOST_OFFERED))
    return [(str(one.id), called_case(user, one)) for one in found.unique()]


def called_case(user: User, case: Any) -> str:
    return f"{case.number}: {see(user, case.person, 'full_name').value}"


class FineForm(OfPersonForm):
    """A fine. Where a test or a case is chosen it is known who was fined."""

    offence = Choice(
        _l("What was fined"), [Required()], choices=[(str(one), _l(told)) for one, told in OFFENCES.items()],
        default=str(Offence.DRUG_USE),
    )  # fmt: skip
    case_id = Offered(
        _l("Case in which it counts"), [Optional()], offer=cases_offered, called=lambda case: str(case.number),
        description=_l("Of a broken duty always; of another deed where it is to count in the case."),
    )  # fmt: skip
    committed_on = Day(
        _l("Day of the deed"), [Optional(), not_in_the_future],
        description=_l("Where neither a test nor an incident tells it."),
    )  # fmt: skip
    test_id = Offered(
        _l("Test on which it stands"), [Optional()], offer=tests_offered, called=lambda test: str(test.number)
    )
    incident_id = Offered(
        _l("Incident for which it was"), [Optional()], offer=incidents_offered,
        called=lambda incident: str(incident.number), description=_l("Only where it stands on no test of the review."),
    )  # fmt: skip
    village_id = Offered(
        _l("Village"), [Optional()], description=_l("Nothing where the person lives in another commune.")
    )
    paper_number = Line(_l("Number of the decision"), [Optional()], length=60)
    signer = Choice(
        _l("Signed as"), [Optional()], choices=[TO_CHOOSE, *SIGNER_NAMES.items()],
        description=_l("The office held that day. Its ceiling is that of the decree of the decision."),
    )  # fmt: skip
    decided_on = Day(_l("Decided on"), [Required(), not_in_the_future])
    amount_vnd = Number(
        _l("Amount, in đồng"), [Required()], most=MOST_VND,
        description=_l("0 is a warning. The middle of what the decree allows is usual."),
    )  # fmt: skip
    deviation = Line(
        _l("Why another amount"), [Optional()], length=500,
        description=_l("Wherever it is not the middle of what the decree allows, such as for a minor."),
    )  # fmt: skip
    milder = BooleanField(
        _l("By the decree of the day of the decision, which is milder"),
        [Optional()],
        description=_l("Only of a deed from before 15/12/2025."),
    )
    milder_reason = Line(_l("Why by that decree"), [Optional()], length=500)
    annulled_on = Day(
        _l("Annulled on"), [Optional(), not_in_the_future], description=_l("The first day on which it holds no more.")
    )
    annulment_reason = Line(_l("Why it was annulled"), [Optional()], length=500)
    widths: ClassVar[dict[str, str]] = {
        "birth_year": "short", "national_id": "mid", "village_id": "mid", "paper_number": "mid", "amount_vnd": "mid",
    }  # fmt: skip

    def fill_lists(self, record: Any = None, *more: Any) -> None:
        super().fill_lists(record, *more)
        if record is not None and record.test_id:
            self._leave_out(*self.WHO)  # mended where the test is
        elif record is None and not self.is_submitted():
            self._begin()

    def _begin(self) -> None:
        """A test that the address names, where its person lives, and the amount that is usual."""
        if asked := asked_for("test"):
            self.test_id.data = str(asked)
        if asked := asked_for("case"):
            self.case_id.data = str(asked)
        test, offence = self._test(), Offence(self.offence.data)
        day = test.taken_on if test else clock.today()
        self.amount_vnd.data = middle(day, _law(), offence)
        if test is not None:
            self.signer.data = str(Signer.POLICE_CHIEF)
        self._tell_band(day, offence)
        _suggest_village(self, None)

    def _tell_band(self, used_on: date, offence: Offence) -> None:
        """Between which amounts the decree of the deed's day lets one fine, with its clause."""
        found = band(offence, used_on, _law())
        if found is not None:
            least, most = (format_decimal(one.count) for one in (found.least, found.most))
            self.amount_vnd.description = _(
                "From %(least)s to %(most)s đồng, or 0 for a warning (%(source)s). The middle is usual.",
                least=least, most=most, source=found.least.source,
            )  # fmt: skip

    def about(self) -> Person | None:
        subject = self._test() or self._case()
        return subject.person if subject is not None else super().about()

    def _case(self) -> Any:
        chosen = id_in(self.case_id.data) or asked_for("case")
        kind = FineDecision.case.property.mapper.class_
        return access.find(current_user, "record", kind, chosen) if chosen else None

    def _test(self) -> DrugTest | None:
        chosen = id_in(self.test_id.data) or asked_for("test")
        return access.find(current_user, "read", DrugTest, chosen) if chosen else None

    def validate_amount_vnd(self, field: Number) -> None:
        """The middle of the band is usual; anything else is justified, but not in rows of an old register."""
        decided_on = self.decided_on.data
        justified = self.of_register or bool((self.deviation.data or "").strip())
        if justified or field.data is None or not isinstance(decided_on, date):
            return
        test = self._test()
        deed_on = self.committed_on.data or (test.taken_on if test else decided_on)
        offence = Offence(self.offence.data) if self.offence.data in set(Offence) else Offence.DRUG_USE
        usual = middle(decided_on if self.milder.data else deed_on, _law(), offence)
        if usual is not None and field.data != usual:
            told = format_decimal(usual)
            raise ValidationError(
                _("The middle of the band is %(usual)s đồng. Please say why another amount.", usual=told)
            )
