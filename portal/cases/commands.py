"""`rules list`, `rules explain CASE`: the numbers of the law, and every computed date of a case with its reason."""

from datetime import date
from typing import Any

import click
from flask_babel import gettext
from sqlalchemy import select

from portal.cases import explaining
from portal.cases.models import CASE_TYPE_NAMES, Case
from portal.engine import audit
from portal.engine.commands import Group, Wrong
from portal.engine.db import db
from portal.engine.text import mark as _
from portal.engine.text import say
from portal.law import inputs
from portal.law.approval import CHAINS
from portal.law.catalogue import UNITS, rules
from portal.law.competence import ACTORS, COMPETENT
from portal.law.policies import POLICIES
from portal.law.rule import Due
from portal.organisation.models import ROLE_NAMES, Role, Unit

INDENT = " " * 12


@click.group("rules", cls=Group, help=_("The rules of the law."))
def rules_commands() -> None:
    pass


@rules_commands.command("list", help=_(
    "List the numbers of the law with their versions, sources and confidence, who decides, and the readings chosen."
))  # fmt: skip
def list_rules() -> None:
    for version in rules():
        until = f"–{_day(version.holds_until)}" if version.holds_until else "–"
        click.echo(f"{version.key}  {say(version.label)}")
        click.echo(f"    {version.value} {say(UNITS[version.unit])}  {_day(version.holds_from)}{until}  "
                   f"{version.source}  {_sure(version.confirmed)}")  # fmt: skip
    _list_chains()
    _list_policies()


def _list_chains() -> None:
    """Who endorses and decides each kind, and who is competent outside of the commune, since when."""
    click.echo("\n" + gettext("Who endorses and who decides"))
    for kind, versions in CHAINS.items():
        click.echo(kind)
        for since, chain in versions:
            roles = " → ".join(str(ROLE_NAMES[Role(role)]) for role in (chain.endorser, chain.decider) if role)
            click.echo(f"    {roles}  {_day(since)}–  {chain.source}  {_sure(chain.confirmed)}")
    click.echo("\n" + gettext("Who is competent"))
    for act, known in COMPETENT.items():
        click.echo(act)
        for since, one in known:
            click.echo(f"    {say(ACTORS[one.actor])}  {_day(since)}–  {one.source}  {_sure(one.confirmed)}")


def _list_policies() -> None:
    click.echo("\n" + gettext("Where the law can be read in two ways (* is the default)"))
    for name, policy in POLICIES.items():
        click.echo(f"{name}  {say(policy.question)}")
        for reading, told in policy.readings.items():
            chosen = "*" if reading == policy.default else " "
            click.echo(f"  {chosen} {reading}  {say(told)}")


@rules_commands.command(help=_(
    "Explain every computed date of a case. CASE is its number, where several communes have it COMMUNE/NUMBER."
))  # fmt: skip
@click.argument("case")
def explain(case: str) -> None:
    found = _case(case)
    audit.tell("explain", None, found)
    click.echo(f"{found.number}  {CASE_TYPE_NAMES[found.type]}")
    for part in explaining.parts(found):
        click.echo(f"\n{say(part.title)}")
        for due in part.dues:
            _print_due(due, found)
        if part.missing:
            click.echo(f"    {say(part.missing)}")


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


def _print_due(due: Due, case: Case) -> None:
    month = f" ({due.period})" if due.period[:1].isdigit() else ""  # "2026-11"; the name of a step is the label's
    click.echo(f"{_when(due)}  {say(due.label)}{month}")
    version = gettext("version of %(day)s", day=_day(due.holds_from)) if due.holds_from else ""
    click.echo(INDENT + "  ".join(filter(None, (_key(due, case), version, due.source, _sure(due.confirmed)))))
    if due.inputs:
        facts = (f"{say(inputs.name(name))} = {_fact(name, value, due, case)}" for name, value in due.inputs.items())
        click.echo(INDENT + ", ".join(facts))
    if due.alert_on:
        click.echo(INDENT + gettext("Falls on a day off; alert on %(day)s.", day=_day(due.alert_on)))
    if due.note:
        click.echo(INDENT + say(due.note, **{name: _told(value) for name, value in due.note_values.items()}))


def _when(due: Due) -> str:
    """The day, the window, or the moment where hours count."""
    if due.due_at:
        return f"{due.due_at:%H:%M} {_day(due.due_on)}"
    return (
        f"{_day(due.opens_on)}–{_day(due.due_on)}" if due.opens_on and due.opens_on < due.due_on else _day(due.due_on)
    )


def _key(due: Due, case: Case) -> str:
    """The id of the number: of the rule, and of its step where the rule has several."""
    key = f"{due.rule}.{due.period}"
    return key if key in case.regime.PARAMETERS.rules else due.rule


def _fact(name: str, value: Any, due: Due, case: Case) -> str:
    """A fact in words; of a length also what it counts."""
    if name != "length":
        return _told(value)
    table, key = case.regime.PARAMETERS, _key(due, case)
    versions = table.versions(key) if key in table.rules else ()
    unit = next((one.unit for one in versions if one.holds_from == due.holds_from), None)
    return f"{value} {say(UNITS[unit])}" if unit else str(value)


def _sure(confirmed: bool) -> str:
    word = gettext("confirmed") if confirmed else gettext("not confirmed")
    return f"[{word}]"


def _told(value: Any) -> str:
    return _day(value) if isinstance(value, date) else str(value)


def _day(day: date) -> str:
    return f"{day:%d/%m/%Y}"
