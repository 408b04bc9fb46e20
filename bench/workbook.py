"""Measure the workbook: `python bench/workbook.py`.

100 000 rows go out, 50 000 come in, and 10 000 come in that are all wrong. Each is a command `data` in a process of its
own; what is printed is its greatest memory beside that of the same command with next to nothing to do, and its time.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent))

from openpyxl import Workbook, load_workbook

from bench.report import prepared

ROOT = Path(__file__).parent.parent
OUT, IN, WRONG = 100_000, 50_000, 10_000
A_LOOK = 0.1  # seconds between two looks at the memory of a command
FIRST_DAY, DAYS = date(2015, 1, 1), 3600


@dataclass(frozen=True)
class Run:
    """How a command ended, its greatest memory in MiB, its time in seconds, the last that it said."""

    code: int
    memory: float
    seconds: float
    said: str


def run(instance: Path, *words: str) -> Run:
    """Run `flask data …` on its own, so that its memory is its own."""
    begun, most = time.perf_counter(), 0.0
    with tempfile.TemporaryFile("w+") as said:
        command = [sys.executable, "-m", "flask", "--app", "wsgi", "data", *words]
        settings = os.environ | {"PORTAL_INSTANCE": str(instance)}
        process = subprocess.Popen(command, cwd=ROOT, env=settings, stdout=said, stderr=said)
        while process.poll() is None:
            most = max(most, _greatest(process.pid))
            time.sleep(A_LOOK)
        said.seek(0)
        lines = said.read().strip().splitlines()
    return Run(process.returncode, most, time.perf_counter() - begun, lines[-1] if lines else "")


def _greatest(pid: int) -> float:
    """The greatest memory that a process held so far, in MiB. What it is told at its end counts its parent's, too."""
    try:
        told = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in told.splitlines() if line.startswith("VmHWM")), 0.0)


def sessions(count: int) -> Iterator[dict[str, Any]]:
    """Outreach sessions as a register of many years has them, no two alike."""
    for number in range(count):
        yield {
            "form": "Họp thôn", "held_on": FIRST_DAY + timedelta(days=number % DAYS),
            "extent": "Toàn xã", "topic": f"Phòng, chống ma túy, buổi thứ {number}", "attendance": 20 + number % 80,
            "state": "Đã thực hiện",
        }  # fmt: skip


def wrong_sessions(count: int) -> Iterator[dict[str, Any]]:
    return ({**one, "held_on": "31/02/2024"} for one in sessions(count))


def written(template: Path, rows: Iterator[dict[str, Any]], target: Path) -> Path:
    """The sheet of outreach sessions as the template has it, with these rows."""
    head = [list(row) for row in load_workbook(template)["Tuyên truyền"].iter_rows(max_row=3, values_only=True)]
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Tuyên truyền")
    for line in head:
        sheet.append(line)
    for row in rows:
        sheet.append([row.get(str(key)) for key in head[1]])
    book.save(target)
    return target


def told(name: str, idle: Run, done: Run) -> None:
    print(f"{name:<28}{done.seconds:8.0f} s{done.memory:8.0f} MiB ({done.memory - idle.memory:+.0f})  {done.said}",
          flush=True)  # fmt: skip


def main() -> None:
    plain, full = prepared(0), prepared(OUT)
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder)
        for name, kept in (("plain", plain), ("full", full)):
            shutil.copytree(kept, scratch / name)
        template = scratch / "template.xlsx"
        idle = run(scratch / "plain", "template", str(template))
        told("template", idle, idle)
        told(f"{OUT} rows and more out", idle, run(scratch / "full", "export", str(scratch / "out.xlsx")))
        bad = written(template, wrong_sessions(WRONG), scratch / "wrong.xlsx")
        told(f"{WRONG} wrong rows in", idle, run(scratch / "plain", "import", str(bad)))
        good = written(template, sessions(IN), scratch / "in.xlsx")
        told(f"{IN} rows in", idle, run(scratch / "plain", "import", str(good)))
        told("the same once more", idle, run(scratch / "plain", "import", str(good)))


if __name__ == "__main__":
    main()
