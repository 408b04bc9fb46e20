"""What the law asks of a revocation, in words."""

from collections.abc import Mapping

from portal.engine.text import _, say
from portal.proposals.kinds.kind import Sentence

SENTENCES: Mapping[str, Sentence] = {
    "hop": lambda of: _("If it is sent today: %(label)s, by %(day)s", label=say(of["label"]), day=of["day"]),
    "mixed": lambda of: _(
        "%(breaches)s deliberate breaches and %(fines)s fines: the law suggests nothing; whoever proposes it decides",
        **of,
    ),
}
