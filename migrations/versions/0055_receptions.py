"""Receptions with what they held; and whether a self-report waits to be checked, which none that is there does."""

import sqlalchemy as sa
from alembic import op

from migrations.tables import create_record, day, number, refers, yes_or_no

revision = "0055_receptions"
down_revision = "0054_summonses"
branch_labels = None
depends_on = None

EMPTY = sa.text("('')")
ITEMS = ("announced", "rights", "briefed", "declaration", "commitment", "minutes")


def upgrade() -> None:
    create_record(
        "reception", number("case_id"), day("held_on"), _hour("begun_at"), _hour("closed_at"), _empty("place"),
        *(yes_or_no(item) for item in ITEMS), day("committed_on", nullable=True), _empty("representative"),
        yes_or_no("representative_confirms"), _empty("participants"), _empty("statements"),
        day("completed_on", nullable=True), refers("reception", "case_id", "case"), indexed=("case_id",),
    )  # fmt: skip
    op.add_column("check_in", sa.Column("to_check", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("check_in", day("checked_on", nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("check_in", recreate="never") as check_in:
        check_in.drop_column("checked_on")
        check_in.drop_column("to_check")
    op.drop_table("reception")


def _empty(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.String(), nullable=False, server_default=EMPTY)


def _hour(name: str) -> sa.Column[object]:
    return sa.Column(name, sa.Time(), nullable=True)
