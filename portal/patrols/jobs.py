"""What cron does for patrols every ten minutes: tell the commands which of them did not set out."""

from flask_babel import ngettext

from portal.engine.jobs import Job
from portal.engine.text import mark
from portal.engine.transaction import transaction
from portal.patrols import actions
from portal.patrols.queries import late_ones


def tell_late_ones() -> str:
    with transaction(None):
        late = late_ones()
        for patrol in late:
            actions.tell_late(patrol)
    return ngettext("%(num)s patrol did not set out.", "%(num)s patrols did not set out.", len(late))


JOBS = (Job("patrols", mark("Tells which patrols did not set out."), tell_late_ones),)
