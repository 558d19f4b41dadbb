"""Trap 2 of DESIGN §7, without a broker: what Faust does to its own channels must not touch a batch of payments."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, cast

import pytest
from faust.channels import Channel

from streams.config import Settings
from streams.edge.app import FilterApp, build_app
from streams.edge.records import Answer, TransportFailed
from streams.edge.transactions import Batch, PaymentTopic
from streams.metrics import Metrics

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from streams.publish import Inbound


class Recorder:
    """An engine that remembers what it was given."""

    def __init__(self) -> None:
        self.batches: list[Sequence[Inbound]] = []

    def decide(self, batch: Sequence[Inbound]) -> Answer:
        self.batches.append(batch)
        return Answer([[] for _ in batch])

    def ready(self) -> bool:
        return True


def _app(folder: Path, engine: Recorder) -> FilterApp:
    return build_app(Settings(kafka_bootstrap="127.0.0.1:1"), engine, Metrics(), folder)


def test_a_rebalance_of_fausts_own_consumer_does_not_empty_the_channel(tmp_path: Path) -> None:
    async def left_after_a_rebalance(channel: Channel[Batch]) -> int:
        reader = channel.clone(is_iterator=True)
        await reader.queue.put(Batch(())) if isinstance(channel, PaymentTopic) else reader.queue.force_put_nowait(
            Batch(())
        )
        channel.app.flow_control.suspend()
        channel.app.flow_control.resume()
        return int(reader.queue.qsize())

    async def both() -> tuple[int, int]:
        app = _app(tmp_path, Recorder())
        return await left_after_a_rebalance(Channel(app)), await left_after_a_rebalance(app.payments)

    ordinary, ours = asyncio.run(both())
    assert ordinary == 0, "Faust's own channel is emptied: if this ever changes, the remedy may go"
    assert ours == 1


@pytest.mark.parametrize("way", ["as an event", "as we do"])
def test_a_batch_reaches_the_agent_while_fausts_own_flow_is_stopped(tmp_path: Path, way: str) -> None:
    """An event is skipped in silence when Faust's flow is stopped or its generation moved on; a plain value is not."""

    async def decided() -> int:
        engine = Recorder()
        app = _app(tmp_path, engine)
        app._app_tasks.clear()  # the agent alone, without the hot path
        await app.start()
        app.flow_control.suspend()
        batch = Batch(())
        await (app.payments.send(value=batch) if way == "as an event" else app.payments.deliver_batch(batch))
        await asyncio.sleep(0.5)
        await app.stop()
        cast("Any", app.consumer)._thread.thread_loop.close()  # Faust makes a loop for a consumer that is never started
        return len(engine.batches)

    assert asyncio.run(decided()) == (0 if way == "as an event" else 1)


def test_waiting_for_an_answer_has_a_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("streams.edge.transactions.DECIDE_SECONDS", 0.5)

    async def unanswered() -> None:
        hot_path = _app(tmp_path, Recorder()).hot_path
        hot_path._loop = asyncio.get_running_loop()
        await asyncio.get_running_loop().run_in_executor(None, hot_path._hand_over, ())

    with pytest.raises(TransportFailed, match="not decided within"):
        asyncio.run(unanswered())


def test_a_call_that_does_not_come_back_ends_the_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The library's send_offsets_to_transaction ignores its own limit; the watch does not."""
    monkeypatch.setattr("streams.edge.transactions.STUCK_SECONDS", 0.0)

    async def watched() -> None:
        hot_path = _app(tmp_path, Recorder()).hot_path
        monkeypatch.setattr(hot_path._thread, "is_alive", lambda: True)
        hot_path.transactions._committer._call_began = 0.0
        hot_path._watch()

    with pytest.raises(TransportFailed, match="did not come back"):
        asyncio.run(watched())
