"""What `make` hands on to the programs that it starts."""

import os
import subprocess

import pytest

from tests.server import ROOT


@pytest.mark.parametrize("name", ["PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV", "PYTHONDONTWRITEBYTECODE"])
def test_no_setting_that_leads_to_other_modules_or_forbids_to_keep_compiled_ones_reaches_a_program(name):
    told = subprocess.run(
        ["make", "--silent", "--eval", f"told: ; @echo ${{{name}}}".replace("$", "$$"), "told"],
        cwd=ROOT, env={**os.environ, name: "/elsewhere"}, check=True, capture_output=True, text=True,
    )  # fmt: skip
    assert told.stdout.strip() == ""
