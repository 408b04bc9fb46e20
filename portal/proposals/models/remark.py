"""What is remarked at the fields of a proposal that is returned."""

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.engine.db import Record
from portal.proposals.models.proposal import Proposal


class Remark(Record):
    """A remark at one field, written with the step that returned the proposal. It never changes."""

    parent = "proposal"
    protected = True
    sensitive = frozenset({"text"})

    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposal.id"), index=True)
    step_id: Mapped[int] = mapped_column(ForeignKey("step.id"), index=True)
    field: Mapped[str]  # the column's name
    text: Mapped[str]

    proposal: Mapped[Proposal] = relationship(back_populates="remarks")
