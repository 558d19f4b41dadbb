"""The product on a real broker: `payment-filter run` decides the sample payments, and hostile ones beside them."""

from __future__ import annotations

import json
import re
import signal
import socket
import subprocess
import urllib.error
import urllib.request
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from lists.edge.editions import import_lists, load
from streams.config import Settings
from streams.edge.broker import free_ports
from streams.topics import OUTCOMES, TOPICS
from tests.builders import pacs008
from tests.kafka import (
    LISTS,
    POLICY,
    PROGRAM,
    Fed,
    Worker,
    committed,
    environment,
    exactly_once,
    feed,
    fresh_settings,
    read_all,
    run_command,
    samples,
    wait_until,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

pytestmark = pytest.mark.integration


HOSTILE: list[Fed] = [
    (b"empty", b"", []),
    (None, None, []),
    (b"noise", bytes(range(256)) * 4, []),
    (b"bomb", b'<!DOCTYPE a [<!ENTITY b "c"><!ENTITY d "&b;&b;&b;">]><a>&d;</a>', []),
    (b"headers", b"{1:F01", [("no-value", None), ("payment-filter-context", b"{"), ("twice", b"1"), ("twice", b"2")]),
    (
        b"forged",
        b"{}",
        [("payment-filter-outcome", b"execute"), ("Payment-Filter-Decision-Id", b"x"), ("traceparent", b"00-1")],
    ),
    (b"large", b"<a>" + b"x" * 6_000_000, []),
]


def _batch_with_too_much_to_say() -> Fed:
    """2 MB of payments whose decision record would be larger than any topic takes: it must not block the partition."""
    name = load(LISTS).entries[0].names[0].text
    one = (
        '<CdtTrfTxInf><PmtId><EndToEndId>N</EndToEndId></PmtId><IntrBkSttlmAmt Ccy="EUR">1</IntrBkSttlmAmt>'
        f"<ChrgBr>SLEV</ChrgBr><Dbtr><Nm>x</Nm></Dbtr><Cdtr><Nm>{name}</Nm></Cdtr></CdtTrfTxInf>"
    )
    return b"batch", pacs008(transactions=[one] * 10_000), []


def _settings(bootstrap: str, **changes: object) -> Settings:
    [port] = free_ports(1)
    defaults: dict[str, object] = {"lists": LISTS, "policy": POLICY, "http_port": port, "lists_poll_seconds": 0.3}
    return fresh_settings(bootstrap, **(defaults | changes))


def _start(settings: Settings, folder: Path, closing: Callable[[Worker], Worker]) -> Worker:
    return closing(Worker(settings, "0", folder, program=(PROGRAM, "run")))


def _get(settings: Settings, path: str) -> tuple[int, str]:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{settings.http_port}{path}", timeout=5) as answer:
            return int(answer.status), answer.read().decode()
    except urllib.error.HTTPError as refused:
        with refused:
            return refused.code, refused.read().decode()
    except OSError:
        return 0, ""


def _wait_ready(settings: Settings, seconds: float = 30) -> None:
    wait_until(lambda: _get(settings, "/readyz")[0] == 200, seconds, "the worker is ready")


def test_every_message_gets_its_outcome_its_decision_and_its_bytes_back(
    kafka_bootstrap: str, tmp_path: Path, closing: Callable[[Worker], Worker]
) -> None:
    settings = _settings(kafka_bootstrap)
    payments = samples()
    worker = _start(settings, tmp_path, closing)
    hostile = [*HOSTILE, _batch_with_too_much_to_say()]
    feed(settings, hostile)
    feed(settings, [(name.encode(), raw, [("traceparent", b"00-abc")]) for name, raw, _ in payments])
    total = len(payments) + len(hostile)
    wait_until(lambda: committed(settings) == total, 60, "everything is decided")
    counts = exactly_once(settings)
    assert counts.pop("inbound") == total
    assert not any(counts.values()), counts
    _check_outcomes(settings, {name: outcome for name, _, outcome in payments})
    _check_metrics(settings, total)
    worker.signal(signal.SIGTERM)
    assert worker.wait() == 0
    text = worker.log.read_text(encoding="utf-8")
    assert "Traceback" not in text


def _check_outcomes(settings: Settings, expected: dict[str, str]) -> None:
    found: dict[str, str] = {}
    for outcome in OUTCOMES:
        for message in read_all(settings, [outcome]):
            headers = list(message.headers() or ())
            ours = [value for name, value in headers if name == "payment-filter-outcome"]
            assert ours == [outcome.encode()]
            assert not [name for name, _ in headers if name == "Payment-Filter-Decision-Id"]
            found[(message.key() or b"null").decode()] = outcome
            if message.key() is None:
                assert message.value() is None
            if message.key() == b"headers":
                assert [pair for pair in headers if not str(pair[0]).startswith("payment-filter-")][:3] == [
                    ("no-value", None),
                    ("twice", b"1"),
                    ("twice", b"2"),
                ]
    hostile = {"batch", *((key or b"null").decode() for key, _, _ in HOSTILE)}
    assert {name: found[name] for name in hostile} == dict.fromkeys(hostile, "suspend")
    assert {name: found[name] for name in expected} == expected


def _check_metrics(settings: Settings, total: int) -> None:
    status, text = _get(settings, "/metrics")
    assert status == 200
    counted = re.findall(r"^payment_filter_messages_total\{.*\} (\S+)$", text, re.MULTILINE)
    assert sum(map(float, counted)) == total
    assert f"payment_filter_time_in_filter_seconds_count {total:.1f}" in text
    assert 'payment_filter_stage_seconds_count{stage="screen"}' in text
    assert "payment_filter_ready 1.0" in text
    assert _get(settings, "/livez")[0] == 200
    assert _get(settings, "/elsewhere")[0] == 404


def test_stale_lists_stop_the_worker_and_fresh_ones_start_it_again(
    kafka_bootstrap: str, tmp_path: Path, closing: Callable[[Worker], Worker]
) -> None:
    store = tmp_path / "store"
    import_lists([LISTS], store, max_drop=0.1)
    _verified_at(store, datetime.now(UTC) - timedelta(days=30))
    settings = _settings(kafka_bootstrap, lists=store)
    payments: list[Fed] = [(name.encode(), raw, []) for name, raw, outcome in samples()[:20]]
    feed(settings, payments)
    worker = _start(settings, tmp_path, closing)
    wait_until(lambda: "verified" in _get(settings, "/readyz")[1], 30, "the reason is given")
    status, body = _get(settings, "/readyz")
    assert status == 503
    assert "are allowed" in json.loads(body)["problems"][0]
    assert _get(settings, "/livez")[0] == 200
    assert read_all(settings, ["execute", "suspend", "reject", "decisions", "alerts"]) == []
    _verified_at(store, datetime.now(UTC))
    wait_until(lambda: committed(settings) == 20, 30, "fresh lists let payments through")
    _verified_at(store, datetime.now(UTC) - timedelta(days=30))
    wait_until(lambda: _get(settings, "/readyz")[0] == 503, 30, "stale while running")
    feed(settings, payments)
    assert committed(settings) == 20
    _verified_at(store, datetime.now(UTC))
    wait_until(lambda: committed(settings) == 40, 30, "and fresh again")
    assert worker.running
    counts = exactly_once(settings)
    assert counts.pop("inbound") == 40
    assert not any(counts.values()), counts


def _verified_at(store: Path, when: datetime) -> None:
    current = json.loads((store / "current.json").read_text(encoding="utf-8"))
    current["verified"] = dict.fromkeys(current["verified"], when.isoformat())
    (store / "new.json").write_text(json.dumps(current), encoding="utf-8")
    (store / "new.json").replace(store / "current.json")


@pytest.mark.parametrize("spoil", ["no_lists", "refused_lists", "no_policy", "refused_policy"])
def test_without_usable_lists_or_policy_nothing_is_executed(
    kafka_bootstrap: str, tmp_path: Path, closing: Callable[[Worker], Worker], spoil: str
) -> None:
    broken = tmp_path / "broken"
    if spoil == "refused_lists":
        broken.mkdir()
        (broken / "sdn.csv").write_text("not a list", encoding="utf-8")
    if spoil == "refused_policy":
        broken.write_text("[policy]\nid = 7\n", encoding="utf-8")
    settings = _settings(kafka_bootstrap, **{"lists" if spoil.endswith("lists") else "policy": broken})
    feed(settings, [(b"k", samples()[0][1], [])])
    _start(settings, tmp_path, closing)
    wait_until(lambda: str(broken) in _get(settings, "/readyz")[1], 30, "the reason names the file")
    assert _get(settings, "/readyz")[0] == 503
    assert "payment_filter_ready 0.0" in _get(settings, "/metrics")[1]
    assert committed(settings) == 0
    assert read_all(settings, ["execute", "suspend", "reject"]) == []


def _refused(settings: Settings, *command: str) -> str:
    done = run_command(settings, *command)
    assert done.returncode == 2, done.stderr
    lines = [line for line in done.stderr.splitlines() if line.startswith("payment-filter: ")]
    assert len(lines) == 1
    assert "Traceback" not in done.stderr
    return lines[0]


def test_an_unreachable_broker_is_one_sentence_with_address_and_way_out() -> None:
    [port] = free_ports(1)
    settings = _offline(f"127.0.0.1:{port}")
    sentence = _refused(settings, "run")
    assert f"127.0.0.1:{port}" in sentence
    assert "make kafka" in sentence
    assert "PAYMENT_FILTER_KAFKA_BOOTSTRAP" in sentence


def _offline(bootstrap: str) -> Settings:
    return Settings(kafka_bootstrap=bootstrap, lists=LISTS, policy=POLICY, topic_prefix="absent.")


def test_missing_topics_are_named_with_the_command_that_makes_them(kafka_bootstrap: str) -> None:
    sentence = _refused(_offline(kafka_bootstrap), "run")
    assert "absent.payments.inbound" in sentence
    assert "payment-filter topics create" in sentence


def test_a_port_in_use_is_one_sentence_with_port_and_option(kafka_bootstrap: str) -> None:
    settings = _settings(kafka_bootstrap)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", settings.http_port))
        taken.listen()
        sentence = _refused(settings, "run")
    assert str(settings.http_port) in sentence
    assert "PAYMENT_FILTER_HTTP_PORT" in sentence


def _topics(settings: Settings, command: str) -> subprocess.CompletedProcess[str]:
    return run_command(settings, "topics", command)


def test_topics_are_made_and_compared_with_what_is_declared(kafka_bootstrap: str) -> None:
    settings = Settings(kafka_bootstrap=kafka_bootstrap, topic_prefix=f"made{free_ports(1)[0]}.", partitions=2)
    before = _topics(settings, "check")
    assert before.returncode == 1
    assert f"{settings.topic_prefix}payments.inbound does not exist" in before.stderr
    made = _topics(settings, "create")
    assert made.returncode == 0, made.stderr
    assert made.stdout.count("created") == len(TOPICS)
    assert _topics(settings, "create").stdout.count("was there") == len(TOPICS)
    after = _topics(settings, "check")
    assert after.returncode == 0, after.stderr
    assert f"all {len(TOPICS)} topics" in after.stdout


def test_every_wrong_setting_is_named_at_once() -> None:
    settings = Settings(kafka_bootstrap="127.0.0.1:1")
    wrong = environment(settings, PAYMENT_FILTER_KAFKA_BOOTSTRAP="nowhere", PAYMENT_FILTER_SLOT="a b")
    done = subprocess.run([PROGRAM, "run"], env=wrong, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 2
    assert "PAYMENT_FILTER_KAFKA_BOOTSTRAP" in done.stderr
    assert "PAYMENT_FILTER_SLOT" in done.stderr
    assert "Traceback" not in done.stderr
