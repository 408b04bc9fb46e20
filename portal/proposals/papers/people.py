"""How papers speak of people: title, name, year of birth, where they live."""

from portal.cases.called_on_paper import SERVING, named
from portal.cases.models import Case
from portal.documents.signature import rank_and_office
from portal.organisation.models import Unit, User

__all__ = ["SERVING", "capital", "introduced", "named", "official"]

ADDRESSED = {"anh": "ông", "ông": "ông", "chị": "bà", "bà": "bà"}


def introduced(case: Case, commune: Unit) -> str:
    """The same with year of birth, residence and what the person serves. No number and no address: a permit is shown
    to many."""
    born = f", sinh năm {case.person.born}" if case.person.born else ""
    village = f"{case.person.village.name}, " if case.person.village else ""
    above = f", {commune.superior}" if commune.superior else ""
    return f"{named(case)}{born}, thường trú tại {village}{commune.name}{above}, là {SERVING[case.type]}"


def official(user: User) -> str:
    """Somebody who is charged with something: title or rank, name, office."""
    rank, office = rank_and_office(user.title)
    title = f"đồng chí {rank}" if rank else ADDRESSED.get(user.address_word, "ông (bà)")
    return f"{title} {user.full_name}, {office}" if office else f"{title} {user.full_name}"


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]
