"""The packages that the portal runs on are the ones that were looked at, and nothing else."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
NAME = re.compile(r"^([a-z0-9][a-z0-9._-]*)", re.IGNORECASE)
PIN = re.compile(r"^([a-z0-9._-]+)(?:\[[a-z0-9,._-]+\])?==(\S+)", re.MULTILINE)
REGISTRY = re.compile(
    r"""--(?:extra-)?index-url|--find-links|--trusted-host|(?:index|registry)\s*=\s*["']?http|://[^/\s]+/simple\b""",
    re.IGNORECASE,
)


def canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def asked_for(name: str) -> set[str]:
    """The packages that an .in file names, leaving out the ones it takes from another."""
    lines = (ROOT / name).read_text().splitlines()
    return {canonical(found[1]) for line in lines if (found := NAME.match(line))}


def entries(name: str) -> list[str]:
    """A lock, one package an entry, with its continued lines joined."""
    return [line for line in (ROOT / name).read_text().replace("\\\n", " ").splitlines() if line.strip()]


def pins(name: str) -> dict[str, set[str]]:
    """Package → the versions it is pinned to; a package may have one each for several systems."""
    found: dict[str, set[str]] = {}
    for entry in entries(name):
        package, version = PIN.match(entry).groups()
        found.setdefault(canonical(package), set()).add(version)
    return found


@pytest.mark.parametrize(
    ("wanted", "lock"), [("requirements.in", "requirements.txt"), ("requirements-dev.in", "requirements-dev.txt")]
)
def test_whatever_is_asked_for_is_locked(wanted, lock):
    assert asked_for(wanted)
    assert asked_for(wanted) <= pins(lock).keys()


@pytest.mark.parametrize("lock", ["requirements.txt", "requirements-dev.txt"])
def test_every_locked_package_has_one_exact_version_and_hashes(lock):
    loose = [entry[:60] for entry in entries(lock) if not PIN.match(entry) or "--hash=sha256:" not in entry]
    assert loose == []


def test_tests_run_on_the_versions_that_the_portal_runs_on():
    runtime, development = pins("requirements.txt"), pins("requirements-dev.txt")
    assert {name: development.get(name) for name in runtime} == runtime


def files_of_the_project() -> list[Path]:
    """What git keeps or would keep, whoever owns the checkout."""
    command = ["git", "-c", "safe.directory=*", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [ROOT / name for name in listed.split("\0") if name and (ROOT / name).is_file()]


def test_no_file_of_the_project_says_where_packages_come_from():
    files = [path for path in files_of_the_project() if path != Path(__file__)]
    assert ROOT / "requirements.txt" in files
    assert [path.name for path in files if REGISTRY.search(path.read_text(errors="ignore"))] == []
