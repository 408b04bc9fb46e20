"""Remarks at the fields of a returned proposal, and the capacity with which a step was signed."""

import sqlalchemy as sa
from alembic import op

revision = "0004_remarks"
down_revision = "0003_signed_pages"
branch_labels = None
depends_on = None

CAPACITY_OF_THAT_DAY = """
UPDATE step SET capacity = COALESCE((
    SELECT g.capacity FROM role_grant AS g
    WHERE g.user_id = step.by_id AND g.role = step.role AND g.unit_id = step.unit_id
    AND COALESCE(g.on_behalf_of_id, 0) = COALESCE(step.on_behalf_of_id, 0)
    ORDER BY g.id DESC LIMIT 1
), '')
"""


def upgrade() -> None:
    with op.batch_alter_table("step") as step:
        step.add_column(sa.Column("capacity", sa.String(), nullable=False, server_default=""))
    op.execute(CAPACITY_OF_THAT_DAY)
    with op.batch_alter_table("step") as step:
        step.alter_column("capacity", server_default=None)
    op.create_table(
        "remark",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("commune_id", sa.Integer(), nullable=False),
        sa.Column("proposal_id", sa.Integer(), nullable=False),
        sa.Column("step_id", sa.Integer(), nullable=False),
        sa.Column("field", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.Column("voided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("void_reason", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["commune_id"], ["unit.id"], name=op.f("fk_remark_commune_id")),
        sa.ForeignKeyConstraint(["proposal_id"], ["proposal.id"], name=op.f("fk_remark_proposal_id")),
        sa.ForeignKeyConstraint(["step_id"], ["step.id"], name=op.f("fk_remark_step_id")),
        sa.ForeignKeyConstraint(["created_by_id"], ["user.id"], name=op.f("fk_remark_created_by_id")),
        sa.ForeignKeyConstraint(["changed_by_id"], ["user.id"], name=op.f("fk_remark_changed_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_remark")),
    )
    with op.batch_alter_table("remark") as remark:
        remark.create_index(op.f("ix_remark_commune_id"), ["commune_id"])
        remark.create_index(op.f("ix_remark_proposal_id"), ["proposal_id"])
        remark.create_index(op.f("ix_remark_step_id"), ["step_id"])


def downgrade() -> None:
    op.drop_table("remark")
    with op.batch_alter_table("step") as step:
        step.drop_column("capacity")
