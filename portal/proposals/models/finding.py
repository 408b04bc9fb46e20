"""What was found when a proposal was decided, kept so that its page tells it for ever as it was that day."""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any, cast

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from portal.engine.db import Base
from portal.proposals.models.conditions import Condition

DAY = "day"  # under this name a day lies among the numbers, of which none is a map


class Finding(Base):
    """One condition of the day of the decision: its outcome, its numbers, its clause. It never changes."""

    id: Mapped[int] = mapped_column(primary_key=True)
    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposal.id"), index=True)
    result: Mapped[str]
    about: Mapped[str]
    message: Mapped[str] = mapped_column(default="")
    numbers: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    rule: Mapped[str] = mapped_column(default="")
    source: Mapped[str] = mapped_column(default="")
    confirmed: Mapped[bool] = mapped_column(default=True)

    @classmethod
    def of(cls, one: Condition) -> "Finding":
        return cls(
            result=one.result, about=one.about, message=one.message, numbers=_written(one.numbers), rule=one.rule,
            source=one.source, confirmed=one.confirmed,
        )  # fmt: skip

    @property
    def condition(self) -> Condition:
        numbers = {name: _read(value) for name, value in self.numbers.items()}
        return Condition(self.result, self.about, numbers, self.source, self.confirmed, self.rule, self.message)

    @property
    def bound(self) -> str:
        """What the digest of the decision binds of it."""
        told = (self.result, self.about, self.message, self.numbers, self.rule, self.source, self.confirmed)
        return json.dumps(told, sort_keys=True, ensure_ascii=False)


def _written(numbers: Mapping[str, Any]) -> dict[str, Any]:
    return {name: {DAY: value.isoformat()} if isinstance(value, date) else value for name, value in numbers.items()}


def _read(value: Any) -> Any:
    return date.fromisoformat(cast("str", value[DAY])) if isinstance(value, dict) else value
