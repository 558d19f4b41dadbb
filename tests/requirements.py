"""Where each requirement stands in the code and which tests show it: `python -m tests.requirements` writes the table.

An id counts as implemented where the docstring of a module, class or function names it, and as shown where a test
bears `@pytest.mark.requirement("ID")` or a labelled case has it at the start of its own id. Nothing is written by hand.
"""

from __future__ import annotations

import ast
import json
import re
import tomllib
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

import yaml

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "schemas" / "information"
TABLE = FOLDER / "coverage.json"
CASES = ROOT / "tests" / "cases" / "information" / "rules.yaml"
SOURCES = ("schemas", "lists", "streams")
_ID = re.compile(r"\b(?:SCP|EXM|PAY|DET|MNG|SUS|INT|SCR)-[0-9]{2}\b")
_RANGE = re.compile(r"\b([A-Z]{3})-([0-9]{2}) to \1-([0-9]{2})\b")

Documented = ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef


def ids_in(text: str) -> set[str]:
    """Every id of a text; "EXM-01 to EXM-03" is three."""
    found = set(_ID.findall(text))
    for family, first, last in _RANGE.findall(text):
        found |= {f"{family}-{number:02}" for number in range(int(first), int(last) + 1)}
    return found


def rules() -> Iterator[tuple[str, str]]:
    """Each id with the place that implements it."""
    for path in sorted(path for source in SOURCES for path in (ROOT / source).rglob("*.py")):
        module = ".".join(path.relative_to(ROOT).with_suffix("").parts)
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, Documented):
                place = module if isinstance(node, ast.Module) else f"{module}.{node.name}"
                for name in sorted(ids_in(ast.get_docstring(node) or "")):
                    yield name, place


def shown() -> Iterator[tuple[str, str]]:
    """Each id with a test that shows it."""
    for path in sorted((ROOT / "tests").rglob("test_*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                for name in sorted(_marked(node)):
                    yield name, f"{path.relative_to(ROOT)}::{node.name}"
    for case in yaml.safe_load(CASES.read_text())["cases"]:
        for name in sorted(ids_in(case["id"][:6])):
            yield name, f"{CASES.relative_to(ROOT)}::{case['id']}"


def _marked(function: ast.FunctionDef) -> set[str]:
    calls = (one for decorator in function.decorator_list for one in ast.walk(decorator) if isinstance(one, ast.Call))
    marks = (one for one in calls if isinstance(one.func, ast.Attribute) and one.func.attr == "requirement")
    return {str(name.value) for mark in marks for name in mark.args if isinstance(name, ast.Constant)}


def required() -> dict[str, dict[str, str]]:
    """The requirements as the project states them."""
    return tomllib.loads((FOLDER / "requirements.toml").read_text())


def table() -> dict[str, dict[str, list[str]]]:
    """Rules and tests of every requirement."""
    places: dict[str, list[str]] = defaultdict(list)
    proofs: dict[str, list[str]] = defaultdict(list)
    for name, place in rules():
        places[name].append(place)
    for name, test in shown():
        proofs[name].append(test)
    return {name: {"rules": places[name], "tests": proofs[name]} for name in required()}


def written() -> str:
    """The table as it is kept."""
    return json.dumps(table(), indent=1) + "\n"


if __name__ == "__main__":
    TABLE.write_text(written())
