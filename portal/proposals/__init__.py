"""Decisions that somebody asks for and somebody else takes."""

from portal.engine.area import Area
from portal.proposals.models import Proposal

AREA = Area("proposals", records=(Proposal,))
