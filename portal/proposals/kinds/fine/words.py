"""What the decree asks of a fine, in words."""

from collections.abc import Mapping

from flask_babel import format_decimal

from portal.engine.text import _, say
from portal.law.fines import SIGNERS, Signer
from portal.proposals.kinds.kind import Sentence

SENTENCES: Mapping[str, Sentence] = {
    "band": lambda of: _(
        "From %(least)s to %(most)s đồng, the middle is %(middle)s; proposed are %(asked)s đồng",
        **{name: format_decimal(of[name]) for name in ("least", "most", "middle", "asked")},
    ),
    "ceiling": lambda of: _(
        "Signed by: %(signer)s, who may fine up to %(limit)s đồng",
        signer=say(SIGNERS[Signer(of["signer"])]), limit=format_decimal(of["limit"]),
    ),
}  # fmt: skip
