"""What somebody needs data for: asked before a table leaves the portal, and before a masked number is shown."""

from portal.engine.forms import TO_CHOOSE, Choice, Form, Line, Paragraphs, Required
from portal.engine.text import _l

PURPOSES = {
    "meeting": _l("Prepare a meeting"),
    "report": _l("Report to a superior level"),
    "hand_over": _l("Hand over or check files"),
    "inspection": _l("Inspection"),
    "other": _l("Another purpose"),
}


class PurposeForm(Form):
    """Asked before a table leaves the portal."""

    purpose = Choice(_l("What for"), [Required()], choices=[TO_CHOOSE, *PURPOSES.items()])
    details = Line(
        _l("In your own words"),
        [Required()],
        description=_l("For example which meeting, or who asked for it. Please write no names of people here."),
    )


class RevealForm(Form):
    """Asked before a masked number is shown, once."""

    reason = Paragraphs(
        _l("Why you need it"),
        [Required()],
        length=2000,
        description=_l("Your reason and your name are written down, and others can look them up."),
    )
