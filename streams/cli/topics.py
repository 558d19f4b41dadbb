"""payment-filter topics: make the topics on Kafka, say how they differ from what is declared, and who may use them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from streams.access import JOBS, identities, kafka_acls_commands
from streams.cli.common import CheckFailed, Refusal, note
from streams.cli.run import ConfigOption, settings_from
from streams.config import Settings
from streams.edge.errors import BrokerRefused
from streams.topics import TOPICS, full_name

if TYPE_CHECKING:
    from streams.access import Identity

app = typer.Typer(add_completion=False, no_args_is_help=True)

PartitionsOption = Annotated[
    int | None, typer.Option(min=1, help="Partitions of each new topic; default: PAYMENT_FILTER_PARTITIONS, or 6.")
]
PrincipalOption = Annotated[
    list[str] | None,
    typer.Option(
        "--principal",
        metavar="IDENTITY=PRINCIPAL",
        help="Who an identity is on your Kafka, as in --principal filter=User:pf-prod; default: User:IDENTITY.",
    ),
]
SetOption = Annotated[bool, typer.Option("--set", help="Set the rights on Kafka instead of printing commands.")]


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
    from streams.edge.topic_checks import topic_problems, topic_warnings  # noqa: PLC0415 - same

    settings = settings_from(config, "kafka_bootstrap")
    try:
        problems = topic_problems(settings)
        warnings = topic_warnings(settings)
    except BrokerRefused as refused:
        raise Refusal(str(refused)) from None
    for warning in warnings:
        note(f"warning: {warning}")
    if problems:
        raise CheckFailed("; ".join(problems) + " (missing ones: payment-filter topics create)")
    print(f"all {len(TOPICS)} topics are as they should be on {settings.kafka_bootstrap}")


@app.command()
def grow(
    partitions: Annotated[int, typer.Argument(min=1, help="How many partitions each topic of payments gets.")],
    config: ConfigOption = None,
    *,
    unordered: Annotated[
        bool, typer.Option("--unordered", help="Also while messages come in or wait: order by key is given up.")
    ] = False,
) -> None:
    """Give all topics of payments more partitions; refused while messages are on their way."""
    from streams.edge.topic_growth import grow_topics  # noqa: PLC0415 - same

    settings = settings_from(config, "kafka_bootstrap")
    try:
        grown = grow_topics(settings, partitions, unordered=unordered)
    except BrokerRefused as refused:
        raise Refusal(str(refused)) from None
    for name, had in grown:
        print(f"grown  {name:24}  {had} to {partitions} partitions")
    if not grown:
        print(f"all topics of payments have {partitions} partitions already")


@app.command()
def access(config: ConfigOption = None, principal: PrincipalOption = None, *, set_: SetOption = False) -> None:
    """Print the rights of each identity as commands for Kafka's own kafka-acls.sh, or set them with --set."""
    settings = settings_from(config, *(("kafka_bootstrap",) if set_ else ()))
    principals = _principals(principal or [])
    if not set_:
        for identity in principals:
            print(f"# {identity}: {JOBS[identity]}")
            for line in kafka_acls_commands(
                {identity: principals[identity]}, settings.topic_prefix, settings.full_group
            ):
                print(line)
        return
    from streams.edge.access_lists import set_access  # noqa: PLC0415 - same

    try:
        count = set_access(settings, principals)
    except BrokerRefused as refused:
        raise Refusal(str(refused)) from None
    print(f"{count} rights of {len(principals)} identities are set on {settings.kafka_bootstrap}")


def _principals(given: list[str]) -> dict[Identity, str]:
    """All identities by their own names, or only those that are given."""
    known = {str(identity): identity for identity in identities()}
    chosen: dict[Identity, str] = {}
    for one in given:
        name, _, principal = one.partition("=")
        if name not in known or not principal.startswith("User:") or principal == "User:":
            raise Refusal(f"--principal {one} is not IDENTITY=User:NAME; identities: {', '.join(known)}")
        chosen[known[name]] = principal
    return chosen or {identity: f"User:{identity}" for identity in identities()}


def _holds(settings: Settings, name: str) -> str:
    return next(topic.holds for topic in TOPICS.values() if full_name(topic.logical, settings.topic_prefix) == name)
