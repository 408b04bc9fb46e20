"""Proposals of a change of residence and of a transfer, and the file that a new commune goes on with."""

import sqlalchemy as sa
from alembic import op

from migrations.tables import day, number, refers, text, word

revision = "0068_residence_and_transfer"
down_revision = "0067_hand_overs_of_files"
branch_labels = None
depends_on = None

CHANGE, TRANSFER = "residence_change_proposal", "transfer_proposal"


def upgrade() -> None:
    _create(
        CHANGE, word("reach"), word("ground"), day("asked_on"), day("holds_from"), text("moves_to"), text("address"),
        number("village_id", nullable=True), text("evidence"), refers(CHANGE, "village_id", "unit"),
    )  # fmt: skip
    _create(
        TRANSFER, text("moves_to"), number("receiving_id", nullable=True), refers(TRANSFER, "receiving_id", "unit")
    )
    op.execute('ALTER TABLE "case" ADD COLUMN origin_id INTEGER CONSTRAINT "fk_case_origin_id" REFERENCES "case" (id)')
    op.create_index(op.f("ix_case_origin_id"), "case", ["origin_id"])


def downgrade() -> None:
    with op.batch_alter_table("case") as case:
        case.drop_index(op.f("ix_case_origin_id"))
        case.drop_constraint(op.f("fk_case_origin_id"), type_="foreignkey")
        case.drop_column("origin_id")
    for name in (TRANSFER, CHANGE):
        op.drop_table(name)


def _create(name: str, *parts: sa.schema.SchemaItem) -> None:
    op.create_table(
        name, number("id"), *parts, refers(name, "id", "proposal"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
    )  # fmt: skip
