"""Whoever installs the portal from a checkout reads it in Vietnamese: .mo files are no part of one."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCES = ("portal", "migrations", "wsgi.py")
ASK = """
from portal.app import create_app
client = create_app().test_client()
print("Đăng nhập" in client.get("/login", headers={"Accept-Language": "vi"}, follow_redirects=True).text)
"""


def checkout(folder: Path) -> Path:
    """The tree as it is in the repository, without what is made from it."""
    for name in SOURCES:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("*.mo", "__pycache__"))
        else:
            shutil.copy(ROOT / name, folder)
    return folder


def run(tree: Path, *command: str) -> str:
    env = {**os.environ, "PORTAL_INSTANCE": str(tree / "instance"), "PYTHONPATH": str(tree)}
    done = subprocess.run([sys.executable, *command], cwd=tree, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_prepare_makes_the_translations_that_a_checkout_lacks_and_those_that_are_older(tmp_path):
    tree = checkout(tmp_path)
    made = tree / "portal/translations/vi/LC_MESSAGES/messages.mo"
    run(tree, "-m", "flask", "--app", "wsgi", "prepare", "--no-demo")
    assert run(tree, "-c", ASK).strip() == "True"
    whole = made.read_bytes()
    made.write_bytes(b"")
    os.utime(made, (0, 0))
    run(tree, "-m", "flask", "--app", "wsgi", "prepare", "--no-demo")
    assert made.read_bytes() == whole
