"""What the report of August 2024 says of the example commune, and what the same days of 2023 give."""

import csv
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Told:
    figure: str
    of_2024: float
    of_2023: float

    def __str__(self) -> str:
        return f"{self.figure} is {self.of_2024:.10g} and was {self.of_2023:.10g}"


with (Path(__file__).parent / "august_2024.csv").open(encoding="utf-8", newline="") as lines:
    TOLD = [Told(one["figure"], float(one["of_2024"]), float(one["of_2023"])) for one in csv.DictReader(lines)]
