"""Servers to measure: the portal, and bare ones under the very same gunicorn settings; what they use of the machine."""

import os
import shutil
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.server import environment, free_port

ROOT = Path(__file__).parent.parent
PORTAL, FLOOR, BARE_FLASK = "wsgi:app", "bench.floor:app", "bench.bare_flask:app"
KIB = 1024


@dataclass(frozen=True)
class Server:
    """A running server: where it answers, its data, and the process that started its workers."""

    name: str
    port: int
    instance: Path
    pid: int

    def workers(self) -> list[int]:
        found = Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text().split()
        return [int(pid) for pid in found]

    def cpu_ns(self) -> int:
        """What its workers used of the processor so far, in all their threads."""
        tasks = (task for pid in self.workers() for task in Path(f"/proc/{pid}/task").iterdir())
        return sum(_ran_ns(task) for task in tasks)

    def memory_kib(self) -> dict[str, int]:
        """Resident memory of a worker, and its proportional share where pages are shared; the mean of the workers."""
        found = [_memory(pid) for pid in self.workers()]
        return {name: sum(one[name] for one in found) // len(found) for name in ("Rss", "Pss")}


def _memory(pid: int) -> dict[str, int]:
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()[1:]
    return {name: int(value.split()[0]) for name, _colon, value in (line.partition(":") for line in lines)}


def _ran_ns(task: Path) -> int:
    """How long a thread ran; one that ended since it was listed counts no more."""
    try:
        return int((task / "schedstat").read_text().split()[0])
    except (FileNotFoundError, ProcessLookupError):
        return 0


@contextmanager
def serving(name: str, app: str, kept: Path, scratch: Path) -> Iterator[Server]:
    """Serve an application over its own copy of the kept data; the server ends with the block."""
    instance = scratch / name
    shutil.copytree(kept, instance)
    port = free_port()
    settings_of = "gunicorn.conf.py" if app == PORTAL else "bench/bare_settings.py"
    command = [sys.executable, "-m", "gunicorn", "--config", settings_of, app]
    settings = {**environment(instance, port), "PYTHONPATH": str(ROOT)}
    server = subprocess.Popen(command, cwd=ROOT, env=settings, stdout=subprocess.DEVNULL)
    try:
        _wait_for(f"http://127.0.0.1:{port}/login", server)
        yield Server(name, port, instance, server.pid)
    finally:
        server.terminate()
        server.wait(timeout=40)
        shutil.rmtree(instance, ignore_errors=True)


def _wait_for(address: str, server: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        if server.poll() is not None:
            raise RuntimeError(f"The server ended with {server.returncode} before it answered.")
        try:
            urllib.request.urlopen(address, timeout=5).close()  # noqa: S310 - an address of our own
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
        else:
            return
    raise RuntimeError("The server did not answer within a minute.")


def machine() -> dict[str, str | int]:
    """On what it was measured."""
    load = " ".join(f"{value:.1f}" for value in os.getloadavg())
    return {"cores": os.cpu_count() or 1, "load": load, "python": sys.version.split()[0]}
