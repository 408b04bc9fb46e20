"""`report figures`: the indicators of a period and of the same period a year before. `report write`: the report."""

import json
from datetime import date
from pathlib import Path

import click
from flask_babel import force_locale, gettext

from portal.engine import clock
from portal.engine.commands import Group, Wrong, day_given
from portal.engine.indicators import Figure, Period, figures
from portal.engine.text import mark as _
from portal.organisation.models import Unit
from portal.organisation.queries import commune_coded, commune_codes, present_commune
from portal.reports import loose, outline, queries
from portal.reports.models import ReportKind
from portal.reports.periods import MOST_YEARS, too_long
from portal.reports.usual import MOVEMENT


@click.group("report", cls=Group, help=_("Figures and reports."))
def report_commands() -> None:
    pass


@report_commands.command("figures", help=_(
    "Print the figures of a period, both days included, and of the same period a year before."
))  # fmt: skip
@click.option("--from", "first", metavar="YYYY-MM-DD")
@click.option("--to", "last", metavar="YYYY-MM-DD")
@click.option("--unit", "code", metavar="CODE")
@click.option("--format", "form", metavar="json|table", default="table", show_default=True)
def figures_command(first: str | None, last: str | None, code: str | None, form: str) -> None:
    if form not in ("json", "table"):
        raise Wrong(gettext("The format is json or table."))
    days = _period(first, last)
    found = figures(tuple(outline.ordered()), Period(*days, queries.taken_in(_commune(code))))
    click.echo(_as_json(found) if form == "json" else _as_table(found))


@report_commands.command("write", help=_(
    "Write the report on a period, both days included, as a Word file that is ready to sign. Nothing is kept of it."
))  # fmt: skip
@click.option("--from", "first", metavar="YYYY-MM-DD")
@click.option("--to", "last", metavar="YYYY-MM-DD")
@click.option("--unit", "code", metavar="CODE")
@click.option("--kind", "kind_code", metavar="KIND", default=MOVEMENT, show_default=True)
@click.option("--out", "out", metavar="FILE.docx")
def write_command(first: str | None, last: str | None, code: str | None, kind_code: str, out: str | None) -> None:
    from portal.documents import layout  # with its library, of which no other command has a use

    if not out:
        raise Wrong(gettext("Please say where to write it: --out FILE.docx."))
    days, commune = _period(first, last), _commune(code)
    with force_locale("vi"):
        paper = loose.paper(commune, _kind(commune, kind_code), *days)
    try:
        Path(out).write_bytes(layout.written(paper))
    except OSError as error:
        raise Wrong(gettext("%(file)s cannot be written: %(why)s.", file=out, why=error.strerror or "?")) from error
    click.echo(gettext("The report is written to %(file)s.", file=out))


def _kind(commune: Unit, code: str) -> ReportKind:
    """The commune's own kind of that code; where it has none, the usual one."""
    found = loose.kind_of(commune, code)
    if found is None:
        known = ", ".join(loose.codes(commune))
        raise Wrong(gettext("There is no kind of report %(code)s. Known are: %(known)s.", code=repr(code), known=known))
    return found


def _period(first: str | None, last: str | None) -> tuple[date, date]:
    begins, ends = day_given("--from", first), day_given("--to", last)
    if begins > clock.today():
        raise Wrong(gettext("The period has not begun yet."))
    if ends < begins:
        raise Wrong(gettext("The last day cannot be before the first."))
    if too_long(begins, ends):
        raise Wrong(gettext("A period is at most %(years)s years long.", years=MOST_YEARS))
    return begins, ends


def _commune(code: str | None) -> Unit:
    """The commune of that code as it is called now, as on every page: its villages went with it."""
    commune = commune_coded(code) if code else present_commune()
    if commune is not None:
        return commune.heir or commune
    if code:
        known = ", ".join(commune_codes())
        raise Wrong(gettext("There is no commune %(code)s. Known are: %(known)s.", code=repr(code), known=known or "–"))
    raise Wrong(gettext("No commune has been set up yet."))


def _as_json(found: list[Figure]) -> str:
    told = {one.indicator.id: {"value": one.value, "previous_value": one.previous_value} for one in found}
    return json.dumps(told, ensure_ascii=False, indent=2)


def _as_table(found: list[Figure]) -> str:
    rows = [(one.indicator.id, str(one.value), str(one.previous_value), str(one.indicator.label)) for one in found]
    rows.insert(0, ("id", gettext("value"), gettext("a year before"), gettext("figure")))
    widths = [max(len(row[column]) for row in rows) for column in range(3)]
    return "\n".join(f"{row[0]:<{widths[0]}}  {row[1]:>{widths[1]}}  {row[2]:>{widths[2]}}  {row[3]}" for row in rows)
