"""Absences: how far they go, and what the agency above answered where it is the one that permits."""

import sqlalchemy as sa
from alembic import op

from migrations.tables import day, word

revision = "0099_how_far_a_leave_goes"
down_revision = "0095_former_names"
branch_labels = None
depends_on = None

NAME = "absence_proposal"
COLUMNS = ("agency_on", "agency_number", "agency_granted", "reach")


def upgrade() -> None:
    """Of those that were written before nobody said how far they go: they stay what they were."""
    op.add_column(NAME, word("reach", nullable=True))
    op.add_column(NAME, sa.Column("agency_granted", sa.Boolean(), nullable=True))
    op.add_column(NAME, sa.Column("agency_number", sa.String(), nullable=False, server_default=sa.text("''")))
    op.add_column(NAME, day("agency_on", nullable=True))


def downgrade() -> None:
    with op.batch_alter_table(NAME, recreate="never") as absence:
        for column in COLUMNS:
            absence.drop_column(column)
