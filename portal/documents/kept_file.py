"""The file that was kept of a paper before it was signed: it bears the number that the paper had then."""

from typing import Any

IN_FILE = "number_in_file"  # beside what its paper said


class KeptFile:
    """What an entry of the register knows of such a file. Its keeper may enter another number afterwards: then the two
    differ, since the file stays as it is, and whoever opens it is told."""

    number: Any
    as_written: Any

    @property
    def number_in_file(self) -> str:
        """Empty where no file was kept."""
        return str((self.as_written or {}).get(IN_FILE, ""))

    @property
    def file_differs(self) -> bool:
        """Whether the paper was signed under another number than its kept file bears."""
        return bool(self.number and self.number_in_file) and self.number != self.number_in_file

    def kept_as(self, number: str) -> None:
        """Remember under which number a file of it was kept."""
        self.as_written = {**(self.as_written or {}), IN_FILE: number}
