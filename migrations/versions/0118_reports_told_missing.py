"""Breaches: the month whose self-report had not come when the breach was recorded."""

from alembic import op

from migrations.tables import day

revision = "0118_reports_told_missing"
down_revision = "0114_answers_about_terms"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Of what is there nobody was asked: it stays unknown."""
    op.add_column("violation", day("missing_report", nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("violation", recreate="never") as violation:
        violation.drop_column("missing_report")
