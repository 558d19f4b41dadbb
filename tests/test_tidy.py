"""Properties of the code itself: what the house style promises and no linter says."""

from __future__ import annotations

import ast
import re
import subprocess
import tomllib
from pathlib import Path

import pytest

from schemas.finding import REASONS, Reason
from streams import ENGINE

ROOT = Path(__file__).resolve().parents[1]
SOURCES = ("schemas", "lists", "streams")
MAX_MODULE_LINES = 400
MAX_FUNCTION_LINES = 50
WITH_THE_WORLD = {"streams.__init__", "streams.config", "streams.metrics"}  # settings and counters are not decisions
BROAD_EXCEPT_ALLOWED_IN = "streams/pipeline.py"


def _tracked(pattern: str) -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", pattern],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return [ROOT / line for line in listed.stdout.splitlines() if (ROOT / line).exists()]


PYTHON = _tracked("*.py")
CODE = [path for path in PYTHON if path.relative_to(ROOT).parts[0] in SOURCES]


def _name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def _functions(path: Path) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    tree = ast.parse(path.read_text())
    return [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]


@pytest.mark.parametrize("path", PYTHON, ids=_name)
def test_module_is_short_enough_to_read(path: Path) -> None:
    assert path.read_text().count("\n") <= MAX_MODULE_LINES


@pytest.mark.parametrize("path", PYTHON, ids=_name)
def test_functions_are_short_enough_to_read(path: Path) -> None:
    long = {f.name: (f.end_lineno or 0) - f.lineno + 1 for f in _functions(path)}
    assert {name: lines for name, lines in long.items() if lines > MAX_FUNCTION_LINES} == {}


def test_one_broad_except_in_the_whole_product() -> None:
    broad = [
        str(path.relative_to(ROOT))
        for path in CODE
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or getattr(node.type, "id", "") in {"Exception", "BaseException"})
    ]
    assert broad == [BROAD_EXCEPT_ALLOWED_IN]


@pytest.mark.parametrize("path", CODE, ids=_name)
def test_the_product_does_not_know_the_material_it_was_learned_from(path: Path) -> None:
    assert "../shared" not in path.read_text()


@pytest.mark.parametrize("path", CODE, ids=_name)
def test_nothing_is_left_to_do_later(path: Path) -> None:
    assert not re.findall(r"\b(?:TODO|FIXME|XXX:|HACK|NotImplementedError)\b", path.read_text())


@pytest.mark.parametrize("path", CODE, ids=_name)
def test_institutions_are_never_called_agents(path: Path) -> None:
    """`agent` is Faust's word (DESIGN 2): only the Faust frame may use it in its names."""
    if path.is_relative_to(ROOT / "streams" / "edge"):
        return
    tree = ast.parse(path.read_text())
    names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    names |= {node.arg for node in ast.walk(tree) if isinstance(node, ast.arg)}
    assert {name for name in names if re.search(r"(^|_)agents?(_|$)", name.lower())} == set()


def test_every_ignore_says_why() -> None:
    bare = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in PYTHON
        for number, line in enumerate(path.read_text().splitlines(), start=1)
        if re.search(r"#\s*(?:noqa|type: ignore)(?::\s*[A-Z0-9, ]+|\[[\w, -]+\])?\s*$", line)
    ]
    assert bare == []


def test_every_reason_has_its_sentence_and_source_in_order() -> None:
    assert set(REASONS) == set(Reason)
    for reason, facts in REASONS.items():
        assert facts.sentence.endswith("."), reason
        assert facts.source, reason


def test_the_engine_in_the_records_is_the_version_of_the_package() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert f"{project['name']} {project['version']}" == ENGINE


def test_locks_are_hashed_and_name_no_index() -> None:
    for lock in ("requirements.txt", "requirements-otel.txt", "requirements-dev.txt"):
        text = (ROOT / lock).read_text()
        assert "http" not in re.sub(r"(?m)#.*$|\b(?:aio|lib)?http\w*(?:-\w+)*==", "", text), lock
        pins = re.findall(r"(?m)^[a-z0-9][\w.-]*==", text)
        assert text.count("--hash=sha256:") >= len(pins) > 10, lock


def test_every_code_folder_says_what_it_is() -> None:
    packages = {path.parent for path in CODE if path.name == "__init__.py"}
    silent = [
        str(p.relative_to(ROOT))
        for p in packages
        if not (ast.get_docstring(ast.parse((p / "__init__.py").read_text())))
    ]
    assert silent == []


def test_the_purity_contract_names_every_core_module() -> None:
    """A new core module that the contract forgets could read the clock unseen."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    pure = [set(one["source_modules"]) for one in contracts if one["type"] == "forbidden"]
    core = {f"lists.{path.stem}" for path in (ROOT / "lists").glob("*.py") if path.stem != "__init__"}
    core |= {f"streams.{path.stem}" for path in (ROOT / "streams").glob("*.py")} - WITH_THE_WORLD
    assert len(pure) == 2
    for named in pure:
        assert core | {"schemas", "lists.formats"} <= named
