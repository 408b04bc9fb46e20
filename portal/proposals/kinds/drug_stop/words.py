"""What the law asks where a management is stopped, in words."""

from collections.abc import Mapping

from portal.engine.text import _, say
from portal.law.drug_use import STOP_GROUNDS, StopGround
from portal.proposals.kinds.kind import Sentence

SENTENCES: Mapping[str, Sentence] = {
    "stop_ground": lambda of: _(
        "The law names this ground: %(ground)s", ground=say(STOP_GROUNDS[StopGround(of["ground"])])
    ),
}
