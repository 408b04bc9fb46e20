"""What a commune is: totals of its villages by day, facts that hold from a day, the villages across the border."""

from portal.profile.models.fact import CommuneFact
from portal.profile.models.foreign import COUNTRY_NAMES, Country, ForeignVillage
from portal.profile.models.totals import VillageStat

__all__ = ["COUNTRY_NAMES", "CommuneFact", "Country", "ForeignVillage", "VillageStat"]
