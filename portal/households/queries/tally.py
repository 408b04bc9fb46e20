"""How far a campaign has come among those of one kind in one village."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Tally:
    """Counts of a day. *here* live there; who moved away or is not concerned is *left_out* of those who could sign."""

    here: int = 0
    left_out: int = 0
    signed: int = 0  # and did not withdraw, confirmed or not
    confirmed: int = 0
    absent: int = 0
    refused: int = 0
    goal: int | None = None  # where the campaign asks for fewer than everybody

    @property
    def due(self) -> int:
        """How many are to sign: the goal of the village, and never more than it concerns."""
        concerned = self.here - self.left_out
        return concerned if self.goal is None else min(self.goal, concerned)

    @property
    def not_yet(self) -> int:
        """How many of those whom it concerns have not signed."""
        return self.here - self.left_out - self.signed

    @property
    def waiting(self) -> int:
        """How many signed and are not confirmed by the village head."""
        return self.signed - self.confirmed

    @property
    def reached(self) -> bool:
        return self.signed >= self.due

    @property
    def percent(self) -> float:
        """For the length of a bar: never more than all of it, and nothing where nobody is to sign."""
        return round(min(100.0, 100 * self.signed / self.due), 1) if self.due > 0 else 0.0

    def __add__(self, other: "Tally") -> "Tally":
        goals = (self.due, other.due) if self.goal is not None or other.goal is not None else None
        return Tally(
            self.here + other.here, self.left_out + other.left_out, self.signed + other.signed,
            self.confirmed + other.confirmed, self.absent + other.absent, self.refused + other.refused,
            sum(goals) if goals else None,
        )  # fmt: skip
