"""What people do with observations and incidents: note down, hand over, confirm, write down, join."""

from portal.incidents.actions.accepting import add_to_incident, begin_incident, make_incident
from portal.incidents.actions.observing import Seen, confirm_receipt, hand_over, note_down

__all__ = [
    "Seen", "add_to_incident", "begin_incident", "confirm_receipt", "hand_over", "make_incident", "note_down",
]  # fmt: skip
