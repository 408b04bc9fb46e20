"""Cameras, and how they were found."""

from alembic import op

from migrations.tables import create_entries, create_record, day, number, refers, text, word

revision = "0034_cameras"
down_revision = "0033_phone_secrets"
branch_labels = None
depends_on = None


def upgrade() -> None:
    create_entries(
        "camera",
        number("village_id"), text("location"), day("installed_on"), day("removed_on", nullable=True), text("note"),
        refers("camera", "village_id", "unit"),
        indexed=("village_id", "installed_on"),
    )  # fmt: skip
    create_record(
        "camera_check",
        number("camera_id"), day("seen_on"), word("state"), text("note"),
        refers("camera_check", "camera_id", "camera"),
        indexed=("camera_id",),
    )  # fmt: skip


def downgrade() -> None:
    op.drop_table("camera_check")
    op.drop_table("camera")
