"""Editions on a real Kafka: a switch under load loses nothing and doubles nothing; a new worker needs nothing else."""

from __future__ import annotations

import json
import re
import shutil
from collections import defaultdict
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from lists.edge import store as stores
from lists.edge.editions import from_store, import_lists
from lists.entry import ListRefused
from streams.edge.list_topics import board_of, fetch, publish
from tests.bank import Bank
from tests.kafka import LISTS, POLICY, Worker, committed, exactly_once, fresh_settings, read_all, wait_until

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from streams.config import Settings

pytestmark = pytest.mark.integration
WITHIN_SECONDS = 60  # all workers on one edition
UN = (LISTS / "un" / "consolidated.xml").read_text("utf-8")


def renew_un(store: Path, folder: Path, day: str) -> str:
    """Import the invented UN list of another day; gives the edition's id."""
    folder.mkdir()
    (folder / "un.xml").write_text(UN.replace("2026-11-02T", f"{day}T"), "utf-8")
    (folder / "lists.toml").write_text(
        '[[list]]\nsource = "UN"\nfiles = ["un.xml"]\nminimum_entries = 10\nminimum_names = 10\n'
    )
    return import_lists([folder], store, max_drop=0.1).edition.id


def announce(settings: Settings, store: Path) -> int:
    """Publish what the store has in use; gives the number of new chunks."""
    return publish(settings, from_store(store), stores.refusals(store), datetime.now(UTC))[1]


def test_an_edition_is_switched_under_load(
    kafka_bootstrap: str, tmp_path: Path, closing: Callable[[Worker], Worker]
) -> None:
    settings = fresh_settings(kafka_bootstrap, lists="kafka:", policy=POLICY, lists_poll_seconds=0.5)
    store = tmp_path / "store"
    first = import_lists([LISTS], store, max_drop=0.1).edition.id
    announce(settings, store)
    with Bank(settings, tmp_path, closing) as bank:
        for slot in ("0", "1"):
            bank.start(slot, PAYMENT_FILTER_INDEX_CACHE=str(tmp_path / "cache"))
        wait_until(lambda: _all_use(bank, first), WITHIN_SECONDS, "both workers are ready with nothing but Kafka")
        bank.send_all_the_time()
        wait_until(lambda: committed(settings) > 100, WITHIN_SECONDS, "payments are decided")

        second = renew_un(store, tmp_path / "new", "2026-11-03")
        announce(settings, store)
        wait_until(lambda: _all_use(bank, second), WITHIN_SECONDS, "all workers use the new edition")
        after = committed(settings)
        wait_until(lambda: committed(settings) > after + 100, WITHIN_SECONDS, "payments are decided with it")

        with pytest.raises(ListRefused, match="older than the one in use"):
            renew_un(store, tmp_path / "old", "2026-10-01")
        announce(settings, store)
        refused = 'payment_filter_list_refusals_total{gate="date",list="UN"} 1.0'
        wait_until(lambda: all(refused in bank.metrics(slot) for slot in bank.workers), WITHIN_SECONDS, "it is told")
        assert _all_use(bank, second)

        shutil.rmtree(store)
        bank.start("2", PAYMENT_FILTER_INDEX_CACHE=str(tmp_path / "another machine"))
        wait_until(lambda: _all_use(bank, second), WITHIN_SECONDS, "a new worker needs nothing but Kafka")
        bank.stop_sending()
        wait_until(lambda: committed(settings) == bank.sent, WITHIN_SECONDS, "everything is decided")
        _check_metrics(bank, second)
    counts = exactly_once(settings)
    assert counts.pop("inbound") == bank.sent
    assert not any(counts.values()), counts
    _check_editions(settings, first, second)


def _all_use(bank: Bank, edition: str) -> bool:
    workers = board_of(bank.settings).workers.values()
    return {(one.edition, one.ready) for one in workers} == {(edition, True)} and len(workers) == len(bank.workers)


def _check_editions(settings: Settings, first: str, second: str) -> None:
    """Every decision names one edition, in record and header; in each partition the second follows the first."""
    used: dict[int, list[tuple[int, str]]] = defaultdict(list)
    for message in read_all(settings, ["decisions"]):
        named = json.loads(message.value() or b"")["edition"]["id"]
        headers = dict(message.headers() or ())
        assert headers["payment-filter-edition"] == named.encode()
        source = headers["payment-filter-source"]
        assert isinstance(source, bytes)
        _topic, partition, offset = source.decode().split("/")
        used[int(partition)].append((int(offset), named))
    assert {edition for told in used.values() for _offset, edition in told} == {first, second}
    for told in used.values():
        order = [edition for _offset, edition in sorted(told)]
        assert order == sorted(order, key=[first, second].index)


def _check_metrics(bank: Bank, edition: str) -> None:
    for slot in bank.workers:
        text = bank.metrics(slot)
        assert f'payment_filter_edition_info{{edition="{edition}"}} 1.0' in text
        assert "payment_filter_editions_in_memory 1.0" in text
        assert float(re.findall(r"^process_resident_memory_bytes (\S+)$", text, re.MULTILINE)[0]) > 1e7
        switched = float(re.findall(r"^payment_filter_edition_switch_seconds (\S+)$", text, re.MULTILINE)[0])
        assert slot == "2" or switched < WITHIN_SECONDS


def test_only_what_changed_is_sent_and_what_is_old_goes(kafka_bootstrap: str, tmp_path: Path) -> None:
    settings = fresh_settings(kafka_bootstrap)
    store = tmp_path / "store"
    import_lists([LISTS], store, max_drop=0.1)
    assert announce(settings, store) == 4
    assert announce(settings, store) == 0
    editions = []
    for number, letters in enumerate(("Mc", "Mac", "O")):
        folder = tmp_path / str(number)
        folder.mkdir()
        raw = UN.replace("2026-11-02T", f"2026-11-0{number + 3}T").replace("<FIRST_NAME>", f"<FIRST_NAME>{letters}")
        (folder / "un.xml").write_text(raw, "utf-8")
        (folder / "lists.toml").write_text(
            '[[list]]\nsource = "UN"\nfiles = ["un.xml"]\nminimum_entries = 10\nminimum_names = 10\n'
        )
        editions.append(import_lists([folder], store, max_drop=0.1))
        assert announce(settings, store) == 1
    record = board_of(settings).current
    assert record is not None
    assert record.edition == editions[-1].edition.id
    assert tuple(fetch(settings, record)) == editions[-1].entries
    stands = {}
    for message in read_all(settings, ["entries"]):
        stands[message.key()] = message.value()
    # Compaction takes away what has no value; what has one is the edition in use and the one before.
    kept = [key for key, value in stands.items() if value is not None and (key or b"").startswith(b"UN/")]
    assert len(kept) == 2


def test_an_edition_that_lacks_an_announced_list_is_refused(kafka_bootstrap: str, tmp_path: Path) -> None:
    settings = fresh_settings(kafka_bootstrap)
    import_lists([LISTS], tmp_path / "store", max_drop=0.1)
    announce(settings, tmp_path / "store")
    before = board_of(settings).current
    renew_un(tmp_path / "other", tmp_path / "un", "2026-11-03")
    with pytest.raises(ListRefused, match="lacks EU, OFAC_NON_SDN, OFAC_SDN, which the one announced holds"):
        announce(settings, tmp_path / "other")
    assert board_of(settings).current == before


def test_an_edition_whose_entries_are_gone_is_refused(kafka_bootstrap: str, tmp_path: Path) -> None:
    settings = fresh_settings(kafka_bootstrap)
    other = fresh_settings(kafka_bootstrap)
    store = tmp_path / "store"
    import_lists([LISTS], store, max_drop=0.1)
    announce(settings, store)
    record = board_of(settings).current
    assert record is not None
    with pytest.raises(ListRefused, match="1 of 1 chunks of the announced edition are not on the topic"):
        fetch(other, record)
    assert board_of(other).current is None
