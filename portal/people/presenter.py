"""How people are called before somebody who may not know everybody's name, and where they live."""

from portal.engine.access import Actor, see
from portal.engine.text import _
from portal.people.models import Person


def is_named(reader: Actor, person: Person) -> bool:
    """Whether the reader may know who it is."""
    name = see(reader, person, "full_name")
    return not (name.masked or name.hidden)


def called(reader: Actor, person: Person) -> str:
    """The name, or what stands for that of a minor: every title, row and notice that names a person asks here."""
    return person.full_name if is_named(reader, person) else withheld()


def village_of(reader: Actor, person: Person, *, inside: bool = False) -> str:
    """The village as at the head of a line, or as *inside* one; nothing where the name is withheld: it would help to
    find out who it is.
    """
    if not person.village or not is_named(reader, person):
        return ""
    return person.village.name if inside else person.village.title


def withheld() -> str:
    """What stands for the name of a minor."""
    return _("Name withheld (minor)")
