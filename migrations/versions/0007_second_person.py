"""A shortening of the term waits for a second person. Those of before count already, and go on counting."""

import sqlalchemy as sa
from alembic import op

revision = "0007_second_person"
down_revision = "0006_sent_once"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("term_change") as change:
        change.add_column(sa.Column("state", sa.String(), nullable=False, server_default="confirmed"))
    with op.batch_alter_table("term_change") as change:
        change.alter_column("state", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("term_change") as change:
        change.drop_column("state")
