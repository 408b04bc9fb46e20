"""Whose phone a card opened is confirmed by the chief or the leader: until then it shows nothing of a case."""

import sqlalchemy as sa
from alembic import op

revision = "0032_confirmed_cards"
down_revision = "0031_village_phone"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("sign_in_card") as table:
        table.add_column(sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True))
        table.add_column(sa.Column("confirmed_by_id", sa.Integer(), nullable=True))
        table.create_foreign_key(op.f("fk_sign_in_card_confirmed_by_id"), "user", ["confirmed_by_id"], ["id"])


def downgrade() -> None:
    with op.batch_alter_table("sign_in_card") as table:
        table.drop_constraint(op.f("fk_sign_in_card_confirmed_by_id"), type_="foreignkey")
        table.drop_column("confirmed_by_id")
        table.drop_column("confirmed_at")
