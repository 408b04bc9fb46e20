"""The secret of a phone is derived and no longer kept; a phone's session, the role of a text, photos of held texts."""

import sqlalchemy as sa
from alembic import op

revision = "0033_phone_secrets"
down_revision = "0032_confirmed_cards"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # plainly, since rows of other tables refer to these
    op.drop_column("phone", "secret")
    op.execute(
        "ALTER TABLE phone ADD COLUMN session_id INTEGER CONSTRAINT fk_phone_session_id REFERENCES user_session (id)"
    )
    op.add_column("receipt", sa.Column("acting", sa.String(), nullable=False, server_default=sa.text("''")))
    op.create_table(
        "held_photo",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("held_id", sa.Integer(), nullable=False),
        sa.Column("receipt_id", sa.Integer(), nullable=False),
        sa.Column("file_name", sa.String(), nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("stored_as", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["held_id"], ["held_send.id"], name=op.f("fk_held_photo_held_id")),
        sa.ForeignKeyConstraint(["receipt_id"], ["receipt.id"], name=op.f("fk_held_photo_receipt_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_held_photo")),
        sa.UniqueConstraint("receipt_id", name=op.f("uq_held_photo_receipt_id")),
        sa.UniqueConstraint("stored_as", name=op.f("uq_held_photo_stored_as")),
    )
    with op.batch_alter_table("held_photo") as held_photo:
        held_photo.create_index(op.f("ix_held_photo_held_id"), ["held_id"])


def downgrade() -> None:
    op.drop_table("held_photo")
    op.drop_column("receipt", "acting")
    with op.batch_alter_table("phone") as phone:
        phone.drop_constraint(op.f("fk_phone_session_id"), type_="foreignkey")
        phone.drop_column("session_id")
        phone.add_column(sa.Column("secret", sa.String(), nullable=False, server_default=""))
