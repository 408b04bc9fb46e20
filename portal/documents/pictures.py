"""Pictures are decoded and written anew: what cannot be decoded is no picture, and nothing but the picture is left."""

import struct
from io import BytesIO

from PIL import ExifTags, Image

from portal.documents.refused import RefusedFile
from portal.engine.text import mark

MOST_PIXELS = 40_000_000
MOST_PIXELS_OF_WEBP = 10_000_000  # its decoder holds the picture four times in memory
LONGEST = 2000  # pixels of a side that is kept
QUALITY = 82
BAND = 32  # rows that are reduced together
FORMATS = ("JPEG", "PNG", "WEBP")
PAPER = (255, 255, 255)
TURNS = {  # by what EXIF says of how the camera was held
    2: Image.Transpose.FLIP_LEFT_RIGHT, 3: Image.Transpose.ROTATE_180, 4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE, 6: Image.Transpose.ROTATE_270, 7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}  # fmt: skip

Image.MAX_IMAGE_PIXELS = MOST_PIXELS  # the library's own guard; ours is asked before anything is decoded


def written_anew(content: bytes) -> bytes:
    """Give the picture as an upright JPEG without EXIF or position. Raises RefusedFile for a flood or a torn one."""
    try:
        with Image.open(BytesIO(content), formats=FORMATS) as picture:
            most = MOST_PIXELS_OF_WEBP if picture.format == "WEBP" else MOST_PIXELS
            if picture.width * picture.height > most:
                raise _flood(most)
            picture.draft("RGB", (LONGEST, LONGEST))  # a JPEG is decoded at the size that is needed
            return _as_jpeg(_upright(picture))
    except Image.DecompressionBombError as error:
        raise _flood(MOST_PIXELS) from error
    except (OSError, ValueError, SyntaxError, EOFError, struct.error) as error:
        raise RefusedFile(mark("The picture cannot be read to its end. Perhaps it was not copied whole.")) from error


def _flood(most: int) -> RefusedFile:
    message = mark("The picture has more than %(limit)s million points; please make it smaller.")
    return RefusedFile(message, limit=most // 10**6)


def _upright(picture: Image.Image) -> Image.Image:
    """Turned as the camera says it was held, which it must be asked before the picture is made smaller."""
    turn = TURNS.get(picture.getexif().get(ExifTags.Base.Orientation, 1))
    small = _reduced(picture)
    small.thumbnail((LONGEST, LONGEST))
    return small.transpose(turn) if turn is not None else small


def _reduced(picture: Image.Image) -> Image.Image:
    """Shrink a large picture band by band, so that no second large one stands beside it in memory."""
    if picture.mode in ("P", "1"):
        picture = picture.convert("RGBA" if picture.has_transparency_data else "RGB")
    elif picture.mode.startswith("I"):
        picture = picture.convert("L")
    factor = max(picture.size) // LONGEST
    if factor < 2:
        return picture
    small = Image.new(picture.mode, (-(-picture.width // factor), -(-picture.height // factor)))
    for top in range(0, picture.height, BAND * factor):
        band = picture.crop((0, top, picture.width, min(picture.height, top + BAND * factor)))
        small.paste(band.reduce(factor), (0, top // factor))
    small.info = picture.info
    return small


def _as_jpeg(picture: Image.Image) -> bytes:
    """On white paper where it was transparent; without anything that the file told beside the picture."""
    if picture.has_transparency_data:
        seen = picture.convert("RGBA")
        picture = Image.new("RGB", seen.size, PAPER)
        picture.paste(seen, mask=seen)
    picture = picture.convert("RGB")
    picture.info.clear()
    written = BytesIO()
    picture.save(written, "JPEG", quality=QUALITY, optimize=True)
    return written.getvalue()
