"""The paper of a proposal: what is printed, signed and sealed. In law the decision is that page, not the record."""
