"""Entries of every book full of markers: in two villages of the commune, and in the commune beside it."""

from portal.engine.transaction import transaction
from tests.books.samples import SAMPLES, SHELVES, Sample, kept
from tests.builders import Commune
from tests.security.world import RECORDS, Marked, remember_versions

FAR = "far_shelf"

RECORDS.update({sample.name: sample.book.record for sample in SAMPLES})
RECORDS.update({f"{one.name}_{part.name}": part.record for one in SAMPLES for part in one.book.parts})


class Shelf(Marked):
    """An entry of each book, with the marker word that it carries."""

    @property
    def far(self) -> bool:
        return self.place == FAR

    @property
    def words(self) -> dict[str, str]:
        place = self.place.replace("_", "").upper()
        return {sample.name: f"MK{sample.name.replace('_', '').upper()}ON{place}" for sample in SAMPLES}


def build(commune: Commune, neighbour: Commune) -> dict[str, Shelf]:
    here = {name: _shelf(name, commune, village) for name, village in SHELVES.items()}
    return {**here, FAR: beside(neighbour)}


def beside(neighbour: Commune) -> Shelf:
    """The entries of the commune beside it."""
    return _shelf(FAR, neighbour, "BPH")


def _shelf(name: str, commune: Commune, village: str) -> Shelf:
    shelf = Shelf(name)
    for sample in SAMPLES:
        shelf.ids |= _ids(sample, commune, village, shelf.words[sample.name])
    remember_versions(shelf)
    return shelf


def _ids(sample: Sample, commune: Commune, village: str, word: str) -> dict[str, int]:
    with transaction(getattr(commune, sample.by)):
        entry = kept(sample, commune, village, word)
    lines = [(part.name, getattr(entry, part.attribute)) for part in sample.book.parts]
    return {sample.name: entry.id, **{f"{sample.name}_{name}": some[0].id for name, some in lines if some}}
