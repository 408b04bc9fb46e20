"""What became of a task that a meeting gave."""

from portal.engine.access import Actor
from portal.meetings.models import ActionItem


def take_task(task: ActionItem, step: str, by: Actor, words: str, version: int | None = None) -> None:
    """Report a task done, drop it or open it again; the words say how, or why. One that is open has no result."""
    task.workflow.take(step, task, by, words, version)
    task.result = words.strip() if task.ended_on else ""
