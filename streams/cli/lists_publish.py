"""payment-filter lists publish and workers: the edition of a store on Kafka, and who decides with which."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from lists.edge import store as stores
from lists.edge.editions import from_store
from lists.entry import ListRefused
from streams.cli.common import EXIT_NO, JsonOption, Refusal, note
from streams.cli.lists_show import print_json, print_table
from streams.cli.run import ConfigOption, settings_from
from streams.edge.errors import BrokerRefused

if TYPE_CHECKING:
    from schemas.list_records import WorkerRecord
    from streams.edge.list_topics import Board

PublishOption = Annotated[
    bool,
    typer.Option("--publish", help="Announce the result on Kafka (PAYMENT_FILTER_KAFKA_BOOTSTRAP), refusals included."),
]
SILENT = timedelta(seconds=90)
"""Workers speak every 30 seconds: one that did not for so long is not there any more."""


def publish(
    store: Annotated[Path, typer.Option(help="Edition store.")],
    fewer_lists: Annotated[
        bool, typer.Option("--fewer-lists", help="Lists of the announced edition that the store lacks are to go.")
    ] = False,
    config: ConfigOption = None,
    json: JsonOption = False,
) -> None:
    """Announce the edition in use of a store on Kafka: workers with PAYMENT_FILTER_LISTS=kafka: switch to it."""
    edition, chunks = announce(store, config, fewer_lists=fewer_lists)
    if json:
        print_json({"edition": edition, "new_chunks": chunks})
    else:
        print(f"edition {edition} is announced, {chunks} chunks of entries were new")


def announce(store: Path, config: Path | None = None, *, fewer_lists: bool = False) -> tuple[str, int]:
    """Publish the edition of a store and what stands refused there; id and new chunks. Raises Refusal."""
    from streams.edge.list_topics import publish as publish_edition  # noqa: PLC0415 - Kafka's client only where it is used

    settings = settings_from(config, "kafka_bootstrap")
    if not stores.is_store(store):
        raise Refusal(f"{store} is no edition store: make one with payment-filter lists import --store")
    try:
        edition, refusals = from_store(store), stores.refusals(store)
        record, chunks = publish_edition(settings, edition, refusals, datetime.now(UTC), fewer_lists=fewer_lists)
    except (BrokerRefused, ListRefused) as refused:
        raise Refusal(str(refused)) from None
    note(f"edition {record.edition} is announced on {settings.kafka_bootstrap}")
    return record.edition, chunks


def workers(config: ConfigOption = None, json: JsonOption = False) -> None:
    """Show which edition is announced and which each worker uses (exit 1 unless all that live use it)."""
    from streams.edge.list_topics import board_of  # noqa: PLC0415 - Kafka's client only where it is used

    try:
        board = board_of(settings_from(config, "kafka_bootstrap"))
    except BrokerRefused as refused:
        raise Refusal(str(refused)) from None
    now = datetime.now(UTC)
    announced = board.current.edition if board.current else ""
    if json:
        print_json({"edition": announced, "workers": board.workers, "refusals": board.refusals})
    else:
        _print(board, announced, now)
    alive = [one for one in board.workers.values() if now - datetime.fromisoformat(one.said_at) <= SILENT]
    if not announced or any(one.edition != announced or not one.ready for one in alive):
        raise typer.Exit(EXIT_NO)


def _print(board: Board, announced: str, now: datetime) -> None:
    at = f", announced at {board.current.announced_at[:19]}" if board.current else ""
    print(f"edition {announced or 'none'}{at}")
    rows = [("worker", "edition", "since", "state")]
    rows += [
        (name, one.edition or "none", one.since[:19], _state(one, now)) for name, one in sorted(board.workers.items())
    ]
    print_table(rows)
    for refusal in board.refusals.values():
        print(f"\nrefused at {refusal.at[:16]}: {refusal.sentence}")


def _state(one: WorkerRecord, now: datetime) -> str:
    silent = now - datetime.fromisoformat(one.said_at)
    if silent > SILENT:
        return f"silent for {silent.total_seconds():.0f} s"
    return "ready" if one.ready else "not ready"
