"""People that cases speak of."""

from portal.engine.area import Area
from portal.people.models import LegalHold, Person, PersonRequest

AREA = Area("people", records=(Person, PersonRequest, LegalHold))
