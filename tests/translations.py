"""The translations as they stand in the sources, compiled or not."""

from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

TRANSLATIONS = Path(__file__).parent.parent / "portal" / "translations"


def compiled(folder: Path) -> Path:
    """Compile all of them into a folder, and give it."""
    for file in TRANSLATIONS.rglob("*.po"):
        target = folder / file.relative_to(TRANSLATIONS).with_suffix(".mo")
        target.parent.mkdir(parents=True)
        with file.open("rb") as read, target.open("wb") as written:
            write_mo(written, read_po(read))
    return folder
