"""No secret is committed: detect-secrets looks at every file; each of its false alarms stands here with its reason."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import trustme

ROOT = Path(__file__).resolve().parents[1]
SCANNER = str(Path(sys.executable).with_name("detect-secrets"))

# Hashes of locked packages, in which a secret could not be told from the rest, and generated files, which `make check`
# compares with what writes them.
UNSEEN = re.compile(
    r"(?:^|/)(?:requirements[\w-]*|logic_v2_requirements)\.txt$|(?:^|/)package-lock\.json$|/go\.sum$|/jars\.sha256$"
    r"|^schemas/(?:asyncapi\.json$|json/)|^lists/data/|^deploy/(?:samples/(?:payments|lists)|grafana/dashboards)/"
)
BASE64, WORD = "Base64 High Entropy String", "Secret Keyword"
FALSE_ALARMS = {
    "deploy/README.md": {WORD: 2},  # names of secrets on Kubernetes
    "deploy/connect/Connect.java": {WORD: 1},  # the name of a variable
    "deploy/connect/connect.py": {WORD: 1},  # same
    "deploy/kubernetes/lists.yaml": {WORD: 1},  # automountServiceAccountToken: false
    "deploy/kubernetes/workers.yaml": {WORD: 1},  # same
    "deploy/samples/make/numbers.py": {BASE64: 1},  # an alphabet
    "tests/integration/test_security.py": {WORD: 1},  # wrong on purpose
    "tests/lists/formats/test_reading.py": {BASE64: 1},  # a file in base64
    "tests/lists/test_everything_is_screened.py": {BASE64: 1},  # an alphabet
    "tests/streams/edge/test_guard.py": {WORD: 1},  # a token for one test
    "tests/streams/edge/test_sealing.py": {WORD: 2},  # keys that are refused
    "tests/streams/test_config.py": {WORD: 2},  # passwords for one test
}


def _found(folder: Path, files: list[str]) -> dict[str, dict[str, int]]:
    """What the scanner tells, by file: how many of each kind. Nothing is sent anywhere (`--no-verify`).

    Not what is only long and hexadecimal: every digest in a test is, and no key or password of ours.
    """
    order = [SCANNER, "scan", "--no-verify", "--disable-plugin", "HexHighEntropyString", *files]
    done = subprocess.run(order, cwd=folder, capture_output=True, text=True, check=True, timeout=240)
    results = json.loads(done.stdout)["results"]
    return {file: dict(Counter(one["type"] for one in told)) for file, told in results.items()}


def test_no_file_holds_a_secret() -> None:
    order = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(order, cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()
    files = [name for name in listed if not UNSEEN.search(name) and (ROOT / name).is_file()]
    assert len(files) > 300
    assert _found(ROOT, files) == FALSE_ALARMS


def test_the_scanner_finds_what_must_not_be_committed(tmp_path: Path) -> None:
    """Put together here, so that this file holds none."""
    written = {
        "key.pem": trustme.CA().private_key_pem.bytes().decode(),
        "settings.yaml": "pass" + "word: 7vq3Rz9LkW2mXc5T\n",
        "token.txt": "ghp" + "_" + "a1b2" * 9 + "\n",
    }
    for name, text in written.items():
        (tmp_path / name).write_text(text, "utf-8")
    assert set(_found(tmp_path, list(written))) == set(written)
