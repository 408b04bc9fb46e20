"""By when the end of somebody's help is proposed, in words."""

from collections.abc import Mapping

from portal.engine.text import _
from portal.proposals.kinds.kind import Sentence

SENTENCES: Mapping[str, Sentence] = {
    "in_time": lambda of: _("Proposed in time: by %(day)s", **of),
    "late": lambda of: _("It was to be proposed by %(day)s", **of),
}
