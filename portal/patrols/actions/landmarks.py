"""The commune's own points: entered, moved on the sketch, ended."""

from dataclasses import dataclass
from datetime import date

from portal.engine import audit
from portal.engine.db import db
from portal.engine.refusal import Misfit, Refused
from portal.engine.text import mark
from portal.patrols.models import Landmark, LandmarkKind
from portal.patrols.queries import landmarks_on


@dataclass(frozen=True)
class LandmarkFacts:
    kind: LandmarkKind
    name: str
    x: int
    y: int
    code: str = ""
    village_id: int | None = None


def enter_landmark(commune_id: int, facts: LandmarkFacts, valid_from: date) -> Landmark:
    """Enter a point. Raises Refused where one of that name is there."""
    _refuse_same(commune_id, facts, valid_from)
    landmark = Landmark(commune_id=commune_id, valid_from=valid_from, **vars(facts))
    db.session.add(landmark)
    db.session.flush()
    return landmark


def change_landmark(landmark: Landmark, facts: LandmarkFacts) -> None:
    _refuse_same(landmark.commune_id, facts, landmark.valid_from, landmark)
    for name, value in vars(facts).items():
        setattr(landmark, name, value)


def end_landmark(landmark: Landmark, last_day: date) -> None:
    """Let a point exist to a day, that day included: it is not looked for afterwards, its visits stay."""
    if last_day < landmark.valid_from:
        raise Refused(Misfit("last_day", mark("The point is there from %(day)s only."), day=landmark.valid_from))
    landmark.valid_to = last_day
    audit.note("end", landmark)


def _refuse_same(commune_id: int, facts: LandmarkFacts, on: date, besides: Landmark | None = None) -> None:
    names = {one.name.casefold() for one in landmarks_on(commune_id, on) if one is not besides}
    if facts.name.casefold() in names:
        raise Refused(Misfit("name", mark("There is a point of this name already.")))
