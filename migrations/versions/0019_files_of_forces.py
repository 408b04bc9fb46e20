"""A file of a patrol belongs to the force that attached it."""

import sqlalchemy as sa
from alembic import op

revision = "0019_files_of_forces"
down_revision = "0018_meetings"
branch_labels = None
depends_on = None

# The one force of the patrol for which its author held a role when it was attached; who leads the commune speaks for its
# committee. Where none or several fit, the force that led.
ATTACHED_FOR = """
    UPDATE attachment SET unit_id = COALESCE((
        SELECT CASE WHEN COUNT(DISTINCT force.id) = 1 THEN MIN(force.id) END FROM patrol_force AS part
        JOIN unit AS force ON force.id = part.unit_id
        JOIN role_grant AS held ON held.user_id = attachment.created_by_id
        JOIN unit AS own ON own.id = held.unit_id
        WHERE part.patrol_id = attachment.patrol_id AND part.voided_at IS NULL
        AND held.voided_at IS NULL AND held.valid_from <= {day} AND (held.valid_to IS NULL OR held.valid_to >= {day})
        AND (held.ended_at IS NULL OR held.ended_at > attachment.created_at)
        AND (own.heir_id = force.heir_id OR (own.kind = 'commune' AND force.kind = 'committee'))
    ), (SELECT leading_unit_id FROM patrol WHERE patrol.id = attachment.patrol_id)) WHERE patrol_id IS NOT NULL
"""
DAY = {  # in Việt Nam; moments are kept in UTC
    "sqlite": "DATE(attachment.created_at, '+7 hours')",
    "postgresql": "CAST(attachment.created_at AT TIME ZONE 'Asia/Ho_Chi_Minh' AS DATE)",
}


def upgrade() -> None:
    with op.batch_alter_table("attachment") as table:
        table.add_column(sa.Column("unit_id", sa.Integer(), nullable=True))
        table.create_foreign_key(op.f("fk_attachment_unit_id"), "unit", ["unit_id"], ["id"])
    op.execute(ATTACHED_FOR.format(day=DAY[op.get_bind().dialect.name]))


def downgrade() -> None:
    with op.batch_alter_table("attachment") as table:
        table.drop_constraint(op.f("fk_attachment_unit_id"), type_="foreignkey")
        table.drop_column("unit_id")
