"""What people can do with a meeting. One function a deed; steps are the workflow's."""

from portal.meetings.actions.agenda import admit, compile_agenda, propose_item, write_words
from portal.meetings.actions.concluding import (
    Order,
    conclude,
    give,
    keep_so_far,
    leave_open,
    let_go,
    take_back,
    take_back_outcome,
    take_up,
    write_down,
)
from portal.meetings.actions.holding import (
    correct_beginning,
    end,
    hold,
    record_attendance,
    record_item_attendance,
    record_stays,
)
from portal.meetings.actions.minutes import correct
from portal.meetings.actions.scheduling import (
    EnteredAlready,
    Plan,
    answer,
    change,
    invite,
    invite_typed,
    move,
    reschedule,
    schedule,
    set_quorum,
    take_chair,
    uninvite,
)
from portal.meetings.actions.series import begin_series, change_series, end_series, except_day
from portal.meetings.actions.tasks import take_task

__all__ = [
    "EnteredAlready", "Order", "Plan", "admit", "answer", "begin_series", "change", "change_series",
    "compile_agenda", "conclude", "correct", "correct_beginning", "end", "end_series", "except_day", "give", "hold",
    "invite", "invite_typed", "keep_so_far", "leave_open", "let_go", "move", "propose_item", "record_attendance",
    "record_item_attendance", "record_stays", "reschedule", "schedule", "set_quorum", "take_back",
    "take_back_outcome", "take_chair", "take_task", "take_up", "uninvite", "write_down", "write_words",
]  # fmt: skip
