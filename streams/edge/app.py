"""The Faust application, built from settings and an engine: importing this module starts and connects nothing."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import faust
from faust.app.base import BootStrategy

from streams.edge.faust_login import faust_credentials
from streams.edge.transactions import HotPath, PaymentTopic

if TYPE_CHECKING:
    from pathlib import Path

    from streams.config import Settings
    from streams.edge.transactions import Engine
    from streams.metrics import Metrics


class FrugalBoot(BootStrategy):
    """Connects Faust's own Kafka consumer and producer only where an agent reads an ordinary Faust topic."""

    def _should_enable_kafka_consumer(self) -> bool:
        return any(isinstance(agent.channel, faust.Topic) for agent in self.app.agents.values())

    def _should_enable_kafka_producer(self) -> bool:
        return self._should_enable_kafka_consumer()


class FilterApp(faust.App):
    """Faust's App with that boot strategy; `hot_path` and `payments` are what the filter's agents stand on."""

    BootStrategy = FrugalBoot
    hot_path: HotPath
    payments: PaymentTopic

    async def on_stop(self) -> None:
        """Finish the hot path before anything else stops: the batch in hand needs the agents."""
        await self.hot_path.finish()
        await super().on_stop()


def build_app(settings: Settings, engine: Engine, metrics: Metrics, folder: Path) -> FilterApp:
    """The app with its agents. `folder` is scratch space for Faust (it keeps nothing there that matters)."""
    app = FilterApp(
        f"{settings.full_group}.faust",
        broker=[f"kafka://{address.strip()}" for address in settings.kafka_bootstrap.split(",")],
        broker_credentials=faust_credentials(settings),
        datadir=folder,
        web_enabled=False,  # health and metrics have their own small server
        topic_allow_declare=False,  # topics are made by `payment-filter topics create`
        topic_disable_leader=True,
        stream_wait_empty=False,
        # Faust's own group waits for a dead member: known members come back as themselves (DESIGN §7, trap 3).
        consumer_group_instance_id=f"{settings.full_group}.{settings.slot}",
        broker_session_timeout=settings.session_timeout_ms / 1000,
        broker_heartbeat_interval=max(0.2, settings.session_timeout_ms / 6000),
        broker_rebalance_timeout=10.0,
    )
    app.payments = PaymentTopic(app)
    app.hot_path = HotPath(settings, app.payments, engine, metrics)
    _add_filter_agent(app, engine)
    app.task(app.hot_path.start)
    return app


def _add_filter_agent(app: FilterApp, engine: Engine) -> None:
    executor = ThreadPoolExecutor(1, thread_name_prefix="decide")

    @app.agent(app.payments, name="filter")
    async def filter_payments(batches: Any) -> None:
        async for batch in batches:
            await app.payments.decide(batch, engine.decide, executor)
