"""What may be typed about forces, cameras and numbers to call."""

from portal.forces.forms.camera import CameraCheckForm, CameraForm
from portal.forces.forms.hotline import HotlineForm, NewHotlineForm
from portal.forces.forms.team import MemberForm, ReorganisationForm, TeamForm

__all__ = [
    "CameraCheckForm", "CameraForm", "HotlineForm", "MemberForm", "NewHotlineForm", "ReorganisationForm", "TeamForm",
]  # fmt: skip
