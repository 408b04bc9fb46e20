"""A person's name and village as one reader may know them: who is withheld is not found out by where they live."""

from portal.engine.access import Actor, see
from portal.engine.text import _
from portal.people.models import Person


def is_named(reader: Actor, person: Person) -> bool:
    """Whether the reader may know who it is."""
    name = see(reader, person, "full_name")
    return not (name.masked or name.hidden)


def name_for(reader: Actor, person: Person) -> str:
    return person.full_name if is_named(reader, person) else withheld()


def village_for(reader: Actor, person: Person) -> str:
    """The village as at the head of a line; nothing where the name is withheld."""
    return person.village.title if person.village and is_named(reader, person) else ""


def withheld() -> str:
    """What stands for the name of a minor."""
    return _("Name withheld (minor)")
