"""What the forces of a commune are made of, and whom its people can call."""

from portal.forces.models.camera import CAMERA_STATE_NAMES, Camera, CameraCheck, CameraState
from portal.forces.models.hotline import Hotline
from portal.forces.models.team import (
    LEAST_AGE,
    TASK_NAMES,
    TEAM_KIND_NAMES,
    Reorganisation,
    SecurityTeam,
    Task,
    TeamKind,
    TeamMember,
)

__all__ = [
    "CAMERA_STATE_NAMES",
    "LEAST_AGE",
    "TASK_NAMES",
    "TEAM_KIND_NAMES",
    "Camera",
    "CameraCheck",
    "CameraState",
    "Hotline",
    "Reorganisation",
    "SecurityTeam",
    "Task",
    "TeamKind",
    "TeamMember",
]  # fmt: skip
