"""What the law asks of a transfer, in words."""

from collections.abc import Mapping

from portal.engine.text import _
from portal.proposals.kinds.kind import Sentence

SENTENCES: Mapping[str, Sentence] = {
    "file_goes": lambda of: _("This commune hands the file over by %(day)s", **of),
    "taken_on": lambda of: _("The new commune then takes the person on by %(day)s, counted from the hand-over", **of),
    "silent_on_transfer": lambda _of: _("The law of this type that the portal knows sets no days for the hand-over"),
}
