"""What a phone may send about patrols: the log of the day's patrol, and what a force answers to a log."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import Select

from portal.engine import clock
from portal.engine.access import reach
from portal.engine.db import db
from portal.engine.presentation import day, hour, moment
from portal.engine.refusal import Misfit, Refused
from portal.engine.sync import Pairs, PhoneForm, Row, Sheet
from portal.engine.text import _, _l, mark
from portal.organisation.models import User
from portal.patrols import actions
from portal.patrols.actions import Logged, Visit
from portal.patrols.forms import (
    AT,
    ATTENTION,
    COUNT,
    IN_CHARGE,
    PASSED_ON,
    SEEN,
    SHOWN,
    AnswerForm,
    LogForm,
    log_form,
)
from portal.patrols.models import Patrol, PatrolLog, PatrolStop, Span
from portal.patrols.presenters import versions
from portal.patrols.queries import load
from portal.patrols.workflow import WRITABLE

NEAR = timedelta(days=2)  # from the present moment: the day's patrol, and one that lasts over night
TO_ANSWER = timedelta(days=31)  # how long a log that waits is taken along
MOST = 5


def form_of_log(patrol: Patrol, **sent: Any) -> LogForm:
    """The log, as it was or, after a dispute, as it is written again."""
    known = kept(load(patrol))
    form = log_form(patrol)(data=known, **sent)
    form.fill_lists(patrol)
    form.show_unsent(known)
    return form


def write_log(patrol: Patrol, form: LogForm, by: User) -> PatrolLog:
    return actions.write_log(patrol, by, _logged(patrol, form))


def kept(patrol: Patrol) -> dict[str, Any]:
    """What is known already: the hours, who went, which points were noted on the way."""
    begins = patrol.begins_at.astimezone(clock.VIETNAM)
    ends = (patrol.ended_at or min(clock.now(), patrol.planned_end_at)).astimezone(clock.VIETNAM)
    told: dict[str, Any] = {
        "on": begins.date(), "starts": begins.time(), "ends": max(ends, begins).time(),
        "ends_on": ends.date() if ends.date() > begins.date() else None, "leader": patrol.leader,
        "means": patrol.means, "violations_found": patrol.violations_found, "conclusion": patrol.conclusion,
        "recommendation": patrol.recommendation, "version": patrol.version,
    }  # fmt: skip
    for force in patrol.asked:
        told |= {f"{COUNT}{force.unit_id}": force.count, f"{IN_CHARGE}{force.unit_id}": force.in_charge}
    for stop in patrol.ways:
        at = stop.at.astimezone(clock.VIETNAM) if stop.at else None
        told |= {
            f"{PASSED_ON}{stop.id}": at.date().isoformat() if at else "",
            f"{AT}{stop.id}": at.time() if at else None,
        }
        told |= {f"{SEEN}{stop.id}": stop.text, f"{ATTENTION}{stop.id}": stop.attention}
        told[f"{SHOWN}{stop.id}"] = stop.version
    return told


def _logged(patrol: Patrol, form: LogForm) -> Logged:
    sent = (stop for stop in patrol.ways if form.was_sent(f"{AT}{stop.id}"))
    visits = {stop.id: visit for stop in sent if (visit := _visit(stop, form))}
    units = [force.unit_id for force in patrol.asked if form.was_sent(f"{COUNT}{force.unit_id}")]
    return Logged(
        form.begins_at(), form.ends_at(), form.leader.data or "", form.means.data or "",
        form.violations_found.data or 0, form.conclusion.data or "", form.recommendation.data or "",
        {unit: form.number_of(unit) for unit in units}, {unit: form.in_charge_of(unit) for unit in units}, visits,
    )  # fmt: skip


def _visit(stop: PatrolStop, form: LogForm) -> Visit | None:
    """What the log says of a point; None where only somebody else noted something of it meanwhile, which stands."""
    (day, hour), (seen, attention) = form.passed(stop), form.seen(stop)
    span = Span(form.begins_at(), form.ends_at())
    at = actions.passed_at(span, hour, day, f"{PASSED_ON}{stop.id}") if hour else None
    typed = Visit(at, seen, attention)
    if form.overtaken(stop) and typed != Visit(stop.at, stop.text, stop.attention):
        if typed == Visit(None):
            return None
        form.now_shows(stop)
        told = mark("Somebody noted this point meanwhile: %(time)s. Save once more if your hour is the right one.")
        raise Refused(Misfit(f"{AT}{stop.id}", told, time=moment(stop.at) or "–"))
    if hour is None and (seen or attention):
        raise Refused(Misfit(f"{AT}{stop.id}", mark("Please say at which hour it was passed.")))
    return typed


def _day_of(user: Any) -> Sequence[Sheet]:
    """The patrols of these days whose log the user may write."""
    now = clock.now()
    near = Patrol.state.in_(WRITABLE), Patrol.planned_start_at.between(now - NEAR, now + NEAR)
    return [Sheet(_("Patrols to log"), _rows(reach(user, "log", Patrol).where(*near)))]


def _rows(patrols: Select[Patrol]) -> list[Row]:
    found = db.session.scalars(patrols.order_by(Patrol.planned_start_at).limit(MOST)).all()
    return [Row(one, one.number, f"{day(one.day)}, {hour(one.begins_at)}") for one in found]


def _as_logged(patrol: Patrol, _form: Any) -> Pairs:
    """What the log says that was written meanwhile."""
    told = versions.told(patrol.log) if patrol.log else []
    return [(str(one.label), " ".join(map(str, one.lines))) for one in told]


def _which(patrol: Patrol, _form: Any, _reader: Any) -> Pairs:
    return [(_("Patrol"), f"{patrol.number}, {day(patrol.day)}")]


def form_of_answer(patrol: Patrol, **sent: Any) -> AnswerForm:
    """What a force answers to the log that is shown."""
    form = AnswerForm(version=patrol.version, **sent)
    form.told = versions.told(patrol.log) if patrol.log else []
    return form


def answer(patrol: Patrol, form: AnswerForm, by: User) -> Patrol:
    """Countersign, or see it differently and say why."""
    if form.agrees:
        actions.sign(patrol, by, form.shown_version())
    else:
        actions.dispute(patrol, by, form.reason.data or "", form.shown_version())
    return patrol


def _to_answer(user: Any) -> Sequence[Sheet]:
    """The logs to which the user's force has not answered yet."""
    waiting = Patrol.state == "logged", Patrol.planned_start_at > clock.now() - TO_ANSWER
    return [Sheet(_("Logs to countersign"), _rows(reach(user, "sign", Patrol).where(*waiting)))]


PHONE_FORMS = (
    PhoneForm(
        "patrols.log", _l("Log of a patrol"), _l("Write the log"), Patrol, "log", form_of_log, write_log, _day_of,
        _as_logged, _which, "patrols/phone_log.html", edits=True, photos=True,
    ),
    PhoneForm(
        "patrols.answer", _l("Answer to a log"), _l("Give the answer"), Patrol, "sign", form_of_answer, answer,
        _to_answer, _as_logged, _which, "patrols/phone_sign.html",
    ),
)  # fmt: skip
