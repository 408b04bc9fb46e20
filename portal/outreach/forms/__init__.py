"""What may be typed about sessions, material and visits."""

from portal.outreach.forms.material import MaterialForm
from portal.outreach.forms.session import HeldForm, OutreachForm, SessionHeldForm
from portal.outreach.forms.visit import VisitForm

__all__ = ["HeldForm", "MaterialForm", "OutreachForm", "SessionHeldForm", "VisitForm"]
