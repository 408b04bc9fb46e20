"""What the law asks of a shortening, in words."""

from collections.abc import Mapping

from portal.engine.text import _, ngettext
from portal.proposals.kinds.kind import Sentence

SENTENCES: Mapping[str, Sentence] = {
    "last_day_then": lambda of: _("Last day then: %(day)s, instead of %(last)s", **of),
    "months_possible": lambda of: _("On %(day)s %(least)s to %(most)s months are possible", **of),
    "possible_from": lambda of: _("Possible from %(day)s on", **of),
    "unanswered": lambda of: ngettext(
        "%(num)s thing is to be weighed: say why it is proposed all the same",
        "%(num)s things are to be weighed: say why it is proposed all the same",
        of["num"],
    ),
}
