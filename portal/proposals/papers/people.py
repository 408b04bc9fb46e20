"""How papers speak of people: whom a case is about, and who is charged with something."""

from portal.cases.papers.called import SERVING, TITLES, capital, introduced, named
from portal.documents.signature import rank_and_office
from portal.organisation.models import User

__all__ = ["SERVING", "TITLES", "capital", "introduced", "named", "official"]

ADDRESSED = {"anh": "ông", "ông": "ông", "chị": "bà", "bà": "bà"}


def official(user: User) -> str:
    """Somebody who is charged with something: title or rank, name, office."""
    rank, office = rank_and_office(user.title)
    title = f"đồng chí {rank}" if rank else ADDRESSED.get(user.address_word, "ông (bà)")
    return f"{title} {user.full_name}, {office}" if office else f"{title} {user.full_name}"
