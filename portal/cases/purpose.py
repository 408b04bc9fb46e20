"""What somebody needs a masked number for: asked before it is shown."""

from portal.engine.forms import Form, Paragraphs, Required
from portal.engine.text import _l


class RevealForm(Form):
    """Asked before a masked number is shown, once."""

    reason = Paragraphs(
        _l("Why you need it"),
        [Required()],
        length=2000,
        description=_l("Your reason and your name are written down, and others can look them up."),
    )
