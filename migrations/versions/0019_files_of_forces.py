"""A file of a patrol belongs to the force that attached it."""

import sqlalchemy as sa
from alembic import op

revision = "0019_files_of_forces"
down_revision = "0018_meetings"
branch_labels = None
depends_on = None

# The force of the patrol for which its author held a role; who leads the commune speaks for its committee.
ATTACHED_FOR = """
    UPDATE attachment SET unit_id = (
        SELECT MIN(force.id) FROM patrol_force AS part
        JOIN unit AS force ON force.id = part.unit_id
        JOIN role_grant AS held ON held.user_id = attachment.created_by_id
        JOIN unit AS own ON own.id = held.unit_id
        WHERE part.patrol_id = attachment.patrol_id
        AND (own.heir_id = force.heir_id OR (own.kind = 'commune' AND force.kind = 'committee'))
    ) WHERE patrol_id IS NOT NULL
"""


def upgrade() -> None:
    with op.batch_alter_table("attachment") as table:
        table.add_column(sa.Column("unit_id", sa.Integer(), nullable=True))
        table.create_foreign_key(op.f("fk_attachment_unit_id"), "unit", ["unit_id"], ["id"])
    op.execute(ATTACHED_FOR)


def downgrade() -> None:
    with op.batch_alter_table("attachment") as table:
        table.drop_constraint(op.f("fk_attachment_unit_id"), type_="foreignkey")
        table.drop_column("unit_id")
