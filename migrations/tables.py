"""What tables of books have in common, for the migrations that make them."""

from typing import Any

import sqlalchemy as sa
from alembic import op


def create_entries(name: str, *parts: Any, indexed: tuple[str, ...] = ()) -> None:
    """A table of entries: numbered in their commune, found by folded words."""
    create_record(
        name,
        text("number"), *parts, yes_or_no("from_paper"),
        sa.Column("folded", sa.String(), nullable=False, server_default=sa.text("('')")),
        sa.UniqueConstraint("commune_id", "number", name=op.f(f"uq_{name}_commune_id_number")),
        indexed=indexed,
    )  # fmt: skip


def create_record(name: str, *parts: Any, indexed: tuple[str, ...] = ()) -> None:
    """A table of records: whose commune, who made and changed them, whether they were struck out."""
    op.create_table(
        name,
        number("id"), number("commune_id"), *parts,
        moment("created_at", nullable=False), number("created_by_id", nullable=True),
        moment("changed_at", nullable=False), number("changed_by_id", nullable=True),
        moment("voided_at"), text("void_reason"), number("version"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
        refers(name, "commune_id", "unit"),
        *(refers(name, by, "user") for by in ("created_by_id", "changed_by_id")),
    )  # fmt: skip
    for column in ("commune_id", *indexed):
        op.create_index(op.f(f"ix_{name}_{column}"), name, [column])


def refers(name: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=op.f(f"fk_{name}_{column}"))


def text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.String(), nullable=False)


def word(name: str, nullable: bool = False) -> sa.Column[str]:
    """A word of a catalogue."""
    return sa.Column(name, sa.String(length=40), nullable=nullable)


def number(name: str, nullable: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=nullable)


def yes_or_no(name: str) -> sa.Column[bool]:
    return sa.Column(name, sa.Boolean(), nullable=False)


def day(name: str, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.Date(), nullable=nullable)


def moment(name: str, nullable: bool = True) -> sa.Column[Any]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)
