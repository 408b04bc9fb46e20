"""What stands around the text of an approved report on its paper. Of those approved before, only the file tells it."""

import sqlalchemy as sa
from alembic import op

revision = "0042_frames_of_reports"
down_revision = "0041_detected_by"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # plainly, since figures and sections refer to these rows
    op.add_column("report", sa.Column("frame", sa.JSON(), nullable=True))


def downgrade() -> None:
    op.drop_column("report", "frame")
