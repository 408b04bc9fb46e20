"""What follows where the time to decide has passed: no text that the portal knows gives or refuses anything by that."""

from collections.abc import Mapping
from dataclasses import dataclass

from portal.law.approval import CHAINS
from portal.law.rule import _


@dataclass(frozen=True)
class Unanswered:
    """What holds meanwhile, in a sentence."""

    message: str


OWED = Unanswered(
    _("The law does not say what follows: nothing is given or refused by it. The decision is still owed and possible.")
)
FOLLOWS: Mapping[str, Unanswered] = {
    "drug_user_management": Unanswered(
        _("The law does not say what follows: nobody is managed, and no management ends, before it is decided. The "
          "decision is still owed and possible, and says that it was late.")
    ),
    "helper": Unanswered(
        _("The law does not say what follows: nobody helps the person before it is decided, and the officer goes on "
          "alone. The decision is still owed and possible.")
    ),
}  # fmt: skip


def unanswered(kind: str) -> Unanswered:
    """What holds for a kind of proposal once its time has passed; KeyError for an unknown kind."""
    if kind not in CHAINS:
        raise KeyError(kind)
    return FOLLOWS.get(kind, OWED)
