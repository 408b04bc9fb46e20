"""The end of a help that was proposed together with the closing of a case knows with which."""

import sqlalchemy as sa
from alembic import op

from migrations.tables import number

revision = "0109_help_ended_by_a_closing"
down_revision = "0104_kept_on_paper_before"
branch_labels = None
depends_on = None

NAME, COLUMN = "helper_end_proposal", "completion_id"
# The words in which each of them was told until now, as they stand on paper.
WORDS = "Đề xuất cùng với việc kết thúc hồ sơ ({})."

end = sa.table(NAME, sa.column("id"), sa.column(COLUMN))
proposal = sa.table("proposal", sa.column("id"), sa.column("case_id"), sa.column("number"), sa.column("reason"))
completion = sa.table("completion_proposal", sa.column("id"))


def upgrade() -> None:
    with op.batch_alter_table(NAME) as table:
        table.add_column(number(COLUMN, nullable=True))
        table.create_foreign_key(f"fk_{NAME}_{COLUMN}", "completion_proposal", [COLUMN], ["id"])
    op.create_index(f"ix_{NAME}_{COLUMN}", NAME, [COLUMN])
    _found_by_their_words()


def _found_by_their_words() -> None:
    """For the last time: from now on the key tells it."""
    connection = op.get_bind()
    ends = sa.select(end.c.id, proposal.c.case_id, proposal.c.reason).where(end.c.id == proposal.c.id)
    closings = sa.select(completion.c.id, proposal.c.case_id, proposal.c.number).where(completion.c.id == proposal.c.id)
    by_words = {(one.case_id, WORDS.format(one.number)): one.id for one in connection.execute(closings)}
    for one in connection.execute(ends).all():
        if (with_it := by_words.get((one.case_id, one.reason))) is not None:
            connection.execute(end.update().where(end.c.id == one.id).values({COLUMN: with_it}))


def downgrade() -> None:
    op.drop_index(f"ix_{NAME}_{COLUMN}", NAME)
    with op.batch_alter_table(NAME) as table:
        table.drop_constraint(f"fk_{NAME}_{COLUMN}", type_="foreignkey")
        table.drop_column(COLUMN)
