"""What may be typed about a meeting."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, ClassVar

from portal.engine import clock
from portal.engine.forms import (
    BooleanField,
    Choice,
    Day,
    EditForm,
    Hour,
    Line,
    Number,
    Optional,
    Paragraphs,
    PartForm,
    Required,
    ValidationError,
    not_in_the_future,
)
from portal.engine.text import _, _l
from portal.meetings.models import KIND_NAMES, OUTCOME_NAMES, RULE_NAMES, Attendance, Outcome, SeriesRule, Stay

LONG = 8000  # letters of what is said on an item
MONTHS = (1, 2, 3, 4, 6, 12)
WEEKS = ((1, _l("First")), (2, _l("Second")), (3, _l("Third")), (4, _l("Fourth")), (5, _l("Last")))
WEEKDAYS = (
    (0, _l("Monday")), (1, _l("Tuesday")), (2, _l("Wednesday")), (3, _l("Thursday")), (4, _l("Friday")),
    (5, _l("Saturday")), (6, _l("Sunday")),
)  # fmt: skip


class PlanForm(EditForm):
    """When, where, and who chairs and writes."""

    subject = Line(_l("Subject of the meeting"), description=_l("Of an extraordinary meeting."))
    on = Day(_l("Day"), [Required()])
    at = Hour(_l("Hour"), [Required()])
    venue = Line(_l("Place"), [Required()])
    chair_id = Choice(_l("Chair"))
    secretary_id = Choice(_l("Secretary"))
    widths: ClassVar[dict[str, str]] = {"on": "day", "at": "short", "chair_id": "mid", "secretary_id": "mid"}

    @property
    def starts_at(self) -> datetime:
        return clock.at(self.on.data, self.at.data)


class NewMeetingForm(PlanForm):
    kind = Choice(_l("Kind"), choices=[(kind.value, label) for kind, label in KIND_NAMES.items()])
    widths: ClassVar[dict[str, str]] = {**PlanForm.widths, "kind": "mid"}


class ChangeMeetingForm(PlanForm):
    quorum = Number(_l("Units that must be there"), [Required()], least=1, most=99)
    widths: ClassVar[dict[str, str]] = {**PlanForm.widths, "quorum": "short"}


class MoveForm(EditForm):
    """Moving a meeting whose invitations are out."""

    on = Day(_l("New day"), [Required()])
    at = Hour(_l("Hour"), [Required()])
    venue = Line(_l("Place"), [Required()])
    reason = Paragraphs(_l("Reason"), [Required()], length=500, description=_l("Whoever is invited reads it."))
    widths: ClassVar[dict[str, str]] = {"on": "day", "at": "short"}

    @property
    def starts_at(self) -> datetime:
        return clock.at(self.on.data, self.at.data)


class ChairForm(EditForm):
    """Who takes the chair in place of whoever was to take it."""

    chair_id = Choice(_l("Chair"), [Required()])
    reason = Paragraphs(_l("Reason"), [Required()], length=500)
    widths: ClassVar[dict[str, str]] = {"chair_id": "mid"}


class ItemForm(EditForm):
    """Something for the agenda."""

    title = Line(_l("Title of the item"), [Required()])
    text = Paragraphs(_l("What is to be decided"), [Optional()])
    restricted = BooleanField(
        _l("Only for those whom it concerns"),
        description=_l(
            "Others see that there is an item, and not what it is. No name of a person belongs into a title."
        ),
    )


class WordsForm(PartForm):
    own_words = Paragraphs(_l("What your force reports"), [Required()], length=LONG)


class RecordForm(PartForm):
    """What is said on an item and what comes out of it; the order only where somebody has to do something."""

    heard_text = Paragraphs(_l("What is said"), [Optional()], length=LONG)
    outcome = Choice(
        _l("Outcome"), choices=[("", _l("not concluded yet")), *((o.value, n) for o, n in OUTCOME_NAMES.items())]
    )
    outcome_text = Paragraphs(_l("Conclusion in words"), [Optional()])
    no_conclusion_reason = Paragraphs(_l("Why nothing was concluded"), [Optional()], length=500)
    why_without_quorum = Paragraphs(_l("Why it is concluded without the quorum"), [Optional()], length=500)
    task = Line(_l("What has to be done"), length=500)
    unit_id = Choice(_l("Unit that does it"))
    due_on = Day(_l("By"), [Optional()])
    widths: ClassVar[dict[str, str]] = {"outcome": "mid", "unit_id": "mid", "due_on": "day"}
    OUTCOME: ClassVar[tuple[str, ...]] = ("outcome_text", "no_conclusion_reason", "why_without_quorum")  # in words
    DRAFTED: ClassVar[tuple[str, ...]] = (*OUTCOME, "task")
    KEPT: ClassVar[tuple[str, ...]] = ("heard_text", "outcome", *DRAFTED, "unit_id", "due_on")  # while one types

    def go_on_from(self, kept: Mapping[str, Any]) -> None:
        """What was left empty goes on from what stands there now: whoever wrote no outcome does not take one back, nor
        is a text emptied by somebody who typed none."""
        empty = ("heard_text",) if not self.heard_text.data else ()
        given = () if self.concluded else ("outcome", *self.OUTCOME)
        for name in (*empty, *given):
            self[name].data = kept[name]

    def wrong_so_far(self) -> str:
        """What is wrong with a text that is kept while one types it."""
        texts = [self[name] for name in ("heard_text", *self.DRAFTED)]
        return next((str(one.errors[0]) for one in texts if not one.validate(self)), "")

    def so_far(self) -> dict[str, Any]:
        """What is typed of an outcome. A day that is half written is none yet, nor is what is not offered."""
        chosen = {one.name: one.data if one.validate(self) else None for one in (self.outcome, self.unit_id)}
        return {
            **{name: self[name].data or "" for name in self.DRAFTED},
            "outcome": Outcome(chosen["outcome"]) if chosen["outcome"] else None,
            "unit_id": int(chosen["unit_id"]) if chosen["unit_id"] else None, "due_on": self.due_on.data,
        }  # fmt: skip

    def validate_outcome(self, field: Any) -> None:
        words = (self.outcome_text, self.no_conclusion_reason, self.why_without_quorum)
        if not field.data and any(one.data for one in words):
            raise ValidationError(_("Please choose the outcome that these words tell of."))

    def validate_unit_id(self, field: Any) -> None:
        if self.ordered and not field.data:
            raise ValidationError(_("An order needs a unit that carries it out."))

    def validate_task(self, field: Any) -> None:
        if not field.data and (self.unit_id.data or self.due_on.data):
            raise ValidationError(_("Please say what has to be done."))

    def validate(self, extra_validators: Any = None) -> bool:
        """A day that may be left empty is asked for where there is an order."""
        valid = super().validate(extra_validators)
        if self.ordered and not self.due_on.data and not self.due_on.errors:
            self.due_on.errors = [_("An order needs a day by which it is done.")]
            return False
        return valid

    @property
    def ordered(self) -> bool:
        """Whether a task is typed."""
        return bool(self.task.data or self.unit_id.data or self.due_on.data)

    @property
    def concluded(self) -> Outcome | None:
        return Outcome(self.outcome.data) if self.outcome.data else None


class HoldForm(EditForm):
    """Who is there, for whom, and when it began. Its rows are those who are invited."""

    on = Day(_l("Day"), [Required(), not_in_the_future])
    began = Hour(_l("Began at"), [Required()])
    widths: ClassVar[dict[str, str]] = {"on": "day", "began": "short"}
    BUTTONS: ClassVar[frozenset[str]] = frozenset({*EditForm.BUTTONS, "begin"})

    @property
    def began_at(self) -> datetime:
        return clock.at(self.on.data, self.began.data)

    def present(self, invited: Iterable[Attendance]) -> dict[int, bool]:
        return {one.id: bool(self[f"present_{one.id}"].data) for one in invited}

    def stays(self, invited: Iterable[Attendance]) -> dict[int, Stay]:
        return {one.id: Stay(self._at(f"came_{one.id}"), self._at(f"left_{one.id}")) for one in invited}

    def _at(self, name: str) -> datetime | None:
        return clock.at(self.on.data, self[name].data) if self[name].data else None

    def substitutes(self, invited: Iterable[Attendance]) -> dict[int, str]:
        return {one.id: self[f"substitute_{one.id}"].data or "" for one in invited}


def hold_form(invited: Iterable[Attendance]) -> type[HoldForm]:
    """The form for those who are invited to one meeting."""
    fields: dict[str, Any] = {}
    for one in invited:
        fields[f"present_{one.id}"] = BooleanField(one.called)
        fields[f"substitute_{one.id}"] = Line(_l("Who came instead"), [Optional()], length=80)
        fields[f"came_{one.id}"] = Hour(_l("%(name)s came at", name=one.called), [Optional()])
        fields[f"left_{one.id}"] = Hour(_l("%(name)s left at", name=one.called), [Optional()])
    return type("HoldForm", (HoldForm,), fields)


def item_attendance_form(present: Iterable[Attendance]) -> type[PartForm]:
    """Who is in the room for one item, of those who came."""
    return type("ItemAttendanceForm", (PartForm,), {f"present_{one.id}": BooleanField(one.called) for one in present})


class EndForm(EditForm):
    """The end of a meeting."""

    ended = Hour(_l("Ended at"), [Required()])
    conclusion = Paragraphs(_l("What the chair concludes for the whole"), [Optional()], length=LONG)
    widths: ClassVar[dict[str, str]] = {"ended": "short"}


class InviteForm(EditForm):
    """Somebody more who is asked to come: one with an account, or anybody by name."""

    user_id = Choice(_l("Somebody with an account"))
    name = Line(_l("Or a name"), length=120)
    title = Line(_l("Office"), [Optional()], length=120)
    unit_id = Choice(_l("For which unit"))
    needed = BooleanField(_l("The unit counts for the quorum"))
    widths: ClassVar[dict[str, str]] = {"user_id": "mid", "unit_id": "mid"}

    def validate_name(self, field: Any) -> None:
        if bool(field.data) == bool(self.user_id.data):
            raise ValidationError(_("Please choose an account or write a name: one of the two."))

    def validate_unit_id(self, field: Any) -> None:
        if not field.data and not self.user_id.data:
            raise ValidationError(_("Please say for which unit they come."))


class AnswerForm(PartForm):
    comes = Choice(
        _l("Do you come?"), [Required()], choices=[("", "–"), ("yes", _l("I come")), ("no", _l("I cannot come"))]
    )
    substitute = Line(
        _l("Who comes instead"),
        [Optional()],
        length=120,
        description=_l("Name and office, if your unit sends somebody."),
    )
    widths: ClassVar[dict[str, str]] = {"comes": "mid"}

    def validate_substitute(self, field: Any) -> None:
        if field.data and self.comes.data == "yes":
            raise ValidationError(_("Whoever comes needs nobody instead."))


class WhyForm(PartForm):
    """Taking something back that belongs to a meeting."""

    reason = Paragraphs(_l("Reason"), [Required()], length=500)


class ErratumForm(EditForm):
    text = Paragraphs(_l("What is to be read instead"), [Required()])
    reason = Paragraphs(_l("Why"), [Required()], length=500)


class SeriesForm(EditForm):
    """A meeting that comes again."""

    kind = Choice(_l("Kind"), choices=[(kind.value, label) for kind, label in KIND_NAMES.items() if kind != "ad_hoc"])
    rule = Choice(_l("Rule"), choices=[(rule.value, label) for rule, label in RULE_NAMES.items()])
    day_of_month = Number(_l("Day of the month"), [Optional()], least=1, most=31)
    week = Choice(_l("Which of the month"), choices=[("", "–"), *((str(n), w) for n, w in WEEKS)])
    weekday = Choice(_l("Weekday"), choices=[("", "–"), *((str(n), w) for n, w in WEEKDAYS)])
    every_months = Choice(_l("Every how many months"), choices=[(str(n), str(n)) for n in MONTHS])
    at = Hour(_l("Hour"), [Required()])
    venue = Line(_l("Place"), [Required()])
    chair_unit_id = Choice(_l("Who calls it"))
    valid_from = Day(_l("From"), [Required()])
    widths: ClassVar[dict[str, str]] = {
        "kind": "mid", "day_of_month": "short", "week": "mid", "weekday": "mid", "every_months": "short",
        "at": "short", "chair_unit_id": "mid", "valid_from": "day",
    }  # fmt: skip

    def validate_weekday(self, field: Any) -> None:
        if self.rule.data == SeriesRule.NTH_WEEKDAY and not field.data:
            raise ValidationError(_("On which weekday?"))

    def validate_week(self, field: Any) -> None:
        if self.rule.data == SeriesRule.NTH_WEEKDAY and not field.data:
            raise ValidationError(_("Which of the month: the first, the second …?"))

    def validate(self, extra_validators: Any = None) -> bool:
        """A number that may be left empty is asked for where the rule needs it."""
        valid = super().validate(extra_validators)
        after = self.rule.data == SeriesRule.WORKING_DAY_AFTER
        if after and self.day_of_month.data is None and not self.day_of_month.errors:
            self.day_of_month.errors = [_("After which day of the month?")]
            return False
        return valid

    def facts(self) -> dict[str, Any]:
        """What was typed, without the parts that the other rule asks for."""
        nth = self.rule.data == SeriesRule.NTH_WEEKDAY
        return {
            "every_months": int(self.every_months.data), "hour": self.at.data.hour, "minute": self.at.data.minute,
            "place": self.venue.data, "day_of_month": None if nth else self.day_of_month.data,
            "week": int(self.week.data) if nth else None, "weekday": int(self.weekday.data) if nth else None,
        }  # fmt: skip


class ExceptionForm(EditForm):
    by_rule_on = Day(_l("Day by the rule"), [Required()])
    moved_to = Day(_l("Held on instead"), [Optional()], description=_l("Empty: it is left out."))
    reason = Line(_l("Reason"), [Required()])
    widths: ClassVar[dict[str, str]] = {"by_rule_on": "day", "moved_to": "day"}


class EndSeriesForm(EditForm):
    last_day = Day(_l("Last day"), [Required()])
    reason = Line(_l("Reason"), [Required()])
    widths: ClassVar[dict[str, str]] = {"last_day": "day"}
