"""The note with which a duty was recorded as done gets a place of its own, apart from why another was dropped."""

import sqlalchemy as sa
from alembic import op

revision = "0008_note_of_duty"
down_revision = "0007_second_person"
branch_labels = None
depends_on = None

WAS_DONE = "done_on IS NOT NULL AND dropped_on IS NULL"
NOTES_APART = f"UPDATE duty SET note = drop_reason, drop_reason = '' WHERE {WAS_DONE} AND drop_reason <> ''"  # noqa: S608
STALE_REASONS = "UPDATE duty SET drop_reason = '' WHERE done_on IS NULL AND dropped_on IS NULL"  # asked for again
NOTES_BACK = f"UPDATE duty SET drop_reason = note WHERE {WAS_DONE} AND note <> ''"  # noqa: S608


def upgrade() -> None:
    """The default stays: other rows point at duties, so that the table cannot be written anew."""
    with op.batch_alter_table("duty", recreate="never") as duty:
        duty.add_column(sa.Column("note", sa.String(), nullable=False, server_default=sa.text("''")))
    op.execute(NOTES_APART)
    op.execute(STALE_REASONS)


def downgrade() -> None:
    op.execute(NOTES_BACK)
    with op.batch_alter_table("duty", recreate="never") as duty:
        duty.drop_column("note")
