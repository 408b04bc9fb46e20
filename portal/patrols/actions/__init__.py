"""What people do with patrols: plan them, go, write the log, sign it; and keep the points that they pass."""

from portal.patrols.actions.landmarks import LandmarkFacts, change_landmark, end_landmark, enter_landmark
from portal.patrols.actions.logging import Logged, Visit, against_log, write_log
from portal.patrols.actions.on_the_way import Change, change_team, pass_point, passed_at, set_out, tell_late
from portal.patrols.actions.planning import Planned, Team, change_patrol, plan_patrol
from portal.patrols.actions.protections import Protected, record_protection
from portal.patrols.actions.signing import agree, dispute, settle, sign

__all__ = [
    "Change", "LandmarkFacts", "Logged", "Planned", "Protected", "Team", "Visit", "against_log", "agree",
    "change_landmark", "change_patrol", "change_team", "dispute", "end_landmark", "enter_landmark", "pass_point",
    "passed_at", "plan_patrol", "record_protection", "set_out", "settle", "sign", "tell_late", "write_log",
]  # fmt: skip
