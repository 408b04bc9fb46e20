"""The portal as it is served: gunicorn on a free port, over an instance of its own, and a browser to look at it."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).parent.parent
PATIENCE = 180  # seconds that a server may take to start: beside others on a slow machine it was seen to take fifty
BROWSERS = ("chromium", "google-chrome", "google-chrome-stable", "chromium-browser")
QUIET = (
    "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip


def prepared(instance: Path, *options: str) -> None:
    """Run the first start on an instance."""
    command = [sys.executable, "-m", "flask", "--app", "wsgi", "prepare", *options]
    subprocess.run(command, cwd=ROOT, env=environment(instance), check=True, capture_output=True, timeout=900)


def environment(instance: Path, port: int = 8000) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "HOST")}
    return {**kept, "PORTAL_INSTANCE": str(instance), "PORT": str(port)}


@contextmanager
def running(instance: Path) -> Iterator[str]:
    """Serve an instance and give its address; the server ends with the block."""
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", "--config", "gunicorn.conf.py", "wsgi:app"]
    server = subprocess.Popen(command, cwd=ROOT, env=environment(instance, port), stdout=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_for(address, server)
        yield address
    finally:
        server.terminate()
        server.wait(timeout=40)


def _wait_for(address: str, server: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if server.poll() is not None:
            raise RuntimeError(f"The server ended with {server.returncode} before it answered.")
        try:
            urllib.request.urlopen(f"{address}/health", timeout=5).close()  # noqa: S310 - an address of our own
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
        else:
            return
    raise RuntimeError(f"The server did not answer within {PATIENCE} seconds.")


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@contextmanager
def browser() -> Iterator[Browser]:
    """A headless Chromium, the system's where there is one."""
    found = os.environ.get("CHROMIUM") or next((path for name in BROWSERS if (path := shutil.which(name))), None)
    arguments = [*QUIET, *(["--no-sandbox"] if os.getuid() == 0 else [])]
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=found, args=arguments)
        try:
            yield opened
        finally:
            opened.close()
