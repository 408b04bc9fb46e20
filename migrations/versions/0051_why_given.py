"""Keep why somebody is asked to take a case: of what was asked before, nobody wrote it down."""

import sqlalchemy as sa
from alembic import op

revision = "0051_why_given"
down_revision = "0050_reminders"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("assignment", recreate="never") as assignment:
        assignment.add_column(sa.Column("reason", sa.String(), nullable=False, server_default=sa.text("''")))


def downgrade() -> None:
    with op.batch_alter_table("assignment", recreate="never") as assignment:
        assignment.drop_column("reason")
