"""What of a paper may be worded otherwise: named sentences with places that the portal fills in."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from portal.documents.paper import Paper
from portal.organisation.models import Unit

_PLACE = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True)
class Block:
    """One sentence of a paper as the portal comes with it; its {places} are all of those that there are."""

    label: Any
    text: str

    @property
    def places(self) -> tuple[str, ...]:
        return places(self.text)


def of_no_kind(_record: Any) -> str:
    return ""


@dataclass(frozen=True)
class Texts:
    """The sentences of a kind of paper, in their order.

    *sub_kinds* are those that may have a wording of their own, by name; *sub_kind* says of a record which it is.
    """

    key: str
    label: Any
    blocks: Mapping[str, Block]
    sub_kinds: Mapping[str, Any] = field(default_factory=dict)
    sub_kind: Callable[[Any], str] = of_no_kind


@dataclass(frozen=True)
class Said:
    """The sentences as they hold: the commune's before the portal's. Called with the values of a block."""

    texts: Texts
    own: Mapping[str, str] = field(default_factory=dict)

    def __call__(self, block: str, **values: Any) -> str:
        return filled(self.own.get(block) or self.texts.blocks[block].text, values)


@dataclass(frozen=True)
class Wording:
    """A kind of paper that a room declares (`Area.wordings`): its texts, and the paper on invented data.

    *sample* is given the commune, the sub-kind or "", and the sentences; a paper that does not fit the sub-kind is
    never asked for.
    """

    texts: Texts
    sample: Callable[[Unit, str, Said], Paper]


def places(text: str) -> tuple[str, ...]:
    """The places of a text, each once, in their order."""
    return tuple(dict.fromkeys(_PLACE.findall(text)))


def filled(text: str, values: Mapping[str, Any]) -> str:
    """A text with its places filled in. Nothing that a value says is taken for a place."""
    return _PLACE.sub(lambda found: str(values.get(found[1], found[0])), text)


def against(text: str, block: Block) -> Iterator[tuple[str, str]]:
    """What is wrong with the places of a text: pairs of "unknown", "missing" or "brace", and the place."""
    used = places(text)
    yield from (("unknown", f"{{{one}}}") for one in used if one not in block.places)
    yield from (("missing", f"{{{one}}}") for one in block.places if one not in used)
    rest = _PLACE.sub("", text)
    if "{" in rest or "}" in rest:
        yield "brace", ""
