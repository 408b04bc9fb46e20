"""Photos of observations."""

import sqlalchemy as sa
from alembic import op

revision = "0029_observation_photos"
down_revision = "0028_village_phone"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("attachment") as table:
        table.add_column(sa.Column("observation_id", sa.Integer(), nullable=True))
        table.create_foreign_key(op.f("fk_attachment_observation_id"), "observation", ["observation_id"], ["id"])
        table.create_index(op.f("ix_attachment_observation_id"), ["observation_id"])


def downgrade() -> None:
    with op.batch_alter_table("attachment") as table:
        table.drop_index(op.f("ix_attachment_observation_id"))
        table.drop_constraint(op.f("fk_attachment_observation_id"), type_="foreignkey")
        table.drop_column("observation_id")
