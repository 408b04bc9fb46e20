"""What people owe is told once a morning, not by each notice, and their calendars may read it by a secret address."""

import sqlalchemy as sa
from alembic import op

from portal.engine.db import Moment

revision = "0050_reminders"
down_revision = "0049_signatures_of_rounds"
branch_labels = None
depends_on = None

COUNTS = ("overdue", "today", "week", "rights", "notices")


def upgrade() -> None:
    """Mails that wait speak of notices of any kind, as they did: they go as those that are counted in hours do now."""
    op.add_column("user", sa.Column("quiet_from", sa.Integer(), nullable=False, server_default="21"))
    op.add_column("user", sa.Column("quiet_until", sa.Integer(), nullable=False, server_default="6"))
    op.add_column("outbox", sa.Column("about", sa.String(), nullable=False, server_default="hours"))
    op.create_table(
        "digest",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in COUNTS),
        sa.Column("told_up_at", Moment()),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name="fk_digest_user_id"),
        sa.PrimaryKeyConstraint("id", name="pk_digest"),
        sa.UniqueConstraint("user_id", "on", name="uq_digest_user_id_on"),
    )
    op.create_index("ix_digest_on", "digest", ["on"])
    op.create_table(
        "calendar_feed",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("acting_key", sa.String(), nullable=False),
        sa.Column("secret_hash", sa.String(), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.Column("revoked_at", Moment()),
        sa.Column("asked_from", Moment()),
        sa.Column("asked", sa.Integer(), nullable=False),
        sa.Column("last_asked_at", Moment()),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name="fk_calendar_feed_user_id"),
        sa.PrimaryKeyConstraint("id", name="pk_calendar_feed"),
        sa.UniqueConstraint("secret_hash", name="uq_calendar_feed_secret_hash"),
    )
    op.create_index("ix_calendar_feed_user_id", "calendar_feed", ["user_id"])


def downgrade() -> None:
    op.drop_table("calendar_feed")
    op.drop_table("digest")
    op.drop_column("outbox", "about")
    for name in ("quiet_until", "quiet_from"):
        op.drop_column("user", name)
