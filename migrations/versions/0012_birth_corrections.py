"""Another date of birth for somebody who has a case waits for a second person."""

import sqlalchemy as sa
from alembic import op

revision = "0012_birth_corrections"
down_revision = "0011_place_names"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "birth_correction",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("commune_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("birth_date", sa.Date(), nullable=True),
        sa.Column("birth_year", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.Column("voided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("void_reason", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["commune_id"], ["unit.id"], name=op.f("fk_birth_correction_commune_id")),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_birth_correction_case_id")),
        sa.ForeignKeyConstraint(["created_by_id"], ["user.id"], name=op.f("fk_birth_correction_created_by_id")),
        sa.ForeignKeyConstraint(["changed_by_id"], ["user.id"], name=op.f("fk_birth_correction_changed_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_birth_correction")),
    )
    with op.batch_alter_table("birth_correction") as correction:
        correction.create_index(op.f("ix_birth_correction_commune_id"), ["commune_id"])
        correction.create_index(op.f("ix_birth_correction_case_id"), ["case_id"])


def downgrade() -> None:
    op.drop_table("birth_correction")
