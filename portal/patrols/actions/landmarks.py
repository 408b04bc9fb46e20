"""The commune's own points: entered, moved on the sketch, ended."""

from dataclasses import dataclass
from datetime import date

from portal.engine import audit
from portal.engine.db import db
from portal.engine.refusal import Misfit, Refused
from portal.engine.text import mark
from portal.patrols.models import Landmark, LandmarkKind
from portal.patrols.queries import landmarks_within


@dataclass(frozen=True)
class LandmarkFacts:
    kind: LandmarkKind
    name: str
    x: int
    y: int
    code: str = ""
    village_id: int | None = None


def enter_landmark(commune_id: int, facts: LandmarkFacts, valid_from: date) -> Landmark:
    """Enter a point. Raises Refused where one of that name is there, or was later than that day."""
    _refuse_same(commune_id, facts.name, valid_from, None)
    landmark = Landmark(commune_id=commune_id, valid_from=valid_from, **vars(facts))
    db.session.add(landmark)
    db.session.flush()
    return landmark


def change_landmark(landmark: Landmark, facts: LandmarkFacts) -> None:
    _refuse_same(landmark.commune_id, facts.name, landmark.valid_from, landmark.valid_to, besides=landmark)
    for name, value in vars(facts).items():
        setattr(landmark, name, value)


def end_landmark(landmark: Landmark, last_day: date) -> None:
    """Let a point exist to a day, that day included: it is not looked for afterwards, its visits stay.

    Raises Refused for a day before it was there, or on which another bears its name already.
    """
    if last_day < landmark.valid_from:
        raise Refused(Misfit("last_day", mark("The point is there from %(day)s only."), day=landmark.valid_from))
    _refuse_same(landmark.commune_id, landmark.name, landmark.valid_from, last_day, besides=landmark, field="last_day")
    landmark.valid_to = last_day
    audit.note("end", landmark)


def _refuse_same(
    commune_id: int, name: str, first: date, last: date | None, *, besides: Landmark | None = None, field: str = "name"
) -> None:
    """On no day may two points bear one name: a patrol would not know which of them it passed."""
    others = (one for one in landmarks_within(commune_id, first, last) if one is not besides)
    same = next((one for one in others if one.name.casefold() == name.casefold()), None)
    if same is None:
        return
    why = mark("There is a point of this name already, from %(first)s on.")
    if same.valid_to:
        why = mark("There is a point of this name already, from %(first)s to %(last)s.")
    raise Refused(Misfit(field, why, first=same.valid_from, last=same.valid_to))
