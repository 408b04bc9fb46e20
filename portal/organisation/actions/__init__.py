"""What can be done with units, accounts, passwords and roles."""

from portal.organisation.actions.accounts import (
    close_account,
    create_demo_user,
    create_user,
    edit_account,
    open_account,
    reopen_account,
)
from portal.organisation.actions.cards import code_hash, confirm_card, make_card, put_away, take_back, use_card
from portal.organisation.actions.doors import (
    change_password,
    end_sessions,
    hand_over,
    refuse_reset,
    renew_hash,
    set_first_password,
    start_reset,
    use_first_password,
)
from portal.organisation.actions.grants import (
    confirm_grant,
    confirm_role,
    correct_dates,
    end_grant,
    give_role,
    grant_role,
    refuse_grant,
)
from portal.organisation.actions.plans import PlanFacts, change_plan, end_plan, enter_plan
from portal.organisation.actions.units import add_unit, create_unit, edit_unit, end_unit, take_over

__all__ = [
    "PlanFacts", "add_unit", "change_password", "change_plan", "close_account", "code_hash", "confirm_card",
    "confirm_grant",
    "confirm_role", "correct_dates", "create_demo_user", "create_unit", "create_user", "edit_account", "edit_unit",
    "end_grant", "end_plan", "end_sessions", "end_unit", "enter_plan", "give_role", "grant_role", "hand_over",
    "make_card", "open_account", "put_away", "refuse_grant", "refuse_reset", "renew_hash", "reopen_account",
    "set_first_password", "start_reset", "take_back", "take_over", "use_card", "use_first_password",
]  # fmt: skip
