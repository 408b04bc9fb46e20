"""Say which force owes a duty, so that of two border posts each has its own."""

import sqlalchemy as sa
from alembic import op

revision = "0020_duties_of_forces"
down_revision = "0018_meetings"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """In place: the table of duties has indexes that would be lost. The night fills the column of what is open."""
    op.execute(
        "ALTER TABLE duty ADD COLUMN owner_unit_id INTEGER CONSTRAINT fk_duty_owner_unit_id REFERENCES unit (id)"
    )


def downgrade() -> None:
    with op.batch_alter_table("duty", recreate="never") as duty:
        duty.drop_column("owner_unit_id")
