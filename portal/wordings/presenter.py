"""The sentences of papers as they hold in a commune, and a whole paper on invented data."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from portal.documents.paper import Paper
from portal.engine import clock
from portal.engine.db import db
from portal.organisation.models import Unit
from portal.wordings.blocks import Said, Texts, Wording
from portal.wordings.models import WordingChange
from portal.wordings.queries import approved, said

SAMPLE = "BẢN MẪU – dữ liệu giả định: không có giá trị, không được ký"


@dataclass(frozen=True)
class Worded:
    """A sentence with the words that hold: the portal's, or the commune's by a change."""

    key: str
    label: Any
    text: str
    change: WordingChange | None
    sub_kind: Any = ""


def sentences(texts: Texts, commune: Unit) -> Iterator[Worded]:
    """Each sentence of a paper, and below it the words of single sub-kinds."""
    found = approved(texts.key, commune.id, clock.now())
    own = {(one.block, one.sub_kind): one for one in found}
    for key, block in texts.blocks.items():
        general = own.get((key, ""))
        yield Worded(key, block.label, general.text if general else block.text, general)
        for name, told in texts.sub_kinds.items():
            if (one := own.get((key, name))) is not None:
                yield Worded(key, block.label, one.text, one, told)


def sample(wording: Wording, commune: Unit, sub_kind: str, more: Mapping[str, str] | None = None) -> Paper:
    """The whole paper on invented data, with some sentences in other words; it bears that it is none."""
    texts = wording.texts
    shown_as = sub_kind or next(iter(texts.sub_kinds), "")
    held = said(texts, commune.id, clock.now(), shown_as)
    with db.session.no_autoflush:
        paper = wording.sample(commune, shown_as, Said(texts, {**held.own, **(more or {})}))
    return replace(paper, warning=SAMPLE)


def sub_kind_of(change: WordingChange) -> str:
    known = change.texts.sub_kinds if change.texts else {}
    return str(known.get(change.sub_kind, change.sub_kind))
