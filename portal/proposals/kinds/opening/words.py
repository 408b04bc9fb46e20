"""What is noted when a case is opened, in words."""

from collections.abc import Mapping

from portal.engine.text import _
from portal.proposals.kinds.kind import Sentence

SENTENCES: Mapping[str, Sentence] = {
    "officer_gone": lambda of: " ".join(
        (
            _("%(name)s is no officer of the commune police today.", **of),
            _("Once the case is open, the chief assigns another."),
        )
    ),
}
