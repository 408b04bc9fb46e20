"""What may be typed about patrols, points and protected events."""

from collections.abc import Iterable, Mapping
from datetime import datetime, time, timedelta
from typing import Any, ClassVar

from portal.documents.forms import UploadForm
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
from portal.patrols.models import LANDMARK_KIND_NAMES, PATROL_KIND_NAMES, Landmark, Patrol, PatrolStop
from portal.patrols.models.landmark import SKETCH

COUNT, IN_CHARGE, POINT = "count_", "in_charge_", "point_"
AT, SEEN, ATTENTION, SHOWN = "at_", "seen_", "attention_", "version_"
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


class Span:
    """Mixed into forms with a span of hours, which may pass midnight."""

    def begins_at(self) -> datetime:
        return clock.at(self.on.data, self.starts.data)  # type: ignore[attr-defined]

    def ends_at(self) -> datetime:
        """On the day that was given; without one, on the day on which it began."""
        return clock.at(self.ends_on.data or self.on.data, self.ends.data)  # type: ignore[attr-defined]

    def within(self, hour: time) -> datetime:
        """The moment of an hour on the way: after midnight where it lies before the start."""
        at = clock.at(self.on.data, hour)  # type: ignore[attr-defined]
        return (
            at + timedelta(days=1)
            if at < self.begins_at()
            and self.ends_at() > self.begins_at()
            and (at + timedelta(days=1) <= self.ends_at())
            else at
        )


class PatrolForm(Span, Parts, EditForm):
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


class LogForm(Span, Parts, EditForm):
    """The log: when it was, who went, what was passed, what was found."""

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

    def was_sent(self, name: str) -> bool:
        """Whether the page had the field: what somebody else noted since it was shown is left as it is."""
        return name in self and bool(self[name].raw_data)

    def visited(self, stop: PatrolStop) -> tuple[time | None, str, bool]:
        """The hour, the words and whether it wants attention, of a point."""
        fields = (self[f"{prefix}{stop.id}"] for prefix in (AT, SEEN, ATTENTION))
        at, seen, attention = (one.data for one in fields)
        return at, str(seen or ""), bool(attention)

    def overtaken(self, stop: PatrolStop) -> bool:
        """Whether somebody noted something of a point since the page was shown. The page knows it then."""
        shown = self[f"{SHOWN}{stop.id}"]
        older = 0 < versions.read(shown.data) < stop.version
        shown.data = str(stop.version)
        return older

    def of_stop(self, stop: PatrolStop) -> list[Any]:
        return [self[f"{prefix}{stop.id}"] for prefix in (AT, SEEN, ATTENTION)]


class StopForm(EditForm):
    """A point that was passed."""

    landmark_id = Choice(_l("Point"), [Optional()])
    where = Line(_l("Another place"), description=_l("Where it is none of the points above."))
    at = Hour(_l("Hour"), [Required()])
    text = Line(_l("What was seen"), [Optional()], length=500)
    attention = BooleanField(_l("It wants attention"))

    def validate_where(self, field: Line) -> None:
        if not self.landmark_id.data and not (field.data or "").strip():
            raise ValidationError(_("Please choose a point, or write the place."))


class TeamForm(EditForm):
    """What changed on the way."""

    unit_id = Choice(_l("Force"), [Required()])
    count = Number(
        _l("People now"),
        [Optional()],
        most=MOST_PEOPLE,
        description=_l("Leave it empty where they are as many as before."),
    )
    in_charge = Line(_l("In charge"), [Optional()], length=120)
    means = Line(_l("Means from now on"), [Optional()])
    why = Line(_l("What changed"), [Required()])


class NothingFoundForm(EditForm):
    """The log of a patrol on which nothing was found: it is only confirmed."""


class DisputeForm(EditForm):
    reason = Paragraphs(
        _l("What was otherwise"), [Required()], length=2000, description=_l("So that the log can be written again.")
    )


class CancelForm(EditForm):
    reason = Paragraphs(_l("Why it is cancelled"), [Required()], length=1000)


class CloseForm(EditForm):
    """What became of the recommendation."""

    reason = Paragraphs(_l("What became of it"), [Optional()], length=1000)


class PhotoForm(UploadForm):
    """A picture or a paper of a patrol."""


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
        fields[f"{IN_CHARGE}{unit.id}"] = Line(_l("In charge"), [Optional()], length=120)
    return fields


def patrol_form(units: Iterable[Unit], points: Iterable[Landmark]) -> type[PatrolForm]:
    """The form of a plan, with the forces and the points of the commune."""
    boxes = {f"{POINT}{one.id}": BooleanField(one.name) for one in points}
    return type("PatrolForm", (PatrolForm,), {**_parts_of(units), **boxes})


def log_form(patrol: Patrol) -> type[LogForm]:
    """The form of a log, with the forces and the points of the patrol."""
    fields = _parts_of(force.unit for force in patrol.asked)
    for stop in patrol.ways:
        fields[f"{AT}{stop.id}"] = Hour(_l("Hour"), [Optional()])
        fields[f"{SEEN}{stop.id}"] = Line(_l("What was seen"), [Optional()], length=500)
        fields[f"{ATTENTION}{stop.id}"] = BooleanField(_l("It wants attention"))
        fields[f"{SHOWN}{stop.id}"] = Version()
    return type("LogForm", (LogForm,), fields)


def protection_form(units: Iterable[Unit]) -> type[ProtectionForm]:
    fields: Mapping[str, Any] = _parts_of(units)
    counts = {name: one for name, one in fields.items() if name.startswith(COUNT)}
    return type("ProtectionForm", (ProtectionForm,), counts)
