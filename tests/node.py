"""Node packages for tests: installed once from a lock file without addresses, from whatever registry npm is set to."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

from tests.kafka import ROOT

if TYPE_CHECKING:
    from pathlib import Path

BUILD = ROOT / ".build" / "node"
INSTALL_SECONDS = 300


def installed(recipe: Path) -> Path:
    """A folder whose `node_modules` holds what the recipe's package-lock.json pins. Skips the test without Node."""
    npm = shutil.which("npm")
    if npm is None or shutil.which("node") is None:
        pytest.skip("node and npm are not on the path: install them to run this test (Debian: apt-get install npm)")
    lock = recipe / "package-lock.json"
    folder = BUILD / f"{recipe.name}-{hashlib.sha256(lock.read_bytes()).hexdigest()[:16]}"
    if not folder.is_dir():
        _install(npm, recipe, folder)
    return folder


def _install(npm: str, recipe: Path, folder: Path) -> None:
    fresh = folder.with_suffix(".new")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True)
    for name in ("package.json", "package-lock.json"):
        shutil.copy(recipe / name, fresh)
    order = [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
    done = subprocess.run(order, cwd=fresh, capture_output=True, text=True, check=False, timeout=INSTALL_SECONDS)
    if done.returncode:
        said = [line for line in done.stderr.splitlines() if "npm error" in line]
        pytest.skip(f"npm could not fetch what {recipe.name} needs: {(said or ['it said nothing'])[0]}")
    fresh.rename(folder)
