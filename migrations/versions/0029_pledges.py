"""Campaigns, pledges, calls at doors, signed sheets with their photos, printed lists."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0029_pledges"
down_revision = "0028_households"
branch_labels = None
depends_on = None

HOLDS = sa.text("voided_at IS NULL AND state <> 'withdrawn'")
STANDS = sa.text("standing AND voided_at IS NULL")
ONE_SIGNER = "(household_id IS NULL) <> (establishment_id IS NULL)"


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


def one_each(name: str, which: sa.TextClause) -> None:
    """At most one that holds, for each campaign and household, or establishment."""
    for signer in ("household", "establishment"):
        op.create_index(
            f"uq_{name}_{signer}", name, ["campaign_id", f"{signer}_id"], unique=True, sqlite_where=which,
            postgresql_where=which,
        )


def of_signer(name: str) -> tuple[Any, ...]:
    """The columns of what is about one household or one establishment."""
    return (
        number("campaign_id"), number("household_id", nullable=True), number("establishment_id", nullable=True),
        number("village_id"), number("sheet_id", nullable=True),
        sa.CheckConstraint(ONE_SIGNER, name=op.f(f"ck_{name}_one_signer")),
        refers(name, "campaign_id", "pledge_campaign"),
        refers(name, "household_id", "household"),
        refers(name, "establishment_id", "establishment"),
        refers(name, "village_id", "unit"),
        refers(name, "sheet_id", "pledge_sheet"),
    )


def in_a_village(name: str) -> tuple[Any, ...]:
    """The columns of what belongs to a campaign in one village."""
    return (
        number("campaign_id"), number("village_id"), refers(name, "campaign_id", "pledge_campaign"),
        refers(name, "village_id", "unit"),
    )


def upgrade() -> None:
    create_record(
        "pledge_campaign",
        text("number"), sa.Column("kind", sa.String(length=40), nullable=False), text("title"), text("text"),
        sa.Column("target", sa.String(length=40), nullable=False), day("first_on"), day("last_on"), text("state"),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.UniqueConstraint("commune_id", "number", name=op.f("uq_pledge_campaign_commune_id_number")),
    )
    index("pledge_campaign", "state")
    create_record(
        "campaign_goal",
        *in_a_village("campaign_goal"), number("count", nullable=True),
        sa.UniqueConstraint("campaign_id", "village_id", name=op.f("uq_campaign_goal_campaign_id_village_id")),
    )
    create_record("pledge_sheet", *in_a_village("pledge_sheet"), day("signed_on"), number("count"))
    create_record(
        "pledge",
        *of_signer("pledge"), day("signed_on"), text("state"),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        number("confirmed_by_id", nullable=True), day("withdrawn_on", nullable=True),
        day("breached_on", nullable=True), text("reason"),
        refers("pledge", "confirmed_by_id", "user"),
    )
    one_each("pledge", HOLDS)
    op.create_index("ix_pledge_signed", "pledge", ["campaign_id", "signed_on"])
    index("pledge", "confirmed_at")
    create_record(
        "door_call",
        *of_signer("door_call"), day("on"), sa.Column("result", sa.String(length=40), nullable=False),
        sa.Column("standing", sa.Boolean(), nullable=False),
    )
    one_each("door_call", STANDS)
    create_record(
        "pledge_breach",
        number("pledge_id"), day("happened_on"), text("reason"), text("state"), text("decider_role"),
        day("decided_on", nullable=True),
        refers("pledge_breach", "pledge_id", "pledge"),
    )
    index("pledge_breach", "pledge_id")
    index("pledge_breach", "state")
    create_record(
        "printed_list",
        *in_a_village("printed_list"), number("number"), day("printed_on"),
        sa.UniqueConstraint(
            "campaign_id", "village_id", "number", name=op.f("uq_printed_list_campaign_id_village_id_number")
        ),
    )
    op.create_table(
        "printed_row",
        number("id"), number("printed_id"), number("row"), number("household_id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_printed_row")),
        sa.UniqueConstraint("printed_id", "row", name=op.f("uq_printed_row_printed_id_row")),
        refers("printed_row", "printed_id", "printed_list"),
        refers("printed_row", "household_id", "household"),
    )
    index("printed_row", "household_id")
    for name in ("campaign_goal", "pledge_sheet", "printed_list"):
        index(name, "campaign_id")
        index(name, "village_id")
    for name in ("pledge", "door_call"):
        for column in ("household_id", "establishment_id", "village_id", "sheet_id"):
            index(name, column)
    with op.batch_alter_table("attachment") as table:
        table.add_column(sa.Column("pledge_sheet_id", sa.Integer(), nullable=True))
        table.create_foreign_key(op.f("fk_attachment_pledge_sheet_id"), "pledge_sheet", ["pledge_sheet_id"], ["id"])
        table.create_index(op.f("ix_attachment_pledge_sheet_id"), ["pledge_sheet_id"])


def downgrade() -> None:
    with op.batch_alter_table("attachment") as table:
        table.drop_index(op.f("ix_attachment_pledge_sheet_id"))
        table.drop_constraint(op.f("fk_attachment_pledge_sheet_id"), type_="foreignkey")
        table.drop_column("pledge_sheet_id")
    for name in ("printed_row", "printed_list", "pledge_breach", "door_call", "pledge", "pledge_sheet", "campaign_goal", "pledge_campaign"):
        op.drop_table(name)
