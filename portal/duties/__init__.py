"""What must be done by a date."""

from portal.duties.models import Duty
from portal.engine.area import Area

AREA = Area("duties", records=(Duty,))
