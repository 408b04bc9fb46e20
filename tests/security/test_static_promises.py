"""What the code promises not to do. Each exception stands here with its reason, and goes when its use goes."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CODE = sorted(ROOT.glob("portal/**/*.py"))
TEMPLATES = sorted(ROOT.glob("portal/templates/**/*.html"))
SCRIPTS = sorted(ROOT.glob("portal/static/**/*.js"))

# what is never written, by the kind of file that it could stand in
NEVER_IN_CODE = {
    "text that is taken for markup": r"\bMarkup\(|render_template_string|autoescape\s*=\s*False",
    "a route without a token": r"csrf\.exempt|csrf_exempt|WTF_CSRF_ENABLED\W+False",
    "a shell": r"shell\s*=\s*True|os\.system|os\.popen|\bsubprocess\b",
    "code out of data": r"\bpickle\b|\bmarshal\b|\bshelve\b|yaml\.load\b|(?<![\w.])eval\(|(?<![\w.])exec\(|__import__",
    "SQL put together of texts": r"""(?:text|execute|driver_sql|literal_column)\(\s*(?:f["']|["'][^"']*["']\s*[%+])""",
    "the network": r"\burllib\.request\b|\brequests\b\.|\bhttpx\b|verify\s*=\s*False",
}  # fmt: skip
NEVER_IN_TEMPLATES = {
    "text that is taken for markup": r"\|\s*safe\b|autoescape\s+false",
    "a script or style in the page": r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+\s*=\s*[\"']|javascript:",
    "something from elsewhere": r"""(?:src|href)=["'](?:https?:)?//""",
}
NEVER_IN_SCRIPTS = {
    "text that is taken for markup": r"\.innerHTML\s*=|outerHTML\s*=|insertAdjacentHTML|document\.write",
    "code out of data": r"(?<![\w.])eval\(|new Function\(",
}

# Every use that there is, with its reason.
REASONS = {
    ("portal/engine/db.py", "SQL put together of texts"): "four settings of SQLite, written out two lines above",
}


def uses(files: list[Path], never: dict[str, str]) -> Iterator[tuple[str, str]]:
    for file in files:
        text = file.read_text(encoding="utf-8")
        for promise, pattern in never.items():
            if re.search(pattern, text):
                yield file.relative_to(ROOT).as_posix(), promise


def test_what_is_never_written_is_written_nowhere_but_where_a_reason_says_why():
    found = {*uses(CODE, NEVER_IN_CODE), *uses(TEMPLATES, NEVER_IN_TEMPLATES), *uses(SCRIPTS, NEVER_IN_SCRIPTS)}
    assert found - set(REASONS) == set()
    assert set(REASONS) - found == set(), "a reason without a use"


# ── views ask for nothing themselves ────────────────────────────────────────────────────────────────────────────────
VIEWS = [path for path in CODE if path.stem == "views" or path.parent.name == "views"]
LOADS = {"get", "get_one", "query", "execute"}  # of the session: by a bare id, or past the access table

# A view that must ask without a right, with its reason.
ASKING_VIEWS: dict[str, str] = {}


def asked_in(source: str) -> list[str]:
    """Each place at which a module selects a model, or loads a record by its bare id."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            name = ast.unparse(node.func)
            if name in ("select", "db.select", "sqlalchemy.select") or re.fullmatch(
                rf"db\.session\.(?:{'|'.join(LOADS)})", name
            ):
                found.append(f"{name} in line {node.lineno}")
        elif isinstance(node, ast.Attribute) and re.fullmatch(r"[A-Z]\w*\.query", ast.unparse(node)):
            found.append(f"{ast.unparse(node)} in line {node.lineno}")
    return found


def test_no_view_asks_the_database_past_the_access_table():
    found = {path.relative_to(ROOT).as_posix(): asked_in(path.read_text(encoding="utf-8")) for path in VIEWS}
    assert len(found) > 8
    assert {path: uses for path, uses in found.items() if uses and path not in ASKING_VIEWS} == {}


def test_no_view_takes_an_id_out_of_a_form_for_a_record():
    """Whatever a form names is chosen among what was offered, never loaded by what was typed."""
    pattern = re.compile(r"request\.(?:form|args|values)[^\n]*\b(?:find|get_one|get_or_404)\(")
    assert [path for path in VIEWS if pattern.search(path.read_text(encoding="utf-8"))] == []


# ── the checks find what they are there to find ─────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    ("planted", "promise"),
    [
        ("html = Markup(name)", "text that is taken for markup"),
        ("@csrf.exempt", "a route without a token"),
        ("run(command, shell=True)", "a shell"),
        ("data = pickle.loads(sent)", "code out of data"),
        ('db.session.execute(text(f"SELECT {name}"))', "SQL put together of texts"),
        ("connection.execute('SELECT ' + name)", "SQL put together of texts"),
    ],
)
def test_each_promise_about_the_code_can_be_broken(planted, promise):
    assert re.search(NEVER_IN_CODE[promise], planted)


@pytest.mark.parametrize("planted", ["{{ note|safe }}", "{{ note | safe }}", "{% autoescape false %}"])
def test_each_promise_about_markup_in_templates_can_be_broken(planted):
    assert re.search(NEVER_IN_TEMPLATES["text that is taken for markup"], planted)


@pytest.mark.parametrize("planted", ['<p style="color:red">', "<script>x</script>", '<a onclick="x()">'])
def test_each_promise_about_scripts_in_templates_can_be_broken(planted):
    assert re.search(NEVER_IN_TEMPLATES["a script or style in the page"], planted)


@pytest.mark.parametrize(
    "planted", ["db.session.get(Case, id)", "db.session.scalars(select(Case))", "Case.query.all()", "db.select(Case)"]
)
def test_a_view_that_asks_past_the_access_table_is_found(planted):
    assert asked_in(planted)
