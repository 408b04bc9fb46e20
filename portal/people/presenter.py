"""How people are called before somebody who may not know everybody's name."""

from portal.engine.access import Actor, see
from portal.engine.text import _
from portal.people.models import Person


def called(user: Actor, person: Person) -> str:
    """The name, or what stands for that of a minor: every title, row and notice that names a person asks here."""
    name = see(user, person, "full_name")
    return _("Name withheld (minor)") if name.hidden or name.masked else str(name.value)
