"""What was found when a proposal was decided, kept so that its page tells it for ever as it was that day."""

import json
from datetime import date
from typing import Any

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from portal.engine.db import Base
from portal.law.kept import read_values, written_values
from portal.proposals.models.conditions import Condition


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
    holds_from: Mapped[date | None]  # the version of the rule

    @classmethod
    def of(cls, one: Condition) -> "Finding":
        return cls(
            result=one.result, about=one.about, message=one.message, numbers=written_values(one.numbers), rule=one.rule,
            source=one.source, confirmed=one.confirmed, holds_from=one.holds_from,
        )  # fmt: skip

    @property
    def condition(self) -> Condition:
        return Condition(
            self.result, self.about, read_values(self.numbers), self.source, self.confirmed, self.rule, self.message,
            self.holds_from,
        )  # fmt: skip

    @property
    def bound(self) -> str:
        """What the digest of the decision binds of it."""
        told = (self.result, self.about, self.message, self.numbers, self.rule, self.source, self.confirmed)
        version = (self.holds_from.isoformat(),) if self.holds_from else ()  # what was kept without it keeps its digest
        return json.dumps((*told, *version), sort_keys=True, ensure_ascii=False)
