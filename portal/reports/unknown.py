"""What stands in braces in a text and is no figure, or is written in a way that there is not."""

from collections.abc import Iterable, Iterator

from portal.engine.refusal import Plain
from portal.engine.text import mark
from portal.reports import catalogue
from portal.reports.wording.told import FORMS, places, strays


def against_text(text: str, commune_id: int) -> Iterator[Plain]:
    """Why a text cannot be written so in a commune: names, ways of writing, and braces that a reader would see."""
    if unknown := unknown_places(text, commune_id):
        yield Plain(mark("There is no figure of these names: %(names)s."), names=in_braces(unknown))
    if odd := [one.text for one in places(text) if one.form not in FORMS]:
        known = ", ".join(f":{name}" for name in FORMS if name)
        told = mark("A figure cannot be written like this: %(places)s. There are these ways: %(known)s.")
        yield Plain(told, places=", ".join(dict.fromkeys(odd)), known=known)
    if left := strays(text):
        told = mark("These braces name no figure: %(braces)s. Its id stands in them, in small letters, without blanks.")
        yield Plain(told, braces=" ".join(dict.fromkeys(left)))


def unknown_places(text: str, commune_id: int) -> list[str]:
    """The ids in braces that are no fact, that no room declares and that nobody of the commune typed, each once, in
    the order of the text."""
    from portal.profile.catalogue import FactKey  # late: its books want all records to be there

    there = catalogue.indicators().keys() | {str(key) for key in FactKey}
    named = dict.fromkeys(one.id for one in places(text))
    return [one for one in named if one not in there and not catalogue.typed_somewhere(one, commune_id)]


def in_braces(ids: Iterable[str]) -> str:
    """ "{incidents.fire.cases}, {cameras.total}"."""
    return ", ".join(f"{{{one}}}" for one in ids)
