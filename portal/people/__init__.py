"""People that cases speak of."""

from portal.engine.area import Area
from portal.people.models import Person

AREA = Area("people", records=(Person,))
