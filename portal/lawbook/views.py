"""Pages of the book of rules: what the law says here, another number or reading, the days off of a year."""

from collections.abc import Callable, Sequence
from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask_login import current_user
from sqlalchemy import Select

from portal.engine import clock, notice
from portal.engine.access import allows, holds, lists, opens
from portal.engine.db import db
from portal.engine.deeds import Attempt, attempt
from portal.engine.forms import Form, ReasonForm
from portal.engine.letters import plain
from portal.engine.refusal import Refused
from portal.engine.text import _, mark
from portal.engine.transaction import transaction
from portal.engine.workflow import steps_of
from portal.law import approval
from portal.law.catalogue import newest
from portal.law.policies import POLICIES
from portal.lawbook import actions, presenter
from portal.lawbook.dry_run import known_to, moved_by, moved_by_year
from portal.lawbook.forms import NumberForm, ReadingForm, YearForm
from portal.lawbook.models import MovedDay, RuleChange, YearOff
from portal.lawbook.models.rule_change import NUMBER, READING, decider
from portal.lawbook.queries import days_off_of, law_of
from portal.organisation.models import Unit
from portal.organisation.presenters.stories import story_of

bp = Blueprint("lawbook", __name__, url_prefix="/rules")

CHECK = "check"  # the button that only shows what would move
MOST_SEARCHED = 80


def _here() -> Unit:
    commune: Unit = current_user.acting.commune
    return commune


# ── reading ─────────────────────────────────────────────────────────────────────────────────────────────────────────
@bp.get("/")
@lists(RuleChange)
def index(_changes: Select[Any]) -> Any:
    """Every number of the law with its versions, found by words, by the kind of case, or by whether it is in doubt."""
    words, regime = plain(request.args.get("q", ""))[:MOST_SEARCHED], request.args.get("of", "")
    if regime and regime not in presenter.titles():
        abort(404)
    unconfirmed = "in_doubt" in request.args
    found = presenter.numbers(law_of(_here()), words, regime, unconfirmed=unconfirmed)
    return render_template(
        "lawbook/index.html", found=found, words=words, regime=regime, unconfirmed=unconfirmed,
        titles=presenter.titles(), shown=presenter, may_propose=holds(current_user, "propose", RuleChange),
    )  # fmt: skip


@bp.get("/readings")
@lists(RuleChange)
def readings(_changes: Select[Any]) -> Any:
    """The questions that the texts leave open, and how each is read here."""
    return render_template(
        "lawbook/readings.html", readings=presenter.readings(law_of(_here())),
        may_propose=holds(current_user, "propose", RuleChange),
    )  # fmt: skip


@bp.get("/changes")
@lists(RuleChange)
def changes(found: Select[Any]) -> Any:
    """What was ever proposed to be changed here, the latest first."""
    listed = db.session.scalars(found.order_by(RuleChange.id.desc())).all()
    return render_template("lawbook/changes.html", changes=listed, said=_value_of)


@bp.get("/changes/<int:id>")
@opens(RuleChange, to="read")
def change(change: RuleChange) -> Any:
    return _change_page(change)


def _change_page(change: RuleChange, refused: Refused | None = None, failed: str = "", typed: str = "") -> str:
    moved = moved_by(change) if change.state == "proposed" and not change.refusals() else change.moved_days
    return render_template(
        "lawbook/change.html", change=change, **_shown(moved), value=_value_of(change), refused=refused, failed=failed,
        typed=typed, offers=change.workflow.offers(current_user, change),
        barred=change.workflow.barred(current_user, change),
        chain=approval.chain("rule_number", clock.day_of(change.created_at)),
        story=story_of(change, steps_of(change), mark("%(who)s proposed the change")),
    )  # fmt: skip


def _shown(moved: Sequence[MovedDay] | None) -> dict[str, Any]:
    """The days that move, those of them that the reader may know; None where nobody asked."""
    return {"moved": moved, "known": known_to(current_user, moved) if moved else []}


def _value_of(change: RuleChange) -> str:
    """The value as a page says it: with its unit, or the reading in full."""
    if change.kind == READING:
        policy = POLICIES.get(change.key)
        return _(policy.readings[change.value]) if policy and change.value in policy.readings else change.value
    known = newest(change.key)
    return presenter.in_unit(change.value, known.unit) if known else change.value


# ── proposing and deciding ──────────────────────────────────────────────────────────────────────────────────────────
@bp.route("/numbers/<key>", methods=["GET", "POST"])
@allows(RuleChange, to="propose")
def number(key: str) -> Any:
    """Propose another value for a number that nobody has confirmed; first one may see whose days it would move."""
    commune, known = _here(), newest(key)
    shown = presenter.number_of(law_of(commune), key)
    if known is None or shown is None or not shown.amendable:
        abort(404)
    form = NumberForm(known, value=str(shown.versions[-1].value), holds_from=known.holds_from)

    def deed() -> RuleChange:
        return actions.propose_number(
            commune, key, form.number, form.holds_from.data, form.source.data or "", form.reason.data or "",
            seen=bool(form.seen.data),
        )  # fmt: skip

    def tentative() -> RuleChange:
        return _tentative(commune, kind=NUMBER, key=key, value=form.number, holds_from=form.holds_from.data)

    return _proposing(form, deed, tentative, "lawbook/number.html", {"one": shown, "shown": presenter})


@bp.route("/readings/<name>", methods=["GET", "POST"])
@allows(RuleChange, to="propose")
def reading(name: str) -> Any:
    """Propose another reading; first one may see whose days it would move."""
    if name not in POLICIES:
        abort(404)
    commune = _here()
    one = presenter.reading_of(law_of(commune), name)
    form = ReadingForm(one.policy, one.chosen)

    def deed() -> RuleChange:
        source, reason = form.source.data or "", form.reason.data or ""
        return actions.propose_reading(commune, name, form.reading.data, source, reason)

    def tentative() -> RuleChange:
        return _tentative(commune, kind=READING, key=name, value=form.reading.data)

    return _proposing(form, deed, tentative, "lawbook/reading.html", {"one": one})


def _proposing(
    form: Form, deed: Callable[[], RuleChange], tentative: Callable[[], RuleChange], template: str, shown: Any
) -> Any:  # fmt: skip
    only_check, moved = request.form.get("only") == CHECK, None
    tried = Attempt()
    if not only_check:
        tried = attempt(form, deed)
    elif form.validate_on_submit():
        moved = moved_by(tentative())
    if tried.done:
        notice.done(_("The change %(number)s is proposed. Somebody else decides.", number=tried.made.number))
        return redirect(url_for(".change", id=tried.made.id))
    status = tried.status if not form.errors else 422
    return render_template(template, form=form, refused=tried.refused, **_shown(moved), **shown), status


def _tentative(commune: Unit, **content: Any) -> RuleChange:
    """A change that is asked about and not kept."""
    return RuleChange(commune=commune, commune_id=commune.id, decider_role=decider(), source="", seen=False, **content)


@bp.post("/changes/<int:id>/<any(approve, reject, withdraw):transition>")
@opens(RuleChange, to="read")
def take_change(change: RuleChange, transition: str) -> Any:
    form = ReasonForm()
    try:
        with transaction(current_user):
            actions.decide(change, transition, current_user, form.words(), form.shown_version())
    except Refused as refused:
        return _change_page(change, refused, transition, form.reason.data or ""), refused.status
    notice.done(_("%(number)s: %(state)s.", number=change.number, state=change.standing.label))
    return redirect(url_for(".change", id=change.id))


# ── days off ────────────────────────────────────────────────────────────────────────────────────────────────────────
@bp.get("/days-off")
@lists(YearOff)
def days_off(found: Select[Any]) -> Any:
    """The table by which working days are counted, and what was entered for it here."""
    table, entered = days_off_of(current_user.acting.commune_id), found.order_by(YearOff.id.desc())
    return render_template(
        "lawbook/days_off.html", years=presenter.years(table), entered=db.session.scalars(entered).all(),
        may_enter=holds(current_user, "enter", YearOff), may_read_rules=holds(current_user, "read", RuleChange),
    )  # fmt: skip


@bp.route("/days-off/new", methods=["GET", "POST"])
@allows(YearOff, to="enter")
def new_year() -> Any:
    form = YearForm(year=clock.today().year + 1)

    def deed() -> YearOff:
        off, worked, unknown = (form.as_kept(name) for name in ("off", "worked", "unknown"))
        source = form.source.data or ""
        return actions.enter_year(_here(), form.year.data or 0, off, worked, unknown, source, current_user)

    tried = attempt(form, deed)
    if tried.done:
        notice.done(_("The days off of %(year)s are entered. Somebody else confirms them.", year=tried.made.year))
        return redirect(url_for(".year", id=tried.made.id))
    return render_template("lawbook/new_year.html", form=form, refused=tried.refused), tried.status


@bp.get("/days-off/<int:id>")
@opens(YearOff, to="read")
def year(year: YearOff) -> Any:
    return _year_page(year)


def _year_page(year: YearOff, refused: Refused | None = None, failed: str = "", typed: str = "") -> str:
    waits = year.state == "entered"
    in_force = days_off_of(year.commune_id).years.get(year.year) if waits else None
    return render_template(
        "lawbook/year.html", year=year, days=presenter.year_shown(year.year, year.table),
        in_force=presenter.year_shown(year.year, in_force) if in_force else None,
        changed=presenter.year_changed(in_force, year.table) if in_force else None,
        **_shown(moved_by_year(year) if waits else None), refused=refused,
        failed=failed, typed=typed, offers=year.workflow.offers(current_user, year),
        barred=year.workflow.barred(current_user, year),
        story=story_of(year, steps_of(year), mark("%(who)s entered the days off")),
    )  # fmt: skip


@bp.post("/days-off/<int:id>/<any(confirm, refuse, withdraw):transition>")
@opens(YearOff, to="read")
def take_year(year: YearOff, transition: str) -> Any:
    form = ReasonForm()
    try:
        with transaction(current_user):
            year.workflow.take(transition, year, current_user, form.words(), form.shown_version())
    except Refused as refused:
        return _year_page(year, refused, transition, form.reason.data or ""), refused.status
    notice.done(_("%(title)s: %(state)s.", title=year.title, state=year.standing.label))
    return redirect(url_for(".year", id=year.id))
