"""Each test begins with nobody noted as forgotten: the instance folder is one for all of them."""

from pathlib import Path

import pytest
from flask import Flask


@pytest.fixture(autouse=True)
def nobody_noted(request: pytest.FixtureRequest) -> None:
    if "app" in request.fixturenames:
        app: Flask = request.getfixturevalue("app")
        (Path(app.instance_path) / "forgotten").unlink(missing_ok=True)
