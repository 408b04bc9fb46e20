"""A file as its papers tell it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from flask_login import current_user
from wtforms.validators import Optional, StopValidation

from portal.cases.actions.opening import against_term, day_of_decision
from portal.cases.forms.of_case import choices, not_before_receipt
from portal.cases.models import ARMY, CASE_TYPE_NAMES, LATE_ENTRY, RATING_NAMES, CaseType, Rating
from portal.engine import clock
from portal.engine.forms import (
    Choice,
    Day,
    Line,
    Number,
    Required,
    StringField,
    ValidationError,
    Version,
    in_words,
    not_in_the_future,
    optional_id,
)
from portal.engine.presentation import day, told_with_source
from portal.engine.text import _, _l
from portal.organisation.queries import forces_on
from portal.people.forms import PersonForm
from portal.people.models import Person
from portal.people.queries import namesakes

MOST_MONTHS, MOST_DAYS = 480, 3650
MOST_YEARS_BEFORE, MOST_YEARS_AFTER = 40, 10  # between the start of a term and the receipt of its file
NEW_PERSON = "new"
PAPER = ("kept_from", "paper_report_on", "paper_assessed_on", "paper_rating")


def _needed_of_drug_users(form: Any, field: Day) -> None:
    typed = any(str(one).strip() for one in field.raw_data or ())
    if form.type.data == CaseType.DRUG_USER_MANAGEMENT and not typed:
        field.errors = []
        raise StopValidation(_("This is needed."))


def _needed_of_late_entries(form: Any, field: Day) -> None:
    """A file that comes long after its receipt ran on paper: from when it is kept here decides what is owed here."""
    received: date | None = form.received_on.data
    typed = any(str(one).strip() for one in field.raw_data or ())
    if form.asks_of_paper and received and clock.today() - received > LATE_ENTRY and not typed:
        field.errors = []
        told = _("The file was received long ago. Please say from when on it is kept here; before that it is on paper.")
        raise StopValidation(told)


@dataclass(frozen=True)
class Step:
    """A part of the form under one head: what every file tells, and under a line to press what only some tell."""

    id: str
    title: Any
    quick: tuple[str, ...]
    fold: Any = ""
    folded: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        return (*self.quick, *self.folded)


class CaseForm(PersonForm):
    """A file as its papers tell it, in steps: the person, the judgment, the term, the receipt.

    It carries the version of the person as well: two records are changed at once.
    """

    type = Choice(_l("Type of case"), choices=choices(CASE_TYPE_NAMES))
    person_version = Version()
    supervising_unit_id = Choice(
        _l("Supervised by"), choices=[("", _l("Commune police"))],
        description=_l("A unit of the army or the border post, where the decision names it."),
    )  # fmt: skip
    judgment_number = Line(_l("Number of the judgment or decision"), [Optional()], length=60)
    judgment_on = Day(_l("Day of the judgment or decision"), [Optional(), not_in_the_future])
    court = Line(_l("Court or body"), [Optional()])
    decision_on = Day(
        _l("Management decided on"), [_needed_of_drug_users, Optional(), not_in_the_future],
        description=_l("Of a drug user only: the day on which the decision was signed."),
    )  # fmt: skip
    offence = Line(_l("Offence"), [Optional()])
    prison_months = Number(_l("Prison term, in months"), [Optional()], most=MOST_MONTHS)
    received_on = Day(_l("File received on"), [Required(), not_in_the_future])
    starts_on = Day(
        _l("Term starts on"), [Required()],
        description=_l(
            "Suspended sentence: the judgment that granted it. Non-custodial reform: the day on which the enforcement "
            "body received the order. Conditional release, reintegration: the release from prison. Residence "
            "supervision or ban: the end of the prison term. Otherwise: the day that the decision names."
        ),
    )  # fmt: skip
    term_months = Number(
        _l("Length of the term, in months"), [Required()], least=1, most=MOST_MONTHS,
        description=_l(
            "As the judgment or decision says. Reintegration: from the release until the criminal record is cleared."
        ),
    )  # fmt: skip
    detained_days = Number(
        _l("Days in custody before the judgment"), [Optional()], most=MOST_DAYS,
        description=_l("Of a non-custodial reform only, as the judgment tells them: the law takes them off the term."),
    )  # fmt: skip
    printed_ends_on = Day(_l("Last day as printed on the paper"), [Optional()])
    reception_on = Day(
        _l("Reception held on"), [Optional(), not_in_the_future],
        description=_l("The session in which rights and duties were explained. If it is to come, record it then."),
    )  # fmt: skip

    kept_from = Day(
        _l("The file is kept here from"), [_needed_of_late_entries, Optional(), not_in_the_future],
        description=_l(
            "Of a file that ran on paper before. What was owed before that day is on paper: nothing of it is asked "
            "for, and nothing counts as missing."
        ),
    )  # fmt: skip
    paper_report_on = Day(
        _l("Last self-report or roll-call on paper"), [Optional(), not_in_the_future],
        description=_l("The day of it. Its month and those before are not asked for."),
    )  # fmt: skip
    paper_assessed_on = Day(
        _l("Last assessment on paper, written on"), [Optional(), not_in_the_future],
        description=_l("It covers the months that were over on that day."),
    )  # fmt: skip
    paper_rating = Choice(
        _l("Rating of that assessment"), [Optional()], choices=[("", _l("None")), *choices(RATING_NAMES)],
        description=_l("Only where it rated: months before July 2026 have no rating."),
    )  # fmt: skip

    widths: ClassVar[dict[str, str]] = {
        **PersonForm.widths, "kept_from": "day", "paper_report_on": "day", "paper_assessed_on": "day",
        "paper_rating": "mid", "type": "mid", "supervising_unit_id": "mid", "judgment_number": "mid",
        "judgment_on": "day", "decision_on": "day", "prison_months": "short", "received_on": "day", "starts_on": "day",
        "term_months": "short", "printed_ends_on": "day", "detained_days": "short", "reception_on": "day",
    }  # fmt: skip

    asks_of_paper: ClassVar[bool] = False  # only of a file that is being entered now
    PAPERS = (
        "type", "decision_on", "judgment_number", "judgment_on", "court", "offence", "prison_months", "received_on",
        "starts_on", "term_months", "detained_days", "printed_ends_on", "reception_on", *PAPER,
    )  # fmt: skip

    STEPS: ClassVar[tuple[Step, ...]] = (
        Step(
            "person", _l("Person managed"), ("full_name", "birth_date", "birth_year", "national_id", "village_id"),
            _l("Sex, telephone, address (optional)"), ("sex", "phone", "address"),
        ),
        Step(
            "judgment", _l("Judgment or measure"), ("type", "decision_on"),
            _l("Judgment or decision (optional)"),
            ("judgment_number", "judgment_on", "court", "offence", "prison_months"),
        ),
        Step("term", _l("Term"), ("starts_on", "term_months", "detained_days", "printed_ends_on")),
        Step(
            "receipt", _l("Receipt and assignment"), ("received_on",),
            _l("Received already, or supervised by another body (optional)"), ("reception_on", "supervising_unit_id"),
        ),
        Step("paper", _l("On paper before"), (), _l("The file ran on paper before it came here (optional)"), PAPER),
    )  # fmt: skip

    person_told: Sequence[tuple[str, str]] = ()

    def __init__(self, *given: Any, **more: Any) -> None:
        """Put the fields into the order of the steps: so the summary tells what must be mended from top to bottom."""
        super().__init__(*given, **more)
        in_steps = [name for step in self.STEPS for name in step.names]
        for name in [*in_steps, *(one for one in self._fields if one not in in_steps)]:
            self._fields.move_to_end(name)

    def stands_open(self, step: Step) -> bool:
        """Whether what a step folds away is shown, since something in it was typed or is wrong."""
        return any(name in self and (self[name].data or self[name].errors) for name in step.folded)

    def fill_lists(self, record: Any = None) -> None:
        super().fill_lists(record)
        units = forces_on(current_user.acting.commune_id, clock.today())
        others = [(str(unit.id), unit.title) for unit in units if unit.kind in ARMY]
        self.supervising_unit_id.choices = [("", _("Commune police")), *others]

    @property
    def has_person(self) -> bool:
        return "full_name" in self

    def leave_person_out(self) -> None:
        """Ask for the papers alone, and only tell what is kept of the person: it is not this file's to change."""
        fields = [self[name] for name in self.PERSON]
        self.person_told = [(str(one.label.text), in_words(one, one.object_data)) for one in fields]
        for name in (*self.PERSON, "person_version"):
            del self[name]

    def old_enough_on(self) -> date | None:
        received: date | None = self.received_on.data
        return received

    def validate_received_on(self, field: Day) -> None:
        if field.data and self.judgment_on.data and field.data < self.judgment_on.data:
            raise ValidationError(_("The file cannot be received before the decision was made."))

    def validate_decision_on(self, field: Day) -> None:
        if field.data and self.type.data != CaseType.DRUG_USER_MANAGEMENT:
            raise ValidationError(_("Only the management of a drug user has this day. Leave it empty here."))
        if field.data and self.received_on.data and field.data > self.received_on.data:
            raise ValidationError(_("The file cannot be received before the decision was made."))

    def validate_starts_on(self, field: Day) -> None:
        """A typing error of a century is easily made, and moves every right."""
        received: date | None = self.received_on.data
        if field.data and received and not -MOST_YEARS_BEFORE <= field.data.year - received.year <= MOST_YEARS_AFTER:
            raise ValidationError(_("That is far from the day on which the file was received. Please check the year."))
        self._by_law(field)

    def validate_term_months(self, field: Number) -> None:
        self._by_law(field)

    def _by_law(self, field: Day | Number) -> None:
        """The deed asks it again; here it is told before anything is saved, also while one only computes the days."""
        if self.type.data not in CASE_TYPE_NAMES or not self.starts_on.data:
            return
        of_type = CaseType(self.type.data)
        against = against_term(
            of_type, self.received_on.data, self.starts_on.data, self.term_months.data,
            self[day_of_decision(of_type)].data, self.detained_days.data,
        )  # fmt: skip
        for one in against:
            if one.field == field.name:
                raise ValidationError(told_with_source(one))

    def validate_printed_ends_on(self, field: Day) -> None:
        if field.data and self.starts_on.data and field.data < self.starts_on.data:
            raise ValidationError(_("The last day cannot lie before the first."))

    def validate_detained_days(self, field: Number) -> None:
        self._by_law(field)

    def validate_reception_on(self, field: Day) -> None:
        not_before_receipt(field, self.received_on.data)

    def validate_kept_from(self, field: Day) -> None:
        received: date | None = self.received_on.data
        if field.data and received and field.data < received:
            raise ValidationError(_("The file was received only on %(day)s.", day=day(received)))

    def validate_paper_report_on(self, field: Day) -> None:
        self._before_it_came(field)

    def validate_paper_assessed_on(self, field: Day) -> None:
        self._before_it_came(field)

    def validate_paper_rating(self, field: Choice) -> None:
        if field.data and not self.paper_assessed_on.data:
            raise ValidationError(_("A rating belongs to an assessment: please say when that was written."))

    def _before_it_came(self, field: Day) -> None:
        """What is on paper lies between the receipt of the file and the day from which it is kept here."""
        if field.data and not self.kept_from.data:
            raise ValidationError(_("Please say from when on the file is kept here."))
        if field.data and self.kept_from.data and field.data > self.kept_from.data:
            raise ValidationError(_("From %(day)s on it is recorded here.", day=day(self.kept_from.data)))
        if field.data and self.received_on.data and field.data < self.received_on.data:
            raise ValidationError(_("The file was received only on %(day)s.", day=day(self.received_on.data)))

    def papers(self) -> dict[str, Any]:
        typed = {name: self[name].data for name in self.PAPERS}
        typed["paper_rating"] = Rating(typed["paper_rating"]) if typed["paper_rating"] else None
        told = {name: typed[name] or "" for name in ("judgment_number", "court", "offence")}
        return {**typed, **told, "supervising_unit_id": optional_id(self.supervising_unit_id.data)}


class NewCaseForm(CaseForm):
    """A new file: if somebody like that is there already, it must be said whether it is them."""

    asks_of_paper = True
    person_id = StringField(_l("The same person?"))
    alike: Sequence[Person] = ()

    def validate_person_id(self, field: StringField) -> None:
        if self.full_name.errors or self.national_id.errors:
            return
        self.alike = namesakes(current_user, self.full_name.data, self.national_id.data)
        offered = {NEW_PERSON, *(str(person.id) for person in self.alike)} if self.alike else {"", NEW_PERSON}
        if (field.data or "") not in offered:
            raise ValidationError(_("Please choose one."))

    def chosen(self) -> Person | None:
        """The person who was there already."""
        return next((person for person in self.alike if str(person.id) == self.person_id.data), None)
