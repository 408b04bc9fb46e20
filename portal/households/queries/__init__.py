"""What is asked of households, establishments and pledges more than once."""

from portal.households.queries.pledging import (
    called,
    found_at,
    goal_of,
    head_of,
    holding,
    last_confirmed,
    left_out,
    not_yet,
    of_campaigns,
    oldest_waiting,
    open_campaigns,
    pledge_of,
    signed,
    standing_calls,
    tallies,
    waiting,
    waiting_at,
)
from portal.households.queries.register import (
    column_of,
    fitting,
    here_on,
    in_village,
    living_in,
    next_number_of,
    pledges_of,
    signers_in,
    standing_in,
)
from portal.households.queries.tally import Tally

__all__ = [
    "Tally", "called", "column_of", "fitting", "found_at", "goal_of", "head_of", "here_on", "holding", "in_village", "last_confirmed", "left_out", "living_in",
    "next_number_of", "not_yet", "of_campaigns", "oldest_waiting", "open_campaigns", "pledge_of", "pledges_of", "signed", "signers_in", "standing_calls", "standing_in",
    "tallies", "waiting", "waiting_at",
]  # fmt: skip
