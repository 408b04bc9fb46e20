"""What is wrong with an installation, and the mend: each room says what it can see, `flask doctor` tells it all."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """Something that was looked at, already in the language of the terminal; *mend* where it is not as it should be."""

    text: str
    mend: str = ""

    @property
    def well(self) -> bool:
        return not self.mend


Check = Callable[[], Iterable[Finding]]
