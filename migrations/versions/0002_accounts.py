"""Accounts: found by name without marks, a password in two halves, why an account was closed, light or dark."""

import sqlalchemy as sa
from alembic import op

from portal.engine.vietnamese import fold, sort_key

revision = '0002_accounts'
down_revision = '0001'
branch_labels = None
depends_on = None

KEY = sa.String(length=400).with_variant(sa.String(length=400, collation='C'), 'postgresql')
ADDED = (
    sa.Column('first_half', sa.String(), nullable=True),
    sa.Column('first_half_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('vouched_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('disabled_reason', sa.String(), nullable=False, server_default=''),
    sa.Column('theme', sa.String(), nullable=False, server_default=''),
    sa.Column('folded', sa.String(), nullable=False, server_default=''),
    sa.Column('sort_key', KEY, nullable=False, server_default=''),
)


def upgrade() -> None:
    # Columns are added in place: half the database refers to this table, so that it cannot be written anew.
    with op.batch_alter_table('user', recreate='never') as batch_op:
        for column in ADDED:
            batch_op.add_column(column)
        batch_op.create_index('ix_user_sort_key', ['sort_key'], unique=False)
    op.execute(
        'ALTER TABLE "user" ADD COLUMN first_half_by_id INTEGER'
        ' CONSTRAINT fk_user_first_half_by_id REFERENCES "user" (id)'
    )
    name_and_vouch()


def name_and_vouch() -> None:
    """Make everybody findable. Whoever holds a confirmed role chose a password of their own long ago."""
    user = sa.table('user', *(sa.column(name) for name in ('id', 'full_name', 'folded', 'sort_key')))
    connection = op.get_bind()
    for id, full_name in connection.execute(sa.select(user.c.id, user.c.full_name)).all():
        values = {'folded': fold(full_name), 'sort_key': sort_key(full_name)}
        connection.execute(sa.update(user).where(user.c.id == id).values(values))
    op.execute(
        'UPDATE "user" SET vouched_at = changed_at WHERE id IN'
        ' (SELECT user_id FROM role_grant WHERE confirmed_at IS NOT NULL)'
    )


def downgrade() -> None:
    with op.batch_alter_table('user', recreate='never') as batch_op:
        batch_op.drop_index('ix_user_sort_key')
        batch_op.drop_column('first_half_by_id')
        for column in ADDED:
            batch_op.drop_column(column.name)
