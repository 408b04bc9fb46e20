"""No last day follows from a date of birth: what was checked on that ground stands as the day that a paper prints."""

from alembic import op

revision = "0101_grounds_of_a_last_day"
down_revision = "0100_consents_and_medical_papers"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("UPDATE end_check SET ground = 'printed' WHERE ground = 'birth'")


def downgrade() -> None:
    """What was checked stays as it is: nothing tells any more which ground was another."""
