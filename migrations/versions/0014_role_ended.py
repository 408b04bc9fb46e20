"""Keep the moment at which a role ended in the course of its last day."""

import sqlalchemy as sa
from alembic import op

from portal.engine.db import Moment

revision = "0014_role_ended"
down_revision = "0013_rights_asked_again"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("role_grant", recreate="never") as grant:
        grant.add_column(sa.Column("ended_at", Moment(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("role_grant", recreate="never") as grant:
        grant.drop_column("ended_at")
