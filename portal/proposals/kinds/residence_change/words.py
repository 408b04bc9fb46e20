"""What the law asks of a change of residence, in words."""

from collections.abc import Mapping

from portal.engine.text import _
from portal.proposals.kinds.kind import Sentence

SENTENCES: Mapping[str, Sentence] = {
    "within_commune": lambda of: _("Within the commune it is decided here; the address holds from %(day)s", **of),
    "move_report": lambda of: _("The commune reports it to the agency by %(day)s", **of),
    "move_same_province": lambda of: _("The agencies of the province agree by %(day)s", **of),
    "move_other_province": lambda of: _("The agencies of both provinces agree by %(day)s", **of),
    "move_decide": lambda of: _("The agency decides by %(day)s", **of),
    "move_handover": lambda of: _("The file goes to the new commune by %(day)s", **of),
    "move_in_all": lambda of: _("All of it is decided by %(day)s", **of),
    "good_reason": lambda _of: _("The law asks for a good reason; which reasons are good ones the agency judges"),
    "silent_on_moves": lambda _of: _(
        "The law of this type that the portal knows sets no days for a move: the agency is asked, and decides"
    ),
}
