"""What cron does for patrols every ten minutes: tell the commands which of them did not set out, and let a log stand
that a force had days to object to."""

from flask_babel import ngettext

from portal.engine.jobs import MINUTES, Job
from portal.engine.text import mark
from portal.engine.transaction import transaction
from portal.patrols import actions
from portal.patrols.queries import late_ones, past_their_days


def tell_late_ones() -> str:
    with transaction(None):
        late = late_ones()
        for patrol in late:
            actions.tell_late(patrol)
    return ngettext("%(num)s patrol did not set out.", "%(num)s patrols did not set out.", len(late))


def let_stand() -> str:
    """Go on where a force that the log leaves out was asked for long enough."""
    with transaction(None):
        stand = [patrol for patrol in past_their_days() if actions.settle(patrol, None)]
    return ngettext(
        "%(num)s log stands without a force that it leaves out.",
        "%(num)s logs stand without a force that they leave out.", len(stand),
    )  # fmt: skip


def what_the_time_brings() -> str:
    return f"{tell_late_ones()} {let_stand()}"


JOBS = (
    Job(
        "patrols", mark("Tells which patrols did not set out, and lets logs stand that a force had days to object to."),
        what_the_time_brings, MINUTES,
    ),
)  # fmt: skip
