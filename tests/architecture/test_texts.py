"""Whatever is marked for translators is found by them, so that nobody reads two languages in one answer."""

import ast
from collections.abc import Iterator
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path

ROOT = Path(__file__).parents[2]


def translations():
    """The script that finds the texts."""
    loader = SourceFileLoader("translations", str(ROOT / "scripts" / "translations"))
    module = module_from_spec(spec_from_loader("translations", loader))
    loader.exec_module(module)
    return module


def marked(names) -> Iterator[tuple[str, str]]:
    """Where a text is marked in the sources, wherever the call stands, and the text."""
    for path in sorted((ROOT / "portal").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names):
                continue
            if node.args and isinstance(node.args[0], ast.Constant):
                yield f"{path.relative_to(ROOT)}:{node.lineno}", str(node.args[0].value)


def test_every_text_that_is_marked_in_the_sources_comes_before_translators():
    script = translations()
    known = {script.sources(message)[0] for message in script.texts(script.extracted())}
    found = list(marked(script.KEYWORDS))
    assert len(found) > 1000
    assert [(where, text) for where, text in found if text and text not in known] == []
