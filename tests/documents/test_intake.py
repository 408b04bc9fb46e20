"""What is taken as a file, decided by its content."""

import io
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from portal.documents.intake import accept
from portal.documents.pictures import LONGEST, written_anew
from portal.documents.refused import RefusedFile
from tests.documents import files

MOST = 20 * 2**20
MEGABYTES = 200


@pytest.mark.parametrize("what", files.BAD)
def test_a_bad_file_is_refused_with_its_reason(what):
    name, content, reason = files.BAD[what]
    with pytest.raises(RefusedFile) as refused:
        accept(content, name, MOST)
    assert reason in refused.value.message % refused.value.numbers


@pytest.mark.parametrize("what", files.GOOD)
def test_a_good_file_is_kept_under_the_ending_of_its_content(what):
    name, content, media_type = files.GOOD[what]
    kept = accept(content, name, MOST)
    assert kept.media_type == media_type
    assert kept.file_name.endswith({"image/jpeg": ".jpg", "application/pdf": ".pdf"}.get(media_type, ".docx"))


def test_a_file_over_the_limit_is_refused():
    with pytest.raises(RefusedFile, match="larger than"):
        accept(files.pdf() + b"\n" * 100, "a.pdf", len(files.pdf()))


def test_a_photograph_is_kept_without_its_place_and_its_camera():
    assert Image.open(io.BytesIO(files.photograph())).getexif()
    kept = Image.open(io.BytesIO(written_anew(files.photograph())))
    assert not kept.getexif()
    assert b"Exif" not in written_anew(files.photograph())


def test_a_photograph_taken_sideways_is_kept_upright():
    kept = Image.open(io.BytesIO(written_anew(files.photograph(orientation=6)))).convert("RGB")
    assert (kept.width, kept.height) == (200, 400)
    red, _green, blue = kept.getpixel((100, 20))
    assert red > 200
    assert blue < 60


def test_a_large_picture_is_kept_small_enough_to_read():
    kept = Image.open(io.BytesIO(written_anew(files.picture(size=(7000, 3500)))))
    assert kept.size == (LONGEST, LONGEST // 2)


def test_what_was_transparent_is_paper():
    image = Image.new("RGBA", (40, 40), (0, 0, 0, 0))
    written = io.BytesIO()
    image.save(written, "PNG")
    assert Image.open(io.BytesIO(written_anew(written.getvalue()))).getpixel((5, 5)) == (255, 255, 255)


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\Users\\Y\\đơn xin phép.pdf", "đơn xin phép.pdf"),
        ('a"; filename=b.exe\r\nSet-Cookie: x.pdf', "a filename=b.exeSet-Cookie x.pdf"),
        ("\u202egpj.pdf", "gpj.pdf"),
        (".pdf", "pdf.pdf"),
        ("dài" * 100 + ".pdf", ("dài" * 100)[:80] + ".pdf"),
        ("", "tep.pdf"),
    ],
)
def test_a_file_is_called_by_its_bare_name(name, kept):
    assert accept(files.pdf(), name, MOST).file_name == kept


MEASURED = {
    "a flood of pixels": ("a.png", files.flood),
    "the largest picture that is taken": ("a.png", lambda: files.picture(size=(8000, 5000), mode="RGBA")),
    "the largest JPEG": ("a.jpg", lambda: files.picture("JPEG", size=(8000, 5000))),
    "the largest WebP": ("a.webp", lambda: files.picture("WEBP", size=(4000, 2500), mode="RGBA", method=0)),
    "a larger WebP": ("b.webp", lambda: files.picture("WEBP", size=(8000, 5000), mode="RGBA", method=0)),
    "a bomb": ("a.docx", lambda: files.bomb(190)),
    "a bomb of XML": ("a.docx", lambda: files.word_of({"word/a.xml": "<a>" + "<b/>" * 8 * 2**20 + "</a>"})),
    "entities": ("a.docx", lambda: files.word_with(word__bomb_xml=files.BILLION)),
    "a table of contents": ("a.docx", lambda: files.table_of_contents(60_000)),
    "a packed PDF": ("a.pdf", lambda: files.packed_pdf(500)),
    "a PDF of a million streams": ("a.pdf", lambda: files.pdf(b"stream /ObjStm " * 10**6)),
}
# Each file is looked at by a process of its own, whose greatest need is told beside what it needed at rest.
SCRIPT = """
import os, pathlib, resource, sys
from portal.documents.intake import accept
from portal.documents.refused import RefusedFile

def need():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024

for file in sorted(pathlib.Path(sys.argv[1]).iterdir()):
    if os.fork() == 0:
        content, before = file.read_bytes(), need()
        try:
            accept(content, file.name, 20 * 2**20)
        except RefusedFile:
            pass
        print(f"{file.stem}\t{need() - before}", flush=True)
        os._exit(0)
    os.wait()
"""


@pytest.fixture(scope="module")
def needs(tmp_path_factory):
    """How many megabytes each of the files took."""
    folder = tmp_path_factory.mktemp("measured")
    for what, (name, made) in MEASURED.items():
        content = made()
        assert len(content) <= MOST
        (folder / f"{what}{Path(name).suffix}").write_bytes(content)
    command = [sys.executable, "-c", SCRIPT, str(folder)]
    root = Path(__file__).parent.parent.parent
    told = subprocess.run(command, cwd=root, capture_output=True, check=True, text=True)
    return dict(line.split("\t") for line in told.stdout.splitlines())


@pytest.mark.parametrize("what", MEASURED)
def test_no_file_takes_more_memory_than_it_may(what, needs):
    assert int(needs[what]) < MEGABYTES
