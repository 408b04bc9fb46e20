"""What may be typed about patrols, points and protected events."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time
from typing import Any, ClassVar, NamedTuple

from portal.engine import clock, versions
from portal.engine.forms import (
    BooleanField,
    Cards,
    Choice,
    Day,
    EditForm,
    Form,
    Hour,
    Line,
    Number,
    Optional,
    Paragraphs,
    Required,
    ValidationError,
    Version,
    not_in_the_future,
)
from portal.engine.text import _, _l
from portal.organisation.models import Unit
from portal.patrols.models import LANDMARK_KIND_NAMES, PATROL_KIND_NAMES, Landmark, Patrol, PatrolStop, Span
from portal.patrols.models.landmark import SKETCH

COUNT, IN_CHARGE, POINT = "count_", "in_charge_", "point_"
PASSED_ON, AT, SEEN, ATTENTION, SHOWN = "on_", "at_", "seen_", "attention_", "patrol_stop_version_"
OF_FORCE, OF_STOP = (COUNT, IN_CHARGE), (PASSED_ON, AT, SEEN, ATTENTION, SHOWN)
WORDS_OF_STOP = (AT, SEEN, ATTENTION)  # what is typed of a point, its day aside
MOST_PEOPLE, MOST_VIOLATIONS = 500, 1000


class Parts:
    """Mixed into forms with fields for each force: how many, and who is in charge."""

    def number_of(self, unit_id: int) -> int:
        field = self[f"{COUNT}{unit_id}"]  # type: ignore[index]
        return int(field.data or 0)

    def in_charge_of(self, unit_id: int) -> str:
        name = f"{IN_CHARGE}{unit_id}"
        return str(self[name].data or "") if name in self else ""  # type: ignore[index,operator]

    @property
    def numbers(self) -> list[Any]:
        """The fields for the head-counts."""
        return [one for one in self if one.name.startswith(COUNT)]  # type: ignore[attr-defined]

    @property
    def parts(self) -> list[tuple[Any, Any]]:
        """The two fields of each force."""
        return [(one, self[IN_CHARGE + one.name.removeprefix(COUNT)]) for one in self.numbers]  # type: ignore[index]


class Hours:
    """Mixed into forms with a span of hours, which may pass midnight."""

    def begins_at(self) -> datetime:
        return clock.at(self.on.data, self.starts.data)  # type: ignore[attr-defined]

    def ends_at(self) -> datetime:
        """On the day that was given; without one, on the day on which it began."""
        return clock.at(self.ends_on.data or self.on.data, self.ends.data)  # type: ignore[attr-defined]


class PatrolForm(Hours, Parts, EditForm):
    """A plan: when, who, past which points."""

    kind = Cards(_l("Kind"), choices=[(one.value, name) for one, name in PATROL_KIND_NAMES.items()])
    on = Day(_l("Day"), [Required()])
    starts = Hour(_l("Start"), [Required()])
    ends_on = Day(_l("Day of the end"), [Optional()], description=_l("Only where it is another day: after midnight."))
    ends = Hour(_l("End"), [Required()])
    leader = Line(_l("Leader"), [Optional()], length=120)
    means = Line(_l("Means"), [Optional()], description=_l("Vehicles, radios. Nothing that should not be known."))
    widths: ClassVar[dict[str, str]] = {}

    @property
    def points(self) -> list[Any]:
        return [one for one in self if one.name.startswith(POINT)]

    def chosen(self) -> set[int]:
        return {int(one.name.removeprefix(POINT)) for one in self.points if one.data}


class LogForm(Hours, Parts, EditForm):
    """The log: when it was, who went, what was passed, what was found."""

    days: Sequence[date] = ()  # on which a point can have been passed

    on = Day(_l("Day"), [Required(), not_in_the_future])
    starts = Hour(_l("Start"), [Required()])
    ends_on = Day(
        _l("Day of the end"), [Optional(), not_in_the_future],
        description=_l("Only where it is another day: after midnight."),
    )  # fmt: skip
    ends = Hour(_l("End"), [Required()])
    leader = Line(_l("Leader"), [Optional()], length=120)
    means = Line(_l("Means"), [Optional()])
    violations_found = Number(_l("Violations found"), [Required()], most=MOST_VIOLATIONS)
    conclusion = Paragraphs(_l("Result"), length=2000)  # asked for where something was found
    recommendation = Paragraphs(
        _l("Recommendation"), [Optional()], length=1000,
        description=_l("What should be done. It stays open until the patrol is closed, and comes to the briefing."),
    )  # fmt: skip

    def validate_conclusion(self, field: Paragraphs) -> None:
        if self.violations_found.data and not (field.data or "").strip():
            raise ValidationError(_("Please say what was found."))

    def show_unsent(self, kept: Mapping[str, Any]) -> None:
        """Show a force or a point that the page did not have, since somebody else noted it meanwhile, as it stands."""
        for head, parts in ((COUNT, OF_FORCE), (AT, OF_STOP)):
            new = [one for one in self if one.name.startswith(head) and self.is_submitted() and not one.raw_data]
            for name in (f"{part}{field.name.removeprefix(head)}" for field in new for part in parts):
                self[name].process_data(kept[name])

    def changed_meanwhile(self, kept: Mapping[str, Any], *, written: bool) -> list[tuple[str, str]]:
        """What stands where something else is typed, points aside: all of a log that was *written* meanwhile, else who
        is along and with which means, as it was noted on the way."""
        told = [name for name in kept if written or name == "means" or name.startswith(OF_FORCE)]
        return self.differing({name: kept[name] for name in told if not name.startswith(OF_STOP)})

    def differs_at(self, stop: PatrolStop, kept: Mapping[str, Any]) -> bool:
        """Whether something else is typed of a point than stands."""
        return bool(self.differing({name: kept[name] for name in (f"{part}{stop.id}" for part in WORDS_OF_STOP)}))

    def was_sent(self, name: str) -> bool:
        """Whether the page had the field: what somebody else noted since it was shown is left as it is."""
        return name in self and bool(self[name].raw_data)

    def fill_lists(self, record: Any = None) -> None:
        """A point is passed on a day of the patrol, as it is known or as it is typed."""
        days = days_of(record) if record else set()
        if self.on.data and self.starts.data and self.ends.data:
            days |= set(Span(self.begins_at(), self.ends_at()).days)
        self.days = sorted(days)
        for field in (one for one in self if one.name.startswith(PASSED_ON)):
            field.choices = [("", "–"), *choices_of(self.days)]

    def passed(self, stop: PatrolStop) -> tuple[date | None, time | None]:
        """On which day, where it was said, and at which hour."""
        return chosen_day(self[f"{PASSED_ON}{stop.id}"]), self[f"{AT}{stop.id}"].data

    def seen(self, stop: PatrolStop) -> tuple[str, bool]:
        """The words, and whether it wants attention."""
        return str(self[f"{SEEN}{stop.id}"].data or ""), bool(self[f"{ATTENTION}{stop.id}"].data)

    def overtaken(self, stop: PatrolStop) -> bool:
        """Whether somebody noted something of a point since the page was shown."""
        return 0 < versions.read(self[f"{SHOWN}{stop.id}"].data) < stop.version

    def now_shows(self, stop: PatrolStop) -> None:
        """Let the page know how a point stands: whoever sends it once more was told."""
        self[f"{SHOWN}{stop.id}"].data = str(stop.version)

    def catch_up(self, stops: Iterable[PatrolStop], kept: Mapping[str, Any]) -> list[PatrolStop]:
        """Show the points that somebody noted meanwhile: what was left empty of them takes that. Gives them back."""
        noted = [stop for stop in stops if self.overtaken(stop)]
        for stop in noted:
            self.now_shows(stop)
            if not any(self[f"{part}{stop.id}"].data for part in WORDS_OF_STOP):
                self._take_over(stop, kept)
        return noted

    def _take_over(self, stop: PatrolStop, kept: Mapping[str, Any]) -> None:
        for field in (self[f"{part}{stop.id}"] for part in (PASSED_ON, *WORDS_OF_STOP)):
            field.raw_data = None
            field.process_data(kept[field.name])

    def of_stop(self, stop: PatrolStop) -> "PointFields":
        """The fields of a point; that of the day only where the patrol lies on several."""
        day, *others = (self[f"{prefix}{stop.id}"] for prefix in (PASSED_ON, AT, SEEN, ATTENTION))
        return PointFields(day if len(self.days) > 1 else None, *others)


class PointFields(NamedTuple):
    """What is asked of a point of the way."""

    day: Choice | None
    hour: Hour
    seen: Line
    attention: BooleanField


class StopForm(EditForm):
    """A point that was passed."""

    days: Sequence[date] = ()

    landmark_id = Choice(_l("Point"), [Optional()])
    where = Line(_l("Another place"), description=_l("Where it is none of the points above."))
    passed_on = Choice(_l("Day"), [Optional()], choices=[("", "–")])
    at = Hour(_l("Hour"), [Required()])
    text = Line(_l("What was seen"), [Optional()], length=500)
    attention = BooleanField(_l("It wants attention"))

    def fill_lists(self, record: Any = None) -> None:
        """The day is asked for where the patrol lies on several."""
        self.days = sorted(days_of(record)) if record else []
        self.passed_on.choices = [("", "–"), *choices_of(self.days)]

    def known(self) -> dict[int, int]:
        """The version of each stop of the way that the page showed, by its id."""
        shown = (one for one in self if one.name.startswith(SHOWN) and one.raw_data)
        return {int(one.name.removeprefix(SHOWN)): versions.read(one.data) for one in shown}

    def validate_where(self, field: Line) -> None:
        if not self.landmark_id.data and not (field.data or "").strip():
            raise ValidationError(_("Please choose a point, or write the place."))


class TeamForm(EditForm):
    """What changed on the way."""

    unit_id = Choice(_l("Force"), [Required()])
    passed_on = Choice(_l("Day of the change"), [Optional()], choices=[("", "–")])
    at = Hour(_l("Hour of the change"), [Optional()])
    count = Number(
        _l("People now"),
        [Optional()],
        most=MOST_PEOPLE,
        description=_l("Leave it empty where they are as many as before."),
    )
    in_charge = Line(_l("In charge"), [Optional()], length=120)
    means = Line(_l("Means from now on"), [Optional()])
    why = Line(_l("What changed"), [Required()])
    days: Sequence[date] = ()

    def fill_lists(self, record: Any = None) -> None:
        """The day is asked for where the patrol lies on several."""
        self.days = sorted(days_of(record)) if record else []
        self.passed_on.choices = [("", "–"), *choices_of(self.days)]


class NothingFoundForm(EditForm):
    """The log of a patrol on which nothing was found: it is only confirmed."""


class DisputeForm(EditForm):
    reason = Paragraphs(
        _l("What was otherwise"), [Required()], length=2000, description=_l("So that the log can be written again.")
    )


class AnswerForm(EditForm):
    """What a force says to a log, given on one page: *told* is the log."""

    answer = Cards(
        _l("Was it so?"), choices=[("sign", _l("Yes: countersign")), ("dispute", _l("No: see it differently"))],
        default="sign",
    )  # fmt: skip
    reason = Paragraphs(_l("What was otherwise"), length=2000, description=_l("So that the log can be written again."))
    told: Sequence[Any] = ()

    @property
    def agrees(self) -> bool:
        return bool(self.answer.data == "sign")

    def validate_reason(self, field: Paragraphs) -> None:
        if not self.agrees and not (field.data or "").strip():
            raise ValidationError(_("Please say what was otherwise."))


class CancelForm(EditForm):
    reason = Paragraphs(_l("Why it is cancelled"), [Required()], length=1000)


class CloseForm(EditForm):
    """What became of the recommendation."""

    reason = Paragraphs(_l("What became of it"), [Required()], length=1000)


class LandmarkForm(EditForm):
    kind = Choice(_l("Kind"), choices=[(one.value, name) for one, name in LANDMARK_KIND_NAMES.items()])
    name = Line(_l("Called"), [Required()], length=80, description=_l("As it is called on a patrol: Marker 790."))
    code = Line(_l("Number of the marker"), [Optional()], length=20)
    village_id = Choice(_l("Village"), [Optional()])
    x = Number(_l("From the left"), [Required()], most=SKETCH, description=_l("Place on the sketch, 0 to 1000."))
    y = Number(_l("From the top"), [Required()], most=SKETCH, description=_l("Place on the sketch, 0 to 1000."))
    widths: ClassVar[dict[str, str]] = {}


class NewLandmarkForm(LandmarkForm):
    valid_from = Day(_l("Used from"), [Required()])


class EndLandmarkForm(EditForm):
    last_day = Day(_l("Last day"), [Required()], description=_l("Included."))


class ProtectionForm(Parts, Form):
    occasion = Line(_l("Occasion"), [Required()])
    held_on = Day(_l("Day"), [Required(), not_in_the_future])
    where = Line(_l("Place"), [Optional()])
    result = Paragraphs(_l("How it went"), [Optional()], length=1000)


def _parts_of(units: Iterable[Unit]) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    for unit in units:
        fields[f"{COUNT}{unit.id}"] = Number(unit.title, [Optional()], most=MOST_PEOPLE)
        in_charge = _l("In charge: %(unit)s", unit=unit.title)
        fields[f"{IN_CHARGE}{unit.id}"] = Line(in_charge, [Optional()], length=120)
    return fields


def patrol_form(units: Iterable[Unit], points: Iterable[Landmark]) -> type[PatrolForm]:
    """The form of a plan, with the forces and the points of the commune."""
    boxes = {f"{POINT}{one.id}": BooleanField(one.name) for one in points}
    return type("PatrolForm", (PatrolForm,), {**_parts_of(units), **boxes})


def days_of(patrol: Patrol) -> set[date]:
    """The days on which a patrol lies, and those of points that were noted already."""
    return {*patrol.span.days, *(clock.day_of(stop.at) for stop in patrol.ways if stop.at)}


def choices_of(days: Iterable[date]) -> list[tuple[str, str]]:
    return [(day.isoformat(), f"{day:%d/%m}") for day in days]


def chosen_day(field: Choice) -> date | None:
    return date.fromisoformat(field.data) if field.data else None


def log_form(patrol: Patrol) -> type[LogForm]:
    """The form of a log, with the forces and the points of the patrol."""
    fields = _parts_of(force.unit for force in patrol.asked)
    for stop in patrol.ways:
        fields[f"{PASSED_ON}{stop.id}"] = Choice(_l("Day"), [Optional()], choices=[("", "–")])
        fields[f"{AT}{stop.id}"] = Hour(_l("Hour"), [Optional()])
        fields[f"{SEEN}{stop.id}"] = Line(_l("What was seen"), [Optional()], length=500)
        fields[f"{ATTENTION}{stop.id}"] = BooleanField(_l("It wants attention"))
        fields[f"{SHOWN}{stop.id}"] = Version()
    return type("LogForm", (LogForm,), fields)


def stop_form(patrol: Patrol) -> type[StopForm]:
    """The form of a point, which knows what stands of the way already."""
    return type("StopForm", (StopForm,), {f"{SHOWN}{stop.id}": Version() for stop in patrol.ways})


def protection_form(units: Iterable[Unit]) -> type[ProtectionForm]:
    fields: Mapping[str, Any] = _parts_of(units)
    counts = {name: one for name, one in fields.items() if name.startswith(COUNT)}
    return type("ProtectionForm", (ProtectionForm,), counts)
