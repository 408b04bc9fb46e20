"""Whose phone a card opened is confirmed by the chief or the leader: until then it shows nothing of a case."""

import sqlalchemy as sa
from alembic import op

revision = "0032_confirmed_cards"
down_revision = "0031_village_phone"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # plainly, since sessions refer to these rows
    op.add_column("sign_in_card", sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True))
    op.execute(
        "ALTER TABLE sign_in_card ADD COLUMN confirmed_by_id INTEGER"
        ' CONSTRAINT fk_sign_in_card_confirmed_by_id REFERENCES "user" (id)'
    )


def downgrade() -> None:
    with op.batch_alter_table("sign_in_card") as table:
        table.drop_constraint(op.f("fk_sign_in_card_confirmed_by_id"), type_="foreignkey")
        table.drop_column("confirmed_by_id")
        table.drop_column("confirmed_at")
