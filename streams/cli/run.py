"""payment-filter run: a worker. Settings come from PAYMENT_FILTER_* and, where given, a TOML file."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from streams.cli.common import Refusal
from streams.config import PREFIX, Settings, SettingsRefused, load_settings
from streams.edge.errors import BrokerRefused, WorkerRefused

app = typer.Typer(add_completion=False)

ConfigOption = Annotated[
    Path | None,
    typer.Option("--config", envvar=f"{PREFIX}CONFIG", help="Settings file (TOML); the environment wins over it."),
]


@app.callback(invoke_without_command=True)
def run(config: ConfigOption = None) -> None:
    """Run a worker until Ctrl-C or SIGTERM; it finishes the batch in hand. Exit 70: start it again."""
    settings = settings_from(config, "kafka_bootstrap", "lists", "policy")
    # Imported here: Faust and the engine take a second that --help need not wait for.
    from streams.edge.engine import FilterEngine  # noqa: PLC0415 - see above
    from streams.edge.worker import run_worker  # noqa: PLC0415 - see above

    try:
        code = run_worker(settings, partial(FilterEngine, settings))
    except (BrokerRefused, WorkerRefused) as refused:
        raise Refusal(str(refused)) from None
    raise typer.Exit(code)


def settings_from(config: Path | None, *required: str) -> Settings:
    """The settings, or a refusal that names every problem."""
    try:
        return load_settings(config, required=required)
    except SettingsRefused as refused:
        raise Refusal("; ".join(str(refused).splitlines())) from None
