"""Summonses: for what, when and where somebody is called, and what became of it."""

import sqlalchemy as sa
from alembic import op

from migrations.tables import create_record, day, number, refers, text, word

revision = "0054_summonses"
down_revision = "0053_drug_management"
branch_labels = None
depends_on = None

EMPTY = sa.text("('')")


def upgrade() -> None:
    create_record(
        "summons", number("case_id"), word("purpose"), _empty("about"), day("summoned_on"), day("appear_on"),
        sa.Column("appear_time", sa.Time(), nullable=False), text("place"), _empty("representative"),
        word("outcome", nullable=True), day("outcome_on", nullable=True), _empty("outcome_note"),
        number("violation_id", nullable=True), number("second_violation_id", nullable=True),
        refers("summons", "case_id", "case"), refers("summons", "violation_id", "violation"),
        refers("summons", "second_violation_id", "violation"), indexed=("case_id",),
    )  # fmt: skip


def downgrade() -> None:
    op.drop_table("summons")


def _empty(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.String(), nullable=False, server_default=EMPTY)
