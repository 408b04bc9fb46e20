"""The commands that move a commune's records, and the empty workbook, which is written once a worker."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from portal.engine.db import db
from tests import builders
from tests.conftest import House
from tests.exchange.workbooks import Cells, cells_of, filled

Sheets = Mapping[str, Sequence[Mapping[str, Any]]]
Both = tuple[dict[str, Cells], dict[str, Cells]]


@pytest.fixture
def run(app: Flask) -> Callable[..., Any]:
    return lambda *words: app.test_cli_runner().invoke(args=["data", *words])


@pytest.fixture(scope="session")
def templates() -> dict[str, bytes]:
    """The workbooks that were written so far."""
    return {}


@pytest.fixture
def template(commune: builders.Commune, run: Callable[..., Any], templates: dict[str, bytes], tmp_path: Path) -> bytes:
    """The empty workbook of the two communes as they are: every test that asks begins with the same units."""
    if "BY" not in templates:
        made = run("template", str(tmp_path / "mau.xlsx"), "--unit", "BY")
        assert made.exit_code == 0, made.output
        templates["BY"] = (tmp_path / "mau.xlsx").read_bytes()
    return templates["BY"]


@pytest.fixture
def bring(run: Callable[..., Any], template: bytes, tmp_path: Path) -> Callable[..., Any]:
    """Bring rows in, by the keys of their sheets, and give what was told."""

    def bring(sheets: Sheets, *words: str) -> Any:
        file = tmp_path / "vao.xlsx"
        file.write_bytes(filled(template, sheets))
        return run("import", str(file), "--unit", "BY", *words)

    return bring


@pytest.fixture
def moved(
    run: Callable[..., Any], houses: Callable[[str], House], engine_name: str, tmp_path: Path
) -> Callable[[], Both]:
    """Take everything out, into another portal of the same commune, and out again: gives the cells of both files.

    There it is brought in twice, and the second time nothing is added.
    """

    def moved() -> Both:
        first, second = tmp_path / "ra.xlsx", tmp_path / "lai.xlsx"
        assert run("export", str(first), "--unit", "BY").exit_code == 0
        db.session.remove()
        houses(engine_name).fresh()
        for told in ("new", "nothing added"):
            taken = run("import", str(first), "--unit", "BY")
            assert taken.exit_code == 0, taken.output
            assert told in taken.output
        assert run("export", str(second), "--unit", "BY").exit_code == 0
        return cells_of(first.read_bytes()), cells_of(second.read_bytes())

    return moved
