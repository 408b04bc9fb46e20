"""Let observations have files of their own."""

import sqlalchemy as sa
from alembic import op

revision = "0025_files_of_observations"
down_revision = "0024_outbox"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("attachment") as attachment:
        attachment.add_column(sa.Column("observation_id", sa.Integer(), nullable=True))
        attachment.create_index(op.f("ix_attachment_observation_id"), ["observation_id"])
        attachment.create_foreign_key(
            op.f("fk_attachment_observation_id"), "observation", ["observation_id"], ["id"]
        )


def downgrade() -> None:
    op.execute("DELETE FROM attachment WHERE observation_id IS NOT NULL")
    with op.batch_alter_table("attachment") as attachment:
        attachment.drop_constraint(op.f("fk_attachment_observation_id"), type_="foreignkey")
        attachment.drop_index(op.f("ix_attachment_observation_id"))
        attachment.drop_column("observation_id")
