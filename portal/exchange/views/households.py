"""The page on which a commune's own list of households comes in: the file, its columns, what becomes of its rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import redirect, render_template, request, url_for
from flask_login import current_user

from portal.documents.refused import RefusedFile
from portal.engine import notice
from portal.engine.access import allows, rights_on
from portal.engine.deeds import ASKED, WRONG, Attempt, attempt
from portal.engine.refusal import Plain, Refused
from portal.engine.text import _, mark, ngettext, say
from portal.engine.uploads import takes_a_file
from portal.exchange import own_list
from portal.exchange.forms import ENTER, TAKE, DecideForm, ListForm
from portal.exchange.households import Judge, Judged, State, changes_of, enter, take_people
from portal.exchange.own_list import MOST_ROWS, Sheet
from portal.exchange.views.blueprint import bp
from portal.households.models import Household
from portal.organisation.queries import villages

MOST_SHOWN, MOST_DECIDED = 200, 300  # wrong rows that the page shows, doubles that it asks about one by one
SAMPLE = 6  # rows under the heading that the page shows while columns are chosen


@bp.route("/households", methods=["GET", "POST"])
@takes_a_file
@allows(Household, to="create")
def households() -> Any:
    """A list that was brought, then its columns, then its rows, then all of them entered."""
    kept = request.form.get("kept", "")
    if not kept:
        return _brought()
    sheets = own_list.opened(kept, current_user.id)
    if sheets is None:
        return _asked(
            ListForm(formdata=None), refused=_("The list was not whole any more. Please choose the file again.")
        )
    if request.form.get("only") != "decide":
        return _columns(sheets)
    return _decide(sheets)


def _brought() -> Any:
    form = ListForm()
    if form.validate_on_submit():
        try:
            sheets = own_list.read(form.file.content)
            kept = own_list.sealed(sheets, current_user.id)
        except RefusedFile as refused:
            form.file.errors = [say(refused.message, **refused.numbers)]
        else:
            return _choose(sheets, DecideForm(formdata=None, kept=kept))
    return _asked(form)


def _asked(form: ListForm, refused: str = "") -> Any:
    shown = render_template("exchange/households.html", form=form, refused=refused, most=MOST_ROWS)
    return shown, WRONG if form.errors or refused else ASKED


def _columns(sheets: Sequence[Sheet]) -> Any:
    """The columns are chosen; where they are, the rows are looked at."""
    form = DecideForm()
    form.fill(sheets, villages(current_user.acting.commune_id))
    if request.form.get("only") != "rows" or form.is_anew:
        return _answer_columns(form, ASKED)
    return _judged(sheets) if form.validate() else _answer_columns(form, WRONG)


def _choose(sheets: Sequence[Sheet], form: DecideForm) -> Any:
    form.fill(sheets, villages(current_user.acting.commune_id))
    return _answer_columns(form, ASKED)


def _answer_columns(form: DecideForm, status: int) -> Any:
    heading = int(form.heading.data)
    sample = [cells for _number, cells in form.chosen_sheet.below(heading)[:SAMPLE]]
    shown = {"labels": form.chosen_sheet.labels(heading), "sample": sample}
    return render_template("exchange/household_columns.html", form=form, **shown), status


@dataclass(frozen=True)
class Rows:
    """What becomes of the rows of a list, for its page, by the register after its *changes* so far. *told* is kept as
    it was judged: a transaction forgets what was loaded before it, double by double."""

    all: Sequence[Judged]
    changes: Sequence[int]
    told: Sequence[Any]
    changeable: frozenset[int]  # households that the reader may change

    def of(self, state: str) -> list[Judged]:
        return [one for one in self.all if one.state == state]

    def entered(self, form: DecideForm) -> list[Judged]:
        """Those that are entered as it was decided."""
        doubles = (one for one in self.of(State.DOUBLE) if form.decided(one.number) == ENTER)
        return sorted([*self.of(State.NEW), *doubles], key=lambda one: one.number)

    def may_take(self, one: Judged) -> bool:
        """Whether the household that a row repeats can take its number of people over."""
        return one.counts_otherwise and one.told[2] in self.changeable

    def taken(self, form: DecideForm) -> list[Judged]:
        """Those whose number of people goes to the household that they repeat."""
        return [one for one in self.of(State.DOUBLE) if form.decided(one.number) == TAKE and self.may_take(one)]


def _look(sheets: Sequence[Sheet], form: DecideForm) -> Rows:
    form.fill(sheets, villages(current_user.acting.commune_id))
    return _judged_now(form)


def _judged_now(form: DecideForm) -> Rows:
    commune_id = current_user.acting.commune_id
    changes = changes_of(commune_id)
    rows = Judge(form.chosen_sheet, form.chosen(), commune_id).rows()
    twins = [one.twin.id for one in rows if one.twin is not None]
    held = rights_on(current_user, Household, twins, ("edit",))
    changeable = frozenset(household for household, rights in held.items() if rights)
    return Rows(rows, changes, [one.told for one in rows], changeable)


def _judged(sheets: Sequence[Sheet]) -> Any:
    form = DecideForm()
    return _answer_rows(form, _look(sheets, form), Attempt())


def _decide(sheets: Sequence[Sheet]) -> Any:
    """All rows are entered as it was decided, in one deed, if they still are what the page showed."""
    form = DecideForm()
    form.fill(sheets, villages(current_user.acting.commune_id))
    if form.is_anew or not form.validate():
        return _answer_columns(form, WRONG)
    rows = _look(sheets, form)
    _against_undecided(form, rows)
    if form.errors:
        return _answer_rows(form, rows, Attempt(status=WRONG))
    tried = attempt(form, lambda: _entered(form, rows), leads_to=url_for("households.index"))
    if not tried.done:
        return _answer_rows(form, rows, tried)
    entered, taken = tried.made
    told = ngettext("%(num)s household is entered.", "%(num)s households are entered.", entered)
    more = ngettext("The number of people of %(num)s household is taken over.",
                    "The numbers of people of %(num)s households are taken over.", taken) if taken else ""  # fmt: skip
    notice.done(told, more)
    return redirect(url_for("households.index"))


def _against_undecided(form: DecideForm, rows: Rows) -> None:
    undecided = [one for one in rows.of(State.DOUBLE) if not form.decided(one.number)]
    if undecided:
        told = ngettext("Of %(num)s row nothing is decided.", "Of %(num)s rows nothing is decided.", len(undecided))
        form.doubles.errors = [told]
    if rows.of(State.WRONG) and not form.without_wrong.data:
        form.without_wrong.errors = [_("Mend these rows in the file and choose it again, or leave them out.")]
    if not undecided and not rows.entered(form) and not rows.taken(form):
        form.form_errors.append(_("Nothing would be entered."))


def _entered(form: DecideForm, shown: Rows) -> tuple[int, int]:
    """Enter the rows as they were shown; where the register was changed since, only if that changes none of them. How
    many were entered, and of how many the number of people was taken over."""
    commune_id = current_user.acting.commune_id
    rows = shown if changes_of(commune_id) == shown.changes else _judged_now(form)
    if rows.told != shown.told:
        raise Refused(Plain(mark("The register changed meanwhile. Please look through the rows again.")))
    return enter(rows.entered(form), commune_id), take_people(rows.taken(form))


def _answer_rows(form: DecideForm, rows: Rows, tried: Attempt) -> Any:
    shown = {"rows": rows, "states": State, "most_shown": MOST_SHOWN, "most_decided": MOST_DECIDED}
    return render_template("exchange/household_rows.html", form=form, refused=tried.refused, **shown), tried.status
