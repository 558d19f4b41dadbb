"""payment-filter topics: make the topics on Kafka, or say how they differ from what is declared."""

from __future__ import annotations

from typing import Annotated

import typer

from streams.cli.common import CheckFailed, Refusal
from streams.cli.run import ConfigOption, settings_from
from streams.config import Settings
from streams.edge.errors import BrokerRefused
from streams.topics import TOPICS, full_name

app = typer.Typer(add_completion=False, no_args_is_help=True)

PartitionsOption = Annotated[
    int | None, typer.Option(min=1, help="Partitions of each new topic; default: PAYMENT_FILTER_PARTITIONS, or 6.")
]


@app.command()
def create(config: ConfigOption = None, partitions: PartitionsOption = None) -> None:
    """Make every topic that is not there yet. What is there stays as it is."""
    from streams.edge.admin import create_topics  # noqa: PLC0415 - Kafka's client only where it is used

    settings = settings_from(config, "kafka_bootstrap")
    if partitions is not None:
        settings = settings.model_copy(update={"partitions": partitions})
    try:
        made = dict(create_topics(settings))
    except BrokerRefused as refused:
        raise Refusal(str(refused)) from None
    for name, new in made.items():
        print(f"{'created' if new else 'was there'}  {name:24}  {_holds(settings, name)}")


@app.command()
def check(config: ConfigOption = None) -> None:
    """Compare the topics on Kafka with what the filter needs; exit 1 where they differ."""
    from streams.edge.admin import topic_problems  # noqa: PLC0415 - Kafka's client only where it is used

    settings = settings_from(config, "kafka_bootstrap")
    try:
        problems = topic_problems(settings)
    except BrokerRefused as refused:
        raise Refusal(str(refused)) from None
    if problems:
        raise CheckFailed("; ".join(problems) + " (missing ones: payment-filter topics create)")
    print(f"all {len(TOPICS)} topics are as they should be on {settings.kafka_bootstrap}")


def _holds(settings: Settings, name: str) -> str:
    return next(topic.holds for topic in TOPICS.values() if full_name(topic.logical, settings.topic_prefix) == name)
