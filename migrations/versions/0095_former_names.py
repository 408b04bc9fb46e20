"""Keep what a unit was called before, with the last day of each name: of what was renamed so far, nobody knows."""

import sqlalchemy as sa
from alembic import op

revision = "0095_former_names"
down_revision = "0075_one_answer_of_a_court"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("unit", recreate="never") as unit:
        unit.add_column(sa.Column("former_names", sa.String(), nullable=False, server_default=sa.text("''")))


def downgrade() -> None:
    with op.batch_alter_table("unit", recreate="never") as unit:
        unit.drop_column("former_names")
