"""Why an item was concluded that too few units heard, outcomes that were taken back or changed, and drafts of them;
and whether the records still tell an item, which its reason for being struck out has said until now.
"""

import sqlalchemy as sa
from alembic import op

revision = "0021_held"
down_revision = "0020_owed_by_forces"
branch_labels = None
depends_on = None

NO_LONGER = "no longer reported by the records"
ITEMS = sa.table("agenda_item", sa.column("void_reason", sa.String), sa.column("reported", sa.Boolean))


def upgrade() -> None:
    with op.batch_alter_table("agenda_item", recreate="never") as item:
        item.add_column(sa.Column("why_without_quorum", sa.String(), nullable=False, server_default=""))
        item.add_column(sa.Column("reported", sa.Boolean(), nullable=False, server_default=sa.true()))
    op.execute(sa.update(ITEMS).where(ITEMS.c.void_reason == NO_LONGER).values(reported=False))
    op.create_table(
        "earlier_outcome",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("commune_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(length=40), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.Column("voided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("void_reason", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["commune_id"], ["unit.id"], name=op.f("fk_earlier_outcome_commune_id")),
        sa.ForeignKeyConstraint(["item_id"], ["agenda_item.id"], name=op.f("fk_earlier_outcome_item_id")),
        sa.ForeignKeyConstraint(["created_by_id"], ["user.id"], name=op.f("fk_earlier_outcome_created_by_id")),
        sa.ForeignKeyConstraint(["changed_by_id"], ["user.id"], name=op.f("fk_earlier_outcome_changed_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_earlier_outcome")),
    )
    op.create_table(
        "item_draft",
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(length=40), nullable=True),
        sa.Column("outcome_text", sa.String(), nullable=False),
        sa.Column("no_conclusion_reason", sa.String(), nullable=False),
        sa.Column("why_without_quorum", sa.String(), nullable=False),
        sa.Column("task", sa.String(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["item_id"], ["agenda_item.id"], name=op.f("fk_item_draft_item_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_item_draft_unit_id")),
        sa.PrimaryKeyConstraint("item_id", name=op.f("pk_item_draft")),
    )
    with op.batch_alter_table("earlier_outcome") as earlier:
        earlier.create_index(op.f("ix_earlier_outcome_commune_id"), ["commune_id"])
        earlier.create_index(op.f("ix_earlier_outcome_item_id"), ["item_id"])


def downgrade() -> None:
    op.drop_table("item_draft")
    op.drop_table("earlier_outcome")
    with op.batch_alter_table("agenda_item", recreate="never") as item:
        item.drop_column("reported")
        item.drop_column("why_without_quorum")
