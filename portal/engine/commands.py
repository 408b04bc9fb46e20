"""Commands that speak the language of the terminal: English where LANG says so, Vietnamese otherwise."""

import os
from contextlib import AbstractContextManager
from typing import Any

import click
from flask_babel import force_locale

from portal.engine.text import say


def own_language() -> AbstractContextManager[None]:
    """Speak as the terminal does for a while. LC_ALL wins over LC_MESSAGES, and that over LANG, as everywhere."""
    names = (os.environ.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    wanted = next((name for name in names if name), "")
    speaking: AbstractContextManager[None] = force_locale("en" if wanted.startswith("en") else "vi")
    return speaking


class Wrong(click.ClickException):
    """What was asked for makes no sense: told in one line, exit status 2."""

    exit_code = 2

    def show(self, file: Any = None) -> None:
        click.echo(self.message, err=True, file=file)


class Command(click.Command):
    """A command whose help and answers come in the terminal's language. Its help is a text marked for translators."""

    def invoke(self, ctx: click.Context) -> Any:
        with own_language():
            return super().invoke(ctx)

    def get_short_help_str(self, limit: int = 45) -> str:
        with own_language():
            return say(self.help or "").partition("\n")[0][: max(limit, 120)]

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with own_language():
            formatter.write_paragraph()
            with formatter.indentation():
                formatter.write_text(say(self.help or ""))


class Group(click.Group):
    """Commands of one subject."""

    command_class = Command

    def get_short_help_str(self, limit: int = 45) -> str:
        with own_language():
            return say(self.help or "")[: max(limit, 120)]

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with own_language():
            formatter.write_paragraph()
            with formatter.indentation():
                formatter.write_text(say(self.help or ""))
