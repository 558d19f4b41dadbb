"""The report measures what it says, on transfers that are what they should be, and leaves nothing behind."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from lists.compiled import CORE
from lists.edge.editions import load
from schemas.formats.detect import decode
from schemas.formats.limits import Limits
from schemas.payment import Message
from streams.edge.bench.formats import LARGE, Cost, as_large_pacs008
from streams.edge.bench.inprocess import Speed
from streams.edge.bench.inside import STAGES, Inside, between
from streams.edge.bench.list_files import write_lists
from streams.edge.bench.processes import Memory, cpu_seconds, one_core, pids_mentioning, running
from streams.edge.bench.report import Moved, Report
from streams.edge.bench.traffic import Latency, Steady
from streams.edge.bench.transfers import FORMATS, drawn, transfers

if TYPE_CHECKING:
    from pathlib import Path

CONTRACT = {
    "transfers_per_second_per_core",
    "bare_loop_per_second",
    "p99_ms_at_half_load",
    "bare_p99_ms_at_half_load",
    "names_per_second_per_core",
    "brute_force_names_per_second_per_core",
    "stages_us",
}
PROGRAM = [sys.executable, "-c", "from streams.cli.main import main; main()", "bench"]


def bench(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*PROGRAM, *arguments], capture_output=True, text=True, timeout=280, check=False)


def last_line(done: subprocess.CompletedProcess[str]) -> dict[str, Any]:
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def test_one_core_without_kafka_gives_the_keys_scripts_rely_on() -> None:
    found = last_line(bench("--no-kafka", "--quick", "--json", "--names", "3000"))
    assert found.keys() >= CONTRACT
    assert found["transfers_per_second_per_core"] is None  # said plainly: not measured
    assert found["names_per_second_per_core"] > 0
    assert found["in_process_returning_transfers_per_second_per_core"] > 0
    assert 0.2 < found["returning_share"] < 1
    assert found["core"] == CORE
    assert found["brute_force_names_per_second_per_core"] > 0
    assert set(found["stages_us"]) == {"decode", "screen", "decide", "publish"}
    assert all(spent > 0 for spent in found["stages_us"].values())
    for name, cost in found["formats"].items():
        assert cost["decode_us"] > 0 < cost["check_us"]
        assert (cost["decode_by_lxml"] is not None) == name.startswith("pacs")
    assert found["outcomes"]["suspend"] > 0  # the listed ones among the transfers are found
    assert found["outcomes"]["execute"] > 10 * found["outcomes"]["suspend"]


@pytest.mark.integration
def test_through_kafka_every_figure_has_its_reference() -> None:
    found = last_line(bench("--quick", "--json", "--names", "2000", "--messages", "600"))
    assert found.keys() >= CONTRACT
    missing = [name for name, value in found.items() if value is None and "broker_cpu" not in name]
    assert missing == []
    assert found["bare_loop_per_second"] > found["transfers_per_second_per_core"] > 0
    assert found["half_load_per_second"] == pytest.approx(found["transfers_per_second_per_core"] / 2, rel=0.01)


def test_an_interrupted_report_leaves_no_process_behind(tmp_path: Path) -> None:
    marker = f"--seed={time.time_ns()}"
    with (tmp_path / "errors").open("wb") as errors:
        process = subprocess.Popen(
            [*PROGRAM, "--no-kafka", "--names", "20000", marker], stdout=errors, stderr=errors, start_new_session=True
        )
    seed = marker.partition("=")[2]
    deadline = time.monotonic() + 60
    while len(pids_mentioning(seed)) < 2:  # the report, and what it measures
        assert time.monotonic() < deadline, (tmp_path / "errors").read_text()
        time.sleep(0.1)
    process.send_signal(signal.SIGINT)
    assert process.wait(40) == 130
    assert pids_mentioning(seed) == frozenset()


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--lists", "/nowhere/at/all"], "/nowhere/at/all does not exist"),
        (["--policy", "/nowhere/policy.toml"], "policy /nowhere/policy.toml is refused"),
        (["--names", "5"], "Invalid value"),
    ],
)
def test_what_cannot_be_measured_is_refused_in_one_sentence(arguments: list[str], sentence: str) -> None:
    done = bench("--no-kafka", "--quick", *arguments)
    assert done.returncode == 2
    assert sentence in done.stderr.splitlines()[-1]
    assert "Traceback" not in done.stderr


def test_the_invented_lists_load_as_published_ones(tmp_path: Path) -> None:
    write_lists(tmp_path, ["OFAC_SDN", "UN", "EU"], 5_000, seed=3)
    loaded = load(tmp_path)
    names = {one.id: one.names for one in loaded.lists}
    assert set(names) == {"OFAC_SDN", "UN", "EU"}
    assert sum(names.values()) == pytest.approx(5_000, rel=0.05)
    assert sum(names.values()) / len(loaded.entries) == pytest.approx(2.4, abs=0.3)
    assert loaded.skipped == ()


def test_the_same_seed_invents_the_same(tmp_path: Path) -> None:
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        write_lists(tmp_path / folder, ["UN"], 500, seed=3)
    one, two = (load(tmp_path / folder) for folder in ("one", "two"))
    assert one.edition.id == two.edition.id
    assert transfers(5, 30, "EXBKLULL", ["A B"]) == transfers(5, 30, "EXBKLULL", ["A B"])
    assert transfers(5, 30, "EXBKLULL", ["A B"]) != transfers(6, 30, "EXBKLULL", ["A B"])


@pytest.mark.parametrize("write", [*FORMATS, as_large_pacs008], ids=lambda write: write.__name__)
def test_a_full_transfer_says_all_it_should_in_every_format(write: Any) -> None:
    source = drawn(7, "EXBKLULL", ["Some Body Listed"])
    for _ in range(50):
        one = next(source)
        message = decode(write(one), Limits())
        assert isinstance(message, Message)
        [payment] = message.payments
        assert payment.problems == ()
        assert payment.payer
        assert payment.payer.address
        assert payment.payee
        assert payment.payee.address
        said = repr(payment).upper().replace("\\N", "")  # lines of an MT are cut anywhere
        assert all(name.split()[0].upper() in said for name in one.names)
        assert any(text.kind == "remittance" for text in payment.texts)


def test_the_large_message_has_about_5_kb_and_a_chain() -> None:
    raw = as_large_pacs008(next(drawn(7, "EXBKLULL", [])))
    assert 4_600 < len(raw) < 5_400
    message = decode(raw, Limits())
    assert isinstance(message, Message)
    assert [one.bic.text for one in message.payments[0].intermediaries if one.bic] == ["BNCHFRPP", "BNCHNL2A"]


def test_each_format_stands_beside_a_plain_parse() -> None:
    table = Report(SPEED, None, None, "a machine", "", 1, "invented").table()
    assert "decode pacs.008 of 5 kB, 5,000 bytes" in table
    assert "30.0 us  a plain lxml parse" in table
    assert "5.0 : 1" in table
    assert "decode mt103, 500 bytes" in table


def test_a_process_runs_on_its_core_and_ends_with_the_block(tmp_path: Path) -> None:
    program = ["-c", "import os, time; print(os.sched_getaffinity(0), os.environ['WORD'], flush=True); time.sleep(60)"]
    log = tmp_path / "log"
    with running(program, one_core(), {"WORD": "here"}, log) as process:
        deadline = time.monotonic() + 20
        while not log.read_text():
            assert time.monotonic() < deadline
            time.sleep(0.05)
        assert log.read_text() == f"{set(one_core())} here\n"
        assert (cpu_seconds([process.pid]) or 0) >= 0
    assert process.returncode is not None
    assert cpu_seconds([process.pid]) is None
    assert cpu_seconds([]) is None


COSTS = {LARGE: Cost(5_000, 150.0, 60.0, 30.0), "mt103": Cost(500, 60.0, 50.0, None)}
SPEED = Speed(57_000, 25_000, "abc", 9.0, {"decode": 200, "screen": 1_000, "decide": 100, "publish": 50}, 90.0, 120.0,
              740.7, 2_000.0, 9_000.0, 40.0, 1_500.0, {"screen": 300}, 0.6, "compiled",
              {"execute": 90}, COSTS)  # fmt: skip


METRICS = {
    "payment_filter_batch_messages_sum": 300.0,
    "payment_filter_batch_messages_count": 100.0,
    **{f"payment_filter_stage_seconds_sum {stage}": 0.3 for stage in STAGES},
}


def test_between_two_readings_of_the_metrics_only_the_change_counts() -> None:
    found = between(METRICS, {name: 2 * value for name, value in METRICS.items()})
    assert found == Inside(3.0, 12.0, dict.fromkeys(STAGES, 1_000))
    assert between(METRICS, METRICS) is None
    assert between({}, {}) is None


def moved(rate: float, p99: float) -> Moved:
    inside = between({}, METRICS) if rate < 1_000 else None
    latency = Latency(p99 / 3, p99, rate / 2, 5_000)
    return Moved(Steady(rate, 9_000, 1_800.0, 90.0), latency, Memory(420.0, 400.0), inside, inside)


@pytest.mark.parametrize(("p99", "reached"), [(18.9, "no"), (19.0, "yes")])
def test_the_table_says_whether_the_goal_is_reached(p99: float, reached: str) -> None:
    bare = moved(40_000.0, p99)
    worker = moved(600.0, 50.0)
    text = Report(SPEED, worker, bare, "a machine", "a broker", 1, "invented").table()
    assert f"reached: {reached}" in text
    assert "600/s/core" in text
    assert "at half load (300/s)" in text
    chosen = Report(SPEED, replace(worker, latency=replace(worker.latency, rate=100.0)), bare, "m", "b", 1, "l").table()
    assert "p99 at 100/s" in chosen
    assert "half load" not in chosen
    assert "only the ratios of one run compare" in text


def test_without_kafka_the_table_is_shorter_and_the_keys_are_the_same() -> None:
    report = Report(SPEED, None, None, "a machine", "", 1, "invented")
    assert "bare" not in report.table()
    whole = Report(SPEED, moved(600.0, 50.0), moved(40_000.0, 12.0), "a machine", "a broker", 1, "invented")
    assert report.as_json().keys() == whole.as_json().keys() >= CONTRACT
