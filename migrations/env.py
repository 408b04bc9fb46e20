"""Runs migrations on the application's own engine. One transaction a run: an interrupted one leaves nothing behind."""

from alembic import context
from flask import current_app
from sqlalchemy import Text
from sqlalchemy.types import TypeDecorator

from portal.engine.db import Moment, Sealed, db


def plain_type(kind: str, item: object, _context: object) -> str | bool:
    """Write the portal's own column types as what the database sees, so that old migrations need no code of ours."""
    if kind == "type" and isinstance(item, Moment):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(item, TypeDecorator) and isinstance(item.impl, Text):
        return "sa.Text()"
    if kind == "type" and isinstance(item, Sealed):
        return "sa.String()"
    return False


def run() -> None:
    configured = dict(current_app.extensions["migrate"].configure_args)
    with db.engine.connect().execution_options(writes=True) as connection:
        context.configure(
            connection=connection,
            target_metadata=db.metadata,
            render_item=plain_type,
            **configured,
        )
        with context.begin_transaction():
            context.run_migrations()


run()
