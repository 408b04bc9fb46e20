"""Rounds in which closed files lose their names."""

from portal.privacy.models.round import RetentionItem, RetentionRound

__all__ = ["RetentionItem", "RetentionRound"]
