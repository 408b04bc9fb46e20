"""Which day of its series a meeting is, wherever it was moved since, and when it was moved last."""

from datetime import date, datetime, timedelta

import sqlalchemy as sa
from alembic import op

revision = "0022_series_days"
down_revision = "0021_held"
branch_labels = None
depends_on = None

VIETNAM = timedelta(hours=7)
MEETINGS = sa.table(
    "meeting", sa.column("id", sa.Integer), sa.column("series_id", sa.Integer), sa.column("state", sa.String),
    sa.column("starts_at", sa.DateTime), sa.column("voided_at", sa.DateTime), sa.column("by_rule_on", sa.Date),
)  # fmt: skip
EXCEPTIONS = sa.table(
    "series_exception", sa.column("series_id", sa.Integer), sa.column("by_rule_on", sa.Date),
    sa.column("moved_to", sa.Date), sa.column("voided_at", sa.DateTime),
)  # fmt: skip


def upgrade() -> None:
    with op.batch_alter_table("meeting") as table:
        table.add_column(sa.Column("by_rule_on", sa.Date(), nullable=True))
        table.add_column(sa.Column("moved_on", sa.Date(), nullable=True))
    _say_which_day()


def _say_which_day() -> None:
    """The day on which it stands or, where the series moved that one, the day by the rule; the first of a day has it."""
    connection = op.get_bind()
    moved = {
        (one.series_id, one.moved_to): one.by_rule_on
        for one in connection.execute(sa.select(EXCEPTIONS).where(EXCEPTIONS.c.voided_at.is_(None)))
    }
    asked = sa.select(MEETINGS.c.id, MEETINGS.c.series_id, MEETINGS.c.starts_at).where(
        MEETINGS.c.series_id.is_not(None), MEETINGS.c.voided_at.is_(None)
    )
    taken: set[tuple[int, date]] = set()
    for one in connection.execute(asked.order_by(MEETINGS.c.state == "cancelled", MEETINGS.c.id)).all():
        on = _day_here(one.starts_at)
        day = moved.get((one.series_id, on), on)
        if (one.series_id, day) not in taken:
            taken.add((one.series_id, day))
            connection.execute(sa.update(MEETINGS).where(MEETINGS.c.id == one.id).values(by_rule_on=day))


def _day_here(moment: datetime) -> date:
    """The calendar day here of a moment that is kept in UTC."""
    return (moment.replace(tzinfo=None) - (moment.utcoffset() or timedelta()) + VIETNAM).date()


def downgrade() -> None:
    with op.batch_alter_table("meeting", recreate="never") as table:
        table.drop_column("moved_on")
        table.drop_column("by_rule_on")
