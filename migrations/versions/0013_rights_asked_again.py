"""Keep when somebody said what became of a duty, and from which day on a right that was left is asked for again."""

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

from portal.engine import clock
from portal.law.days import add_months

revision = "0013_rights_asked_again"
down_revision = "0012_birth_corrections"
branch_labels = None
depends_on = None

MONTHS_LEFT = 3
DUTY = sa.table(
    "duty", sa.column("id", sa.Integer), sa.column("is_right", sa.Boolean), sa.column("note", sa.String),
    sa.column("done_by_id", sa.Integer), sa.column("dropped_on", sa.Date), sa.column("rests_until", sa.Date),
    sa.column("changed_at", sa.DateTime(timezone=True)), sa.column("said_at", sa.DateTime(timezone=True)),
)  # fmt: skip


def upgrade() -> None:
    """What was said before this was said when its row changed last: nothing else changes such a row."""
    with op.batch_alter_table("duty", recreate="never") as duty:
        duty.add_column(sa.Column("said_at", sa.DateTime(timezone=True), nullable=True))
        duty.add_column(sa.Column("rests_until", sa.Date(), nullable=True))
        duty.create_index("ix_duty_said_at", ["said_at"])
    rows, said = op.get_bind(), sa.and_(DUTY.c.note != "", DUTY.c.done_by_id.is_not(None))
    rows.execute(sa.update(DUTY).where(said).values(said_at=DUTY.c.changed_at))
    left = sa.and_(said, DUTY.c.is_right, DUTY.c.dropped_on.is_not(None))
    for number, moment in rows.execute(sa.select(DUTY.c.id, DUTY.c.changed_at).where(left)).all():
        again_on = add_months(_day_of(moment), MONTHS_LEFT)
        rows.execute(sa.update(DUTY).where(DUTY.c.id == number).values(rests_until=again_on))


def _day_of(moment: datetime) -> object:
    return clock.day_of(moment if moment.tzinfo else moment.replace(tzinfo=UTC))


def downgrade() -> None:
    with op.batch_alter_table("duty", recreate="never") as duty:
        duty.drop_index("ix_duty_said_at")
        duty.drop_column("rests_until")
        duty.drop_column("said_at")
