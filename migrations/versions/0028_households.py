"""Households with their stays, and establishments: who lives and works where, from a day to a day."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0028_households"
down_revision = "0027_asked_anew"
branch_labels = None
depends_on = None

STANDS = sa.text("until IS NULL AND voided_at IS NULL")


def create_record(name: str, *parts: Any) -> None:
    """A table of records: whose commune, who made them and changed them last, and whether they were struck out."""
    op.create_table(
        name,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("commune_id", sa.Integer(), nullable=False),
        *parts,
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.Column("voided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("void_reason", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
        refers(name, "commune_id", "unit"),
        refers(name, "created_by_id", "user"),
        refers(name, "changed_by_id", "user"),
    )
    index(name, "commune_id")


def refers(name: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=op.f(f"fk_{name}_{column}"))


def index(name: str, column: str) -> None:
    op.create_index(op.f(f"ix_{name}_{column}"), name, [column])


def text(name: str) -> sa.Column:
    return sa.Column(name, sa.String(), nullable=False)


def number(name: str, nullable: bool = False) -> sa.Column:
    return sa.Column(name, sa.Integer(), nullable=nullable)


def day(name: str, nullable: bool = False) -> sa.Column:
    return sa.Column(name, sa.Date(), nullable=nullable)


def upgrade() -> None:
    create_record(
        "household",
        text("number"), text("head"), number("people"), number("walk"), number("village_id"),
        number("split_from_id", nullable=True), number("merged_into_id", nullable=True), text("folded"),
        text("sort_key"),
        sa.UniqueConstraint("commune_id", "number", name=op.f("uq_household_commune_id_number")),
        refers("household", "village_id", "unit"),
        refers("household", "split_from_id", "household"),
        refers("household", "merged_into_id", "household"),
    )
    op.create_index("ix_household_walk", "household", ["village_id", "walk"])
    index("household", "split_from_id")
    index("household", "merged_into_id")
    create_record(
        "stay",
        number("household_id"), number("village_id"), day("since"), day("until", nullable=True), text("why"),
        refers("stay", "household_id", "household"),
        refers("stay", "village_id", "unit"),
    )
    index("stay", "household_id")
    op.create_index("ix_stay_village", "stay", ["village_id", "since", "until"])
    op.create_index(
        "uq_stay_open", "stay", ["household_id"], unique=True, sqlite_where=STANDS, postgresql_where=STANDS
    )
    create_record(
        "establishment",
        text("number"), text("trade_name"), text("business"), text("owner"), number("walk"), number("village_id"),
        day("since"), day("until", nullable=True), text("folded"),
        sa.UniqueConstraint("commune_id", "number", name=op.f("uq_establishment_commune_id_number")),
        refers("establishment", "village_id", "unit"),
    )
    op.create_index("ix_establishment_walk", "establishment", ["village_id", "walk"])


def downgrade() -> None:
    for name in ("establishment", "stay", "household"):
        op.drop_table(name)
