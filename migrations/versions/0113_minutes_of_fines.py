"""Fines that are proposed: the minutes of the administrative offence, by number and day."""

import sqlalchemy as sa
from alembic import op

from migrations.tables import day

revision = "0113_minutes_of_fines"
down_revision = "0109_help_ended_by_a_closing"
branch_labels = None
depends_on = None

NAME = "fine_proposal"


def upgrade() -> None:
    """Nobody asked for them before: of what is there they stay unknown."""
    op.add_column(NAME, sa.Column("minutes_number", sa.String(), nullable=False, server_default=sa.text("''")))
    op.add_column(NAME, day("minutes_on", nullable=True))


def downgrade() -> None:
    with op.batch_alter_table(NAME, recreate="never") as fine:
        fine.drop_column("minutes_on")
        fine.drop_column("minutes_number")
