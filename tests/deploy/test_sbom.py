"""The SBOM names every package that ships, with its version and hashes, and nothing else."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

from tests.kafka import ROOT

LOCK = ROOT / "requirements-otel.txt"


def test_the_sbom_is_the_lock(tmp_path: Path) -> None:
    """As `make sbom` makes it; made twice, it is the same, so a release can be compared with its own."""
    made = []
    for name in ("one.json", "two.json"):
        command = [str(Path(sys.executable).parent / "cyclonedx-py"), "requirements", "--pyproject", "pyproject.toml"]
        command += ["--output-reproducible", "--of", "JSON", "--output-file", str(tmp_path / name), str(LOCK)]
        subprocess.run(command, check=True, capture_output=True, timeout=120, cwd=ROOT)
        made.append((tmp_path / name).read_text())
    assert made[0] == made[1]
    sbom = json.loads(made[0])
    assert sbom["bomFormat"] == "CycloneDX"
    pins = dict(re.findall(r"(?m)^([a-z0-9][\w.-]*)==([^\s;\\]+)", LOCK.read_text()))
    assert {one["name"]: one["version"] for one in sbom["components"]} == pins
    assert all(one["externalReferences"][0]["hashes"] for one in sbom["components"])


def test_what_ships_is_what_the_sbom_tells_of() -> None:
    assert f"--requirement {LOCK.name}" in (ROOT / "deploy" / "Dockerfile").read_text()
    assert LOCK.name in next(line for line in (ROOT / "Makefile").read_text().splitlines() if "cyclonedx-py" in line)
