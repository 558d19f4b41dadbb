"""The commands on the customer base: a sweep, an interruption, a renewed list, and the proof of it all."""

from __future__ import annotations

import json
import subprocess
from typing import TYPE_CHECKING

import pytest

from tests.kafka import PROGRAM, ROOT

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.requirement("SCR-17")
ROWS = "id,name,role,of\n1,Ann Vellquist,,\n2,Oleg Timurovich Krutoyarsky,beneficial_owner,1\n"


def customers(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [PROGRAM, "customers", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=120, cwd=ROOT)


def test_the_base_is_screened_once_and_the_report_proves_it(tmp_path: Path) -> None:
    base, log = tmp_path / "base.csv", tmp_path / "log.sqlite"
    base.write_text(ROWS)
    done = customers("screen", base, "--log", log, "--all")
    assert done.returncode == 0, done.stderr
    assert "2, beneficial owner of 1: listed-name: 'Oleg Timurovich Krutoyarsky' may be " in done.stdout
    assert "2 of 2 screened, 1 to be looked at" in done.stderr

    base.write_text(ROWS + "3,Bo Quorzen,,\n")
    report = customers("freshness", base, "--log", log)
    assert report.returncode == 1
    assert "1 of 3 are not screened against every list in use:\n  3: " in report.stdout
    done = customers("screen", base, "--log", log, "--json")
    assert done.returncode == 0, done.stderr
    assert done.stdout == ""
    assert "1 of 3 screened, 0 to be looked at; 2 others are screened already" in done.stderr

    report = customers("freshness", base, "--log", log, "--json")
    assert report.returncode == 0, report.stderr
    told = json.loads(report.stdout)
    assert (told["customers"], told["behind"]) == (3, [])
    assert all(one["screened"] == 3 and one["full_at"] and one["delta_at"] for one in told["lists"])
    assert "all 3 are screened" in customers("freshness", base, "--log", log).stdout


def test_what_cannot_be_used_is_said_in_one_sentence(tmp_path: Path) -> None:
    base, log = tmp_path / "base.csv", tmp_path / "log.sqlite"
    base.write_text("id,name\n1,\n")
    refused = customers("screen", base, "--log", log)
    assert (refused.returncode, refused.stderr.count("\n")) == (2, 1)
    assert "row 2 (1): it needs a name" in refused.stderr
    assert not log.exists()
    base.write_text(ROWS)
    refused = customers("freshness", base, "--log", log)
    assert (refused.returncode, refused.stderr.count("\n")) == (2, 1)
    assert "payment-filter customers screen makes it" in refused.stderr
    assert not log.exists()
