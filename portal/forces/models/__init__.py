"""What the forces of a commune are made of, and whom its people can call."""

from portal.forces.models.camera import CAMERA_STATE_NAMES, Camera, CameraCheck, CameraState
from portal.forces.models.hotline import Hotline

__all__ = ["CAMERA_STATE_NAMES", "Camera", "CameraCheck", "CameraState", "Hotline"]
