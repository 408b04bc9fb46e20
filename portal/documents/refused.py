"""How a file is refused: with its reason, told at the field."""

from typing import Any


class RefusedFile(Exception):
    """A file is not kept. *message* is marked for translators and has its numbers beside it."""

    def __init__(self, message: str, **numbers: Any) -> None:
        super().__init__(message)
        self.message, self.numbers = message, numbers
