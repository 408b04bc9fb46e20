"""The opening of a file whose term is unusual, or was over before it came: why it is opened all the same."""

import sqlalchemy as sa
from alembic import op

revision = "0114_answers_about_terms"
down_revision = "0113_minutes_of_fines"
branch_labels = None
depends_on = None

NAME = "open_case_proposal"


def upgrade() -> None:
    """Nobody asked for it before: what was opened without an answer stays without one."""
    op.add_column(NAME, sa.Column("answer_to_doubts", sa.String(), nullable=False, server_default=sa.text("''")))


def downgrade() -> None:
    with op.batch_alter_table(NAME, recreate="never") as opening:
        opening.drop_column("answer_to_doubts")
