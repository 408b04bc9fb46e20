"""What the law asks of an absence, in words."""

from collections.abc import Mapping

from portal.engine.text import _, ngettext, say
from portal.law.competence import ACTORS
from portal.proposals.kinds.kind import Sentence

SENTENCES: Mapping[str, Sentence] = {
    "each": lambda of: _("%(asked)s days, at most %(limit)s at a time", **of),
    "each_limit": lambda of: _("At most %(limit)s days at a time", **of),
    "total": lambda of: _("%(sum)s days in all, at most %(limit)s", sum=of["used"] + of["asked"], limit=of["limit"]),
    "exit": lambda _of: _("The journey leads out of Viet Nam"),
    "no_exit": lambda _of: _("Not out of Viet Nam"),
    "exit_not_bounded": lambda _of: _(
        "The journey leads out of Viet Nam: the law of this type of case says nothing about that"
    ),
    "consent": lambda of: _("The commune to be visited agreed: %(number)s of %(day)s", **of),
    "proof": lambda of: _("Paper of the treatment: %(number)s of %(day)s", **of),
    "proof_missing": lambda _of: _(
        "The doctor's order or the hospital's confirmation is still to come; only with it is this a treatment"
    ),
    "proof_failed": lambda of: _(
        "The doctor's order or the hospital's confirmation did not come by %(day)s: until it does, the days count", **of
    ),
    "permitted_here": lambda of: _("Permitted by: %(who)s", who=say(ACTORS[of["actor"]])),
    "sent_up": lambda of: _(
        "Permitted by: %(who)s. What is approved here is the file that goes there; it is no permit",
        who=say(ACTORS[of["actor"]]),
    ),
    "excused": lambda of: ngettext(
        "%(num)s self-report is not owed, as the absence is permitted",
        "%(num)s self-reports are not owed, as the absence is permitted",
        of["num"],
    ),
    "reports": lambda of: ngettext("%(num)s self-report falls into it", "%(num)s self-reports fall into it", of["num"]),
}
