"""Who detected an incident is empty until somebody says it. What was written down so far keeps its word."""

import sqlalchemy as sa
from alembic import op

revision = "0041_detected_by"
down_revision = "0040_checks"
branch_labels = None
depends_on = None

FILLED_IN = "commune_police"  # what stood there of itself before


def upgrade() -> None:
    _replace(sa.Column("found_by", sa.String(length=40), nullable=True), "detected_by")


def downgrade() -> None:
    op.execute(f"UPDATE incident SET detected_by = '{FILLED_IN}' WHERE detected_by IS NULL")
    _replace(sa.Column("found_by", sa.String(length=40), nullable=False, server_default=FILLED_IN), "detected_by")


def _replace(column: sa.Column[str], name: str) -> None:
    """Put a column in the place of another, with what stands there: in place, since much refers to incidents."""
    op.add_column("incident", column)
    op.execute(f"UPDATE incident SET {column.name} = {name}")
    with op.batch_alter_table("incident", recreate="never") as incident:
        incident.drop_column(name)
    op.execute(f"ALTER TABLE incident RENAME COLUMN {column.name} TO {name}")
