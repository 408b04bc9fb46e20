"""How tests come to the end of a term: the last day checked by two, and everything else done or left."""

from portal.cases.actions import ending as actions
from portal.cases.undone import open_duties
from portal.engine.transaction import transaction


def end_asked(commune, case, last_on=None, by="officer", **more):
    """Somebody lays the last day before a second person."""
    with transaction(getattr(commune, by)):
        return actions.ask_end_check(case, last_on or case.ends_on, **more)


def end_checked(commune, case, last_on=None, by="officer", second="chief", **more):
    """The last day as two people checked it."""
    check = end_asked(commune, case, last_on, by, **more)
    with transaction(getattr(commune, second)):
        check.workflow.take("confirm", check, getattr(commune, second))
    return check


def all_left(commune, case, by="officer"):
    """Everything that is still to be done is left, with a reason."""
    left_by(getattr(commune, by), case)


def left_by(user, case):
    """The same, by somebody."""
    if ids := {one.id for one in open_duties(case)}:
        with transaction(user):
            actions.leave_undone(case, ids, "Đã làm trên giấy")
