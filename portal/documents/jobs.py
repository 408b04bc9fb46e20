"""`jobs run registers`: enter the papers that were decided on before there was a register, as each start does."""

from flask import current_app
from flask_babel import ngettext

from portal.engine.jobs import Job
from portal.engine.text import mark
from portal.engine.transaction import transaction


def enter_missing() -> str:
    """Ask every room for papers that no register has, and enter them."""
    with transaction(None):
        entered = sum(enter() for area in current_app.extensions["areas"] for enter in area.papers)
    return ngettext("%(num)s paper entered its register.", "%(num)s papers entered their registers.", entered)


JOBS = (Job("registers", mark("Enter papers that no register has."), enter_missing),)
