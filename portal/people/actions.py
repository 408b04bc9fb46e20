"""What people can do with what is kept of a person."""

from collections.abc import Mapping
from typing import Any

from portal.people.models import Person


def differing(person: Person, facts: Mapping[str, Any]) -> list[str]:
    """The names of those facts that are kept otherwise."""
    return [name for name, value in facts.items() if getattr(person, name) != value]


def change_person(person: Person, facts: Mapping[str, Any]) -> None:
    """Write down what is known of a person now. What stands there already is left alone, and stays the same version."""
    for name in differing(person, facts):
        setattr(person, name, facts[name])
