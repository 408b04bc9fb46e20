"""Meetings that come again by a rule, and the days on which the rule does not hold.

A series bears no number that anybody knows, so it has one that holds in the one file, by which its meetings name it.
"""

from datetime import time
from typing import Any

from sqlalchemy import Select, select

from portal.engine.access import find
from portal.engine.db import db
from portal.engine.forms import Day, Line, Number, Optional, Required
from portal.engine.refusal import Misfit, Refused
from portal.engine.text import _l, mark
from portal.exchange.bringing import Bringing
from portal.exchange.kinds.rows import NO_RIGHT, NumberedInFileRows, OfCommune, Rows, columns_of
from portal.exchange.references import STILL_TO_COME
from portal.exchange.sheet import Both, Facts, Verdict
from portal.exchange.taking import Taking, code_of
from portal.meetings.actions import begin_series
from portal.meetings.actions.series import check_days, check_exception
from portal.meetings.forms import ExceptionForm, SeriesForm
from portal.meetings.models import MeetingSeries, SeriesException, SeriesRule
from portal.meetings.queries import series_of, units_that_call
from portal.organisation.models import Unit

_SERIES = _l("Series")


class SeriesRow(OfCommune, SeriesForm):
    number = Number(
        _l("Number in this file"), [Required()], least=1,
        description=_l("1, 2, 3 and so on. By it the other sheets of this file name the series."),
    )  # fmt: skip
    valid_to = Day(_l("Last day"), [Optional()], description=_l("Included. Empty: it goes on."))


class Series(NumberedInFileRows):
    """On the page their hour and place are asked for as *at* and *venue*. One is known by what it is for, by its rule
    and by its first day."""

    key, title, record, form = "meeting_series", _l("Series of meetings"), MeetingSeries, SeriesRow
    about = _l("Meetings that come again by a rule, from a day to a day.")
    columns = ("number", "commune", "kind", "rule", "day_of_month", "week", "weekday", "every_months", "at", "venue",
               "chair_unit_id", "valid_from", "valid_to")  # fmt: skip

    def said(self, one: Any, code: Any) -> dict[str, Any]:
        return {**super().said(one, code), "at": time(one.hour, one.minute), "venue": one.place}

    def take(self, facts: Facts, bringing: Bringing) -> Verdict:
        """What the other rule asks for is left out, as the page does."""
        nth = facts["rule"] == SeriesRule.NTH_WEEKDAY
        unasked = ("day_of_month",) if nth else ("week", "weekday")
        return super().take({**facts, **dict.fromkeys(unasked)}, bringing)

    def there(self, facts: Facts, bringing: Bringing) -> Any:
        of = MeetingSeries.commune_id == bringing.of_commune(facts), MeetingSeries.voided_at.is_(None)
        named = [getattr(MeetingSeries, name) == facts[name] for name in ("kind", "rule", "valid_from")]
        found = db.session.scalars(select(MeetingSeries).where(*of, *named).order_by(MeetingSeries.id))
        return self.likest(found, facts, bringing)

    def once(self, facts: Facts, bringing: Bringing) -> None:
        if facts["valid_to"] and facts["valid_to"] < facts["valid_from"]:
            raise Refused(Misfit("valid_to", mark("A series cannot end before it begins.")))
        super().once(facts, bringing)
        if bringing.by is not None and not bringing.writes:
            self._look_at_days(facts, bringing)

    def allowed(self, facts: Facts, bringing: Bringing) -> None:
        """By a right in the name of those units alone that the page offers."""
        super().allowed(facts, bringing)
        offered = {STILL_TO_COME, *(unit.id for unit in units_that_call(bringing.commune.id))}
        if facts["chair_unit_id"] not in offered:
            raise Refused(Misfit("chair_unit_id", mark("No meeting is called in the name of this unit today.")))

    def _look_at_days(self, facts: Facts, bringing: Bringing) -> None:
        """Raise Refused where the writing would, as `begin_series` does: for the days of another of the kind, be it one
        that the same file brings."""
        commune_id = bringing.of_commune(facts)
        series = MeetingSeries(commune_id=commune_id, **_columns(facts))
        looked_at = bringing.gathered.setdefault((self.key, commune_id), [])
        coming = [one for one in looked_at if one.kind == series.kind]
        check_days(series, [*series_of(series.kind, commune_id), *coming])
        looked_at.append(series)

    def write(self, facts: Facts, bringing: Bringing) -> None:
        """By a right as on the page, which asks whether another of the kind meets on one of its days."""
        commune_id, told = bringing.of_commune(facts), _columns(facts)
        unit = db.session.get_one(Unit, facts["chair_unit_id"])
        if bringing.by is not None:
            series = begin_series(commune_id=commune_id, chair_unit=unit, **told)
        else:
            series = MeetingSeries(commune_id=commune_id, chair_unit=unit, **told)
            db.session.add(series)
            db.session.flush()
        self.made(series, facts, bringing)


def _columns(facts: Facts) -> Facts:
    """What a row says of the columns of a series, but for the unit in whose name it meets."""
    at = facts["at"]
    told = columns_of(MeetingSeries, facts, "chair_unit_id")
    return {**told, "hour": at.hour, "minute": at.minute, "place": facts["venue"]}


class ExceptionRow(ExceptionForm):
    series_id = Line(_SERIES, [Required()], description=_l("Its number in this file."))


class Exceptions(Rows):
    """Days of a series that are moved, or left out."""

    key, title = f"{Series.key}.days", Both(Series.title, _l("Other days"))
    record, form = SeriesException, ExceptionRow
    about = _l("Days on which the rule of a series does not hold: moved to another day, or left out.")
    columns = ("series_id", "by_rule_on", "moved_to", "reason")
    rights = {"create": (MeetingSeries, "edit")}

    def found(self, taking: Taking) -> Select[Any]:
        one = SeriesException
        found = select(one).join(one.series).where(one.voided_at.is_(None), MeetingSeries.voided_at.is_(None))
        return found.where(*taking.within(one)).order_by(code_of(MeetingSeries), MeetingSeries.id, one.by_rule_on)

    def there(self, facts: Facts, bringing: Bringing) -> SeriesException | None:
        one = SeriesException
        of = one.series_id == facts["series_id"], one.by_rule_on == facts["by_rule_on"], one.voided_at.is_(None)
        found = db.session.scalars(select(one).where(*of)).first()
        return None if found is None or bringing.is_claimed(self.key, found) else found

    def allowed(self, facts: Facts, bringing: Bringing) -> None:
        by: Any = bringing.by
        if facts["series_id"] != STILL_TO_COME and find(by, "edit", MeetingSeries, facts["series_id"]) is None:
            raise Refused(Misfit("series_id", NO_RIGHT))

    def once(self, facts: Facts, bringing: Bringing) -> None:
        """By a right as on the page; what was moved before the rule was changed the command takes in as it stands."""
        if facts["series_id"] == STILL_TO_COME:
            return
        if not bringing.first_time(self.key, f"{facts['series_id']}/{facts['by_rule_on']}"):
            raise Refused(Misfit("by_rule_on", mark("That day is moved or left out already.")))
        series = db.session.get_one(MeetingSeries, facts["series_id"])
        if bringing.by is not None:
            check_exception(series, facts["by_rule_on"], facts["moved_to"])

    def write(self, facts: Facts, bringing: Bringing) -> None:
        series = db.session.get_one(MeetingSeries, facts["series_id"])
        told = columns_of(SeriesException, facts, "series_id")
        other_day = SeriesException(series=series, commune_id=series.commune_id, **told)
        db.session.add(other_day)
        db.session.flush()
        bringing.claim(self.key, other_day)
