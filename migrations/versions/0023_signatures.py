"""A paper waits for the signatures of all who sign it, in their order; what went out earlier has a reason why."""

import sqlalchemy as sa
from alembic import op

revision = "0023_signatures"
down_revision = "0022_series_days"
branch_labels = None
depends_on = None

LINES_OF_FORCES = "UPDATE official_document SET signers = REPLACE(signers, ', ', :line) WHERE subject_type = 'patrol'"
SECRETARY_FIRST = """
    UPDATE official_document SET signers = (
        SELECT secretary FROM minutes WHERE minutes.meeting_id = official_document.subject_id
    ) || :line || signers
    WHERE subject_type = 'meeting' AND code = 'BB' AND number = ''
    AND subject_id IN (SELECT meeting_id FROM minutes)
"""
# The day in Việt Nam on which the step was taken; moments are kept in UTC.
DAY = {"sqlite": "DATE(step.at, '+7 hours')", "postgresql": "CAST(step.at AT TIME ZONE 'Asia/Ho_Chi_Minh' AS DATE)"}
TOLD = """
    UPDATE official_document SET told_on = (
        SELECT MIN({day}) FROM step WHERE step.record_type = 'proposal'
        AND step.record_id = official_document.subject_id AND step.name = 'communicate'
    ) WHERE subject_type = 'proposal'
"""
ON_ONE_LINE = "UPDATE official_document SET signers = REPLACE(signers, :line, ', ')"


# Who says that a paper went out, who vouches for that, and in whose register a number is free again.
KEYS = {"afterwards_by_id": "user", "vouched_by_id": "user", "dropped_from_id": "unit"}


def in_lines(statement: str) -> sa.TextClause:
    return sa.text(statement).bindparams(line="\n")


def upgrade() -> None:
    """Each force signs the minutes of its patrol on a line of its own; those of a meeting wait for the secretary too."""
    op.execute("ALTER TABLE official_document RENAME COLUMN signer TO signers")
    with op.batch_alter_table("official_document", recreate="never") as register:
        register.add_column(sa.Column("signed", sa.String(), nullable=False, server_default=""))
        register.add_column(sa.Column("afterwards", sa.String(), nullable=False, server_default=""))
        register.add_column(sa.Column("told_on", sa.Date(), nullable=True))
        register.add_column(sa.Column("dropped", sa.String(), nullable=False, server_default=""))
        register.add_column(sa.Column("as_written", sa.JSON(), nullable=True))
    for column, table in KEYS.items():
        op.execute(f'ALTER TABLE official_document ADD COLUMN {column} INTEGER CONSTRAINT fk_official_document_{column} '
                   f'REFERENCES "{table}" (id)')  # fmt: skip
    op.execute(TOLD.format(day=DAY[op.get_bind().dialect.name]))
    op.execute(in_lines(LINES_OF_FORCES))
    op.execute(in_lines(SECRETARY_FIRST))


def downgrade() -> None:
    op.execute(in_lines(ON_ONE_LINE))
    with op.batch_alter_table("official_document", recreate="never") as register:
        for column in KEYS:
            register.drop_column(column)
        register.drop_column("as_written")
        register.drop_column("dropped")
        register.drop_column("told_on")
        register.drop_column("afterwards")
        register.drop_column("signed")
    op.execute("ALTER TABLE official_document RENAME COLUMN signers TO signer")
