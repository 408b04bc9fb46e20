"""Reasons against what the checks of a report found, and figures that are typed since no record gives them."""

import sqlalchemy as sa
from alembic import op

from migrations.tables import create_entries, create_record, day, number, refers, text

revision = "0040_checks"
down_revision = "0039_reports"
branch_labels = None
depends_on = None


def upgrade() -> None:
    create_record(
        "overruling",
        number("report_id"), text("finding"), text("told"), text("reason"),
        sa.UniqueConstraint("report_id", "finding", name=op.f("uq_overruling_report_id_finding")),
        refers("overruling", "report_id", "report"),
        indexed=("report_id",),
    )  # fmt: skip
    create_entries(
        "manual_figure",
        text("key"), text("label"), sa.Column("value", sa.BigInteger(), nullable=False), text("unit"), day("first"),
        day("last"), text("definition"), text("evidence"),
        indexed=("last",),
    )  # fmt: skip


def downgrade() -> None:
    op.drop_table("manual_figure")
    op.drop_table("overruling")
