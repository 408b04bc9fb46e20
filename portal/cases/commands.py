"""`rules list`, `rules explain CASE`: the numbers of the law, and every computed date of a case with its reason."""

from datetime import date
from typing import Any

import click
from flask_babel import gettext
from sqlalchemy import select

from portal.cases.models import CASE_TYPE_NAMES, Case
from portal.engine import audit
from portal.engine.commands import Group, Wrong
from portal.engine.db import db
from portal.engine.text import mark as _
from portal.engine.text import say
from portal.law.catalogue import UNITS, rules
from portal.law.rule import Due
from portal.organisation.models import Unit


@click.group("rules", cls=Group, help=_("The rules of the law."))
def rules_commands() -> None:
    pass


@rules_commands.command("list", help=_("List the numbers of the law with their versions, sources and confidence."))
def list_rules() -> None:
    for version in rules():
        until = f"–{_day(version.holds_until)}" if version.holds_until else "–"
        sure = gettext("confirmed") if version.confirmed else gettext("not confirmed")
        click.echo(f"{version.key}  {say(version.label)}")
        click.echo(f"    {version.value} {say(UNITS[version.unit])}  {_day(version.holds_from)}{until}  "
                   f"{version.source}  [{sure}]")  # fmt: skip


@rules_commands.command(help=_(
    "Explain every computed date of a case. CASE is its number, where several communes have it COMMUNE/NUMBER."
))  # fmt: skip
@click.argument("case")
def explain(case: str) -> None:
    found = _case(case)
    audit.tell("explain", None, found)
    click.echo(f"{found.number}  {CASE_TYPE_NAMES[found.type]}")
    for due in found.regime.calendar(found.term):
        _print_due(due)


def _case(asked: str) -> Case:
    code, _slash, number = asked.rpartition("/")
    fitting = select(Case).join(Case.commune).where(Case.number == number)
    found = db.session.scalars(fitting.where(Unit.code == code) if code else fitting).all()
    if not found:
        raise Wrong(gettext("There is no case %(number)s.", number=repr(asked)))
    if len(found) > 1:
        codes = ", ".join(f"{one.commune.code}/{one.number}" for one in found)
        raise Wrong(gettext("Several communes have a case of that number: %(cases)s.", cases=codes))
    return found[0]


def _print_due(due: Due) -> None:
    sure = "" if due.confirmed else f"  [{gettext('not confirmed')}]"
    period = (
        f" ({due.period})" if due.period[:1].isdigit() else ""
    )  # "2026-11"; the name of a step is the label's to say
    click.echo(f"{_day(due.due_on)}  {say(due.label)}{period}  {due.rule}{sure}")
    click.echo(f"            {due.source}")
    if due.inputs:
        click.echo("            " + ", ".join(f"{name} = {_told(value)}" for name, value in due.inputs.items()))
    if due.note:
        click.echo("            " + say(due.note, **{name: _told(value) for name, value in due.note_values.items()}))


def _told(value: Any) -> str:
    return _day(value) if isinstance(value, date) else str(value)


def _day(day: date) -> str:
    return f"{day:%d/%m/%Y}"
