"""The runbook's own commands do what it says, each run here or on a real broker; its settings exist."""

from __future__ import annotations

import re
import shlex
from typing import TYPE_CHECKING

import pytest

from streams.cli.main import main
from streams.config import PREFIX, Settings
from streams.edge.audit_log import verify as verify_log
from streams.edge.sealing import load_keys
from tests.kafka import LISTS, POLICY, PROGRAM, ROOT

if TYPE_CHECKING:
    from pathlib import Path

TEXT = (ROOT / "deploy" / "RUNBOOK.md").read_text(encoding="utf-8")
SAID = sorted({one.split("#")[0].strip() for one in re.findall(r"(payment-filter [a-z][^`\n]*)", TEXT)})
RECORD = b'{"decision_id":"d1","findings":[{"seen":"Jane Doe"}]}'
IN_THE_ENVIRONMENT = {f"{PREFIX}CONFIG"}


# What each line becomes here, and what it must say; None: run by tests/integration, on a real broker.
RUN: dict[str, tuple[str, str] | None] = {
    "payment-filter audit new-key 2026-12": ("audit new-key 2026-12", "secret"),
    'payment-filter audit unseal RECORDS --keys KEYS --purpose "case 4711" --log AUDIT_LOG': (
        'audit unseal {folder}/records --keys {folder}/keys --purpose "case 4711" --log {folder}/log',
        "Jane Doe",
    ),
    "payment-filter audit verify --log AUDIT_LOG --head HASH": ("audit verify --log {folder}/log --head {head}", "1 "),
    "payment-filter check --json": ("check --json {good}", '"outcome":"execute"'),
    "payment-filter check FILE": ("check {good}", "execute"),
    "payment-filter explain FILE": ("explain {payment}", "score"),
    "payment-filter lists import": None,  # below, as one with its store and files
    "payment-filter lists import --store STORE FILE…": ("lists import --store {folder}/store {lists}", "UN"),
    "payment-filter lists show": ("lists show --lists {folder}/store", "UN"),
    "payment-filter lists show --lists $PAYMENT_FILTER_LISTS": ("lists show --lists {folder}/store", "UN"),
    "payment-filter policy check": ("policy check {policy}", "lawful"),
    "payment-filter policy check $PAYMENT_FILTER_POLICY": ("policy check {policy}", "lawful"),
    "payment-filter policy check FILE": ("policy check {policy}", "lawful"),
    "payment-filter policy diff OLD NEW --messages DIR": None,  # test_upgrades.py
    "payment-filter run": None,  # everywhere
    'payment-filter screen "NAME"': ('screen "Vasili Drumov"', "Drumov"),
    "payment-filter topics access --set": None,  # test_security.py
    "payment-filter topics check": None,  # test_end_to_end.py, test_topic_checks.py
    "payment-filter topics create": None,  # test_end_to_end.py
    "payment-filter topics grow 12": None,  # test_upgrades.py
    "payment-filter topics grow 12 --unordered": None,  # same
}


def test_every_command_of_the_runbook_is_run_by_a_test() -> None:
    assert set(SAID) == set(RUN)


def test_commands_of_the_runbook_do_what_it_says(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """In its order where one needs what another made: the keys and the log of an audit, the store of an import."""
    given = {
        "folder": str(tmp_path),
        "payment": str(ROOT / "deploy/samples/payments/pacs008/0031-listed-text.xml"),
        "good": str(ROOT / "deploy/samples/payments/pacs008/0001-instant.xml"),
        "lists": str(LISTS),
        "policy": str(POLICY),
        "head": "",
    }
    for asked, expected in filter(None, RUN.values()):
        words = shlex.split(asked.format_map(given))
        monkeypatch.setattr("sys.argv", [PROGRAM, *words])
        with pytest.raises(SystemExit) as ended:
            main()
        told = capsys.readouterr()
        assert ended.value.code == 0, (asked, told.err)
        assert expected in told.out, asked
        if words[:2] == ["audit", "new-key"]:
            (tmp_path / "keys").write_text(told.out, "utf-8")
            sealer = load_keys(tmp_path / "keys")
            (tmp_path / "records").write_bytes(sealer.seal(RECORD) + b"\n")
        elif words[:2] == ["audit", "unseal"]:
            given["head"] = verify_log(tmp_path / "log", None)[1]


def test_settings_of_the_runbook_exist() -> None:
    known = {PREFIX + name.upper() for name in Settings.model_fields} | IN_THE_ENVIRONMENT
    assert set(re.findall(rf"{PREFIX}[A-Z_]+[A-Z]", TEXT)) <= known
