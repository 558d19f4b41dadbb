"""What both demos share: topics of their own, what a worker is told, and how to name things to the person there."""

from __future__ import annotations

import os
import shutil
import socket
import sys
import uuid
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from streams.config import PREFIX, load_settings
from streams.edge.admin import create_topics
from streams.edge.demo.traffic import delete_topics

if TYPE_CHECKING:
    from collections.abc import Iterator

    from streams.cli.demo_screen import Screen
    from streams.config import Settings
    from streams.edge.provide import Provided

HOST = "127.0.0.1"
READY_SECONDS = 300.0  # a hundred thousand names take their time


@contextmanager
def own_topics(screen: Screen, provided: Provided, *, keep: bool) -> Iterator[Settings]:
    """Topics of the demo's own; on a Kafka that was there before, they are taken away again."""
    given = bool(os.environ.get(f"{PREFIX}KAFKA_BOOTSTRAP"))
    prefix = f"demo-{uuid.uuid4().hex[:6]}." if given else ""
    settings = load_settings().model_copy(update={"kafka_bootstrap": provided.bootstrap, "topic_prefix": prefix})
    screen.step("Topics", "creating")
    created = create_topics(settings)
    screen.done(f"{', '.join(name for name, _ in created)}")
    try:
        yield settings
    finally:
        if given and not keep:
            delete_topics(settings)


def worker_environment(settings: Settings, **told: object) -> dict[str, str]:
    """The variables of a worker on these topics, and these of its own."""
    all_told = {
        "kafka_bootstrap": settings.kafka_bootstrap,
        "topic_prefix": settings.topic_prefix,
        "http_host": HOST,
        **told,
    }
    return {f"{PREFIX}{name.upper()}": str(value) for name, value in all_told.items()}


def free_port() -> int:
    """A port nobody listens on now."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
        return port


def short(path: Path) -> str:
    """The path as one would type it here."""
    here = Path.cwd()
    return str(path.relative_to(here)) if path.is_relative_to(here) else str(path)


def program() -> str:
    """How to call payment-filter from here: by name where the shell would find this one, else by its path."""
    own = Path(sys.executable).with_name("payment-filter")
    found = shutil.which("payment-filter")
    same = found is not None and Path(found).resolve() == own.resolve()
    return "payment-filter" if same else os.path.relpath(own)
