"""Commands that speak the language of the terminal: English where LANG says so, Vietnamese otherwise."""

import copy
import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, datetime
from typing import Any, TypeVar

import click
from flask_babel import force_locale, gettext
from sqlalchemy.exc import InterfaceError, OperationalError

from portal.config import no_answer, terminal_language
from portal.engine.forms import FIRST_YEAR, LAST_YEAR
from portal.engine.keys import KeysMissing, keys_missing
from portal.engine.text import say

F = TypeVar("F", bound=Callable[..., Any] | click.Command)

_DAYS = {
    "%Y-%m-%d": re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}"),
    "%d/%m/%Y": re.compile(r"[0-9]{1,2}/[0-9]{1,2}/[0-9]{4}"),
}


def own_language() -> AbstractContextManager[None]:
    """Speak as the terminal does for a while."""
    speaking: AbstractContextManager[None] = force_locale(terminal_language())
    return speaking


def first_sentence(text: str) -> str:
    """What a list of commands has room for."""
    return text.partition(". ")[0].rstrip(".")


class Wrong(click.ClickException):
    """What was asked for makes no sense: told in one line, exit status 2."""

    exit_code = 2

    def show(self, file: Any = None) -> None:
        click.echo(self.message, err=True, file=file)


class Failed(Wrong):
    """What was asked for makes sense, but cannot be done here: told in one line, exit status 1."""

    exit_code = 1


class Option(click.Option):
    """An option whose help is a text marked for translators."""

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        spoken = copy.copy(self)
        with own_language():
            spoken.help = say(self.help) if self.help else None
        return click.Option.get_help_record(spoken, ctx)


def option(*names: str, **attributes: Any) -> Callable[[F], F]:
    """Declare an option that speaks the terminal's language."""
    return click.option(*names, cls=Option, **attributes)


class Helped(click.Command):
    """Whatever has a help that is a text marked for translators, told in the terminal's language."""

    def get_short_help_str(self, limit: int = 45) -> str:
        with own_language():
            return first_sentence(say(self.help or ""))

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with own_language():
            formatter.write_paragraph()
            with formatter.indentation():
                formatter.write_text(say(self.help or ""))


class Command(Helped):
    """A command whose help and answers come in the terminal's language."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        try:
            return super().parse_args(ctx, args)
        except click.MissingParameter as missing:
            with own_language():
                name = missing.param.make_metavar(ctx) if missing.param else ""
                raise Wrong(gettext("%(name)s is missing. See %(command)s --help", name=name,
                                    command=ctx.command_path)) from missing  # fmt: skip
        except click.NoSuchOption as unknown:
            with own_language():
                raise Wrong(gettext("There is no option %(name)s. See %(command)s --help", name=unknown.option_name,
                                    command=ctx.command_path)) from unknown  # fmt: skip

    def invoke(self, ctx: click.Context) -> Any:
        with own_language():
            try:
                return super().invoke(ctx)
            except (OperationalError, InterfaceError) as error:
                raise Failed(no_answer(error)) from error
            except KeysMissing as error:
                raise Failed(keys_missing()) from error


class Group(Helped, click.Group):
    """Commands of one subject."""

    command_class = Command


def day_given(option: str, typed: str | None) -> date:
    """A day as programs or people write it. Raises Wrong for anything else."""
    if not typed:
        raise Wrong(gettext("Please give %(option)s, a day such as 2024-08-31.", option=option))
    for pattern, shape in _DAYS.items():
        if shape.fullmatch(typed):
            try:
                day = datetime.strptime(typed, pattern).date()  # noqa: DTZ007 (a day has no zone)
            except ValueError:
                break
            if FIRST_YEAR < day.year <= LAST_YEAR:
                return day
            years = {"first": FIRST_YEAR + 1, "last": LAST_YEAR}
            told = gettext("%(option)s: the portal takes days of %(first)s to %(last)s.", option=option, **years)
            raise Wrong(told)
    raise Wrong(
        gettext("%(option)s: %(typed)s is no day. Please write it like 2024-08-31.", option=option, typed=repr(typed))
    )
