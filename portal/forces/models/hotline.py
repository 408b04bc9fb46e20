"""Numbers that the commune publishes."""

from sqlalchemy.orm import Mapped, mapped_column

from portal.engine.db import Record


class Hotline(Record):
    """A number that anybody may call: whose, and what for. It is published until it is taken off the list."""

    name: Mapped[str]
    phone: Mapped[str]
    purpose: Mapped[str] = mapped_column(default="")
    position: Mapped[int] = mapped_column(default=1)  # in the order of the list
